"""`act`: one entry on a dossier, or what could be entered on it now."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import replace

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.cli.papers import SIZES
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from counter_app.cli.results import ActResult
    from counter_app.desk import Desk
    from counter_app.domain.body import Body
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.print_form import PaperSize
    from counter_app.domain.status import Status
    from counter_app.services.acting import Done, Possible

_STDIN: Final = "-"


@click.command(
    cls=Command,
    help=N_(
        "Enter on the dossier CODE (or its id) what has been done: KIND, and in BODY.json, or “-” "
        "for what is piped in, the particulars. With --list: what is possible now, and by whom."
    ),
)
@click.argument("code")
@click.argument("kind", required=False)
@click.argument("body", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option(
    "--list", "listing", is_flag=True, help=N_("Show what is possible now; change nothing.")
)
@click.option(
    "--paper",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.pdf",
    help=N_("Where the paper that is printed after this step is written."),
)
@click.option(
    "--size",
    type=click.Choice(list(SIZES)),
    default="a5",
    help=N_("The paper to print on; a5 if the form allows it."),
)
@pass_choices
def act(
    choices: Choices,
    code: str,
    kind: str | None,
    body: Path | None,
    *,
    listing: bool,
    paper: Path | None,
    size: str,
) -> None:
    """Enter on the dossier CODE what has been done, or list what is possible now."""
    if listing == (kind is not None):
        raise click.UsageError(_("Either KIND or --list is wanted."))
    if kind is None:
        _list(choices, code)
    else:
        _enter(choices, code, kind, body, paper=paper, size=SIZES[size])


def _enter(
    choices: Choices,
    code: str,
    kind: str,
    body: Path | None,
    *,
    paper: Path | None,
    size: "PaperSize",
) -> None:
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.services.acting import carry_out, check_by_hand
    from counter_app.services.viewing import find_dossier

    check_by_hand(kind)
    entry = _read(kind, body)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        form = _form_of(desk, kind, paper) if paper else ""
        done = carry_out(desk, find_dossier(desk, code), entry)
        result = _result(desk, kind, str(done.op_id), done.dossier)
        try:
            if paper is not None:
                _write(desk, done, form, paper, size)
                result = replace(result, paper=str(paper))
        except BaseException:
            _show(choices, result)  # it is entered, whatever became of the paper
            raise
    _show(choices, result)


def _form_of(desk: "Desk", kind: str, paper: Path) -> str:
    """Return the form that is printed after `kind`, once it can be written.

    Raises:
        click.UsageError: nothing is printed after it.
    """
    # Who wants no paper does not wait for what draws it.
    from counter_app.services.papers import form_of_step
    from counter_app.services.saving import check_place

    form = form_of_step(desk, kind)
    if form is None:
        words = _("Nothing is printed after “{kind}”. Leave --paper out.")
        raise click.UsageError(words.format(kind=kind))
    check_place(paper)
    return form


def _write(desk: "Desk", done: "Done", form: str, paper: Path, size: "PaperSize") -> None:
    from counter_app.services.papers import print_paper
    from counter_app.services.saving import save_pdf

    about = done.op_id
    sheet = print_paper(desk, done.dossier.id, form, about=about, size=size, to="pdf")
    save_pdf(paper, sheet.pdf)


def _show(choices: Choices, result: "ActResult") -> None:
    due = format_instant(result.due_at) if result.due_at else _("no due date")
    words = _("{code}: {name}. Now “{status}”; due: {due}.")
    choices.show(
        result,
        words.format(code=result.code, name=result.title, status=result.status_name, due=due),
    )


def _read(kind: str, body: Path | None) -> "Body":
    # `--help` does not wait for the schemas.
    from counter_app.wire.entry import decode_entry, needed
    from counter_app.wire.files import read_piped, read_whole

    if body is None:
        if keys := needed(kind):
            words = _("“{kind}” wants a file BODY.json with: {keys}.")
            raise click.UsageError(words.format(kind=kind, keys=", ".join(keys)))
        return decode_entry(kind, b"{}", "")
    if str(body) == _STDIN:
        return decode_entry(kind, read_piped(sys.stdin.buffer), _STDIN)
    return decode_entry(kind, read_whole(body), str(body))


def _result(desk: "Desk", kind: str, op_id: str, dossier: "Dossier") -> "ActResult":
    from counter_app.cli.results import ActResult
    from counter_app.domain.kind_name import kind_name
    from counter_app.services.acting import possible_now

    zone = desk.catalogue.calendar.zone
    return ActResult(
        op_id=op_id,
        id=str(dossier.id),
        code=dossier.code,
        kind=kind,
        title=kind_name(kind),
        status=int(dossier.status) if dossier.status else None,
        status_name=_status_name(dossier.status),
        due_at=dossier.due_at and dossier.due_at.astimezone(zone),
        possible=[each.kind for each in possible_now(desk, dossier)],
    )


def _list(choices: Choices, code: str) -> None:
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.services.acting import look_up, possible_now
    from counter_app.services.viewing import find_dossier

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        found = possible_now(desk, look_up(desk, find_dossier(desk, code)))
    for each in found:
        _show_possible(choices, each)


def _show_possible(choices: Choices, possible: "Possible") -> None:
    from counter_app.cli.results import PossibleResult
    from counter_app.domain.kind_name import kind_name
    from counter_app.wire.entry import entry_schema, needed

    result = PossibleResult(
        kind=possible.kind,
        title=kind_name(possible.kind),
        roles=[role.value for role in possible.roles],
        allowed=possible.allowed,
        status=int(possible.after) if possible.after else None,
        status_name=_status_name(possible.after),
        body=entry_schema(possible.kind),
    )
    mark = "✓" if possible.allowed else "✗"
    roles = ", ".join(f"{role}" for role in possible.roles)
    keys = ", ".join(needed(possible.kind))
    text = f"{mark} {result.kind}  {result.title} → {result.status_name}  ({roles})"
    choices.show(result, f"{text}  {{{keys}}}" if keys else text)


def _status_name(status: "Status | None") -> str:
    # `--help` does not wait for the table.
    from counter_app.domain.workflow import Unknown

    return f"{status or Unknown()}"
