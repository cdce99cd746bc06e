"""Pushes as offices send them: invented people, and the very road of a registration."""

import secrets
from random import Random

from msgspec import Raw

from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.intake import Intake
from counter_app.domain.party import Party, Sex
from counter_app.services.receipts import print_receipt
from counter_app.services.registration import register_dossier
from counter_app.wire.messages import PushBatch, SentRow

_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
_MIDDLES = "Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Thu Kim Công Hồng Như Bảo Gia".split()
_GIVEN = (
    "An Anh Bình Châu Chi Cường Dũng Duy Đạt Giang Hà Hải Hạnh Hiếu Hoa Hùng Huệ Khánh Lan Linh "
    "Long Mai Nam Nga Nhung Oanh Phúc Phương Quân Quỳnh Sơn Tâm Thảo Thắng Trang Tuấn Uyên Việt "
    "Vy Yến"
).split()
_STREETS = "Lê Lợi|Trần Hưng Đạo|Nguyễn Huệ|Quang Trung|Hùng Vương|Hai Bà Trưng".split("|")
_PRINTERS = "HP LaserJet Pro M404|Canon LBP2900|Brother HL-L2321D|pdf".split("|")
_ROWS = (
    "SELECT seq, prev_hash, hash, header, nonce, body FROM chain JOIN operation USING (position) "
    "JOIN operation_body USING (position) ORDER BY seq"
)
_WORDS = "một|hai|xác nhận|đi làm|đi học|vay vốn|bổ túc hồ sơ|theo yêu cầu".split("|")


def a_name(rng: Random) -> str:
    """Return the name of somebody who does not exist."""
    middle = rng.choice(_MIDDLES) + (f" {rng.choice(_GIVEN)}" if rng.random() < 0.3 else "")
    return f"{rng.choice(_FAMILIES)} {middle} {rng.choice(_GIVEN)}"


def a_citizen(rng: Random, place: str) -> Party:
    """Return somebody from `place` who was made up."""
    born = f"{rng.randrange(1950, 2005)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    sex, digit = rng.choice(((Sex.MALE, 0), (Sex.FEMALE, 1)))
    century = digit + (2 if born >= "2000" else 0)
    house = f"Số {rng.randrange(1, 400)} {rng.choice(_STREETS)}"
    house = house if rng.random() < 0.6 else f"Tổ dân phố {rng.randrange(1, 20)}"
    return Party(
        full_name=a_name(rng),
        id_number=f"{rng.randrange(1, 97):03d}{century}{born[2:4]}{rng.randrange(10**6):06d}",
        birth_date=born,
        sex=sex,
        address=f"{house}, {place}",
        phone=f"09{rng.randrange(10**8):08d}",
    )


def an_application(rng: Random, procedure, place: str) -> Intake:
    """Return what a citizen of `place` wants, with every answer that `procedure` needs."""
    case = rng.choice(procedure.case).id if procedure.case else None
    return Intake(
        procedure=procedure.code,
        case=case,
        channel=Channel.ONLINE if rng.random() < 0.15 else Channel.DIRECT,
        applicant=a_citizen(rng, place),
        submitter=a_citizen(rng, place) if rng.random() < 0.15 else None,
        components="all",
        answers={
            question.id: _answer(rng, question)
            for question in procedure.question
            if question.required or rng.random() < 0.5
        },
        return_channel=rng.choice((ReturnChannel.DESK, ReturnChannel.DESK, ReturnChannel.POST)),
    )


def a_morning(desk, rng: Random, applications: int) -> None:
    """Receive so many applications and print their receipts."""
    procedures = [file.form for file in desk.catalogue.procedures(desk.business_date)]
    office = desk.profile.office
    place = ", ".join(name.removeprefix("UBND ") for name in (office.name, office.parent_name))
    for _number in range(applications):
        intake = an_application(rng, rng.choice(procedures), place)
        dossier = register_dossier(desk, intake, token=secrets.token_bytes(16))
        print_receipt(desk, dossier.id, size="a5", to=rng.choice(_PRINTERS))


def pushes(desk, size: int) -> list[PushBatch]:
    """Return all that was done at `desk`, as pushes of `size` rows."""
    with desk.store.read() as connection:
        found = connection.exec_driver_sql(_ROWS).all()
    parts = [found[n : n + size] for n in range(0, len(found), size)]
    return [
        PushBatch(
            desk_id=desk.profile.id,
            epoch=desk.profile.epoch,
            prev_hash=part[0].prev_hash,
            head=part[-1].hash,
            rows=tuple(
                SentRow(seq=row.seq, nonce=row.nonce, header=Raw(row.header), body=Raw(row.body))
                for row in part
            ),
        )
        for part in parts
    ]


def _answer(rng: Random, question):
    if question.type == "number":
        return rng.randrange(question.minimum or 1, min(question.maximum or 9, 9) + 1)
    if question.type == "choice":
        return rng.choice(question.choices).id
    if question.type == "date":
        return f"2026-{rng.randrange(1, 11):02d}-{rng.randrange(1, 29):02d}"
    return a_name(rng) if rng.random() < 0.5 else " ".join(rng.choices(_WORDS, k=2))
