"""What the commands under `central` print with `--json`; their schemas are in docs/."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class CentreResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The centre as `central migrate` leaves it; `root_key` is shown once, when it was founded.

    `migrated`: its tables were made or brought up to date just now.
    """

    centre_id: UUID
    fingerprint: str
    generation: int
    tracking_url: str
    migrated: bool
    root_key: str | None = None


class ServingResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the centre can be reached; `root_key` is shown once, when it was founded."""

    url: str
    centre_id: UUID
    fingerprint: str
    root_key: str | None = None


class CentralDeskResult(Struct, frozen=True, kw_only=True):
    """One desk as the centre knows it.

    `high_water` is how far its chain is stored; `clock_offset` is how many seconds its clock
    was ahead at the last contact.
    """

    id: UUID
    name: str
    practice: bool
    enrolled_at: datetime
    last_contact: datetime | None
    clock_offset: float | None
    high_water: int
    revoked: bool
    forked: bool


class CentralAgencyResult(Struct, frozen=True, kw_only=True):
    """What has come from the desks of one agency; `quarantined` counts rows of chains."""

    code: str
    dossiers: int
    operations: int
    flagged: int
    proposed: int
    refused: int
    waiting: int
    quarantined: int
    desks: list[CentralDeskResult]


class CentralStatusResult(Struct, frozen=True, kw_only=True):
    """How the centre stands: all agencies together, and each of them."""

    centre_id: UUID
    fingerprint: str
    generation: int
    tracking_url: str
    reference_version: int
    as_of: datetime
    dossiers: int
    operations: int
    flagged: int
    proposed: int
    refused: int
    waiting: int
    quarantined: int
    agencies: list[CentralAgencyResult]


class EnrolCodeResult(Struct, frozen=True, kw_only=True):
    """A code that lets one desk in once, and what is compared when it does."""

    enrol_code: str
    fingerprint: str
    expires_at: datetime


class RevokedResult(Struct, frozen=True, kw_only=True):
    """A desk whose word the centre no longer takes."""

    desk: UUID
    name: str
    agency: str
    revoked_at: datetime


class AccountResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who may read how the centre stands; `token` is shown once, when it was made."""

    name: str
    role: str
    made_at: datetime
    revoked_at: datetime | None
    token: str | None = None


class LawFileResult(Struct, frozen=True, kw_only=True):
    """A file of law that all desks will have; `changed` is false if they have it already."""

    path: str
    sha256: str
    changed: bool


class FileResult(Struct, frozen=True, kw_only=True):
    """A file that was written."""

    file: str
