"""One whole exchange with the centre: what is to be sent goes up, what is new comes down."""

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.errors import CentreRefused, CentreUnreachable, InvalidForm
from counter_app.sync.client import CentreClient
from counter_app.sync.push import Pushed, note_trouble, push_all
from counter_app.sync.reference import held, refresh


class Exchanged(Struct, frozen=True, kw_only=True):
    """What was sent, and by which reference data the desk goes.

    `trouble` is the class of the error that has ended the exchange before its end, `why` what
    it says; both are "" if nothing has.
    """

    pushed: Pushed
    reference_version: int
    trouble: str = ""
    why: str = ""


def exchange(desk: Desk, client: CentreClient) -> Exchanged:
    """Send all rows, then fetch what is new; an end half-way is told and not raised.

    Raises:
        CentreUnreachable: nothing was sent at all.
        CentreRefused: the centre takes nothing from this desk.
    """
    so_far = [Pushed()]
    try:
        push_all(desk, client, told=so_far.append)
        version = refresh(desk, client)
    except CentreRefused as error:
        note_trouble(desk, error)
        raise
    except (CentreUnreachable, InvalidForm) as error:
        note_trouble(desk, error)
        if isinstance(error, CentreUnreachable) and not so_far[-1].sent:
            raise
        return Exchanged(
            pushed=so_far[-1],
            reference_version=held(desk),
            trouble=type(error).__name__,
            why=str(error),
        )
    return Exchanged(pushed=so_far[-1], reference_version=version)
