"""What an officer enters on a dossier, made ready for the journal: tidy, whole, and possible.

What the desk knows itself is not the officer's to say: the hour that was promised before, the
one that follows when the clock runs again, the old value of what is corrected.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from counter_app.domain.answer_part import entry_in
from counter_app.domain.body import Body
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.corrected import corrected
from counter_app.domain.correction import people_in, put_right
from counter_app.domain.deadline import Due, due_after_supplement
from counter_app.domain.dossier import Dossier
from counter_app.domain.intake_check import (
    LONGEST_LINE,
    LONGEST_NOTE,
    MOST_PAPERS,
    Problem,
    of_party,
    of_text,
)
from counter_app.domain.operation import (
    Amended,
    Extended,
    Finished,
    ObligationMet,
    Received,
    Served,
    SupplementReceived,
    SupplementRequested,
    Voided,
    WithdrawalTakenBack,
)
from counter_app.domain.party import Party
from counter_app.domain.question import Question
from counter_app.domain.steps import Steps
from counter_app.domain.text import tidy, tidy_lines
from counter_app.domain.workflow import may_be_voided
from counter_app.errors import (
    ExtendedAlready,
    ExtendedTooLate,
    IllegalTransition,
    IncompleteEntry,
    InvalidField,
    MoneyTaken,
    NotOnTheSpot,
)
from counter_app.i18n import N_, _, format_instant, format_money

B = TypeVar("B", bound=Body)

MOST_MONEY: Final = 10**12
"""Dong; more is a slip of the key."""

_LARGE: Final = frozenset({"amount", "unit_amount", "tendered", "size"})
_LINES: Final = frozenset({"reason", "text", "old", "new"})  # which a note's may be
_MAY_BE_EMPTIED: Final = frozenset({"new", "component"})
_KEPT: Final = (datetime, date, UUID)


def tidied(body: B) -> B:
    """Return `body` with its texts as they are stored."""
    plain = _tidied("", msgspec.to_builtins(body, builtin_types=_KEPT))
    return msgspec.convert(plain, type(body), builtin_types=_KEPT)


def check_entry(body: Body, today: date) -> None:
    """Let a tidied `body` pass that says what it is there to say.

    Raises:
        InvalidField: a value cannot be true.
        IncompleteEntry: something that it cannot do without is empty.
    """
    found = tuple(_of_struct("", body, today))
    for problem in found:
        if not problem.is_missing:
            raise InvalidField(field=problem.field, reason=problem.sentence)
    if found:
        raise IncompleteEntry(fields=", ".join(problem.field for problem in found))


def completed(
    body: Body,
    dossier: Dossier,
    *,
    stopped_at: datetime | None,
    now: datetime,
    calendar: WorkCalendar,
    steps: Steps,
    questions: tuple[Question, ...] = (),
) -> Body:
    """Return `body` with what follows from how the dossier stands.

    `stopped_at` is when its clock was stopped, `questions` are those of its procedure, where
    they are known. On a dossier whose reception this desk has not
    seen, nothing follows.

    Raises:
        InvalidField: it goes by something that is not so, or is no longer so.
        ExtendedAlready: the due date was put off as often as the law allows.
        ExtendedTooLate: it is too near for that.
        NotOnTheSpot: the procedure does not give its result at once.
        IllegalTransition: it is to be voided, and its result was returned after examination.
        MoneyTaken: it is to be voided, and money was taken for it.
    """
    if dossier.received is None:
        return body
    match body:
        case SupplementReceived() | ObligationMet() | WithdrawalTakenBack():
            _check_promise(body, dossier, now)
            again = due_again(body.kind, dossier, stopped_at, now, calendar)
            new = body.due_at or (again.at if again else None)
            return replace(body, due_before=dossier.due_at, due_at=new)
        case Extended():
            _check_promise(body, dossier, now)
            _check_later(body, dossier)
            check_extension(dossier, now, steps, calendar)
            return replace(body, due_before=dossier.due_at)
        case SupplementRequested():
            _check_until(body, calendar.local(now).date())
            return replace(body, due_before=dossier.due_at)
        case Amended():
            said = corrected(dossier) or dossier.received
            right = put_right(body, said, calendar.local(now).date(), questions)
            return _with_old_value(right, dossier, dossier.received, questions)
        case _:
            _check_possible(body, dossier, now, calendar)
            return body


def check_extension(dossier: Dossier, now: datetime, steps: Steps, calendar: WorkCalendar) -> None:
    """Let a dossier pass whose due date may be put off.

    Raises:
        ExtendedAlready: it was, as often as the law allows.
        ExtendedTooLate: it is nearer than the law allows.
    """
    if dossier.extensions >= steps.most_extensions:
        raise ExtendedAlready(count=dossier.extensions)
    if dossier.due_at is None:
        return
    last = calendar.local(dossier.due_at).date() - timedelta(days=steps.extension_notice_days)
    if calendar.local(now).date() > last:
        raise ExtendedTooLate(days=steps.extension_notice_days, due=format_instant(dossier.due_at))


def check_voiding(dossier: Dossier) -> None:
    """Let a dossier pass that may be voided.

    Raises:
        IllegalTransition: its result was returned after an examination.
        MoneyTaken: money was taken for it, and not given back.
    """
    if not may_be_voided(dossier.status, served=dossier.served):
        raise IllegalTransition(status=dossier.status)
    if dossier.paid > 0:
        raise MoneyTaken(amount=format_money(dossier.paid))


def due_again(
    kind: str,
    dossier: Dossier,
    stopped_at: datetime | None,
    now: datetime,
    calendar: WorkCalendar,
) -> Due | None:
    """Return which hour holds once an entry of `kind` has the clock go on; None if it ran.

    Only a supplement that has come can begin the whole time anew. The clock cannot have been
    stopped before the reception, whatever that of another desk has shown.
    """
    received = dossier.received
    if received is None or (stopped_at is None and kind == WithdrawalTakenBack.kind):
        return None
    stopped = max(stopped_at or now, received.received_at)
    rule = received.deadline
    if kind != SupplementReceived.kind:
        rule = replace(rule, pause="pause")
    return due_after_supplement(rule, dossier.due_at, stopped, now, calendar)


def _check_promise(
    body: SupplementReceived | ObligationMet | WithdrawalTakenBack | Extended,
    dossier: Dossier,
    now: datetime,
) -> None:
    given = body.due_before
    if given is not None and given != dossier.due_at:
        due = format_instant(dossier.due_at) if dossier.due_at else _("no due date")
        words = _("It stands otherwise in the dossier: {value}. Look at it again.")
        raise InvalidField(field="due_before", reason=words.format(value=due))
    if body.due_at is not None and body.due_at <= now:
        reason = _("This hour has gone by already: nobody can be promised it.")
        raise InvalidField(field="due_at", reason=reason)


def _check_possible(body: Body, dossier: Dossier, now: datetime, calendar: WorkCalendar) -> None:
    match body:
        case Finished():
            _check_days(body, now, calendar)
        case Voided():
            check_voiding(dossier)
        case Served() if dossier.received is not None and not dossier.received.on_the_spot:
            raise NotOnTheSpot


def _check_later(body: Extended, dossier: Dossier) -> None:
    if dossier.due_at is not None and body.due_at <= dossier.due_at:
        words = _("This is not later than what was promised, {due}.")
        reason = words.format(due=format_instant(dossier.due_at))
        raise InvalidField(field="due_at", reason=reason)


def _check_until(body: SupplementRequested, today: date) -> None:
    if body.until is not None and body.until < today:
        raise InvalidField(field="until", reason=_("This day has gone by already."))


def _check_days(body: Finished, now: datetime, calendar: WorkCalendar) -> None:
    """Let a result pass that can have been signed and issued when it says.

    Whether it came in time is judged by that.
    """
    for name, at in (("signed_at", body.signed_at), ("issued_at", body.issued_at)):
        if at is not None and calendar.local(at).date() > calendar.local(now).date():
            raise InvalidField(field=name, reason=_("This day has not come yet."))
    if body.signed_at and body.issued_at and body.issued_at < body.signed_at:
        raise InvalidField(field="issued_at", reason=_("Nothing is issued before it is signed."))


def _with_old_value(
    body: Amended, dossier: Dossier, received: Received, questions: tuple[Question, ...]
) -> Amended:
    stands = stands_now(body.field, dossier, received, questions)
    if stands is None:
        words = _("A dossier has no entry “{field}” that could be corrected.")
        raise InvalidField(field="field", reason=words.format(field=body.field))
    if body.old not in {"", stands}:
        words = _("It stands otherwise in the dossier: {value}. Look at it again.")
        raise InvalidField(field="old", reason=words.format(value=stands))
    if body.new == stands:
        raise InvalidField(field="new", reason=_("This is what the dossier says already."))
    return replace(body, old=stands)


def stands_now(
    field: str, dossier: Dossier, received: Received, questions: tuple[Question, ...] = ()
) -> str | None:
    """Return what an entry says now, as "note", "applicant.phone" or "answers.members[0].name".

    What can stand in a row is known by the procedure's `questions`, or else by the other rows.
    """
    for past in reversed(dossier.amendments):
        if past.field == field:
            return past.new
    whose, _dot, part = field.partition(".")
    if field == "note":
        return received.note
    if whose == "answers":
        return entry_in((corrected(dossier) or received).answers, part, questions)
    person = people_in(received).get(whose)
    if person is None or part not in Party.__struct_fields__:
        return None
    return str(getattr(person, part) or "")


def _tidied(name: str, value: Any) -> Any:
    match value:
        case str():
            return tidy_lines(value) if name in _LINES else tidy(value)
        case dict():
            return {key: _tidied(key, each) for key, each in value.items()}
        case list() | tuple():
            return [_tidied(name, each) for each in value]
        case _:
            return value


def _of_struct(path: str, value: Struct, today: date) -> Iterator[Problem]:
    for field in fields(value):
        inner = f"{path}.{field.name}" if path else field.name
        needed = field.required and field.name not in _MAY_BE_EMPTIED
        yield from _of_value(inner, getattr(value, field.name), today, needed=needed)


def _of_value(path: str, value: object, today: date, *, needed: bool) -> Iterator[Problem]:
    name = path.rpartition(".")[2]
    if needed and value in ("", ()):
        yield Problem(field=path, label=path)
    match value:
        case str():
            yield from of_text(path, path, value, LONGEST_NOTE if name in _LINES else LONGEST_LINE)
        case int():
            yield from _of_number(path, value, name=name)
        case datetime():
            yield from _of_instant(path, value)
        case tuple():
            for number, each in enumerate(value):
                yield from _of_value(f"{path}[{number}]", each, today, needed=True)
        case Party():
            yield from of_party(path, value, today)
        case Struct():
            yield from _of_struct(path, value, today)


def _of_number(path: str, value: int, *, name: str) -> Iterator[Problem]:
    least = 1 if name == "amount" else 0
    most = MOST_MONEY if name in _LARGE else MOST_PAPERS
    if value < least:
        reason = N_("This is at least {minimum}.")
        yield Problem(field=path, label=path, reason=reason, values={"minimum": least})
    if value > most:
        reason = N_("This is at most {maximum}.")
        yield Problem(field=path, label=path, reason=reason, values={"maximum": most})


def _of_instant(path: str, value: datetime) -> Iterator[Problem]:
    # The first and the last year cannot be told in every time zone.
    if value.tzinfo is None or not MINYEAR < value.year < MAXYEAR:
        reason = N_("An instant looks like 2026-11-23T09:30:00+07:00.")
        yield Problem(field=path, label=path, reason=reason)
