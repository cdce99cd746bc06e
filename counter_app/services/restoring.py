"""Going on from a backup, on this PC or another, without giving any number twice."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from counter_app import settings
from counter_app.catalogue.catalogue import Catalogue
from counter_app.desk import Clock, Desk, new_operation
from counter_app.domain.desk_profile import DeskProfile
from counter_app.domain.dossier_code import DossierCode, parse_dossier_code, parts
from counter_app.domain.officer import Officer
from counter_app.domain.operation import ClockQuality, Operation, StoreRestored
from counter_app.domain.workflow import check
from counter_app.errors import InvalidField, NoReserve
from counter_app.i18n import _
from counter_app.keys import recovery
from counter_app.keys.durable import actionable
from counter_app.keys.keyfile import decode_keys
from counter_app.keys.officers import rebind_device
from counter_app.keys.passwords import check_password
from counter_app.keys.wrapping import unwrap_by_recovery
from counter_app.services.restored_register import pass_register
from counter_app.store import Store, UnitOfWork
from counter_app.store.backup import read_manifest, read_settings, read_slots
from counter_app.store.clock import last_business_day
from counter_app.store.print_jobs import doubt_all
from counter_app.store.restore import restore
from counter_app.store.search import last_code
from counter_app.wire.signing import SigningKey

_A_WHILE: Final = timedelta(days=45)
"""What lies further off than this comes of a slip of the finger, or of a wrong clock."""

_DAY: Final = timedelta(days=1)


def restore_desk(
    folder: Path,
    file: Path,
    *,
    recovery_key: str,
    officer_id: str,
    password: str,
    highest_code: str | None,
    catalogue: Catalogue,
    clock: Clock,
) -> Desk:
    """Make the desk of a backup in `folder`, at home on this PC, with one officer let in.

    `highest_code` is the last on the receipts that were printed; the desk goes on after it.
    Where nobody knows, no number is given out that paper could bear: those of today come from
    the reserve, and if there is none, or it was open already, there are none before tomorrow.
    What is refused makes no desk; if the power goes meanwhile, the same call works again.

    Raises:
        ProfileExists: there is a desk in `folder` already.
        UnreadableFile: `file` is no backup.
        RecoveryKeyMistyped, RecoveryKeyRefused: the recovery key does not open it.
        UnknownOfficer: the backup knows nobody of this name.
        NotPermitted: the officer could not let the others in.
        WeakPassword: with the reason.
        InvalidField: `highest_code` is none of this desk, or cannot be the last.
        StoreDamaged: the backup is not what was written.
        StoreTooNew: made by a newer release.
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    manifest, slots = read_manifest(file), decode_keys(read_slots(file), file.name)
    key = unwrap_by_recovery(slots.recovery, recovery.typed(recovery_key))
    officer = slots.account(officer_id).officer
    check(StoreRestored.kind, None, officer.roles)
    check_password(password, officer)
    highest, now = _code(highest_code), clock.now()

    def settle(uow: UnitOfWork, profile: DeskProfile) -> None:
        day = _go_on(uow, profile, highest, now.date())
        line = pass_register(uow, highest, day, codes_a_day=catalogue.numbering.serial_last)
        at = _on(day, now)
        uow.append(_note(profile, manifest.epoch, highest, officer, at, next_entry=line))
        doubt_all(uow.connection)

    # All of it before there is a desk: a power cut leaves a whole one or none, and never one
    # that gives out numbers again, or that nobody can open.
    let_in = partial(rebind_device, folder, recovery_key, officer.id, password)
    store = restore(file, folder, key, settle=settle, let_in=let_in)
    _name(folder, store.profile, read_settings(file), slots.language, officer.id)
    return _desk(store, officer, catalogue, clock)


def _desk(store: Store, officer: Officer, catalogue: Catalogue, clock: Clock) -> Desk:
    with store.read() as connection:
        day = last_business_day(connection) or clock.now().date()
    return Desk(
        officer=officer,
        store=store,
        catalogue=catalogue,
        clock=clock,
        key=SigningKey.from_seed(store.profile.signing_seed),
        business_date=day,
        clock_quality=ClockQuality.UNCONFIRMED,
    )


def _note(
    profile: DeskProfile,
    old_epoch: int,
    highest: DossierCode | None,
    officer: Officer,
    now: datetime,
    *,
    next_entry: int,
) -> Operation:
    body = StoreRestored(
        old_epoch=old_epoch,
        new_epoch=profile.epoch,
        highest_code=highest or DossierCode(""),
        next_entry=next_entry,
    )
    return new_operation(
        body,
        officer=officer,
        role=check(body.kind, None, officer.roles),
        desk_id=profile.id,
        now=now,
        clock_quality=ClockQuality.UNCONFIRMED,
    )


def _go_on(uow: UnitOfWork, profile: DeskProfile, highest: DossierCode | None, today: date) -> date:
    """Pass the numbers that paper bears or could bear, and return which day it is.

    `today` is what the PC says. If its clock is behind, the day is that of the backup's last
    entry or of the highest code: the later is nearer to the truth.
    """
    last = last_business_day(uow.connection) or today
    if highest is not None:
        _check_highest(uow, profile, highest, max(last, today))
        return max(today, _go_on_after(uow, highest, last))
    for day in {last, *_between(last, today + _DAY)}:
        uow.close_day(day)
    for day in (last, today):
        _open_reserve(uow, day)
    return max(last, today)


def _go_on_after(uow: UnitOfWork, highest: DossierCode, last: date) -> date:
    """Give out numbers after `highest`, and none of the days from `last` on to it."""
    agency, day, serial = parts(highest)
    for earlier in _between(last, day):
        uow.close_day(earlier)
    uow.raise_counter(agency, day, serial)
    if not uow.codes_left(day).lease:
        _open_reserve(uow, day)
    return max(last, day)


def _open_reserve(uow: UnitOfWork, day: date) -> None:
    with suppress(NoReserve):  # then there are no numbers, and `restore` says so
        uow.open_reserve(day)


def _between(first: date, end: date) -> list[date]:
    """Return `first`, and the latest days that lie between it and `end`; none if `end` is first."""
    start = max(first + _DAY, end - _A_WHILE)
    return [first] * (first < end) + [start + n * _DAY for n in range((end - start).days)]


def _on(day: date, now: datetime) -> datetime:
    return now.replace(year=day.year, month=day.month, day=day.day)


def _check_highest(
    uow: UnitOfWork, profile: DeskProfile, highest: DossierCode, today: date
) -> None:
    """Let a code pass that can be the last on paper.

    Raises:
        InvalidField: it cannot.
    """
    agency, day, serial = parts(highest)
    held = last_code(uow.connection)
    if agency != profile.office.code:
        reason = _("This code is of another agency.")
    elif not uow.may_give_out(highest):
        reason = _("This is no number of this desk.")
    elif day > today + _A_WHILE:
        reason = _("Its day has not come yet. Compare it with the receipt.")
    elif held and parts(held)[1:] > (day, serial):
        words = _("The backup itself holds {code}, which is later. Look through the receipts.")
        reason = words.format(code=held)
    else:
        return
    raise InvalidField(field=_("Highest code"), reason=reason)


def _name(
    folder: Path,
    profile: DeskProfile,
    chosen: settings.Settings | None,
    language: str,
    officer_id: str,
) -> None:
    """Have the sign-in say whose desk it is, unless an earlier one has left its settings."""
    if (folder / settings.FILE).exists():
        return
    named = replace(
        chosen or settings.Settings(language=language),
        office_name=profile.office.name,
        desk_name=profile.name,
        last_officer=officer_id,
    )
    with actionable():
        settings.save(folder, named)


def _code(typed: str | None) -> DossierCode | None:
    if typed is None:
        return None
    code = parse_dossier_code(typed)
    if code is None:
        raise InvalidField(field=_("Highest code"), reason=_("This is no dossier code."))
    return code
