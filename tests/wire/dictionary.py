"""Makes resources/wire/push-1.dict anew: `python -m tests.wire.dictionary --write`.

From what offices of many names push in a morning. The identifiers and signatures in it are
drawn at random, so the file is never twice the same, and once a desk has it, it stays.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random

import zstandard
from msgspec.structs import replace

from counter_app import assets
from counter_app.catalogue.agency import read_agency_rules
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.keys.throttle import Uptime
from counter_app.services.business_day import confirm_day
from counter_app.services.opening import sign_in
from counter_app.services.setting_up import set_up
from counter_app.wire.codec import encode
from counter_app.wire.compression import DICTIONARY_ID
from tests.office import MONDAY, PASSWORD, StillClock, a_new_desk
from tests.wire.pushes import a_morning, a_name, pushes

FILE = assets.RESOURCES / "wire" / "push-1.dict"
SIZE = 32 * 1024
_SEED = 20261123
_APPLICATIONS = 60
_OFFICES = (
    "H17.01|UBND phường Thử Một|UBND thành phố Hà Nội|024 3000 0001|8h00–12h00, 13h00–17h00",
    "H29.12|UBND xã Thử Hai|UBND thành phố Hồ Chí Minh|028 3000 0002|07:30–11:30, 13:00–17:00",
    "H57.132|UBND phường Phú Thử|UBND thành phố Huế|0234 3 000 003|07:30–11:30, 13:00–17:00, "
    "thứ Hai đến thứ Sáu",
    "H01.07|UBND xã An Thử|UBND tỉnh An Giang|0296 3000 004|07:00–11:00, 13:00–17:00, Thứ 2–6",
    "H34.21|UBND phường Tân Thử|UBND tỉnh Lâm Đồng|1900 0005|07:30–11:30, 13:30–17:30",
    "000.00.19.H47|UBND xã Yên Thử|UBND tỉnh Phú Thọ|0210 3000 006|từ thứ Hai đến sáng thứ Bảy",
    "H40.18|UBND phường Thử Long|UBND tỉnh Ninh Bình|0229 3000 007|Sáng 7h30–11h30, chiều 13h–17h",
    "H20.05|UBND đặc khu Thử Đảo|UBND tỉnh Đồng Tháp|0277 3000 008|07:00–11:30, 13:30–17:00",
)


def an_office(line):
    """Return an office given as "code|name|parent|hotline|hours", as it would be entered."""
    code, name, parent, hotline, hours = line.split("|")
    usual = read_agency_rules().agency(code, name)
    place = name.removeprefix("UBND ")
    return replace(
        usual,
        parent_name=parent,
        address=f"Số 1 đường Lê Lợi, {place}, {parent.removeprefix('UBND ')}",
        hotline=hotline,
        working_hours=hours,
    )


def a_desk(folder, office, rng, number):
    """Set up the desk of an office, and sit down at it."""
    now = MONDAY + timedelta(days=37 * number, minutes=rng.randrange(300))
    officer = Officer(id=f"canbo{number}", name=a_name(rng), roles=DESK_ROLES)
    new = a_new_desk(office=office, name=f"Quầy {rng.randrange(1, 9)}", officer=officer)
    set_up(folder, new)
    desk = sign_in(
        folder,
        officer.id,
        PASSWORD,
        catalogue=load_catalogue(),
        clock=StillClock(now),
        uptime=Uptime(boot="dictionary", seconds=1000),
    )
    return confirm_day(desk, now.date())


def samples():
    """Return what the dictionary is to make small: most of all, one receipt at a time."""
    rng = Random(_SEED)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(_OFFICES):
            desk = a_desk(Path(folder) / str(number), an_office(line), rng, number)
            try:
                a_morning(desk, rng, _APPLICATIONS)
                found += [encode(batch) for batch in pushes(desk, 2)]
            finally:
                desk.store.close()
    return found


def made():
    """Return the bytes of a new dictionary."""
    found = samples()
    return zstandard.train_dictionary(SIZE, found, dict_id=DICTIONARY_ID, level=19).as_bytes()


if __name__ == "__main__":
    if "--write" not in sys.argv:
        sys.exit(__doc__)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(made())
    print(f"{FILE}: {FILE.stat().st_size} bytes")
