"""How the desk stands, in words: for the line at the window's foot, and with all facts; no Qt."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from counter_app.desktop.courier import Traffic
from counter_app.desktop.wording import Tag
from counter_app.i18n import N_, _, format_count, format_instant, ngettext
from counter_app.services.status import DeskStatus

_NOTABLE: Final = timedelta(minutes=5)
"""A clock that differs by less does no harm."""

_SAFE: Final = N_(
    "Everything is kept safely on this PC, and goes to the centre by itself as soon as it "
    "answers. Citizens get their receipts all the same."
)
_BY_ITSELF: Final = N_("What is done at this desk goes to the centre by itself.")

# By the class of what stands in the way: its words, and whether somebody has to act.
_IN_THE_WAY: Final = {
    "CentreUnreachable": (N_("Offline"), False),
    "CentreNotTrusted": (N_("Something else answers in the centre's place"), True),
    "ClockWrong": (N_("The clock of this PC is wrong"), True),
    "DeskRevoked": (N_("The centre has revoked this desk"), True),
    "DeskUnknown": (N_("The centre does not know this desk"), True),
    "ChainForked": (N_("Another PC goes on from a copy of this desk's data"), True),
    "ProgramTooOld": (N_("This program is too old for the centre"), True),
    "CentreRefused": (N_("The centre does not take what is sent"), True),
    "InvalidForm": (N_("The centre's law needs a newer program"), True),
}
_ANYTHING: Final = (N_("Nothing can be sent just now"), True)


class Standing(Struct, frozen=True, kw_only=True):
    """What is known of the desk at one instant; without `traffic` nothing was tried yet."""

    now: datetime
    status: DeskStatus
    backed_up_at: datetime | None
    traffic: Traffic | None = None

    @property
    def trouble(self) -> str:
        """The class of what stands between the desk and its centre; "" if nothing does."""
        traffic = self.traffic
        if traffic is not None and traffic.trouble is not None:
            return type(traffic.trouble).__name__
        if traffic is not None and traffic.heard_at is not None:
            return ""
        return self.status.trouble

    @property
    def heard_at(self) -> datetime | None:
        """When the centre has answered last."""
        heard = self.traffic.heard_at if self.traffic else None
        return heard or self.status.heard_at

    @property
    def to_see_to(self) -> int:
        """How many entries the centre wants a person to look at."""
        return self.status.flagged + self.status.proposed + self.status.refused


def in_words(standing: Standing) -> Tag:
    """Return how the desk stands with the centre, in one line. To be offline is nothing unusual."""
    status, traffic = standing.status, standing.traffic
    if not status.linked:
        return Tag(_("Stand-alone desk: everything is kept on this PC"), "neutral")
    if traffic is not None and traffic.sending:
        return Tag(_("Sending {count}…").format(count=format_count(traffic.sending)), "info")
    if standing.trouble:
        words, acute = _IN_THE_WAY.get(standing.trouble, _ANYTHING)
        line = f"{_(words)} — {_waiting(standing)}"
        return Tag(line, "danger" if acute else "neutral")
    if traffic is not None and traffic.busy:
        return Tag(_("The centre is busy") + f" — {_waiting(standing)}", "neutral")
    if status.waiting:
        return Tag(_waiting(standing), "neutral")
    if standing.heard_at is None:
        return Tag(_("Connected with the centre; nothing waits to be sent"), "neutral")
    sent = _("Everything sent at {time}").format(time=_when(standing, standing.heard_at))
    return Tag(sent, "good")


def to_see_to(standing: Standing) -> str:
    """Return how much the centre has reported back for a person, or nothing."""
    count = standing.to_see_to
    words = ngettext(
        "{count} entry needs a person (F8)", "{count} entries need a person (F8)", count
    )
    return words.format(count=format_count(count)) if count else ""


def to_print(standing: Standing) -> str:
    """Return how many papers did not come out yet, or nothing."""
    count = standing.status.unprinted
    words = ngettext(
        "{count} paper waits for the printer (Ctrl+9)",
        "{count} papers wait for the printer (Ctrl+9)",
        count,
    )
    return words.format(count=format_count(count)) if count else ""


def comfort(standing: Standing) -> str:
    """Return what that means, and what is to be done."""
    if standing.traffic is not None and standing.traffic.trouble is not None:
        return str(standing.traffic.trouble)
    return _(_SAFE) if standing.trouble or standing.status.waiting else _(_BY_ITSELF)


def facts(standing: Standing) -> list[tuple[str, str]]:
    """Return all there is to know about the exchange with the centre, as captions and values."""
    status, traffic = standing.status, standing.traffic
    found = [(_("Last answer"), _last_answer(standing)), (_("Waiting"), _entries(status.unsent))]
    if traffic is not None and traffic.next_at is not None:
        words = _("{time}, by itself").format(time=f"{traffic.next_at:%H:%M:%S}")
        found.append((_("Next time"), words))
    if abs(status.ahead) >= _NOTABLE:
        words = _("{there} there, {here} here").format(
            there=f"{standing.now + status.ahead:%H:%M}", here=f"{standing.now:%H:%M}"
        )
        found.append((_("The centre's clock"), words))
    return found


def age(span: timedelta) -> str:
    """Return how long something has waited, as people say it."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    if minutes < 60:
        count = max(minutes, 1)
        return ngettext("{count} minute", "{count} minutes", count).format(count=count)
    if minutes < 48 * 60:
        count = minutes // 60
        return ngettext("{count} hour", "{count} hours", count).format(count=count)
    count = minutes // (24 * 60)
    return ngettext("{count} day", "{count} days", count).format(count=format_count(count))


def _waiting(standing: Standing) -> str:
    """Return how many dossiers wait, and how long already."""
    status = standing.status
    if not status.waiting:
        return _("nothing waits to be sent")
    words = ngettext(
        "{count} dossier waits to be sent, for {age}",
        "{count} dossiers wait to be sent, the oldest for {age}",
        status.waiting,
    )
    oldest = status.oldest_waiting or standing.now
    return words.format(count=format_count(status.waiting), age=age(standing.now - oldest))


def _entries(count: int) -> str:
    words = ngettext("{count} entry", "{count} entries", count)
    return words.format(count=format_count(count)) if count else _("nothing")


def _last_answer(standing: Standing) -> str:
    heard = standing.heard_at
    return _when(standing, heard) if heard else _("never")


def _when(standing: Standing, instant: datetime) -> str:
    """Return the time, and the day too if it is another."""
    local = instant.astimezone(standing.now.tzinfo)
    return f"{local:%H:%M}" if local.date() == standing.now.date() else format_instant(local)
