"""What a desk knows of itself: its name, its office, its key and its present epoch."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.domain.agency import LONGEST_LINE, Agency
from counter_app.domain.text import forbidden
from counter_app.errors import InvalidField
from counter_app.i18n import _

# What a QR holds in little room once it is in upper case.
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9./-]*)?")
_LONGEST_ADDRESS: Final = 100


class CentreLink(Struct, frozen=True, kw_only=True):
    """The centre that a desk was enrolled at, and what proves that it is the centre.

    `root_key` vouches for whatever key its answers are signed with; `authority` is the
    certificate, in PEM, of the only authority whose word counts for TLS: empty on loopback.
    """

    url: str
    centre_id: UUID
    root_key: bytes
    generation: int
    enrolled_at: datetime
    authority: str = ""


class DeskProfile(Struct, frozen=True, kw_only=True):
    """One PC, one key, one journal.

    `epoch` is 64 random bits drawn at `init` and at each restore; `signing_seed` is the
    private half of the desk's Ed25519 key and never leaves the encrypted store. A desk without
    a centre stands alone. `mark` tells it from the other desks of its office on what it numbers
    by itself; 0 as long as the centre has not given it one.
    """

    id: UUID
    name: str
    office: Agency
    epoch: int
    signing_seed: bytes
    tracking_url: str = ""
    standalone: bool = True
    practice: bool = False
    centre: CentreLink | None = None
    mark: int = 0


def check_desk(name: str, tracking_url: str) -> None:
    """Let a desk pass whose name and address can be stored and printed.

    Raises:
        InvalidField: the name is empty, too long or holds what cannot be stored; the address
            is none.
    """
    if not name:
        raise InvalidField(field=_("Name of the desk"), reason=_("Please fill this in."))
    if len(name) > LONGEST_LINE:
        reason = _("This is too long: {count} characters, and at most {longest} fit.")
        said = reason.format(count=len(name), longest=LONGEST_LINE)
        raise InvalidField(field=_("Name of the desk"), reason=said)
    if strange := forbidden(name):
        reason = _("This holds a character that cannot be stored ({code}). Type it again.")
        said = reason.format(code=f"U+{ord(strange):04X}")
        raise InvalidField(field=_("Name of the desk"), reason=said)
    check_tracking_url(tracking_url)


def check_tracking_url(tracking_url: str) -> None:
    """Let an address pass that fits into a receipt's QR; "" is that there is none.

    Raises:
        InvalidField: it is none, or too long.
    """
    if tracking_url and not (
        len(tracking_url) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(tracking_url)
    ):
        reason = _("A tracking address looks like https://example.vn, {most} characters at most.")
        said = reason.format(most=_LONGEST_ADDRESS)
        raise InvalidField(field=_("Tracking address"), reason=said)
