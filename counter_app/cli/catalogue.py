"""`procedures`: what can be applied for here."""

from datetime import date

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.cli.results import CaseResult, ComponentResult, ProcedureResult
from counter_app.domain.procedure import Procedure
from counter_app.i18n import N_, law


@click.command(
    cls=Command,
    help=N_("List the catalogue, or what TEXT (a name, its initials, a code) finds in it."),
)
@click.argument("text", required=False, default="")
@pass_choices
def procedures(choices: Choices, text: str) -> None:
    """List the catalogue, or what TEXT (a name, its initials, a code) finds in it."""
    # `--help` does not wait for the files of the law.
    from counter_app.bootstrap import catalogue_of

    catalogue = catalogue_of(choices.profile)
    found = catalogue.find(text, date.today(), {}) if text else catalogue.procedures(date.today())
    for file in found:
        form = file.form
        choices.show(_result(form), f"{form.code}  {law(form.name)}  [{law(form.field)}]")


def _result(form: Procedure) -> ProcedureResult:
    return ProcedureResult(
        code=form.code,
        name=form.name,
        field=form.field,
        level=form.level,
        version=form.version,
        unverified=form.unverified,
        deadline=form.deadline,
        components=[
            ComponentResult(
                id=c.id, name=c.name, required=c.required, originals=c.originals, copies=c.copies
            )
            for c in form.component
        ],
        cases=[CaseResult(id=c.id, name=c.name, components=list(c.components)) for c in form.case],
        questions=form.question,
        fees=form.fee,
    )
