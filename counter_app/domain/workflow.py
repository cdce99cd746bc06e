"""The one table of what may follow what. Desk and centre both ask it; nothing else knows.

The ten states and the ways between them are those of the decree on the one-stop shop and of
the national portal's status codes (`docs/glossary.md`). A fact may also be noted on a dossier
of which this desk has seen no more than the receipt: there the state is unknown, `None`.
"""

from collections.abc import Collection, Mapping
from typing import Final

from msgspec import Struct

from counter_app.domain.officer import Role
from counter_app.domain.status import ENDED, Status
from counter_app.errors import IllegalTransition, NotPermitted
from counter_app.i18n import N_, _


class Transition(Struct, frozen=True):
    """From which states a kind of operation is possible, where it leads, and who may do it.

    `after` None leaves the dossier where it stands.
    """

    before: frozenset[Status | None]
    after: Status | None
    by: frozenset[Role]


def _from(*before: Status | None) -> frozenset[Status | None]:
    return frozenset(before)


def _by(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_S: Final = Status
_R: Final = Role
_SEEN: Final = frozenset(Status)
_ANY: Final[frozenset[Status | None]] = _SEEN | {None}
_OPEN: Final = _from(_S.RECEIVED, _S.PROCESSING, _S.SUPPLEMENT, _S.OBLIGATION, _S.WITHDRAWAL)
_SETTLED: Final = ENDED | {_S.FINISHED}
_DESK: Final = _by(_R.RECEPTION, _R.RETURN, _R.SUPERVISOR)
_AT_THE_DESK: Final = _by(_R.RECEPTION, _R.RETURN, _R.CASHIER, _R.SUPERVISOR)
_EVERYBODY: Final = frozenset(Role)

TRANSITIONS: Final[Mapping[str, Transition]] = {
    "received": Transition(_from(None, _S.SUBMITTED), _S.RECEIVED, _by(_R.RECEPTION)),
    "not_accepted": Transition(_from(_S.SUBMITTED), _S.NOT_ACCEPTED, _by(_R.RECEPTION)),
    "guidance_given": Transition(_from(None), None, _by(_R.RECEPTION)),
    "served": Transition(_from(_S.RECEIVED), _S.RETURNED, _by(_R.RECEPTION, _R.RETURN)),
    "forwarded": Transition(
        _from(_S.RECEIVED), _S.PROCESSING, _by(_R.RECEPTION, _R.SPECIALIST, _R.SUPERVISOR)
    ),
    "supplement_requested": Transition(
        _from(_S.SUBMITTED, _S.PROCESSING),
        _S.SUPPLEMENT,
        _by(_R.RECEPTION, _R.SPECIALIST, _R.SUPERVISOR),
    ),
    "supplement_received": Transition(_from(_S.SUPPLEMENT, None), _S.PROCESSING, _by(_R.RECEPTION)),
    "obligation_set": Transition(
        _from(_S.PROCESSING), _S.OBLIGATION, _by(_R.SPECIALIST, _R.SUPERVISOR)
    ),
    "obligation_met": Transition(
        _from(_S.OBLIGATION, None), _S.PROCESSING, _by(_R.CASHIER, _R.RECEPTION, _R.SPECIALIST)
    ),
    "withdrawal_requested": Transition(
        _from(_S.RECEIVED, _S.PROCESSING, _S.SUPPLEMENT, _S.OBLIGATION, None),
        _S.WITHDRAWAL,
        _by(_R.RECEPTION, _R.SUPERVISOR),
    ),
    "withdrawal_taken_back": Transition(
        _from(_S.WITHDRAWAL), _S.PROCESSING, _by(_R.RECEPTION, _R.SUPERVISOR)
    ),
    "stopped": Transition(
        _from(_S.WITHDRAWAL, _S.SUPPLEMENT), _S.STOPPED, _by(_R.LEADER, _R.SUPERVISOR)
    ),
    "refused": Transition(_from(_S.PROCESSING), _S.STOPPED, _by(_R.LEADER, _R.SUPERVISOR)),
    "extended": Transition(_from(_S.RECEIVED, _S.PROCESSING), None, _by(_R.LEADER, _R.SUPERVISOR)),
    "finished": Transition(
        _from(_S.PROCESSING),
        _S.FINISHED,
        _by(_R.RETURN, _R.SPECIALIST, _R.LEADER, _R.CLERK),
    ),
    "result_returned": Transition(_from(_S.FINISHED, None), _S.RETURNED, _by(_R.RETURN)),
    "papers_returned": Transition(_ANY, None, _DESK),
    "papers_changed": Transition(_OPEN | {None}, None, _by(_R.RECEPTION, _R.SPECIALIST)),
    "fee_paid": Transition(_ANY - {_S.NOT_ACCEPTED}, None, _by(_R.CASHIER)),
    "fee_reversed": Transition(_ANY, None, _by(_R.SUPERVISOR)),
    "fee_assessed": Transition(_SEEN - {_S.NOT_ACCEPTED}, None, _by(_R.CASHIER)),
    "fee_exempted": Transition(_SEEN - {_S.NOT_ACCEPTED}, None, _by(_R.CASHIER, _R.SUPERVISOR)),
    "exemption_reversed": Transition(_SEEN - {_S.NOT_ACCEPTED}, None, _by(_R.SUPERVISOR)),
    "transfer_requested": Transition(
        _ANY - {_S.NOT_ACCEPTED}, None, _by(_R.CASHIER, _R.RECEPTION, _R.RETURN)
    ),
    "receipt_linked": Transition(_ANY, None, _by(_R.CASHIER, _R.SUPERVISOR)),
    "scan_added": Transition(_ANY, None, _by(_R.RECEPTION, _R.RETURN, _R.SPECIALIST)),
    "scans_arranged": Transition(_ANY, None, _by(_R.RECEPTION, _R.RETURN, _R.SPECIALIST)),
    "scan_withdrawn": Transition(_ANY, None, _by(_R.RECEPTION, _R.SUPERVISOR)),
    "scan_opened": Transition(_ANY, None, _EVERYBODY),
    "amended": Transition(_SEEN - {_S.SUBMITTED}, None, _by(_R.RECEPTION, _R.SUPERVISOR)),
    "reassigned": Transition(_OPEN, None, _by(_R.LEADER, _R.SUPERVISOR)),
    "noted": Transition(_ANY, None, _EVERYBODY),
    "voided": Transition(
        _from(_S.RECEIVED, _S.RETURNED),  # of what was returned: only if it was served at once
        _S.STOPPED,
        _by(_R.SUPERVISOR),
    ),
    "receipt_printed": Transition(_SEEN - {_S.SUBMITTED}, None, _DESK),
    "paper_printed": Transition(_ANY, None, _EVERYBODY),
    "record_viewed": Transition(_ANY, None, _EVERYBODY),
    "sheet_printed": Transition(_from(None), None, _EVERYBODY),
    "officer_signed_in": Transition(_from(None), None, _EVERYBODY),
    "clock_confirmed": Transition(_from(None), None, _EVERYBODY),
    "reserve_opened": Transition(_from(None), None, _by(_R.SUPERVISOR)),
    "ticket_issued": Transition(_from(None), None, _EVERYBODY),
    "ticket_called": Transition(_from(None), None, _AT_THE_DESK),
    "ticket_moved": Transition(_from(None), None, _AT_THE_DESK),
    "ticket_ended": Transition(_from(None), None, _AT_THE_DESK),
    "store_restored": Transition(_from(None), None, _by(_R.SUPERVISOR, _R.ADMINISTRATOR)),
}


def check(kind: str, status: Status | None, roles: Collection[Role]) -> Role:
    """Let an operation of `kind` pass, and return the role in which it is done.

    Raises:
        IllegalTransition: not possible from `status`.
        NotPermitted: none of `roles` may do it.
    """
    transition = TRANSITIONS[kind]
    if status not in transition.before:
        raise IllegalTransition(status=status or Unknown())
    acting = [role for role in Role if role in transition.by and role in roles]
    if not acting:
        raise NotPermitted(role=min(transition.by))
    return acting[0]


def status_after(kind: str, status: Status | None) -> Status | None:
    """Return where an operation of `kind` leaves a dossier that stood at `status`.

    A reception that comes late, after what was done with the receipt alone, or a second time,
    takes nothing back of what has been done since. Neither does what another desk has noted of
    a dossier that was finished or had ended meanwhile; only a result that was handed over was.
    """
    transition = TRANSITIONS.get(kind)
    if transition is None or transition.after is None:
        return status
    settled = status in _SETTLED and transition.after is not Status.RETURNED
    late = status not in transition.before and (settled or transition.after is Status.RECEIVED)
    return status if late else transition.after


def may_be_voided(status: Status | None, *, served: bool) -> bool:
    """Say whether a dossier that stands at `status` may be voided.

    Of those whose result was returned, only one that was `served` at once: nobody has examined
    it, and whoever has entered it has entered the wrong one.
    """
    return status in TRANSITIONS["voided"].before and (served or status is not Status.RETURNED)


class Unknown:
    """Stands for a state that this desk has not seen; prints itself in words."""

    def __format__(self, spec: str) -> str:
        """Return the word in the language spoken."""
        return format(_(N_("not known at this desk")), spec)
