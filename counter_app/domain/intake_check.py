"""What is still wrong with an intake, field by field, before it may become a dossier."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from counter_app.domain.identity import DocumentKind, document_kind
from counter_app.domain.intake import Intake
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Party, PartyKind
from counter_app.domain.phone import parse_phone
from counter_app.domain.procedure import Answer, Procedure, Question
from counter_app.domain.tax_code import parse_tax_code
from counter_app.domain.text import forbidden
from counter_app.errors import ImpossibleDate, IncompleteIntake, InvalidField
from counter_app.i18n import N_, _, law

LONGEST_LINE: Final = 255
LONGEST_NOTE: Final = 4_000
MOST_PAPERS: Final = 999
_PERSONAL_DIGITS: Final = 12

_LABELS: Final[Mapping[str, str]] = {
    "procedure": N_("procedure"),
    "case": N_("case"),
    "full_name": N_("full name"),
    "id_number": N_("ID number"),
    "birth_date": N_("birth date"),
    "address": N_("address"),
    "phone": N_("phone"),
    "email": N_("e-mail"),
    "note": N_("note"),
}


class Problem(Struct, frozen=True, kw_only=True):
    """One thing to put right: the field it stands in, and a sentence, or none if it is empty.

    `field` is a path into the intake, as "applicant.full_name" or "components.birth_note".
    """

    field: str
    label: str
    reason: str = ""
    values: dict[str, object] = {}

    @property
    def is_missing(self) -> bool:
        """Say whether the field was only left empty."""
        return not self.reason

    @property
    def sentence(self) -> str:
        """Return what is wrong, in the language spoken."""
        return _(self.reason or N_("Please fill this in.")).format(**self.values)

    @property
    def named(self) -> str:
        """Return the field's name in the language spoken."""
        return _(self.label) if self.label in _LABELS.values() else law(self.label)


def problems(intake: Intake, procedure: Procedure | None, today: date) -> tuple[Problem, ...]:
    """Return all that keeps a tidied `intake` from being received, in the order of the screen.

    That no `procedure` has been chosen is one of them.
    """
    return (
        *of_party("applicant", intake.applicant, today),
        *(of_party("submitter", intake.submitter, today) if intake.submitter else ()),
        *(_of_what_is_asked(intake, procedure) if procedure else _no_procedure()),
        *of_text("note", _LABELS["note"], intake.note, LONGEST_NOTE),
    )


def check(intake: Intake, procedure: Procedure, today: date) -> None:
    """Let a tidied `intake` pass that may become a dossier.

    Raises:
        InvalidField: a value cannot be true.
        IncompleteIntake: something required is empty.
    """
    found = problems(intake, procedure, today)
    for problem in found:
        if not problem.is_missing:
            raise InvalidField(field=Named(problem.named), reason=problem.sentence)
    if found:
        raise IncompleteIntake(fields=", ".join(problem.named for problem in found))


class Named(str):
    """A field's name at the head of a sentence."""

    def __format__(self, spec: str) -> str:
        """Return it with its first letter in upper case."""
        return format(self[:1].upper() + self[1:], spec)


def _no_procedure() -> Iterator[Problem]:
    yield Problem(field="procedure", label=_LABELS["procedure"])


def _of_what_is_asked(intake: Intake, procedure: Procedure) -> Iterator[Problem]:
    yield from _of_case(intake, procedure)
    yield from _of_components(intake, procedure)
    yield from _of_answers(intake, procedure)


def of_party(who: str, party: Party, today: date) -> Iterator[Problem]:
    """Walk through what is wrong with a tidied person, business or agency."""

    def at(name: str, reason: str = "", **values: object) -> Problem:
        return Problem(field=f"{who}.{name}", label=_LABELS[name], reason=reason, values=values)

    if not party.full_name:
        yield at("full_name")
    for name in ("full_name", "id_number", "address", "phone", "email"):
        yield from of_text(f"{who}.{name}", _LABELS[name], getattr(party, name), LONGEST_LINE)
    if party.kind is PartyKind.PERSON:
        yield from (at("id_number", r, **v) for r, v in _of_person_number(party.id_number))
    elif party.id_number and parse_tax_code(party.id_number) is None:
        yield at("id_number", N_("A tax code has 10, 12 or 13 digits."))
    yield from (at("birth_date", r, **v) for r, v in _of_birth_date(party.birth_date, today))
    if party.phone and parse_phone(party.phone) is None:
        yield at("phone", N_("This is no telephone number of Vietnam. Example: 0912 345 678."))
    if party.email and not _is_email(party.email):
        yield at("email", N_("An e-mail address looks like ten@example.vn."))


def _of_person_number(number: str) -> Iterator[tuple[str, dict[str, object]]]:
    if number and document_kind(number) is DocumentKind.OTHER and number.isdigit():
        reason = N_("An ID number has {right} digits (this has {count}).")
        yield reason, {"right": _PERSONAL_DIGITS, "count": len(number)}


def _of_birth_date(typed: str, today: date) -> Iterator[tuple[str, dict[str, object]]]:
    if not typed:
        return
    try:
        born = parse_partial_date(typed)
    except ImpossibleDate:
        yield (
            N_("{typed} is not in any calendar. Type day/month/year, as 05/03/1990."),
            {"typed": typed[:40]},
        )
        return
    if born.in_future(today):
        yield N_("{typed} is still to come. Check the year."), {"typed": f"{born}"}


def of_text(path: str, label: str, text: str, longest: int) -> Iterator[Problem]:
    """Walk through what keeps a text of at most `longest` characters from being stored."""
    if len(text) > longest:
        yield Problem(
            field=path,
            label=label,
            reason=N_("This is too long: {count} characters, and at most {longest} fit."),
            values={"count": len(text), "longest": longest},
        )
    if strange := forbidden(text):
        yield Problem(
            field=path,
            label=label,
            reason=N_("This holds a character that cannot be stored ({code}). Type it again."),
            values={"code": f"U+{ord(strange):04X}"},
        )


def _of_case(intake: Intake, procedure: Procedure) -> Iterator[Problem]:
    known = {case.id for case in procedure.case}
    if known and intake.case is None:
        yield Problem(field="case", label=_LABELS["case"])
    elif intake.case is not None and intake.case not in known:
        reason = N_("This procedure has no case “{case}”.")
        yield Problem(
            field="case", label=_LABELS["case"], reason=reason, values={"case": intake.case}
        )


def _of_components(intake: Intake, procedure: Procedure) -> Iterator[Problem]:
    if procedure.case and intake.case not in {case.id for case in procedure.case}:
        return  # which papers are asked for is not known before the case is
    if intake.components == "all":
        return
    asked = procedure.components_of(intake.case)
    given = {paper.id: paper for paper in intake.components}
    for strange in sorted(given.keys() - {component.id for component in asked}):
        reason = N_("This procedure asks for no paper “{paper}” in this case.")
        yield Problem(
            field=f"components.{strange}", label=strange, reason=reason, values={"paper": strange}
        )
    for component in asked:
        path = f"components.{component.id}"
        paper = given.get(component.id)
        if paper is None:
            if component.required:
                yield Problem(field=path, label=component.name)
        elif not all(0 <= n <= MOST_PAPERS for n in (paper.originals or 0, paper.copies or 0)):
            reason = N_("Between 0 and {most} of a paper can be handed in.")
            yield Problem(
                field=path, label=component.name, reason=reason, values={"most": MOST_PAPERS}
            )


def _of_answers(intake: Intake, procedure: Procedure) -> Iterator[Problem]:
    asked = {question.id: question for question in procedure.question}
    for strange in sorted(intake.answers.keys() - asked.keys()):
        reason = N_("This procedure asks no question “{question}”.")
        yield Problem(
            field=f"answers.{strange}", label=strange, reason=reason, values={"question": strange}
        )
    for question in procedure.question:
        path = f"answers.{question.id}"
        answer = intake.answers.get(question.id, question.default)
        if answer is None or answer == "":
            if question.required:
                yield Problem(field=path, label=question.label)
        elif wrong := _wrong_answer(question, answer):
            reason, values = wrong
            yield Problem(field=path, label=question.label, reason=reason, values=values)
        elif isinstance(answer, str):
            yield from of_text(path, question.label, answer, LONGEST_NOTE)


def _wrong_answer(question: Question, answer: Answer) -> tuple[str, dict[str, object]] | None:
    match question.type:
        case "number":
            return _wrong_number(question, answer)
        case "choice":
            labels = [law(choice.label) for choice in question.choices]
            if answer not in {choice.id for choice in question.choices}:
                return N_("Choose one of: {choices}."), {"choices": ", ".join(labels)}
        case "date":
            try:
                parse_partial_date(str(answer))
            except ImpossibleDate:
                typed = str(answer)[:40]
                return N_("{typed} is not in any calendar. Type day/month/year, as 05/03/1990."), {
                    "typed": typed
                }
        case "text":
            if not isinstance(answer, str):
                return N_("Words are expected here."), {}
    return None


def _wrong_number(question: Question, answer: Answer) -> tuple[str, dict[str, object]] | None:
    if not isinstance(answer, int):
        return N_("A whole number is expected here."), {}
    if question.minimum is not None and answer < question.minimum:
        return N_("This is at least {minimum}."), {"minimum": question.minimum}
    if question.maximum is not None and answer > question.maximum:
        return N_("This is at most {maximum}."), {"maximum": question.maximum}
    return None


def _is_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".")) and " " not in text
