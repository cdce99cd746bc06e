"""How lists and headers say in a few words where a dossier stands; without Qt.

Words are chosen when they are shown, never when they are thought: the language may change.
"""

from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple

from counter_app.desktop.navigator import Tone
from counter_app.domain.operation import Header
from counter_app.domain.status import ENDED, Status
from counter_app.i18n import N_, _, ngettext
from counter_app.services.scanning import Scanned
from counter_app.wire.delivery import Verdict
from counter_app.wire.signing import ReceiptVerdict

_SHOWN_DIGITS: Final = 4
_DOT: Final = "•"

_STATUS: Final[dict[Status, tuple[str, Tone]]] = {
    Status.SUBMITTED: (N_("New"), "info"),
    Status.RECEIVED: (N_("Taken in"), "info"),
    Status.NOT_ACCEPTED: (N_("Turned down"), "neutral"),
    Status.PROCESSING: (N_("In process"), "info"),
    Status.SUPPLEMENT: (N_("Waits for papers"), "warning"),
    Status.OBLIGATION: (N_("Waits for payment"), "warning"),
    Status.WITHDRAWAL: (N_("To be withdrawn"), "warning"),
    Status.STOPPED: (N_("Ended"), "neutral"),
    Status.FINISHED: (N_("Result is there"), "good"),
    Status.RETURNED: (N_("Returned"), "neutral"),
}


_VERDICTS: Final[dict[Verdict, tuple[str, Tone]]] = {
    Verdict.APPLIED: (N_("received by the centre"), "good"),
    Verdict.FLAGGED: (N_("to be checked"), "warning"),
    Verdict.PROPOSED: (N_("overtaken"), "warning"),
    Verdict.REFUSED: (N_("refused"), "danger"),
    Verdict.WAITING: (N_("waits at the centre"), "neutral"),
}


class Tag(NamedTuple):
    """A word or two in a coloured box; the colour only helps."""

    text: str
    tone: Tone


def status_tag(status: Status | None, *, voided: bool = False) -> Tag:
    """Return where a dossier stands."""
    if voided:
        return Tag(_("Void"), "danger")
    if status is None:
        return Tag(_("Not known here"), "neutral")
    words, tone = _STATUS[status]
    return Tag(_(words), tone)


def verdict_tag(verdict: Verdict) -> Tag:
    """Return what the centre says of an operation."""
    words, tone = _VERDICTS[verdict]
    return Tag(_(words), tone)


def due_tag(
    due_at: datetime | None,
    now: datetime,
    status: Status | None,
    *,
    finished_at: datetime | None = None,
    voided: bool = False,
) -> Tag | None:
    """Return how much time is left, by the clock of `now`; nothing where nobody waits any more."""
    if due_at is None or voided or status in {Status.NOT_ACCEPTED, Status.STOPPED}:
        return None
    if finished_at is not None:
        return Tag(_("Was late"), "neutral") if finished_at > due_at else None
    if status in ENDED:
        return None
    due = due_at.astimezone(now.tzinfo)
    days = (due.date() - now.date()).days
    if due < now:
        return _overdue(due, -days)
    if days == 0:
        return Tag(_("Today {time}").format(time=f"{due:%H:%M}"), "warning")
    left = ngettext("{count} day left", "{count} days left", days).format(count=days)
    return Tag(left, "warning" if days == 1 else "neutral")


def about_receipt(scan: Scanned) -> Tag | None:
    """Return what there is to say of a scanned receipt; nothing of one's own that is known here."""
    code = scan.code or ""
    if scan.verdict is ReceiptVerdict.FORGED:
        return Tag(_("This receipt is forged or damaged: its signature is wrong."), "danger")
    if scan.revoked:
        words = _(
            "Receipt {code} was signed by a desk that the centre has revoked since. Call the "
            "centre before you act on it."
        )
        return Tag(words.format(code=code), "danger")
    if scan.issuer is not None:
        words = _("Receipt {code} is genuine: given by {desk} of {agency}.")
        if scan.dossier_id is None:
            words = _(
                "Receipt {code} is genuine: given by {desk} of {agency}. Its dossier is not "
                "known at this desk."
            )
        said = words.format(code=code, desk=scan.issuer.desk_name, agency=scan.issuer.agency)
        return Tag(said, "good" if scan.dossier_id else "info")
    if scan.dossier_id is not None:
        return None
    if scan.verdict is ReceiptVerdict.GENUINE:
        words = _("Receipt {code} is of this desk, but its dossier is not here. Tell a supervisor.")
        return Tag(words.format(code=code), "warning")
    words = _("Receipt {code} is not of this desk; its dossier is not known here.")
    return Tag(words.format(code=code), "warning")


def local_time(header: Header) -> datetime:
    """Return when something happened, by the clock of the desk where it did."""
    return header.wall_utc.astimezone(timezone(timedelta(minutes=header.utc_offset)))


def sentence_case(text: str) -> str:
    """Return a word that stands alone with a capital; the rest of it stays as it is."""
    return text[:1].upper() + text[1:]


def masked(number: str) -> str:
    """Return an identity number of which only the end can be read: citizens see the screen."""
    hidden = max(len(number) - _SHOWN_DIGITS, 0)
    return _DOT * hidden + number[hidden:]


def _overdue(due: datetime, days: int) -> Tag:
    if days == 0:
        return Tag(_("Overdue since {time}").format(time=f"{due:%H:%M}"), "danger")
    late = ngettext("{count} day overdue", "{count} days overdue", days).format(count=days)
    return Tag(late, "danger")
