"""The people around a dossier: whose it is, and who stands at the desk for them."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.i18n import N_, _


class PartyKind(StrEnum):
    """What an applicant can be."""

    PERSON = "person"
    BUSINESS = "business"
    AGENCY = "agency"


class Sex(StrEnum):
    """As printed on the identity card."""

    MALE = "male"
    FEMALE = "female"


class Party(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person, business or agency, as they said and showed at the desk.

    `birth_date` is an ISO date, or only its year or month where the papers say no more.
    """

    kind: PartyKind = PartyKind.PERSON
    full_name: str = ""
    id_number: str = ""
    birth_date: str = ""
    sex: Sex | None = None
    address: str = ""
    phone: str = ""
    email: str = ""


class AuthorityKind(StrEnum):
    """Why somebody may act for another."""

    AUTHORISED = "authorised"
    PARENT = "parent"
    GUARDIAN = "guardian"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    STAFF = "staff"

    def __format__(self, spec: str) -> str:
        """Return the ground in the language spoken."""
        return format(_(_AUTHORITIES[self]), spec)


_AUTHORITIES: Final = {
    AuthorityKind.AUTHORISED: N_("by power of attorney"),
    AuthorityKind.PARENT: N_("as father or mother"),
    AuthorityKind.GUARDIAN: N_("as guardian"),
    AuthorityKind.SPOUSE: N_("as husband or wife"),
    AuthorityKind.RELATIVE: N_("as a relative"),
    AuthorityKind.STAFF: N_("for the organisation"),
}


class Authority(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What lets one person act for another: the ground, and the paper that shows it.

    `document` names the paper, as "Giấy ủy quyền số 12"; `issued_on` is an ISO date or "".
    """

    kind: AuthorityKind = AuthorityKind.AUTHORISED
    document: str = ""
    issued_on: str = ""
