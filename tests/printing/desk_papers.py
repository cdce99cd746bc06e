"""Papers of the steps after reception, of guidance before it, and lists; all of it made up."""

from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate

from msgspec.structs import replace

from counter_app.domain import operation as op
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.dossier import Dossier, step
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.paper import (
    DossierPaper,
    GuidancePaper,
    HandOver,
    HandOverPaper,
    HandOverRow,
    RegisterPaper,
    RegisterRow,
    TicketPaper,
)
from counter_app.domain.papers import MissingPaper
from counter_app.domain.status import Status
from tests import factories

REASONS = ("Bản sao chưa được chứng thực", "", "Thiếu chữ ký của người yêu cầu", "Hết hạn")
OLD_DUE = datetime(2026, 8, 6, 17, tzinfo=factories.VIETNAM)
NEW_DUE = datetime(2026, 8, 13, 10, 30, tzinfo=factories.VIETNAM)
LONG_NAME = (
    "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại, Dịch vụ, Sản xuất, Xuất nhập khẩu và "
    "Đầu tư Phát triển Hạ tầng Kỹ thuật Thử Nghiệm Đông Nam Bộ"
)


def some_missing(count, names):
    return tuple(
        MissingPaper(
            name=names[n % len(names)],
            originals=(n + 1) % 2,
            copies=n % 3,
            reason=REASONS[n % len(REASONS)],
        )
        for n in range(count)
    )


def a_dossier_paper(received, *bodies, about=True, **changes):
    """Return a paper of the last of what was done to a dossier, or of the whole of it."""
    start = step(Dossier(id=factories.DOSSIER_ID), factories.an_operation(received))
    states = list(accumulate(map(factories.an_operation, bodies), step, initial=start))
    return DossierPaper(
        **{
            "dossier": states[-1],
            "received": received,
            "about": bodies[-1] if about and bodies else None,
            "stage": states[-2].status if len(states) > 1 else None,
            "at": factories.NOON + timedelta(days=1),
            "officer_name": "Lê Thị Thử",
        }
        | changes
    )


def supplement(received, missing):
    return a_dossier_paper(
        received,
        op.Forwarded(unit="Bộ phận tư pháp - hộ tịch"),
        op.SupplementRequested(
            missing=missing,
            reason="Hồ sơ chưa đủ thành phần theo quy định của thủ tục",
            due_before=OLD_DUE,
            until=factories.DAY + timedelta(days=30),
        ),
    )


def guidance(missing, outcome=op.GuidanceOutcome.SUPPLEMENT, **changes):
    given = op.GuidanceGiven(
        **{
            "token": bytes(range(16)),
            "outcome": outcome,
            "intake": factories.an_intake(components=()),
            "procedure": factories.a_procedure_ref(),
            "office": changes.pop("office"),
            "desk_name": "Quầy 1",
            "officer_name": "Lê Thị Thử",
            "missing": missing,
            "given_at": factories.NOON,
        }
        | changes
    )
    return GuidancePaper(given=given)


def refusal(office):
    return guidance(
        (),
        op.GuidanceOutcome.REFUSAL,
        office=office,
        reason="Nội dung yêu cầu không thuộc thẩm quyền giải quyết của Ủy ban nhân dân phường; "
        "người yêu cầu không cư trú trên địa bàn",
        agency="Ủy ban nhân dân phường Thử Đức",
    )


def not_accepted(received):
    return a_dossier_paper(received, op.NotAccepted(reason="Tệp đính kèm không đọc được"))


def supplement_received(received, papers):
    return a_dossier_paper(
        received,
        op.Forwarded(unit="Bộ phận tư pháp - hộ tịch"),
        op.SupplementRequested(missing=some_missing(2, ("Giấy chứng sinh",)), reason="Thiếu"),
        op.SupplementReceived(papers=papers, due_before=OLD_DUE, due_at=NEW_DUE),
    )


def papers_returned(received, papers):
    return a_dossier_paper(received, op.PapersReturned(papers=papers, to="Trần Văn Thử"))


def extension(received):
    return a_dossier_paper(
        received,
        op.Extended(
            due_before=OLD_DUE,
            due_at=NEW_DUE,
            reason="Phải xác minh tại nơi cư trú trước đây của người yêu cầu",
        ),
    )


def stop_notice(received):
    request = op.WithdrawalRequested(reason="Không còn nhu cầu giải quyết")
    return a_dossier_paper(
        received,
        op.FeePaid(amount=16_000, means=op.PaymentMeans.CASH),
        request,
        op.Stopped(
            reason="Người nộp hồ sơ đề nghị rút hồ sơ",
            settlement="Hoàn trả toàn bộ lệ phí đã nộp tại quầy",
        ),
        stage=Status.PROCESSING,
        request=request,
        requested_at=factories.NOON,
    )


def rejection(received):
    return a_dossier_paper(
        received,
        op.Forwarded(unit="Bộ phận tư pháp - hộ tịch"),
        op.Refused(
            reason="Người yêu cầu không có giấy tờ chứng minh quan hệ với người được đăng ký "
            "khai sinh; việc sinh đã được đăng ký tại Ủy ban nhân dân phường Thử Đức"
        ),
    )


def some_hand_overs(count):
    units = ("Trung tâm Phục vụ hành chính công", "Bộ phận tư pháp - hộ tịch", "Lãnh đạo UBND")
    return tuple(
        HandOver(
            giver=units[n % 3],
            receiver=units[(n + 1) % 3],
            at=factories.NOON + timedelta(hours=4 * n),
            given_by="Lê Thị Thử",
            taken_by="Nguyễn Văn Mẫu" if n % 2 else "",
            result=("", "early", "in_time", "late")[n % 4],
            note="Danh sách BG-2026-0012" if n == 0 else "",
        )
        for n in range(count)
    )


def control_slip(received, count=2):
    return a_dossier_paper(
        received,
        op.Forwarded(unit="Bộ phận tư pháp - hộ tịch"),
        about=False,
        hand_overs=some_hand_overs(count),
        forwarded_to="Bộ phận tư pháp - hộ tịch",
        at=received.received_at,
    )


def payment(received):
    paid = op.FeePaid(
        amount=16_000,
        means=op.PaymentMeans.CASH,
        number="PT-2026-0042",
        tendered=50_000,
        payer="Trần Văn Thử",
    )
    return a_dossier_paper(received, paid)


def refund(received):
    paid = op.FeePaid(amount=16_000, means=op.PaymentMeans.CASH)
    back = op.FeeReversed(amount=6_000, reason="Thu thừa một bản sao", number="HT-2026-0003")
    return a_dossier_paper(received, paid, back)


def transfer(received):
    asked = op.TransferRequested(
        amount=16_000, account="970436 0000000001", purpose="H571322608030583"
    )
    return a_dossier_paper(received, asked)


def a_register(office, count=12):
    names = ("Trần Văn Thử", "Nguyễn Thị Ngọc Mẫu", LONG_NAME, "Đặng Hữu Ví Dụ")
    return RegisterPaper(
        rows=[
            RegisterRow(
                entry=n + 1,
                code=DossierCode(f"H57.132-260803-{n + 1:04d}"),
                procedure="Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh",
                applicant=names[n % 4],
                address="Số 1 ngõ Thử Nghiệm, phường Phú Thử",
                phone="0900000001",
                competent_agency="UBND phường Phú Thử",
                received_at=factories.NOON,
                due_at=OLD_DUE if n % 5 else None,
                returned_at=OLD_DUE if n % 3 else None,
                return_channel=list(ReturnChannel)[n % 3],
            )
            for n in range(count)
        ],
        first=factories.DAY,
        last=factories.DAY + timedelta(days=27),
        office=office,
        desk_name="Quầy 1",
        officer_name="Lê Thị Thử",
        printed_at=factories.NOON,
    )


def a_hand_over_list(office, count=7):
    return HandOverPaper(
        number="BG-2026-0012",
        unit="Bộ phận tư pháp - hộ tịch",
        receiver="Nguyễn Văn Mẫu",
        rows=[
            HandOverRow(
                code=DossierCode(f"H57.132-260803-{n + 1:04d}"),
                procedure="Đăng ký khai sinh",
                applicant=("Trần Văn Thử", LONG_NAME)[n % 4 == 3],
                papers=3,
                received_at=factories.NOON,
                due_at=OLD_DUE,
            )
            for n in range(count)
        ],
        office=office,
        desk_name="Quầy 1",
        officer_name="Lê Thị Thử",
        at=factories.NOON,
    )


def a_ticket(office):
    return TicketPaper(
        number="A012",
        group="Hộ tịch, chứng thực",
        issued_at=factories.NOON,
        waiting=4,
        office=office,
    )


def desk_papers(received, office, names):
    """Return what makes a paper of each form that is printed after reception or before it."""
    return {
        "supplement-request": partial(supplement, received, some_missing(3, names)),
        "refusal": partial(refusal, office),
        "supplement-receipt": partial(supplement_received, received, received.papers),
        "papers-returned": partial(papers_returned, received, received.papers),
        "extension": partial(extension, received),
        "stop-notice": partial(stop_notice, received),
        "rejection": partial(rejection, received),
        "control-slip": partial(control_slip, received),
        "payment-slip": partial(payment, received),
        "refund-slip": partial(refund, received),
        "transfer-request": partial(transfer, received),
        "register": partial(a_register, office),
        "hand-over-list": partial(a_hand_over_list, office),
        "ticket": partial(a_ticket, office),
    }


def with_names(received, name):
    """Return what was received from somebody of this name, with a procedure as long."""
    procedure = replace(received.procedure, name=f"{received.procedure.name} {LONG_NAME}")
    applicant = replace(received.applicant, full_name=name, address=f"{name}, {name}")
    return replace(received, applicant=applicant, procedure=procedure)
