"""`import`: taking over law from a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.choices import Choices, Command, Commands, pass_choices
from counter_app.i18n import N_, _, format_date, law
from counter_app.settings import OWN_FORMS

if TYPE_CHECKING:
    from counter_app.catalogue.importing import Change, Plan

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_TROUBLE: Final = 2
_KINDS: Final = {"new": N_("new"), "changed": N_("changed")}


@click.group("import", cls=Commands, help=N_("Take over procedures from a workbook."))
def import_() -> None:
    """Take over law from a workbook."""


@import_.command(
    cls=Command,
    help=N_(
        "Take over the procedures in FILE.xlsx, all or none. With --dry-run only say what would "
        "change and which lines cannot be read; with --template write the present ones to FILE."
    ),
)
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help=N_("Only say what would change."))
@click.option("--template", is_flag=True, help=N_("Write the present procedures to FILE."))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("Write the files of law to this folder, for `central import`, and not to the desk."),
)
@pass_choices
@click.pass_context
def procedures(
    ctx: click.Context,
    choices: Choices,
    file: Path,
    *,
    dry_run: bool,
    template: bool,
    out: Path | None,
) -> None:
    """Take over the procedures in a workbook, or write one."""
    # `--help` does not wait for the files of the law.
    from counter_app.bootstrap import catalogue_of
    from counter_app.services.importing import look_at_book

    if template:
        _write_template(choices, file)
        return
    plan = look_at_book(catalogue_of(choices.profile), file)
    if not dry_run and not plan.troubles:
        _take_over(choices, plan, out)
    for change in plan.changes:
        _show(choices, change, written=not dry_run and not plan.troubles)
    _show_book(choices, plan, written=not dry_run and not plan.troubles)
    if plan.troubles:
        ctx.exit(_TROUBLE)


def _write_template(choices: Choices, file: Path) -> None:
    from counter_app.bootstrap import catalogue_of
    from counter_app.cli.results_law import BookWritten
    from counter_app.services.importing import as_workbook
    from counter_app.services.saving import save_file

    save_file(file, as_workbook(catalogue_of(choices.profile)))
    choices.show(BookWritten(file=str(file)), _("Written: {file}").format(file=file))


def _take_over(choices: Choices, plan: "Plan", out: Path | None) -> None:
    from counter_app.bootstrap import open_desk
    from counter_app.services.importing import take_over

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        take_over(plan, out or choices.profile / OWN_FORMS, desk.officer)


def _show(choices: Choices, change: "Change", *, written: bool) -> None:
    from counter_app.cli.results_law import DifferenceResult, ImportedProcedure

    result = ImportedProcedure(
        code=change.code,
        name=change.name,
        change=change.kind,
        version=change.version,
        effective_from=change.effective_from,
        differences=[
            DifferenceResult(place=each.place, old=each.old, new=each.new)
            for each in change.differences
        ],
        file=change.file if written else "",
    )
    head = _("{code}  {name}: {change}, version {version} from {date}").format(
        code=change.code,
        name=law(change.name),
        change=_(_KINDS.get(change.kind, "")),
        version=change.version,
        date=format_date(change.effective_from),
    )
    told = [f"    {each.place}: “{each.old}” → “{each.new}”" for each in change.differences]
    text = {"new": head, "changed": "\n".join([head, *told]), "same": ""}  # no news is not told
    choices.show(result, text[change.kind])


def _show_book(choices: Choices, plan: "Plan", *, written: bool) -> None:
    from counter_app.cli.results_law import ImportedBook, LineTrouble

    kinds = [change.kind for change in plan.changes]
    result = ImportedBook(
        new=kinds.count("new"),
        changed=kinds.count("changed"),
        same=kinds.count("same"),
        troubles=[LineTrouble(sheet=t.sheet, line=t.line, reason=t.reason) for t in plan.troubles],
        written=written,
    )
    line = _("Sheet “{sheet}”, line {line}: {reason}")
    told = [line.format(sheet=t.sheet, line=t.line, reason=t.reason) for t in plan.troubles]
    counts = _("{new} new, {changed} changed, {same} as before.").format(
        new=result.new, changed=result.changed, same=result.same
    )
    end = _("Taken over.") if written and plan.written else _("Nothing was changed.")
    choices.show(result, "\n".join([*told, f"{counts} {end}"]))
