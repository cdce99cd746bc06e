"""Valid objects in one line. Whoever is named here was made up."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from uuid import UUID

from counter_app.domain import operation as op
from counter_app.domain.agency import Agency
from counter_app.domain.body import Body, Scope
from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.deadline import Deadline
from counter_app.domain.desk_profile import DeskProfile
from counter_app.domain.dossier_code import DossierCode, make_dossier_code
from counter_app.domain.draft import Draft
from counter_app.domain.fee import FeeKind, FeeLine
from counter_app.domain.form_file import FormRef
from counter_app.domain.intake import Intake
from counter_app.domain.officer import Role
from counter_app.domain.operation import BODIES, ClockQuality, Header, Operation
from counter_app.domain.papers import MissingPaper, PaperTaken
from counter_app.domain.party import Party, Sex
from counter_app.domain.procedure import ProcedureRef

VIETNAM = timezone(timedelta(hours=7))
DAY = date(2026, 8, 3)
NOON = datetime(2026, 8, 3, 12, tzinfo=VIETNAM)
DESK_ID = UUID(int=0xDE5C)
DOSSIER_ID = UUID(int=1)
AGENCY = "H57.132"

_numbers = count(1)


def an_office(**changes):
    return Agency(**{"code": AGENCY, "name": "UBND phường Phú Thử"} | changes)


def a_party(**changes):
    return Party(
        **{
            "full_name": "Trần Văn Thử",
            "id_number": "001090000001",
            "birth_date": "1990-03-15",
            "sex": Sex.MALE,
            "address": "Số 1 ngõ Thử Nghiệm, phường Phú Thử",
            "phone": "0900000001",
        }
        | changes
    )


def an_intake(**changes):
    """Return an application for the registration of a birth, with all that it takes."""
    return Intake(
        **{"procedure": "1.001193", "applicant": a_party(), "components": "all"} | changes
    )


def a_procedure_ref(**changes):
    return ProcedureRef(
        **{
            "code": "1.001193",
            "name": "Đăng ký khai sinh",
            "field": "Hộ tịch",
            "version": 1,
            "sha256": "ab" * 32,
        }
        | changes
    )


def a_received(**changes):
    """Return the body of a reception; what is not given is as on an ordinary day."""
    return op.Received(
        **{
            "code": DossierCode(f"{AGENCY}-260803-0001"),
            "office": an_office(),
            "desk_name": "Quầy 1",
            "officer_name": "Lê Thị Thử",
            "procedure": a_procedure_ref(),
            "channel": Channel.DIRECT,
            "applicant": a_party(),
            "papers": (PaperTaken(id="to_khai", name="Tờ khai", originals=1),),
            "answers": {"copies": 2, "purpose": "đi học"},
            "fees": (
                FeeLine(id="le_phi", name="Lệ phí", kind=FeeKind.FEE, unit_amount=8000, quantity=2),
            ),
            "return_channel": ReturnChannel.DESK,
            "received_at": NOON,
            "deadline": Deadline(unit="working_days", value=3),
            "due_at": datetime(2026, 8, 6, 17, tzinfo=VIETNAM),
            "receipt": "1" * 240,
            "receipt_form": FormRef(id="receipt", version=1, sha256="cd" * 32),
        }
        | changes
    )


def a_code(serial, day=DAY, agency=AGENCY):
    return make_dossier_code(agency, day, serial)


def an_operation(body, *, on=DOSSIER_ID, **header):
    """Return `body` under a header of its own; the dossier is always the same unless told."""
    number = next(_numbers)
    return Operation(
        header=Header(
            **{
                # Sorts by number, as those of a desk sort by time.
                "op_id": UUID(int=0x01980000_0000_7000_8000_000000000000 + (number << 80)),
                "kind": body.kind,
                "version": body.version,
                "dossier_id": on if body.scope is Scope.DOSSIER else None,
                "base_version": 0,
                "actor": "thu",
                "role": Role.RECEPTION,
                "desk_id": DESK_ID,
                "business_date": DAY,
                "wall_utc": NOON.astimezone(UTC),
                "utc_offset": 420,
                "clock_quality": ClockQuality.CONFIRMED,
            }
            | header
        ),
        body=body,
    )


_LATER = datetime(2026, 8, 10, 17, tzinfo=VIETNAM)

EXAMPLES: dict[str, Body] = {
    body.kind: body
    for body in (
        a_received(),
        op.NotAccepted(reason="Không thuộc thẩm quyền"),
        op.Forwarded(unit="Bộ phận tư pháp - hộ tịch", hand_over="BG-01"),
        op.SupplementRequested(
            missing=(MissingPaper(name="Giấy chứng sinh", originals=1),), reason="Thiếu giấy"
        ),
        op.SupplementReceived(
            papers=(PaperTaken(id="chung_sinh", name="Giấy chứng sinh", originals=1),),
            due_before=None,
            due_at=_LATER,
        ),
        op.ObligationSet(amount=120_000, reason="Lệ phí trước bạ"),
        op.ObligationMet(evidence="Biên lai 0000001", due_at=_LATER),
        op.WithdrawalRequested(reason="Không còn nhu cầu"),
        op.WithdrawalTakenBack(),
        op.Stopped(reason="Công dân rút hồ sơ"),
        op.Refused(reason="Không đủ điều kiện"),
        op.Extended(due_before=None, due_at=_LATER, reason="Cần xác minh"),
        op.Finished(result="Giấy khai sinh", signed_at=NOON, issued_at=NOON),
        op.ResultReturned(
            collector=a_party(), channel=ReturnChannel.DESK, documents=("Giấy khai sinh",)
        ),
        op.PapersReturned(papers=(PaperTaken(id="so", name="Sổ gốc", originals=1),), to="Thử"),
        op.PapersChanged(papers=(PaperTaken(id="to_khai", name="Tờ khai", copies=2),)),
        op.FeePaid(
            amount=16_000,
            means=op.PaymentMeans.CASH,
            receipt_number="0000001",
            payer="Thử",
            beyond=True,
        ),
        op.FeeReversed(amount=6_000, reason="Thu nhầm"),
        op.Amended(field="applicant.phone", old="", new="0900000002", reason="Ghi thiếu"),
        op.Reassigned(agency="H57.133", reason="Sai địa bàn"),
        op.Noted(text="Gọi trước khi trả"),
        op.Voided(reason="Nhập hai lần"),
        op.ReceiptPrinted(copy=0, paper="A5", to="Máy in 1"),
        op.GuidanceGiven(
            token=b"0123456789abcdef",
            outcome=op.GuidanceOutcome.SUPPLEMENT,
            intake=an_intake(components=()),
            procedure=a_procedure_ref(),
            office=an_office(),
            desk_name="Quầy 1",
            officer_name="Lê Thị Thử",
            missing=(MissingPaper(name="Giấy chứng sinh", originals=1),),
            given_at=NOON,
        ),
        op.Served(result="Bản sao đã chứng thực", collector=a_party()),
        op.FeeAssessed(line="le_phi", unit_amount=5_000, quantity=2),
        op.FeeExempted(amount=8_000, ground="Hộ nghèo", evidence="Giấy chứng nhận số 1"),
        op.ExemptionReversed(exemption=UUID(int=6), amount=8_000, reason="Nhầm đối tượng"),
        op.TransferRequested(amount=16_000, account="970436 0000000001", purpose="H5713226080300"),
        op.ReceiptLinked(payment=UUID(int=7), receipt_number="0000002"),
        op.PaperPrinted(form="supplement-request", copy=0, paper="a5", to="Máy in 1"),
        op.ScanAdded(
            scan=UUID(int=8), component="to_khai", sha256="ef" * 32, size=1000, media="image/png"
        ),
        op.ScansArranged(component="to_khai", order=(op.ScanPlace(scan=UUID(int=8), turn=90),)),
        op.ScanWithdrawn(scan=UUID(int=8), reason="Nhầm hồ sơ"),
        op.ScanOpened(scan=UUID(int=8), reason="Đối chiếu"),
        op.TicketIssued(ticket=UUID(int=9), number="A012", group="ho_tich"),
        op.TicketCalled(ticket=UUID(int=9), place="Quầy 1"),
        op.TicketMoved(ticket=UUID(int=9), group="dat_dai"),
        op.TicketEnded(ticket=UUID(int=9), outcome=op.TicketEnd.SERVED),
        op.RecordViewed(code=DossierCode(f"{AGENCY}-260803-0001")),
        op.SheetPrinted(form="register", paper="a4", to="Máy in 1", lines=3, first=DAY, last=DAY),
        op.OfficerSignedIn(),
        op.ClockConfirmed(day=DAY, pc_day=DAY),
        op.ReserveOpened(day=DAY, first=9950, last=9999),
        op.StoreRestored(old_epoch=1, new_epoch=2**64 - 1),
    )
}
"""One body of each kind."""

assert set(EXAMPLES) == {kind for kind, _version in BODIES}

KEY = bytes(range(32))
EPOCH = 0xFEDC_BA98_7654_3210
"""Beyond what a signed number of 64 bits can hold, as half of all epochs are."""


def a_profile(**changes):
    return DeskProfile(
        **{
            "id": DESK_ID,
            "name": "Quầy 1",
            "office": an_office(),
            "epoch": EPOCH,
            "signing_seed": bytes(32),
        }
        | changes
    )


def a_draft(**changes):
    return Draft(
        **{
            "token": b"0123456789abcdef",
            "officer": "thu",
            "intake": Intake(procedure="1.001193", applicant=a_party()),
            "saved_at": NOON,
        }
        | changes
    )
