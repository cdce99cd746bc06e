"""What somebody takes home who cannot be received yet: its QR leads back to the same intake."""

import pytest
import zxingcpp
from PIL import Image

from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.print_job import JobState
from counter_app.errors import NoSuchPaper
from counter_app.printing.preview import page_images
from counter_app.services.guidance import give_guidance, reopen, token_in
from counter_app.services.papers import guidance_sheet
from counter_app.services.print_jobs import keep_sheet, mark, printed_on
from tests.factories import an_intake

TOKEN = b"0123456789abcdef"


@pytest.mark.parametrize("size", ["a5", "a4"])
@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (GuidanceOutcome.SUPPLEMENT, {}),
        (GuidanceOutcome.REFUSAL, {"reason": "Hồ sơ không thuộc thẩm quyền giải quyết."}),
    ],
)
def test_the_qr_of_the_paper_reopens_the_same_intake(desk, size, outcome, said):
    intake = an_intake(components=(), note="quay lại chiều nay")
    given = give_guidance(desk, intake, token=TOKEN, outcome=outcome, **said)
    sheet = guidance_sheet(desk, given.op_id, size=size)
    page = page_images(sheet.pdf, dots_per_inch=203)[0]
    picture = Image.frombytes("RGB", (page.width, page.height), page.rgb)
    (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    again = reopen(desk, token_in(code.text))
    assert again.draft.token == TOKEN
    assert again.draft.intake.note == "quay lại chiều nay"


def test_a_second_paper_is_marked_and_one_that_never_came_out_is_none(desk):
    given = give_guidance(
        desk, an_intake(components=()), token=TOKEN, outcome=GuidanceOutcome.SUPPLEMENT
    )
    (job,) = keep_sheet(desk, guidance_sheet(desk, given.op_id, size="a5"), printer="Máy in A")
    assert guidance_sheet(desk, given.op_id, size="a4").copy == 0
    mark(desk, job, JobState.DONE)
    again = guidance_sheet(desk, given.op_id, size="a5")
    assert again.copy == 1
    keep_sheet(desk, again, printer="Máy in A")
    notes = [entry.operation.body for entry, _code in printed_on(desk, desk.business_date)]
    assert [(each.about, each.copy) for each in notes] == [(given.op_id, 0), (given.op_id, 1)]


def test_whoever_was_only_helped_on_takes_no_paper(desk):
    helped = {"outcome": GuidanceOutcome.HELPED, "agency": "Công an phường Phú Thử"}
    given = give_guidance(desk, an_intake(), token=TOKEN, **helped)
    with pytest.raises(NoSuchPaper):
        guidance_sheet(desk, given.op_id, size="a5")
