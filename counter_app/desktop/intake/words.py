"""What the intake says of deadlines, fees and problems, in the language spoken."""

from datetime import datetime

from counter_app.desktop.wording import sentence_case
from counter_app.domain.agency import Agency
from counter_app.domain.deadline import Deadline, Due
from counter_app.domain.dossier import Dossier
from counter_app.domain.fee import FeeLine, total_of
from counter_app.domain.finding import Finding
from counter_app.domain.fitting import LeftOut
from counter_app.domain.intake import Intake
from counter_app.domain.intake_check import Problem
from counter_app.domain.procedure import Component, Procedure
from counter_app.i18n import (
    _,
    format_date,
    format_instant,
    format_money,
    format_weekday,
    law,
    ngettext,
)
from counter_app.services.procedures import Match
from counter_app.store.rows import DossierRow


def deadline_words(deadline: Deadline) -> str:
    """Return how long it may take: “3 working days”."""
    count = deadline.value
    match deadline.unit:
        case "working_days":
            words = ngettext("{count} working day", "{count} working days", count)
        case "calendar_days":
            words = ngettext("{count} day", "{count} days", count)
        case "working_hours":
            words = ngettext("{count} working hour", "{count} working hours", count)
        case "hours":
            words = ngettext("{count} hour", "{count} hours", count)
        case "months":
            words = ngettext("{count} month", "{count} months", count)
        case "same_day":
            return _("on the same day")
        case "none":
            return _("no fixed time")
    return words.format(count=count)


def match_words(match: Match) -> str:
    """Return what tells one procedure in the list from the others."""
    procedure = match.procedure
    parts = [procedure.code, deadline_words(procedure.deadline), _tariff_words(procedure)]
    if match.due_at is not None:
        parts.insert(2, _("due {date}").format(date=format_date(match.due_at.date())))
    return " · ".join(parts)


def due_words(due_at: datetime | None) -> str:
    """Return the hour promised: “Return date: 10:20 Thursday 26/11/2026”."""
    if due_at is None:
        return _("No return date: the law sets none.")
    return _("Return date: {time} {weekday} {date}").format(
        time=f"{due_at:%H:%M}",
        weekday=format_weekday(due_at.date()),
        date=format_date(due_at.date()),
    )


def reasons_of(procedure: Procedure, case: str | None, due: Due) -> list[str]:
    """Return why the promised hour is what it is, the rule first."""
    known = case in {one.id for one in procedure.case}
    deadline = procedure.deadline_of(case if known else None)
    if due.at is None:
        return []
    rule = _("By law: {time}.").format(time=deadline_words(deadline))
    if deadline.unit in {"working_days", "calendar_days", "months"}:
        rule = _("By law: {time}, the day of reception not counted.").format(
            time=deadline_words(deadline)
        )
    return [rule, *due.reasons]


def fee_words(lines: tuple[FeeLine, ...]) -> str:
    """Return what is to be paid in one line: “Fee: ₫16,000”."""
    if not lines:
        return _("Fee: none")
    unknown = [line for line in lines if line.amount is None]
    known = _("Fee: {amount}").format(amount=format_money(total_of(lines)))
    if not unknown:
        return known
    rest = _("set by the province, not entered here")
    if len(unknown) == len(lines):
        return _("Fee: {amount}").format(amount=rest)
    return f"{known} + {rest}"


def tells_parts(lines: tuple[FeeLine, ...]) -> bool:
    """Say whether the parts of the fee tell more than their sum does."""
    return any(line.amount is None or line.quantity > 1 for line in lines) or len(lines) > 1


def fee_lines(lines: tuple[FeeLine, ...]) -> list[str]:
    """Return the parts of the fee, one line each."""
    return [_fee_line(line) for line in lines]


def paper_words(component: Component) -> str:
    """Return what is to be known of a paper besides its name."""
    parts = []
    if component.shown:
        parts.append(_("to look at, then hand back"))
    if component.form_name:
        parts.append(_("form {name}").format(name=component.form_name))
    return " · ".join(parts)


def problem_words(problem: Problem) -> str:
    """Return what to do about a problem, as it stands beside the field."""
    if problem.is_missing and problem.field.startswith("components."):
        return _("Not ticked: look at the paper, or tell the citizen what to bring.")
    if problem.is_missing and problem.field == "procedure":
        return _("Type some letters and choose from the list.")
    return problem.sentence


def summary_words(problem: Problem) -> str:
    """Return the same with the field's name before it."""
    name = problem.named
    return f"{name[:1].upper()}{name[1:]}: {problem_words(problem)}"


def summary_heading(problems: tuple[Problem, ...]) -> str:
    """Return what a list of problems means."""
    count = len(problems)
    return ngettext(
        "Cannot be received yet: {count} thing is missing or wrong. What was typed is kept.",
        "Cannot be received yet: {count} things are missing or wrong. What was typed is kept.",
        count,
    ).format(count=count)


def hint_words(findings: tuple[Finding, ...]) -> str:
    """Return what to look at again."""
    return " ".join(f"{finding}" for finding in findings)


def returning_words(dossiers: int) -> str:
    """Return how well the desk knows the applicant."""
    words = ngettext("has handed in {count} dossier", "has handed in {count} dossiers", dossiers)
    return words.format(count=dossiers)


def submitter_words(intake: Intake) -> str:
    """Return in one line who hands it in for the applicant, and on what ground."""
    ground, party = intake.authority, intake.submitter
    if party is None:
        return ""
    kind = sentence_case(f"{ground.kind}") if ground else ""
    return _in_a_line(party.full_name, party.id_number, kind, ground.document if ground else "")


def collector_words(intake: Intake) -> str:
    """Return in one line who fetches the result."""
    party = intake.collector
    return _in_a_line(party.full_name, party.id_number, party.phone) if party else ""


def same_words(same: DossierRow) -> str:
    """Return what of this person and procedure is open already: since when, and how it stands."""
    words = _("This person has handed in this procedure already: {code}, {received}, {status}.")
    received = format_instant(same.received_at) if same.received_at else "—"
    return words.format(code=same.code, received=received, status=same.status or "—")


def left_out_words(left_out: tuple[LeftOut, ...]) -> list[str]:
    """Return what a newer version of the procedure does not ask for, one line each."""
    return [_("No longer asked for: {what}").format(what=each) for each in left_out]


def left_out_note(left_out: tuple[LeftOut, ...]) -> str:
    """Return the same as it is written into the note."""
    return "\n".join(left_out_words(left_out))


def agency_words(here: Agency, code: str, agencies: tuple[Agency, ...]) -> str:
    """Return who receives and who decides: “Received at … · decided at …”."""
    names = {agency.code: agency.name for agency in agencies}
    decides = names.get(code, code) or here.name
    return _("Received at {here} · decided at {there}").format(here=here.name, there=decides)


def registered_words(dossier: Dossier) -> str:
    """Return the sentence that says it is done."""
    saved = _("Dossier {code} is registered.").format(code=dossier.code)
    return f"{saved} {due_words(dossier.due_at)}"


def served_words() -> str:
    """Return what stands in place of a return date once the result was handed over."""
    return _("The result was handed over on the spot.")


def money_words(owed: int) -> str:
    """Return what leads to the cashier; the sum, as far as it is known."""
    if not owed:
        return _("Collect the fee (Ctrl+M)")
    return _("Collect {amount} (Ctrl+M)").format(amount=format_money(owed))


def print_words(*, again: bool) -> str:
    """Return what prints the receipt of what was just registered."""
    return _("Print the receipt again") if again else _("Print a receipt")


def kept_words(name: str) -> str:
    """Return where an unfinished intake has gone."""
    if not name.strip():
        return _("What was begun is kept among the drafts.")
    return _("What was begun for {name} is kept among the drafts.").format(name=name.strip())


def _in_a_line(*parts: str) -> str:
    return " · ".join(part for part in map(str.strip, parts) if part)


def _tariff_words(procedure: Procedure) -> str:
    if not procedure.fee:
        return _("no fee")
    amounts = {rule.unit_amount() for rule in procedure.fee}
    known = sorted(amount for amount in amounts if amount is not None)
    if not known:
        return _("fee set by the province")
    if len(amounts) == 1 and procedure.fee[0].per == "case":
        return format_money(known[0])
    return _("from {amount}").format(amount=format_money(known[0]))


def _fee_line(line: FeeLine) -> str:
    name = law(line.name)
    if line.amount is None:
        return _("{name}: set by the province, not entered here").format(name=name)
    if line.quantity == 1:
        return f"{name}: {format_money(line.amount)}"
    each = format_money(line.amount // line.quantity)
    return f"{name}: {line.quantity} × {each} = {format_money(line.amount)}"
