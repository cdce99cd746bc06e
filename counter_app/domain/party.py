"""The people around a dossier: whose it is, and who stands at the desk for them."""

from enum import StrEnum

from msgspec import Struct


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
