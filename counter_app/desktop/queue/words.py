"""How the queue is said in words."""

from datetime import timedelta

from counter_app.desktop.queue.presenter import QueueState
from counter_app.domain.queue import Ticket
from counter_app.i18n import _, format_count, ngettext

_MINUTE = timedelta(minutes=1)


def minutes(waited: timedelta) -> str:
    """Return how long somebody has waited, in whole minutes."""
    return _("{count} min").format(count=format_count(waited // _MINUTE))


def people(count: int, longest: timedelta) -> str:
    """Return how many wait, and how long the first of them has."""
    words = ngettext("{count} person · {minutes}", "{count} people · {minutes}", count)
    return words.format(count=format_count(count), minutes=minutes(longest))


def about_current(state: QueueState) -> str:
    """Return what is to be known of the number at this desk."""
    ticket = state.current
    if ticket is None:
        return _("No number is at this desk.")
    parts = [state.name_of(ticket.group)]
    if ticket.priority:
        parts.append(_("priority"))
    if ticket.called_at is not None and state.now.tzinfo is not None:
        parts.append(_("called at {time}").format(time=clock(state, ticket)))
    if ticket.calls > 1:
        parts.append(_("{count}× called").format(count=ticket.calls))
    return " · ".join(parts)


def clock(state: QueueState, ticket: Ticket) -> str:
    """Return the hour and minute at which a number was called."""
    assert ticket.called_at is not None
    at = ticket.called_at.astimezone(state.now.tzinfo)
    return f"{at:%H:%M}"


def about_waiting(state: QueueState) -> str:
    """Return how many wait for this desk, and for others."""
    if not state.waiting:
        return _("Nobody waits for this desk.")
    longest = max(ticket.waited(state.now) for ticket in state.waiting)
    count = len(state.waiting)
    words = ngettext(
        "{count} person waits for this desk, for {minutes}",
        "{count} people wait for this desk, the longest for {minutes}",
        count,
    )
    return words.format(count=format_count(count), minutes=minutes(longest))


def about_drawn(state: QueueState) -> str:
    """Return which number was given out last."""
    if state.drawn is None:
        return ""
    words = _("Number {number} was given out: {group}.")
    return words.format(number=state.drawn.number, group=state.name_of(state.drawn.group))


def about_others(state: QueueState) -> str:
    """Return whether the office's desks have one queue just now."""
    if not state.sends:
        return ""
    if state.together:
        return _("One queue with the other desks of the office")
    return _("A queue of this desk's own: the centre does not answer")
