"""Desks with many dossiers: made once by the same `append` as at a desk, and kept between runs."""

import os
import secrets
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from msgspec import structs

from counter_app.domain import operation as op
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import make_dossier_code
from counter_app.domain.officer import Role
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.store import tables
from counter_app.store.schema import SCHEMA
from tests.office import MONDAY
from tests.proofs._office import Counter, an_application, enter, set_up_desk

_A_DAY = 250  # dossiers
_MOST_DAYS = 400  # the law in forms/ does not begin much earlier
_TEMPLATES = 20
_STILL_OPEN = 0.08  # the newest; of what is older most has been returned
_RETURNED = 0.95
_TO_A_TRANSACTION = 2000
_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
_MIDDLES = "Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Thu Kim Công Hồng Như Bảo Gia".split()
_GIVEN = (
    "An Anh Bình Châu Chi Cường Dũng Duy Đạt Giang Hà Hải Hạnh Hiếu Hoa Hùng Huệ Khánh Lan Linh "
    "Long Mai Nam Nga Nhung Oanh Phúc Phương Quân Quỳnh Sơn Tâm Thảo Thắng Trang Tuấn Uyên Việt "
    "Vy Yến"
).split()
_SEED = 20261123
_MADE_AS = "4"  # rises when this module makes other dossiers
_MARK = "complete"


def profile_with(dossiers):
    """Return the profile of a desk with so many dossiers; nobody may write in it."""
    folder = cache() / f"desk-{dossiers}-{fingerprint()}"
    if not (folder / _MARK).exists():
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, dossiers)
        (folder / _MARK).touch()
    return folder


def copy_of(folder, to):
    """Return a copy of a profile to work in."""
    return Path(shutil.copytree(folder, to))


def cache():
    """Return the folder that is kept between runs."""
    place = os.environ.get("COUNTER_APP_BENCHMARKS")
    folder = Path(place) if place else Path(tempfile.gettempdir()) / "counter-app-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fingerprint():
    """Return what changes when the shape of a store does."""
    shape = [f"{SCHEMA.version} {_MADE_AS} {tables.WORDS}"]
    for table in tables.metadata.sorted_tables:
        shape += [repr(table), *sorted(str(index.name) for index in table.indexes)]
    return sha256("\n".join(shape).encode()).hexdigest()[:12]


def _make(folder, dossiers):
    set_up_desk(folder)
    a_day = max(_A_DAY, -(-dossiers // _MOST_DAYS))
    desk = enter(folder, at=MONDAY - timedelta(days=(dossiers - 1) // a_day))
    try:
        _fill(desk, dossiers, a_day)
    finally:
        desk.store.close()


def _fill(desk, dossiers, a_day):
    rng, counter = Random(_SEED), Counter(desk, lambda _line: None)
    wordings = [counter.receive(an_application(rng)).received for _ in range(_TEMPLATES)]
    began, old = desk.business_date, dossiers * (1 - _STILL_OPEN)
    for first in range(_TEMPLATES, dossiers, _TO_A_TRANSACTION):
        with desk.store.begin() as uow:
            for number in range(first, min(first + _TO_A_TRANSACTION, dossiers)):
                ordinal, serial = divmod(number, a_day)
                on = replace(desk, business_date=began + timedelta(days=ordinal))
                returned = number < old and rng.random() < _RETURNED
                _receive(uow, on, serial + 1, rng.choice(wordings), rng, returned=returned)


def somebody(rng):
    """Return name, numbers and address of somebody who was made up."""
    middle = rng.choice(_MIDDLES) + (f" {rng.choice(_GIVEN)}" if rng.random() < 0.4 else "")
    return {
        "full_name": f"{rng.choice(_FAMILIES)} {middle} {rng.choice(_GIVEN)}",
        "id_number": f"001{rng.choice('01')}{rng.randrange(50, 99)}{rng.randrange(10**6):06d}",
        "phone": f"09{rng.randrange(10**8):08d}",
        "address": f"Số {rng.randrange(1, 400)} ngõ Thử Nghiệm, phường Phú Thử",
    }


def _receive(uow, desk, serial, wording, rng, *, returned):
    """Append a dossier, and for an old one that its result was returned."""
    day, agency = desk.business_date, desk.agency
    uow.raise_counter(agency, day, serial)
    promised = desk.now() + timedelta(days=rng.randrange(1, 20))
    body = structs.replace(
        wording,
        code=make_dossier_code(agency, day, serial),
        applicant=structs.replace(wording.applicant, **somebody(rng)),
        received_at=desk.now(),
        due_at=promised,
    )
    dossier = Dossier(id=dossier_id_of(secrets.token_bytes(16)))
    uow.append(desk.operation(body, role=Role.RECEPTION, on=dossier))
    if returned:
        body = op.ResultReturned(
            collector=body.applicant, channel=ReturnChannel.DESK, documents=("Kết quả",)
        )
        uow.append(desk.operation(body, role=Role.RETURN, on=dossier))
