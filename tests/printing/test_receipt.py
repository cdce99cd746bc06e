"""The receipt: it says what was recorded, on one page, and the same each time."""

from datetime import datetime

import pytest

from counter_app.domain.deadline import Deadline
from counter_app.domain.fee import FeeKind, FeeLine
from counter_app.i18n import speak, spoken
from tests.factories import VIETNAM, a_party
from tests.printing.papers import a_receipt, an_office, printed, text, texts

FACTS = (
    "UBND THÀNH PHỐ THỬ NGHIỆM",
    "UBND PHƯỜNG PHÚ THỬ",
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Phú Thử, ngày 03 tháng 8 năm 2026",
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Mã hồ sơ: H57.132-260803-0583",
    "Bộ phận tiếp nhận và trả kết quả: Quầy 1",
    "Tiếp nhận hồ sơ của: Trần Văn Thử",
    "Số CCCD/MST: 001090000001",
    "Địa chỉ: Số 1 ngõ Thử Nghiệm, phường Phú Thử",
    "Số điện thoại: 0900000001",
    "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
    "Giấy chứng sinh do cơ sở y tế cấp",
    "2. Số lượng hồ sơ: 01 (bộ)",
    "3. Thời gian giải quyết hồ sơ theo quy định: 03 ngày làm việc",
    "4. Thời gian nhận hồ sơ: 12 giờ 00 phút, ngày 03 tháng 8 năm 2026",
    "17 giờ 00 phút, ngày 06 tháng 8 năm 2026",
    "6. Đăng ký nhận kết quả tại:",
    "16.000",
    "Mười sáu nghìn đồng",
    "Vào Sổ theo dõi hồ sơ, Quyển số:",
    "NGƯỜI NỘP HỒ SƠ",
    "NGƯỜI TIẾP NHẬN HỒ SƠ",
    "Lê Thị Thử",
    "1900 0000",
    "tracuu.example.vn",
)


@pytest.mark.parametrize("size", ["a5", "a4"])
def test_it_says_all_that_was_recorded(size):
    said = text(printed(a_receipt(), size=size))
    assert [fact for fact in FACTS if fact not in said] == []


@pytest.mark.parametrize("size", ["a5", "a4"])
def test_the_same_receipt_is_the_same_file(size):
    assert printed(a_receipt(), size=size) == printed(a_receipt(), size=size)


def test_a_reprint_differs_by_its_mark_alone():
    first, again = text(printed(a_receipt())), text(printed(a_receipt(copy=2)))
    assert "BẢN IN LẠI" not in first
    assert again.replace("BẢN IN LẠI lần 2", "").split() == first.split()


def test_a_reprint_marks_every_page():
    pages = texts(printed(a_receipt(copy=1, papers=30)))
    assert len(pages) == 2
    assert all("BẢN IN LẠI lần 1" in page for page in pages)


@pytest.mark.parametrize("papers", [1, 3, 8])
def test_up_to_eight_papers_take_one_page_of_a5(papers):
    assert len(texts(printed(a_receipt(papers=papers)))) == 1


@pytest.mark.parametrize(("papers", "size", "pages"), [(12, "a4", 1), (30, "a5", 2), (80, "a4", 3)])
def test_many_papers_go_on_over_the_page_with_titles_and_number(papers, size, pages):
    found = texts(printed(a_receipt(papers=papers), size=size))
    assert len(found) == pages
    for number, page in enumerate(found[1:], 2):
        assert str(number) in page.split("\n")
    assert all("Tên giấy tờ" in page for page in found if "Tờ khai theo mẫu" in page)
    whole = " ".join(found)
    assert whole.count("Tờ khai theo mẫu") == len(range(0, papers, 4))


def test_signatures_never_stand_alone_on_a_page():
    for papers in range(1, 40):
        last = texts(printed(a_receipt(papers=papers)))[-1]
        before_the_signatures = last.partition("NGƯỜI NỘP HỒ SƠ")[0].split("\n")
        assert len(before_the_signatures) > 1, papers


def test_no_due_date_is_said_without_a_date():
    paper = a_receipt(due_at=None, deadline=Deadline(unit="none"))
    said = text(printed(paper))
    after = said.partition("5. Thời gian trả kết quả giải quyết hồ sơ:")[2].partition("6.")[0]
    assert after.strip() == "khi có kết quả (không quy định thời hạn)."
    assert "quy định: không quy định" in said


def test_a_deadline_names_the_extension_that_a_verification_may_take():
    said = text(printed(a_receipt(deadline=Deadline(unit="working_days", value=5, extension=8))))
    assert "05 ngày làm việc (có thể kéo dài thêm để xác minh, không quá 08 ngày làm việc)" in said


def test_no_fee_is_said_in_one_line():
    said = text(printed(a_receipt(fees=())))
    assert "7. Phí, lệ phí: không thu." in said
    assert "Tổng cộng" not in said


def test_a_fee_that_nobody_has_entered_leaves_room_to_write():
    line = FeeLine(
        id="phi", name="Phí thẩm định", kind=FeeKind.CHARGE, unit_amount=None, quantity=1
    )
    said = text(printed(a_receipt(fees=(line,))))
    assert "Phí: Phí thẩm định ………… 01 …………" in said
    assert "Tổng cộng: …………" in said


def test_whoever_comes_for_the_applicant_is_named_and_signs():
    submitter = a_party(full_name="Nguyễn Thị Nộp Thay", id_number="001190000002")
    said = text(printed(a_receipt(submitter=submitter)))
    assert "Người nộp hồ sơ: Nguyễn Thị Nộp Thay CCCD: 001190000002" in said
    assert said.count("Nguyễn Thị Nộp Thay") == 2
    assert said.count("Trần Văn Thử") == 1


def test_an_applicant_who_comes_in_person_is_not_named_as_submitter():
    assert "Người nộp hồ sơ:" not in text(printed(a_receipt(submitter=a_party())))


def test_what_is_missing_is_dotted_to_be_written_by_hand():
    said = text(printed(a_receipt(applicant=a_party(phone="", email=""))))
    assert "Số điện thoại: …" in said
    assert "Email: …" in said


def test_long_names_of_agencies_and_old_codes_push_nothing_over():
    office = an_office(
        code="000.00.19.H57",
        name="Ủy ban nhân dân phường Có Tên Rất Dài Để Thử Việc Xuống Dòng Ở Đầu Trang",
        parent_name="Ủy ban nhân dân thành phố trực thuộc trung ương Thử Nghiệm",
        unit="Trung tâm Phục vụ hành chính công chi nhánh số 12",
    )
    said = text(printed(a_receipt(office=office, code="000.00.19.H57-260803-0001")))
    assert "000.00.19.H57-260803-0001" in said
    assert "CHI NHÁNH SỐ 12" in said


def test_without_a_tracking_page_nothing_is_said_of_one():
    assert "Tra cứu:" not in text(printed(a_receipt(receipt="1" * 240)))


HOSTILE = {
    "markup": "<b>Trần</b> & <img src='/etc/hostname'/>",
    "a placeholder": "{applicant} {officer} {0} {}",
    "a formula": "=1+1",
    "control characters": "Trần\x00\x07\x1b Văn",
    "a turned text": "Trần \u202eVăn\u202c Thử",
    "an emoji": "Trần 😀👨‍👩‍👧❤️ Văn",
    "another script": "漢字 عربي",
    "ligatures": "ﬁ Ａ ½",
    "500 letters": "ằ" * 500,
    "200 letters in one word": "Nguyễn" + "x" * 200,
    "a lone surrogate": "Trần \ud800 Văn",
    "many lines": "một\nhai\r\nba\u2028bốn",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_was_typed_is_printed(value):
    party = a_party(full_name=value, address=value, email=value)
    assert printed(a_receipt(applicant=party, note=value))


def test_nothing_that_was_typed_is_read_again():
    typed = "<b>{officer}</b> & {applicant.phone} {{x}} =1+1"
    said = text(printed(a_receipt(applicant=a_party(full_name=typed))))
    assert f"Tiếp nhận hồ sơ của: {typed}" in said


def test_decomposed_text_is_printed_composed():
    party = a_party(full_name="Nguye\u0302\u0303n Thu\u031b\u0309")
    assert "Tiếp nhận hồ sơ của: Nguyễn Thử" in text(printed(a_receipt(applicant=party)))


def test_a_letter_that_the_font_lacks_leaves_a_box_and_no_gap():
    said = text(printed(a_receipt(applicant=a_party(full_name="A 😀 漢 ﬁ B"))))
    assert "Tiếp nhận hồ sơ của: A □ □ fi B" in said


def test_five_million_letters_of_note_are_cut_on_paper():
    pdf = printed(a_receipt(note="chữ " * 1_250_000))
    assert "chữ…" in text(pdf).replace(" …", "…")
    assert len(texts(pdf)) <= 2


def test_the_files_properties_name_nobody():
    pdf = printed(a_receipt())
    for secret in ("Trần", "Thử", "001090000001", "H57.132"):
        assert secret.encode() not in pdf
        assert secret.encode("utf-16-be") not in pdf


def test_it_is_small():
    assert len(printed(a_receipt(papers=8))) <= 40 * 1024


def test_it_speaks_vietnamese_whatever_the_officer_reads():
    vietnamese = printed(a_receipt())
    speak("en")
    assert printed(a_receipt()) == vietnamese
    assert spoken() == "en"


def test_the_time_is_the_one_that_was_promised():
    due = datetime(2026, 2, 5, 9, 5, tzinfo=VIETNAM)
    assert "09 giờ 05 phút, ngày 05 tháng 02 năm 2026" in text(printed(a_receipt(due_at=due)))


def test_a_receipt_given_for_practice_says_on_its_face_that_it_is_worth_nothing():
    assert "KHÔNG CÓ GIÁ TRỊ" in text(printed(a_receipt(practice=True)))
    assert "KHÔNG CÓ GIÁ TRỊ" not in text(printed(a_receipt()))
