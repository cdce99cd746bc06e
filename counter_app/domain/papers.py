"""Papers that were brought, and papers that are still to be brought."""

from msgspec import Struct


class PaperTaken(Struct, frozen=True, kw_only=True):
    """One paper that came with an application, and how many of it."""

    id: str
    name: str
    originals: int = 0
    copies: int = 0
    shown: bool = False


class MissingPaper(Struct, frozen=True, kw_only=True):
    """One paper that is still to be brought, and why."""

    name: str
    originals: int = 0
    copies: int = 0
    reason: str = ""
