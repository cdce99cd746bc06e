"""`register-group` and `group-template`: many applications from one sheet."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.errors import RuleViolation
from counter_app.i18n import N_, _, format_date, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from counter_app.desk import Desk
    from counter_app.services.batch import Group, GroupLine, LineDone

_SIZES: Final[dict[str, Literal["a5", "a4"]]] = {"a5": "a5", "a4": "a4"}
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "register-group",
    cls=Command,
    help=N_(
        "Receive the applications that the lines of FILE describe: each that can be, or with "
        "--only-whole none unless all can be. The same line again is received only once, today "
        "or on another day."
    ),
)
@click.argument("file", type=_FILE)
@click.option("--procedure", required=True, metavar="CODE", help=N_("What all of them are for."))
@click.option("--dry-run", is_flag=True, help=N_("Only say what each line is."))
@click.option("--only-whole", is_flag=True, help=N_("Receive none unless all can be received."))
@click.option(
    "--reception",
    type=click.IntRange(1, 1_000_000),
    default=1,
    metavar="N",
    help=N_("Receive the same sheet on purpose for the Nth time; 1 unless told."),
)
@click.option(
    "--receipts", type=_FILE, metavar="OUT.pdf", help=N_("Where the receipts are written.")
)
@click.option(
    "--size", type=click.Choice(list(_SIZES)), default="a5", help=N_("The paper of the receipt.")
)
@pass_choices
def register_group(
    choices: Choices,
    *,
    file: Path,
    procedure: str,
    dry_run: bool,
    only_whole: bool,
    reception: int,
    receipts: Path | None,
    size: str,
) -> int:
    """Receive the applications that the lines of FILE describe."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.services.batch import read_group
    from counter_app.services.saving import check_place

    if receipts is not None:
        check_place(receipts)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        group = read_group(desk, file, procedure, reception=reception)
        wrong = len(group.wrong)
        done: list[LineDone] = []
        if not dry_run and not (only_whole and wrong):
            done = _received(choices, desk, group)
        else:
            for line in group.lines:
                _show_looked(choices, line)
        try:
            if receipts is not None and any(each.dossier for each in done):
                _write_receipts(desk, done, receipts, size)
        finally:
            failed = wrong + sum(not each.dossier for each in done)
            _show_sum(choices, group, done, failed)
    return RuleViolation.exit_code if failed else 0


@click.command(
    "group-template",
    cls=Command,
    help=N_("Write the empty sheet that a group fills in for PROCEDURE."),
)
@click.argument("procedure")
@click.option(
    "--xlsx", type=_FILE, required=True, metavar="OUT.xlsx", help=N_("Where it is written.")
)
@pass_choices
def group_template(choices: Choices, procedure: str, xlsx: Path) -> None:
    """Write the empty sheet that a group fills in for PROCEDURE."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results_guidance import TemplateResult
    from counter_app.services import batch
    from counter_app.services.saving import check_place, save_pdf

    check_place(xlsx)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        save_pdf(xlsx, batch.group_template(desk, procedure))
    text = _("{file} is written: one line for each application.").format(file=xlsx)
    choices.show(TemplateResult(procedure=procedure, xlsx=str(xlsx)), text)


def _received(choices: Choices, desk: "Desk", group: "Group") -> "list[LineDone]":
    # `--help` does not wait for the database.
    from counter_app.services import batch

    for line in group.wrong:
        _show_looked(choices, line)
    sound = [line for line in group.lines if not line.problems]
    done = []
    for each in batch.register_group(desk, sound, batch=group.batch):
        done.append(each)
        _show_done(choices, each, group.batch)
    return done


def _write_receipts(desk: "Desk", done: "Sequence[LineDone]", out: Path, size: str) -> None:
    # `--help` does not wait for what draws pages.
    from counter_app.printing.preview import joined
    from counter_app.services.receipts import print_receipt
    from counter_app.services.saving import save_pdf

    made = [each.dossier.id for each in done if each.dossier]
    printed = [print_receipt(desk, i, size=_SIZES[size], to="pdf") for i in made]
    save_pdf(out, joined([receipt.pdf for receipt in printed]))


def _show_looked(choices: Choices, line: "GroupLine") -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results_guidance import GroupLineResult

    problems = [f"{problem.named}: {problem.sentence}" for problem in line.problems]
    name = line.intake.applicant.full_name
    result = GroupLineResult(
        line=line.number, code=line.received, received_at=line.received_at, problems=problems
    )
    said = "; ".join(problems) or (
        _already(line.received, line.received_at) if line.received else _("can be received")
    )
    choices.show(result, _("Line {line}  {name}  {said}").format(**_of(line.number, name, said)))


def _show_done(choices: Choices, done: "LineDone", batch: "UUID") -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results_guidance import GroupLineResult

    dossier = done.dossier
    received = dossier.received if dossier else None
    result = GroupLineResult(
        line=done.number,
        id=str(dossier.id) if dossier else None,
        code=dossier.code if dossier else None,
        again=done.again,
        received_at=received.received_at if received else None,
        problems=[done.reason] if done.reason else [],
    )
    name = received.applicant.full_name if received else ""
    code = dossier.code if dossier else ""
    already = _already(code, result.received_at) if done.again else code
    said = done.reason or already
    choices.show(result, _("Line {line}  {name}  {said}").format(**_of(done.number, name, said)))


def _already(code: str, at: "datetime | None") -> str:
    words = _("received already on {date} as {code}")
    return words.format(code=code, date=format_date(at.date()) if at else "")


def _of(line: int, name: str, said: str) -> dict[str, object]:
    return {"line": line, "name": name, "said": said}


def _show_sum(choices: Choices, group: "Group", done: "Sequence[LineDone]", failed: int) -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results_guidance import GroupResult

    new = sum(each.dossier is not None and not each.again for each in done)
    result = GroupResult(
        procedure=group.procedure,
        batch=str(group.batch),
        lines=len(group.lines),
        received=new,
        again=sum(each.again for each in done),
        reception=group.reception,
        failed=failed,
    )
    words = ngettext(
        "{new} application received, {failed} not; {lines} lines.",
        "{new} applications received, {failed} not; {lines} lines.",
        new,
    )
    choices.show(result, words.format(new=new, failed=failed, lines=len(group.lines)))
