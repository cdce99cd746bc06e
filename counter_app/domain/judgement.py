"""What the centre makes of an operation that has come to it: the rules, and their words.

What has happened on paper or in cash is never refused: it is applied, and if something about it
cannot be right, a supervisor is told. Only what asks for something can be overtaken by what
another desk has done, or be refused. What cannot be judged yet waits, and only it: nothing
else at its desk stops for it.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.domain.body import Body, Nature, Scope
from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import (
    Amended,
    ExemptionReversed,
    Extended,
    Header,
    Operation,
    Received,
    Unreadable,
    Voided,
)
from counter_app.domain.payment import in_force
from counter_app.domain.status import Status
from counter_app.domain.workflow import TRANSITIONS, may_be_voided
from counter_app.i18n import N_, _


class Verdict(StrEnum):
    """What the centre says of an operation; it may come long after the storing."""

    APPLIED = "applied"
    FLAGGED = "flagged"
    PROPOSED = "proposed"
    REFUSED = "refused"
    WAITING = "waiting"


WITHOUT_EFFECT: Final = frozenset({Verdict.PROPOSED, Verdict.REFUSED, Verdict.WAITING})
"""Listed until a person resolves it by a new operation; until then it changes nothing."""


class Reason(StrEnum):
    """Why an operation is not simply applied."""

    ROLE = "role"
    ILLEGAL_TRANSITION = "illegal_transition"
    OVERTAKEN = "overtaken"
    VALUE_CHANGED = "value_changed"
    NOT_RECEIVED = "not_received"
    NEWER_PROGRAM = "newer_program"
    CODE_CLASH = "code_clash"
    RECEIVED_TWICE = "received_twice"
    NOT_LEASED = "not_leased"
    RECEIPT_DIFFERS = "receipt_differs"
    OTHER_KEY = "other_key"
    FUTURE_DATE = "future_date"


class Judged(Struct, frozen=True):
    """A verdict, and the reason where there is one."""

    verdict: Verdict
    reason: Reason | None = None

    @property
    def has_effect(self) -> bool:
        """Whether it changes its dossier."""
        return self.verdict not in WITHOUT_EFFECT


class Seen(Struct, frozen=True):
    """What the desk had before its eyes when it made an operation.

    `overtaken`: another desk's operation, which this one had not seen, was confirmed first.
    """

    status: Status | None = None
    overtaken: bool = False


APPLIED: Final = Judged(Verdict.APPLIED)
_NOTHING: Final = Seen()


def judge(
    operation: Operation,
    dossier: Dossier,
    *,
    latest: date,
    seen: Seen = _NOTHING,
    doubt: Reason | None = None,
) -> Judged:
    """Return what is to be made of `operation` on a dossier that stands as `dossier` does.

    `latest` is the last date that a right clock can show anywhere, `doubt` what was found wrong
    with a reception by those who know the desk's numbers and key. `seen` matters for what asks
    for something only.
    """
    body = operation.body
    if isinstance(body, Unreadable):
        return Judged(Verdict.WAITING, Reason.NEWER_PROGRAM)
    if body.scope is Scope.DESK:
        return APPLIED
    if body.nature is Nature.FACT:
        reason = _doubt_about(operation.header, body, dossier, latest, doubt)
        return APPLIED if reason is None else Judged(Verdict.FLAGGED, reason)
    return _judge_intent(operation.header, body, dossier, seen)


def _doubt_about(
    header: Header, body: Body, dossier: Dossier, latest: date, doubt: Reason | None
) -> Reason | None:
    transition = TRANSITIONS[body.kind]
    received = isinstance(body, Received)
    if received and dossier.received is not None:
        return Reason.RECEIVED_TWICE
    if doubt is not None:
        return doubt
    if header.role not in transition.by:
        return Reason.ROLE
    # A reception may come late, after what another desk has done with the receipt in its hand.
    if not received and dossier.status not in transition.before:
        return Reason.ILLEGAL_TRANSITION
    return Reason.FUTURE_DATE if header.business_date > latest else None


def _judge_intent(header: Header, body: Body, dossier: Dossier, seen: Seen) -> Judged:
    transition = TRANSITIONS[body.kind]
    if header.role not in transition.by:
        return Judged(Verdict.REFUSED, Reason.ROLE)
    if dossier.needs_newer_program:
        return Judged(Verdict.WAITING, Reason.NEWER_PROGRAM)
    if dossier.received is None:
        return Judged(Verdict.WAITING, Reason.NOT_RECEIVED)
    if dossier.status not in transition.before:
        if seen.overtaken and seen.status in transition.before:
            return Judged(Verdict.PROPOSED, Reason.OVERTAKEN)
        return Judged(Verdict.REFUSED, Reason.ILLEGAL_TRANSITION)
    if _has_nothing_to_undo(body, dossier, seen):
        if seen.overtaken:
            return Judged(Verdict.PROPOSED, Reason.OVERTAKEN)
        return Judged(Verdict.REFUSED, Reason.ILLEGAL_TRANSITION)
    if _was_changed_meanwhile(body, dossier, seen):
        return Judged(Verdict.PROPOSED, Reason.VALUE_CHANGED)
    return APPLIED


def _has_nothing_to_undo(body: Body, dossier: Dossier, seen: Seen) -> bool:
    """Say whether what is to be taken back is not there, is gone, or has become another thing."""
    match body:
        case ExemptionReversed():
            return all(each.id != body.exemption for each in in_force(dossier))
        case Voided():
            changed = seen.overtaken and seen.status is not dossier.status
            return changed or not may_be_voided(dossier.status, served=dossier.served)
        case _:
            return False


def _was_changed_meanwhile(body: Body, dossier: Dossier, seen: Seen) -> bool:
    match body:
        case Amended():
            values = [past.new for past in dossier.amendments if past.field == body.field]
            return bool(values) and values[-1] not in {body.old, body.new}
        case Extended():
            return seen.overtaken and dossier.due_at != body.due_before
        case _:
            return False


def explain(reason: str) -> str:
    """Return what a reason means and what is to be done, in the language spoken.

    `reason` is the short word as it travels; one of a newer release is shown as it is.
    """
    sentence = _SENTENCES.get(reason)
    return _(sentence) if sentence else reason


_SENTENCES: Final[Mapping[str, str]] = {
    Reason.ROLE: N_(
        "Who did this has no role that may do it. If it was right all the same, somebody who "
        "has the role confirms it with an entry of their own."
    ),
    Reason.ILLEGAL_TRANSITION: N_(
        "This does not follow from where the dossier stood. A supervisor compares the dossier "
        "with its papers and puts it right with a new entry."
    ),
    Reason.OVERTAKEN: N_(
        "Another desk was first, and this no longer follows from where the dossier stands now. "
        "It was not carried out. Look at the dossier, and do it again if it is still wanted."
    ),
    Reason.VALUE_CHANGED: N_(
        "Another desk has meanwhile changed the same entry, and its value stands. "
        "Look at the dossier, and correct the entry again if it is still wrong."
    ),
    Reason.NOT_RECEIVED: N_(
        "The centre does not know this dossier yet: the desk that received it has not reported. "
        "This is carried out by itself as soon as it has; nothing is to be done."
    ),
    Reason.NEWER_PROGRAM: N_(
        "Something on this dossier was done by a newer program, which the centre cannot read "
        "yet. It is kept, and goes on by itself once the centre's program is updated."
    ),
    Reason.CODE_CLASH: N_(
        "Two dossiers bear the same code. Both are kept, and their receipts still tell them "
        "apart. A supervisor tells the applicants, and finds out which desk gave the code twice."
    ),
    Reason.RECEIVED_TWICE: N_(
        "This dossier was received twice, perhaps once from its paper after a restore. It counts "
        "once. A supervisor compares both entries with the receipt."
    ),
    Reason.NOT_LEASED: N_(
        "The code is none of those that this desk may give out. The dossier is kept and goes on. "
        "A supervisor finds out why the desk has used it."
    ),
    Reason.RECEIPT_DIFFERS: N_(
        "The code on the receipt and the dossier's own do not agree. The dossier is kept and "
        "goes on. A supervisor compares it with the paper in the applicant's hand."
    ),
    Reason.OTHER_KEY: N_(
        "The receipt was signed by another desk than the one that reported it. The dossier is "
        "kept and goes on. A supervisor asks the desk why."
    ),
    Reason.FUTURE_DATE: N_(
        "It bears a date that has not come yet: the clock of that desk was wrong. What happened "
        "counts. Correct the clock, and tell the applicant if the receipt names a wrong date."
    ),
}

assert _SENTENCES.keys() == set(Reason)
