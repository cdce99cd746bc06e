"""`guide`: what somebody was told whose application cannot be received yet."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _

if TYPE_CHECKING:
    from counter_app.desk import Desk
    from counter_app.services.guidance import Guidance

_OUTCOMES: Final = ("supplement", "refusal", "helped")
_SIZES: Final[dict[str, Literal["a5", "a4"]]] = {"a5": "a5", "a4": "a4"}


@click.command(
    cls=Command,
    help=N_("Note what was told to whoever came with INTAKE and cannot be received yet."),
)
@click.argument("intake", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--outcome",
    type=click.Choice(_OUTCOMES),
    required=True,
    metavar="OUTCOME",
    help=N_("What was told: supplement, refusal or helped (to apply elsewhere)."),
)
@click.option("--reason", default="", metavar="TEXT", help=N_("Why."))
@click.option("--agency", default="", metavar="TEXT", help=N_("Where to apply instead."))
@click.option(
    "--guidance",
    metavar="DIGITS",
    help=N_("Go on from guidance given before, with the same identity."),
)
@click.option(
    "--paper",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.pdf",
    help=N_("Where the paper for the citizen is written."),
)
@click.option(
    "--size", type=click.Choice(list(_SIZES)), default="a5", help=N_("The paper of the guidance.")
)
@pass_choices
def guide(
    choices: Choices,
    *,
    intake: Path,
    outcome: str,
    reason: str,
    agency: str,
    guidance: str | None,
    paper: Path | None,
    size: str,
) -> None:
    """Note what was told to whoever came with INTAKE and cannot be received yet."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.domain.operation import GuidanceOutcome
    from counter_app.services.guidance import give_guidance, token_in
    from counter_app.services.saving import check_place
    from counter_app.wire.intake import read_intake

    application = read_intake(intake)
    token = token_in(guidance) if guidance is not None else secrets.token_bytes(16)
    if paper is not None:
        check_place(paper)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        given = give_guidance(
            desk,
            application,
            token=token,
            outcome=GuidanceOutcome(outcome),
            reason=reason,
            agency=agency,
        )
        try:
            if paper is not None:
                _write(desk, given, paper, _SIZES[size])
        except BaseException:
            _show(choices, given, None)  # it is noted, whatever became of the paper
            raise
    _show(choices, given, paper)


def _write(desk: "Desk", given: "Guidance", out: Path, size: Literal["a5", "a4"]) -> None:
    # Who wants no paper does not wait for what draws it.
    from counter_app.services.papers import guidance_sheet
    from counter_app.services.print_jobs import IN_A_FILE, note_sheet
    from counter_app.services.saving import save_pdf

    sheet = guidance_sheet(desk, given.op_id, size=size)
    note_sheet(desk, sheet, to=IN_A_FILE)
    save_pdf(out, sheet.pdf)


def _show(choices: Choices, given: "Guidance", paper: Path | None) -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results_guidance import guided_result
    from counter_app.domain.guidance_code import in_groups

    lines = [_("Guidance noted; it is no dossier. To go on with it: {digits}")]
    lines += [f"  – {line.name}" for line in given.given.missing]
    text = "\n".join(lines).format(digits=in_groups(given.digits))
    choices.show(guided_result(given, paper), text)
