"""What a desk knows of itself: its name, its office, its key and its present epoch."""

from uuid import UUID

from msgspec import Struct

from counter_app.domain.agency import Agency


class DeskProfile(Struct, frozen=True, kw_only=True):
    """One PC, one key, one journal.

    `epoch` is 64 random bits drawn at `init` and at each restore; `signing_seed` is the
    private half of the desk's Ed25519 key and never leaves the encrypted store.
    """

    id: UUID
    name: str
    office: Agency
    epoch: int
    signing_seed: bytes
    tracking_url: str = ""
    standalone: bool = True
    practice: bool = False
