"""`paper`: what can be printed of a dossier, and one of these papers as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from counter_app.domain.print_form import PaperSize
    from counter_app.services.papers import PaperOffer, Sheet

SIZES: Final[dict[str, "PaperSize"]] = {"a5": "a5", "a4": "a4", "roll80": "roll80"}
"""The papers that a command can ask for; "roll80" is thermal paper of 80 mm."""

_FILE: Final = "pdf"  # what the journal says of a paper that went into a file, never its name


@click.command(
    cls=Command,
    help=N_(
        "List what can be printed of the dossier CODE (or its id); with FORM, write that paper to "
        "a file. A paper that was printed before is marked as a reprint."
    ),
)
@click.argument("code")
@click.argument("form", required=False)
@click.option(
    "--about",
    type=click.UUID,
    metavar="OP_ID",
    help=N_("The step that it tells of; the last one that has such a paper if not given."),
)
@click.option(
    "--size",
    type=click.Choice(list(SIZES)),
    help=N_("The paper to print on; a5 if the form allows it."),
)
@click.option(
    "--bilingual", is_flag=True, help=N_("Put English beside the Vietnamese of the form.")
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.pdf",
    help=N_("Where the paper is written."),
)
@pass_choices
def paper(
    choices: Choices,
    code: str,
    form: str | None,
    *,
    about: UUID | None,
    size: str | None,
    bilingual: bool,
    pdf: Path | None,
) -> None:
    """List what can be printed of the dossier CODE, or write one of its papers to a file."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.services.papers import papers_of, print_paper
    from counter_app.services.saving import check_place, save_pdf
    from counter_app.services.viewing import find_dossier

    if (form is None) != (pdf is None):
        raise click.UsageError(_("FORM and --pdf OUT.pdf belong together."))
    if pdf is not None:
        check_place(pdf)  # first: what is noted as printed is also there
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        dossier_id = find_dossier(desk, code)
        offers = papers_of(desk, dossier_id)
        if form is None or pdf is None:
            _list(choices, offers, desk.catalogue.calendar.zone)
            return
        sheet = print_paper(
            desk,
            dossier_id,
            form,
            about=about,
            size=_size(offers, form, size),
            to=_FILE,
            bilingual=bilingual or None,
        )
        save_pdf(pdf, sheet.pdf)
    _show(choices, sheet, pdf)


def _size(offers: "Sequence[PaperOffer]", form: str, size: str | None) -> "PaperSize":
    """Return the paper to print on.

    Raises:
        click.UsageError: the form is not laid out for it.
    """
    if size is None:
        return "a5"  # or what the form is made for
    for offer in offers:
        if offer.form == form and SIZES[size] not in offer.sizes:
            words = _("“{form}” can be printed on: {sizes}.")
            raise click.UsageError(words.format(form=form, sizes=", ".join(offer.sizes)))
    return SIZES[size]


def _list(choices: Choices, offers: "Sequence[PaperOffer]", zone: "tzinfo") -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results_papers import OfferResult

    for offer in offers:
        done_at = offer.done_at.astimezone(zone) if offer.done_at else None
        result = OfferResult(
            form=offer.form,
            title=offer.title,
            about=str(offer.about) if offer.about else None,
            done_at=done_at,
            printed=offer.printed,
            sizes=list(offer.sizes),
        )
        parts = [offer.form, offer.title, format_instant(done_at) if done_at else ""]
        count = _("printed: {count}").format(count=offer.printed)
        about = result.about or ""
        choices.show(result, "  ".join(part for part in (*parts, count, about) if part))


def _show(choices: Choices, sheet: "Sheet", pdf: Path) -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results_papers import SheetResult

    result = SheetResult(
        form=sheet.form,
        title=sheet.title,
        about=str(sheet.about) if sheet.about else None,
        copy=sheet.copy,
        size=sheet.size,
        pdf=str(pdf),
    )
    words = _("{title} is in {file}.") if sheet.copy == 0 else _("{title} (reprint) is in {file}.")
    choices.show(result, words.format(title=sheet.title, file=pdf))
