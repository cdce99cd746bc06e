"""Beginning to work: from a password to a desk with an officer at it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from counter_app.catalogue.catalogue import Catalogue
from counter_app.desk import Clock, Desk
from counter_app.domain.officer import Officer
from counter_app.domain.operation import ClockQuality, OfficerSignedIn
from counter_app.domain.workflow import check
from counter_app.keys.signin import unlock
from counter_app.keys.throttle import Uptime
from counter_app.store import open_store
from counter_app.store.clock import last_confirmed_day
from counter_app.store.differing import Progress, unseen
from counter_app.store.print_jobs import KEPT_FOR, doubt_interrupted, prune
from counter_app.wire.signing import SigningKey


def sign_in(
    folder: Path,
    officer_id: str,
    password: str,
    *,
    catalogue: Catalogue,
    clock: Clock,
    uptime: Uptime,
    progress: Progress = unseen,
) -> Desk:
    """Return the desk with this officer at it, and note that the work has begun.

    `progress` is told when the store is of an older release, and has to be brought up to date.

    Raises:
        SignInRefused: name or password is wrong.
        SignInThrottled: too many wrong passwords.
        StoreLocked: the desk is open in another window.
        StoreDamaged: the store cannot be trusted.
        StoreTooNew: it was written by a newer release.
    """
    unlocked = unlock(folder, officer_id, password, uptime)
    return opened(
        folder,
        unlocked.key,
        unlocked.officer,
        catalogue=catalogue,
        clock=clock,
        progress=progress,
    )


def opened(
    folder: Path,
    key: bytes,
    officer: Officer,
    *,
    catalogue: Catalogue,
    clock: Clock,
    progress: Progress = unseen,
) -> Desk:
    """Return the desk for somebody who has the store's key.

    The business date is the PC's, but never before the last that somebody confirmed: that
    would be a wrong clock. The window has it confirmed; the command line cannot ask.
    """
    store = open_store(folder, key, progress=progress)
    today = clock.now().date()
    with store.read() as connection:
        last = last_confirmed_day(connection)
    desk = Desk(
        officer=officer,
        store=store,
        catalogue=catalogue,
        clock=clock,
        key=SigningKey.from_seed(store.profile.signing_seed),
        business_date=today if last is None else max(today, last),
        clock_quality=_quality(today, last),
    )
    return _noted(desk, just_opened=True)


def take_over(
    desk: Desk,
    officer_id: str,
    password: str,
    *,
    uptime: Uptime,
    catalogue: Catalogue | None = None,
) -> Desk:
    """Let somebody go on at a desk that is open already: the same officer, or the next.

    `desk` itself comes back to the same officer; the next one works by `catalogue`, the law as
    it is now.

    Raises:
        SignInRefused: name or password is wrong.
        SignInThrottled: too many wrong passwords.
    """
    officer = unlock(desk.store.folder, officer_id, password, uptime).officer
    if officer == desk.officer:
        return desk
    return _noted(replace(desk, officer=officer, catalogue=catalogue or desk.catalogue))


def _quality(today: date, last: date | None) -> ClockQuality:
    if last is not None and today < last:
        return ClockQuality.DOUBTFUL
    return ClockQuality.CONFIRMED if today == last else ClockQuality.UNCONFIRMED


def _noted(desk: Desk, *, just_opened: bool = False) -> Desk:
    signed_in = OfficerSignedIn()
    role = check(signed_in.kind, None, desk.officer.roles)
    with desk.store.begin() as uow:
        uow.append(desk.operation(signed_in, role=role))
        if just_opened:
            doubt_interrupted(uow.connection)
        prune(uow.connection, desk.now() - KEPT_FOR)
    return desk
