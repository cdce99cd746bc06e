"""A fortnight at a desk, through the real services. Whoever is named here was made up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from msgspec.structs import replace as changed

from counter_app.desk import Desk
from counter_app.domain import operation as op
from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.intake import Intake
from counter_app.domain.officer import Officer, Role
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.party import Party, Sex
from counter_app.domain.payment import balance_of
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.services.acting import act
from counter_app.services.drafts import keep_draft
from counter_app.services.registration import register_dossier

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Đặng Bùi".split()
MIDDLE = "Văn Thị Hữu Ngọc Đức Thanh Quốc Minh".split()
GIVEN = "An Bình Chi Dũng Hạnh Lan Mai Nam Phúc Quỳnh Sơn Tâm Uyên Vân Đạt".split()

# Procedure, case and answers, in turn.
ASKED = (
    ("1.001193", "birth_note", {"child_name": "Trần Thử Minh", "child_birth_date": "2026-11-02"}),
    ("2.000815", None, {"copies": 3, "pages": 4}),
    ("1.004873", "first", {"purpose": "marriage"}),
    ("2.000635", None, {"event": "birth", "copies": 2}),
    ("1.004194", "household", {"address": "Số 5 ngõ Thử", "until": "2027-11-01", "persons": 2}),
    ("1.012783", "plain", {"plot": "Thửa 12, tờ bản đồ 7", "area": 180}),
    ("2.000884", None, {"documents": 1}),
    ("1.001612", "individual", {"household_name": "Hộ kinh doanh Thử", "business": "Bán sách"}),
    ("1.004859", "change", {"change": "Chữ đệm trong Giấy khai sinh"}),
    ("1.000894", None, {"spouse_name": "Lê Thị Thử"}),
    ("1.013225", "house", {"place": "Lô 3 khu Thử Nghiệm", "floors": 2, "floor_area": 160}),
    ("1.001699", None, {"kind": "movement"}),
)
DAYS_AGO = (13, 12, 11, 10, 7, 6, 5, 4, 3, 0)
_LATER = timedelta(days=1, hours=1)


def a_person(number: int) -> Party:
    """Return one of many people, none of whom there is."""
    woman = number % 2 == 1
    middle = "Thị" if woman else MIDDLE[number % len(MIDDLE)].replace("Thị", "Văn")
    given = GIVEN[number % len(GIVEN)]
    year = 60 + number % 40
    return Party(
        full_name=f"{FAMILY[number % len(FAMILY)]} {middle} {given} Thử",
        id_number=f"001{int(woman)}{year:02}{number:06}",
        birth_date=f"19{year}-0{1 + number % 9}-1{number % 9}",
        sex=Sex.FEMALE if woman else Sex.MALE,
        address=f"Số {1 + number} đường Thử Nghiệm, phường Phú Thử, tỉnh Thử",
        phone=f"09000{number:05}",
    )


def an_application(number: int) -> Intake:
    """Return one of many intakes that can be received."""
    procedure, case, answers = ASKED[number % len(ASKED)]
    return Intake(
        procedure=procedure,
        case=case,
        channel=(Channel.DIRECT, Channel.DIRECT, Channel.ONLINE)[number % 3],
        applicant=a_person(number),
        submitter=a_person(number + 500) if number % 7 == 3 else None,
        components="all",
        answers=answers,
        return_channel=ReturnChannel.POST if number % 5 == 4 else ReturnChannel.DESK,
        note="Gọi trước khi trả kết quả." if number % 6 == 2 else "",
    )


def token_of(number: int) -> bytes:
    """Return the token of a dossier, always the same."""
    return sha256(b"%d" % number).digest()[:16]


def receive(desk: Desk, number: int) -> UUID:
    """Receive one of many applications."""
    return register_dossier(desk, an_application(number), token=token_of(number)).id


def a_fortnight(desk: Desk, clock, count: int = 40) -> Sequence[UUID]:
    """Receive `count` dossiers, the last ones today, and let things happen to some of them."""
    today = clock.at
    made = []
    everything = Officer(id=desk.officer.id, name=desk.officer.name, roles=frozenset(Role))
    for number in range(count):
        away = DAYS_AGO[number * len(DAYS_AGO) // count]
        day = today - timedelta(days=away)
        clock.at = day.replace(hour=8, minute=0) + timedelta(minutes=7 * (number % 12))
        then = replace(desk, business_date=clock.at.date(), officer=everything)
        made.append(receive(then, number))
        act(then, made[-1], op.ReceiptPrinted(copy=0, paper="a5", to="Máy in A"))
        if away:
            clock.at += _LATER
            follow(replace(then, business_date=clock.at.date()), made[-1], number)
    clock.at = today
    leave_a_draft(desk)
    return made


def follow(desk: Desk, dossier_id: UUID, number: int) -> None:
    """Let happen to a dossier what happens to most of them, and to some."""
    if number % 8 == 7:
        act(desk, dossier_id, op.Voided(reason="Nhập hai lần cùng một hồ sơ"))
        return
    with desk.store.begin() as uow:
        owed = balance_of(uow.dossier(dossier_id)).owed
    if owed:
        paid = op.FeePaid(amount=owed, means=op.PaymentMeans.CASH, receipt_number="0000123")
        act(desk, dossier_id, paid)
    if number % 3 == 2:
        return
    act(desk, dossier_id, op.Forwarded(unit="Bộ phận tư pháp - hộ tịch"))
    match number % 5:
        case 0:
            missing = (MissingPaper(name="Giấy chứng sinh", originals=1),)
            body = op.SupplementRequested(missing=missing, reason="Bản nộp bị mờ.")
            act(desk, dossier_id, body)
        case 1 | 2:
            act(desk, dossier_id, op.Finished(result="Kết quả giải quyết", issued_at=desk.now()))
            if number % 5 == 1:
                collector = a_person(number)
                body = op.ResultReturned(collector=collector, channel=ReturnChannel.DESK)
                act(desk, dossier_id, body)
        case 3:
            body = op.Amended(
                field="applicant.phone",
                old=a_person(number).phone,
                new="0900099999",
                reason="Công dân báo nhầm số.",
            )
            act(desk, dossier_id, body)
        case _:
            act(desk, dossier_id, op.Noted(text="Công dân hẹn đến sau 15 giờ."))


def leave_a_draft(desk: Desk, number: int = 900, **changes) -> bytes:
    """Begin an intake and do not finish it."""
    token = token_of(number)
    keep_draft(desk, changed(an_application(number), components=(), **changes), token=token)
    return token


def note_on_unknown(desk: Desk, number: int = 950) -> UUID:
    """Note something on a dossier whose reception this desk has not seen."""
    dossier_id = dossier_id_of(token_of(number))
    paper = PaperTaken(id="so", name="Sổ gốc", originals=1)
    act(
        desk,
        dossier_id,
        op.FeePaid(amount=50_000, means=op.PaymentMeans.CASH, receipt_number="0000456"),
    )
    act(desk, dossier_id, op.PapersReturned(papers=(paper,), to="Trần Văn Thử"))
    return dossier_id


def touch_by_newer_program(desk: Desk, dossier_id: UUID) -> None:
    """Let a release that is not written yet have worked on a dossier."""
    with desk.store.begin() as uow:
        dossier = uow.dossier(dossier_id)
        uow.append(desk.operation(op.Unreadable(), role=Role.RECEPTION, on=dossier))
