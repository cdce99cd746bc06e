"""A corrected entry, held to what would be asked of it on reception."""

from datetime import date

from msgspec.structs import replace

from counter_app.domain import answer_part
from counter_app.domain.answer_part import entry_in
from counter_app.domain.intake import tidied_party
from counter_app.domain.intake_check import of_party
from counter_app.domain.operation import Amended, Received
from counter_app.domain.party import Party, PartyKind, Sex
from counter_app.domain.question import Question
from counter_app.errors import InvalidField
from counter_app.i18n import _

_CHOSEN = {"kind": PartyKind, "sex": Sex}


def people_in(received: Received) -> dict[str, Party | None]:
    """Return whose entries can be corrected, by the name that leads to them."""
    return {
        "applicant": received.applicant,
        "submitter": received.submitter,
        "collector": received.collector,
    }


def put_right(
    body: Amended, received: Received, today: date, questions: tuple[Question, ...] = ()
) -> Amended:
    """Return a correction with its new value as it is stored: digits, ISO dates.

    `received` is the reception with what was corrected before, `questions` the procedure's own,
    where they are known.

    Raises:
        InvalidField: it cannot be true.
    """
    whose, _dot, part = body.field.partition(".")
    if whose == "answers":
        if entry_in(received.answers, part, questions) is None:
            return body
        new = answer_part.put_right(received.answers, part, body.new, questions, today)
        return replace(body, new=new)
    person = people_in(received).get(whose)
    if person is None or part not in Party.__struct_fields__:
        return body
    if part in _CHOSEN:
        return _one_of(body, part)
    party = tidied_party(replace(person, **{part: body.new}))
    for problem in of_party(whose, party, today):
        if problem.field == body.field:
            raise InvalidField(field="new", reason=problem.sentence)
    return replace(body, new=getattr(party, part))


def _one_of(body: Amended, part: str) -> Amended:
    choices = [each.value for each in _CHOSEN[part]]
    if body.new not in choices and (body.new or part == "kind"):
        words = _("Choose one of: {choices}.")
        raise InvalidField(field="new", reason=words.format(choices=", ".join(choices)))
    return body
