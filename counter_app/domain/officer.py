"""Who works at the desk, and what each of them may do."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.i18n import N_, _


class Role(StrEnum):
    """What an officer may be at a desk; one person often holds several."""

    RECEPTION = "reception"
    RETURN = "return"
    CASHIER = "cashier"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    def __format__(self, spec: str) -> str:
        """Return the role in the language spoken."""
        return format(_(_LABELS[self]), spec)


_LABELS: Final = {
    Role.RECEPTION: N_("reception"),
    Role.RETURN: N_("return of results"),
    Role.CASHIER: N_("cashier"),
    Role.SPECIALIST: N_("specialist"),
    Role.LEADER: N_("leader"),
    Role.CLERK: N_("records clerk"),
    Role.SUPERVISOR: N_("head of the one-stop shop"),
    Role.ADMINISTRATOR: N_("administrator"),
}

DESK_ROLES: Final = frozenset(
    {Role.RECEPTION, Role.RETURN, Role.CASHIER, Role.SUPERVISOR, Role.ADMINISTRATOR}
)


class Officer(Struct, frozen=True, kw_only=True):
    """Somebody with an account at this desk. `id` is the short name typed at sign-in."""

    id: str
    name: str
    roles: frozenset[Role]
