"""Papers to print, and what stands on the page when they have been."""

import unicodedata
from datetime import date, datetime, timedelta

import pypdfium2

from counter_app.catalogue.print_forms import read_print_forms
from counter_app.domain.channel import Channel
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.paper import ReceiptPaper, RecoverySheet, SummaryPaper
from counter_app.domain.papers import PaperTaken
from counter_app.domain.receipt_code import ReceiptCode, tracking_url
from counter_app.domain.reports.daily import DayFacts, DossierFact, EventFact, summarise
from counter_app.printing import render
from tests import factories
from tests.printing.desk_papers import desk_papers

DAY = date(2026, 8, 3)
CODE = DossierCode("H57.132-260803-0583")
FORMS = read_print_forms()
BASE = "https://tracuu.example.vn"
NAMES = (
    "Tờ khai theo mẫu",
    "Giấy chứng sinh do cơ sở y tế cấp",
    "Giấy tờ chứng minh việc mang thai hộ (trường hợp trẻ em sinh ra do mang thai hộ)",
    "Văn bản ủy quyền được chứng thực",
)


def form(form_id):
    return FORMS.on(form_id, DAY).form


def an_office(**changes):
    return factories.an_office(
        **{
            "parent_name": "UBND thành phố Thử Nghiệm",
            "unit": "Trung tâm Phục vụ hành chính công",
            "place": "Phú Thử",
            "hotline": "1900 0000",
        }
        | changes
    )


def a_receipt_code(base=BASE, due_on=date(2026, 8, 6)):
    code = ReceiptCode(
        key_id=b"schlusse",
        agency="H57.132",
        received_on=DAY,
        serial=583,
        due_on=due_on,
        token=bytes(range(16)),
        signature=bytes(n * 37 % 256 for n in range(64)),
    )
    return tracking_url(base, code.digits)


def some_papers(count):
    return tuple(
        PaperTaken(
            id=f"p{n}", name=NAMES[n % len(NAMES)], originals=n % 2, copies=n % 3, shown=n % 4 == 3
        )
        for n in range(count)
    )


def a_receipt(copy=0, papers=3, **changes):
    received = factories.a_received(
        **{
            "code": CODE,
            "office": an_office(),
            "papers": some_papers(papers),
            "receipt": a_receipt_code(),
        }
        | changes
    )
    return ReceiptPaper(received=received, copy=copy)


def a_summary(dossiers=12):
    names = ("Trần Văn Thử", "Nguyễn Thị Ngọc Mẫu", "Đặng Hữu Ví Dụ", "Công ty TNHH Hư Cấu")
    procedures = ("Đăng ký khai sinh", "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh")
    noon = factories.NOON
    facts = DayFacts(
        day=DAY,
        cut=noon + timedelta(hours=5),
        received=tuple(
            DossierFact(
                code=DossierCode(f"H57.132-260803-{n + 1:04d}"),
                applicant=f"{names[n % 4]} {n}",
                procedure=procedures[n % 2],
                field="Hộ tịch",
                channel=list(Channel)[n % 3],
                officer="Lê Thị Thử",
                received_at=noon,
                due_at=noon + timedelta(days=3) if n % 5 else None,
                charged=8000,
                voided=n == 3,
            )
            for n in range(dossiers)
        ),
        events=(EventFact(kind="fee_paid", at=noon, amount=16_000),),
        open_due=(noon + timedelta(days=1), None),
    )
    return SummaryPaper(
        summary=summarise(facts),
        office=an_office(),
        desk_name="Quầy 1",
        officer_name="Lê Thị Thử",
        printed_at=datetime(2026, 8, 3, 17, 5, tzinfo=factories.VIETNAM),
    )


def a_recovery_sheet():
    key = "ABCD5-EFGH6-JKMN7-PQRS8-TVWX9-YZ012-34567-89ABC"
    return RecoverySheet(office=an_office(), desk_name="Quầy 1", made_on=DAY, recovery_key=key)


def a_received(**changes):
    """Return what the desk's papers are of."""
    return a_receipt(**changes).received


PAPERS = {
    "receipt": a_receipt,
    "daily-summary": a_summary,
    "recovery-sheet": a_recovery_sheet,
    **desk_papers(a_received(), an_office(), NAMES),
}
"""One paper for each form."""


def printed(paper, form_id="receipt", size="a5", **options):
    return render(form(form_id), paper, size=size, **options)


def texts(pdf):
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def text(pdf):
    """Return all text, its lines joined: what is wrapped on paper is whole again."""
    joined = " ".join(" ".join(texts(pdf)).split())
    assert unicodedata.is_normalized("NFC", joined)
    return joined
