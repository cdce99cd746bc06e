"""The citizens of the demonstration. They were made up, and so were their numbers."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from msgspec.structs import replace

from counter_app.catalogue.agency import read_agency_rules
from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.intake import Intake
from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.domain.party import Party, Sex
from counter_app.i18n import DEFAULT
from counter_app.keys.keyfile import LEAST_COST
from counter_app.services.setting_up import NewDesk

OFFICE_CODE: Final = "H57.132"
OFFICE_NAME: Final = "UBND phường Phú Xuân"
PARENT_NAME: Final = "UBND thành phố Huế"
DESK_NAME: Final = "Quầy 1"
OFFICER_ID: Final = "lan"
OFFICER_NAME: Final = "Nguyễn Thị Hoàng Lan"
HOTLINE: Final = "0234 3 822 822"
ADDRESS: Final = "Số 1 đường Thử Nghiệm, phường Phú Xuân, thành phố Huế"
WORKING_HOURS: Final = "07:30–11:30, 13:00–17:00, thứ Hai đến thứ Sáu"
TRACKING_URL: Final = "https://tracuu.example.vn"

NAME_TO_FIND: Final = "tran thi my hanh"
CARD: Final = (
    "046190012345|191234567|Trần Thị Mỹ Hạnh|15031990|Nữ|"
    "12 đường Thử Nghiệm, Phường Phú Xuân, Thành phố Huế|01072022"
)
"""What a scanner reads off the card of the citizen who walks in."""


_STREET: Final = "đường Thử Nghiệm, phường Phú Xuân, thành phố Huế"


def _intake(procedure: str, applicant: str, **more: Any) -> Intake:
    """Return an application of somebody given as "name|number|born|sex|house|phone"."""
    name, number, born, sex, house, phone = applicant.split("|")
    party = Party(
        full_name=name,
        id_number=number,
        birth_date=born,
        sex=Sex(sex),
        address=f"{house} {_STREET}",
        phone=phone,
    )
    return Intake(procedure=procedure, applicant=party, components="all", **more)


EARLIER: Final = (
    _intake("2.000815", "Lê Văn Đức|046085000457|1985-04-02|male|4|0905111222"),
    _intake("1.000894", "Phạm Quốc Dũng|046095001458|1995-11-20|male|8|0905222333"),
    _intake("1.004873", "Nguyễn Thị Ánh Tuyết|046192002459|1992-01-09|female|15|0905333444"),
    _intake("1.001193", "Hoàng Thị Thuỳ Dương|046197003460|1997-06-30|female|16|0905444555"),
    _intake(
        "1.004194",
        "Đặng Hữu Phước|046088004461|1988-08-08|male|23|0905555666",
        channel=Channel.ONLINE,
        return_channel=ReturnChannel.ELECTRONIC,
    ),
    _intake("1.000656", "Trương Công Định|046070005462|1970-12-01|male|42|0905666777"),
    _intake(
        "1.001612",
        "Võ Thị Kim Ngân|046183006463|1983-02-17|female|7|0905777888",
        answers={"household_name": "Hộ kinh doanh Kim Ngân"},
    ),
    _intake(
        "1.001776",
        "Bùi Thị Đào|046150007464|1950|female|50|0905888999",
        case="elderly",
        return_channel=ReturnChannel.POST,
    ),
    _intake("2.000884", "Ngô Đình Quý|046079008465|1979-09-19|male|31|0905999000"),
)
"""Applications that were handed in earlier on the day of the demonstration."""


def new_desk(password: str, language: str | None, tracking_url: str = TRACKING_URL) -> NewDesk:
    """Return the desk of the demonstration, still to be set up. Its papers are for practice."""
    office = replace(
        read_agency_rules().agency(OFFICE_CODE, OFFICE_NAME),
        parent_name=PARENT_NAME,
        address=ADDRESS,
        hotline=HOTLINE,
        working_hours=WORKING_HOURS,
    )
    return NewDesk(
        office=office,
        name=DESK_NAME,
        language=language or DEFAULT,
        officer=Officer(id=OFFICER_ID, name=OFFICER_NAME, roles=DESK_ROLES),
        password=password,
        practice=True,
        tracking_url=tracking_url,
        cost=LEAST_COST,
    )


def earlier_today(now: datetime) -> list[tuple[datetime, Intake]]:
    """Return the applications that came in before `now`, and when; none on the day before."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    before = [now - timedelta(minutes=11 * n) for n in range(len(EARLIER), 0, -1)]
    return [(max(at, midnight), intake) for at, intake in zip(before, EARLIER, strict=True)]
