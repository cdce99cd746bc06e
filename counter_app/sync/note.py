"""How the desk stands with its centre, for whoever may look without its password.

Nothing of a citizen is in it: when the centre was heard last, and how much waits since when.
"""

from counter_app import settings
from counter_app.desk import Desk
from counter_app.settings import CentreNote
from counter_app.store.contact import contact_of
from counter_app.store.outbox import unsent


def keep_note(desk: Desk) -> None:
    """Leave a note of how it stands, in place of the one before."""
    with desk.store.read() as connection:
        contact, waiting = contact_of(connection), unsent(connection)
    note = CentreNote(
        heard_at=contact.at,
        waiting=waiting.operations,
        oldest=waiting.oldest,
        trouble=contact.trouble,
    )
    if _is_news(settings.centre_note(desk.store.folder), note):
        settings.keep_centre_note(desk.store.folder, note)


def _is_news(before: CentreNote | None, note: CentreNote) -> bool:
    """Say whether it is worth the disk's while: not for each row that is sent."""
    if before is None or (before.trouble, not before.waiting) != (note.trouble, not note.waiting):
        return True
    if before.heard_at is None or note.heard_at is None:
        return before.heard_at != note.heard_at
    return abs(note.heard_at - before.heard_at) >= settings.NOTED_EVERY
