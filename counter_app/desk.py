"""What a use case may reach: this desk, who works at it, its store, its law and its clock."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from uuid import UUID

from counter_app import settings
from counter_app.catalogue.catalogue import Catalogue
from counter_app.domain.body import Body
from counter_app.domain.desk_profile import DeskProfile
from counter_app.domain.dossier import Dossier
from counter_app.domain.officer import Officer, Role
from counter_app.domain.operation import ClockQuality, Header, Operation
from counter_app.domain.print_form import PaperStyle
from counter_app.errors import UnreadableFile
from counter_app.store import Store
from counter_app.wire.signing import SigningKey


class Clock(Protocol):
    """Where instants come from."""

    def now(self) -> datetime:
        """Return the present instant, with the offset of the office."""
        ...


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One desk with one officer signed in, on one business date."""

    officer: Officer
    store: Store
    catalogue: Catalogue
    clock: Clock
    key: SigningKey
    business_date: date
    clock_quality: ClockQuality

    @property
    def profile(self) -> DeskProfile:
        """What the desk knows of itself; another once it is enrolled, while the window is open."""
        return self.store.profile

    @property
    def agency(self) -> str:
        """Return the code of the agency that formally receives what is handed in here."""
        return self.profile.office.code

    @property
    def sends(self) -> bool:
        """Whether there is a centre to which all that is done here goes."""
        return self.profile.centre is not None

    @property
    def paper_style(self) -> PaperStyle:
        """How this office wants its papers, as it is chosen at this PC now."""
        # Who has spoilt the settings is told so when they are opened; no citizen waits for that.
        with suppress(UnreadableFile):
            chosen = settings.load(self.store.folder)
            return PaperStyle(numbering=chosen.numbering, bilingual=chosen.bilingual)
        return PaperStyle()

    def now(self) -> datetime:
        """Return the present instant on the business date: the day is the officer's to say."""
        now = self.clock.now()
        return (
            now
            if now.date() == self.business_date
            else now.replace(
                year=self.business_date.year,
                month=self.business_date.month,
                day=self.business_date.day,
            )
        )

    def operation(self, body: Body, *, role: Role, on: Dossier | None = None) -> Operation:
        """Return `body` with the header that says who does it, where and when."""
        return new_operation(
            body,
            officer=self.officer,
            role=role,
            desk_id=self.profile.id,
            now=self.now(),
            clock_quality=self.clock_quality,
            on=on,
        )


def new_operation(
    body: Body,
    *,
    officer: Officer,
    role: Role,
    desk_id: UUID,
    now: datetime,
    clock_quality: ClockQuality,
    on: Dossier | None = None,
) -> Operation:
    """Return `body` with its header, where there is no desk yet; `now` is on the business date."""
    return Operation(
        header=Header(
            op_id=uuid7(now),
            kind=body.kind,
            version=body.version,
            dossier_id=on.id if on else None,
            base_version=on.version if on else 0,
            actor=officer.id,
            role=role,
            desk_id=desk_id,
            business_date=now.date(),
            wall_utc=now.astimezone(UTC),
            utc_offset=offset_minutes(now),
            clock_quality=clock_quality,
        ),
        body=body,
    )


def uuid7(now: datetime) -> UUID:
    """Return a fresh identifier that sorts by `now` (RFC 9562, version 7)."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    number = milliseconds << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=number)


def offset_minutes(instant: datetime) -> int:
    """Return how far `instant`'s wall clock is ahead of UTC, in minutes."""
    offset = instant.utcoffset()
    return int(offset.total_seconds()) // 60 if offset else 0
