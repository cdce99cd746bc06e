"""Going on from a backup, on this PC or another, without giving any number twice."""

from contextlib import suppress
from pathlib import Path

from counter_app.catalogue.catalogue import Catalogue
from counter_app.desk import Clock, Desk
from counter_app.domain.dossier_code import DossierCode, parse_dossier_code, parts
from counter_app.domain.operation import ClockQuality, StoreRestored
from counter_app.domain.workflow import check
from counter_app.errors import InvalidField, NoCodesLeft
from counter_app.i18n import _
from counter_app.keys import recovery
from counter_app.keys.durable import make_folder
from counter_app.keys.keyfile import decode_keys
from counter_app.keys.officers import rebind_device
from counter_app.keys.passwords import check_password
from counter_app.keys.wrapping import unwrap_by_recovery
from counter_app.store import UnitOfWork, open_store
from counter_app.store.backup import read_manifest, read_slots
from counter_app.store.restore import restore
from counter_app.wire.signing import SigningKey


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

    `highest_code` is the highest on the receipts of today; the desk goes on after it. Where
    nobody knows, today's numbers come from the reserve. All that can be refused is refused
    before anything is written.

    Raises:
        ProfileExists: there is a desk in `folder` already.
        UnreadableFile: `file` is no backup.
        RecoveryKeyMistyped, RecoveryKeyRefused: the recovery key does not open it.
        UnknownOfficer: the backup knows nobody of this name.
        WeakPassword: with the reason.
        InvalidField: `highest_code` is no code of this agency.
        StoreDamaged: the backup is not what was written.
        StoreTooNew: made by a newer release.
    """
    slots = decode_keys(read_slots(file), file.name)
    key = unwrap_by_recovery(slots.recovery, recovery.typed(recovery_key))
    check_password(password, slots.account(officer_id).officer)
    highest = _code(highest_code)
    make_folder(folder, mode=0o700)
    old_epoch = read_manifest(file).epoch
    restore(file, folder, key).close()
    unlocked = rebind_device(folder, recovery_key, officer_id, password)
    store = open_store(folder, unlocked.key)
    desk = Desk(
        profile=store.profile,
        officer=unlocked.officer,
        store=store,
        catalogue=catalogue,
        clock=clock,
        key=SigningKey.from_seed(store.profile.signing_seed),
        business_date=clock.now().date(),
        clock_quality=ClockQuality.UNCONFIRMED,
    )
    _note(desk, old_epoch, highest)
    return desk


def _note(desk: Desk, old_epoch: int, highest: DossierCode | None) -> None:
    body = StoreRestored(
        old_epoch=old_epoch,
        new_epoch=desk.profile.epoch,
        highest_code=highest or DossierCode(""),
    )
    role = check(body.kind, None, desk.officer.roles)
    with desk.store.begin() as uow:
        if highest is not None:
            agency, day, serial = parts(highest)
            uow.raise_counter(agency, day, serial)
        else:
            _leave_to_the_reserve(desk, uow)
        uow.append(desk.operation(body, role=role))


def _leave_to_the_reserve(desk: Desk, uow: UnitOfWork) -> None:
    """Let nothing of the lease be printed today: paper may bear any of it already."""
    uow.close_lease(desk.business_date)
    with suppress(NoCodesLeft):  # a small range has no reserve, and no numbers before tomorrow
        uow.open_reserve(desk.business_date)


def _code(typed: str | None) -> DossierCode | None:
    if typed is None:
        return None
    code = parse_dossier_code(typed)
    if code is None:
        raise InvalidField(field=_("Highest code"), reason=_("This is no dossier code."))
    return code
