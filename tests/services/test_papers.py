"""The papers of a desk: offered after the step they tell of, noted, and the same again."""

import secrets
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from counter_app import settings
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.catalogue.print_forms import PRINT_FORMS
from counter_app.domain import operation as op
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.officer import Role
from counter_app.domain.papers import MissingPaper
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.errors import NoSuchPaper, UnknownDossier, UnknownGuidance
from counter_app.services.acting import act, carry_out
from counter_app.services.guidance import give_guidance
from counter_app.services.papers import (
    form_of_step,
    guidance_sheet,
    hand_over_sheet,
    papers_of,
    payment_sheet,
    preview_paper,
    print_paper,
    register_sheet,
    ticket_sheet,
)
from tests.factories import a_party, an_intake
from tests.office import counts, kinds, register, with_roles
from tests.printing.papers import PAPERS, text

MARK = "BẢN IN LẠI"
MISSING = (MissingPaper(name="Giấy chứng sinh", originals=1, reason="Chưa nộp"),)


def everybody(desk):
    """Return the desk with an officer at it who may do everything."""
    return replace(desk, officer=replace_officer(desk.officer))


def replace_officer(officer):
    return type(officer)(id=officer.id, name=officer.name, roles=frozenset(Role))


@pytest.fixture
def all_roles(desk):
    return everybody(desk)


@pytest.fixture
def dossier(all_roles):
    return register(all_roles)


def forwarded(desk, dossier):
    return act(desk, dossier.id, op.Forwarded(unit="Bộ phận hộ tịch", hand_over="01/2026"))


def supplement(desk, dossier):
    forwarded(desk, dossier)
    body = op.SupplementRequested(missing=MISSING, reason="Thiếu giấy tờ")
    return carry_out(desk, dossier.id, body).op_id


def printed(desk, dossier, form="supplement-request", **options):
    return print_paper(desk, dossier.id, form, **{"size": "a5", "to": "Máy in thử"} | options)


def test_a_new_dossier_has_its_receipt_and_its_control_slip(all_roles, dossier):
    offers = papers_of(all_roles, dossier.id)
    assert [(each.form, each.about) for each in offers] == [
        ("receipt", None),
        ("control-slip", None),
    ]


def test_each_step_offers_its_paper(all_roles, dossier):
    about = supplement(all_roles, dossier)
    offer = papers_of(all_roles, dossier.id)[-1]
    assert (offer.form, offer.about, offer.printed) == ("supplement-request", about, 0)
    assert offer.sizes == ("a5", "a4")


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("supplement_requested", "supplement-request"),
        ("not_accepted", "refusal"),
        ("refused", "rejection"),
        ("extended", "extension"),
        ("stopped", "stop-notice"),
        ("forwarded", "control-slip"),
        ("fee_paid", "payment-slip"),
        ("fee_reversed", "refund-slip"),
        ("transfer_requested", "transfer-request"),
        ("supplement_received", "supplement-receipt"),
        ("papers_returned", "papers-returned"),
        ("noted", None),
    ],
)
def test_the_form_of_a_step_is_what_the_forms_say(desk, kind, form):
    assert form_of_step(desk, kind) == form


def test_a_print_is_noted_before_it_goes_out_and_says_what_was_done(all_roles, dossier):
    about = supplement(all_roles, dossier)
    sheet = printed(all_roles, dossier)
    assert kinds(all_roles)[-1] == "paper_printed"
    assert (sheet.form, sheet.about, sheet.copy, sheet.size) == (
        "supplement-request", about, 0, "a5",
    )  # fmt: skip
    said = text(sheet.pdf)
    assert "Mẫu số 02" in said
    assert "Giấy chứng sinh" in said
    assert "Chưa nộp" in said
    assert dossier.code in said
    assert dossier.received.applicant.full_name not in sheet.title


def test_a_reprint_says_the_same_but_for_its_mark(all_roles, dossier, clock):
    supplement(all_roles, dossier)
    first = printed(all_roles, dossier)
    act(all_roles, dossier.id, op.Noted(text="Đã gọi điện"))
    clock.at += timedelta(days=3)
    again = printed(all_roles, dossier)
    assert again.copy == 1
    marked = text(again.pdf)
    assert f"{MARK} lần 1" in marked
    assert " ".join(marked.replace(f"{MARK} lần 1", "").split()) == text(first.pdf)


def test_a_reprint_uses_the_form_and_the_number_of_the_first_print(all_roles, dossier, tmp_path):
    supplement(all_roles, dossier)
    first = printed(all_roles, dossier)
    own = tmp_path / "own" / "print"
    own.mkdir(parents=True)
    shipped = (PRINT_FORMS / "supplement-request.toml").read_text("utf-8")
    newer = shipped.replace("version = 1", "version = 2", 1).replace("Hồ sơ của:", "Của:")
    (own / "supplement-request.toml").write_text(newer, "utf-8")
    tomorrow = replace(all_roles, catalogue=load_catalogue(tmp_path / "own"))
    folder = all_roles.store.folder
    settings.save(folder, settings.Settings(numbering="tt01-2018"))
    again = text(printed(tomorrow, dossier).pdf)
    assert again.replace(f"{MARK} lần 1", "").split() == text(first.pdf).split()
    other = register(tomorrow)
    supplement(tomorrow, other)
    fresh = text(printed(tomorrow, other).pdf)
    assert "Của: Trần Văn Thử" in fresh
    assert "Thông tư 01/2018/TT-VPCP" in fresh


def test_an_office_may_have_its_papers_in_two_languages(all_roles, dossier):
    supplement(all_roles, dossier)
    assert "REQUEST TO COMPLETE" not in text(printed(all_roles, dossier).pdf)
    settings.save(all_roles.store.folder, settings.Settings(bilingual=True))
    said = text(printed(all_roles, dossier).pdf)
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ REQUEST TO COMPLETE" in said
    assert "RECEIPT OF AN APPLICATION" in text(printed(all_roles, dossier, "receipt").pdf)


def test_spoilt_settings_keep_no_paper_back(all_roles, dossier):
    supplement(all_roles, dossier)
    (all_roles.store.folder / settings.FILE).write_text("{", "utf-8")
    assert printed(all_roles, dossier).pdf.startswith(b"%PDF")
    assert register(all_roles).code


def test_to_look_at_a_paper_notes_nothing(all_roles, dossier):
    supplement(all_roles, dossier)
    before = counts(all_roles)
    seen = preview_paper(all_roles, dossier.id, "supplement-request", size="a5")
    assert counts(all_roles) == before
    assert printed(all_roles, dossier).pdf == seen.pdf


def test_a_paper_of_the_whole_dossier_is_one_whatever_it_is_asked_after(all_roles, dossier):
    about = supplement(all_roles, dossier)
    slip = printed(all_roles, dossier, "control-slip", about=about)
    assert slip.about is None
    assert "1. Giao: Trung tâm Phục vụ hành chính công 2. Nhận: Bộ phận hộ tịch" in text(slip.pdf)
    assert printed(all_roles, dossier, "control-slip").copy == 1


def test_a_paper_that_there_is_not_is_refused_and_noted_nowhere(all_roles, dossier):
    before = counts(all_roles)
    for form, about in (("extension", None), ("nonsense", None), ("payment-slip", dossier.id)):
        with pytest.raises(NoSuchPaper, match=form):
            printed(all_roles, dossier, form, about=about)
    with pytest.raises(UnknownDossier):
        papers_of(all_roles, dossier_id_of(b"t" * 16))
    with pytest.raises(UnknownDossier):
        print_paper(all_roles, dossier_id_of(b"t" * 16), "control-slip", size="a5", to="x")
    assert counts(all_roles) == before


def test_a_size_that_the_form_is_not_made_for_gives_one_that_it_is(all_roles, dossier):
    supplement(all_roles, dossier)
    assert printed(all_roles, dossier, size="roll80").size == "a5"


def test_who_signs_is_whoever_did_it(all_roles, dossier):
    supplement(all_roles, dossier)
    other = with_roles(all_roles, *Role)
    assert "Lê Thị Thử" in text(printed(other, dossier).pdf)
    assert "Lê Văn Thử" not in text(printed(other, dossier).pdf)


def test_what_was_put_right_since_is_what_later_papers_say(all_roles, dossier):
    new = op.Amended(field="applicant.full_name", new="Trần Văn Thửa", reason="Ghi sai tên")
    act(all_roles, dossier.id, new)
    supplement(all_roles, dossier)
    assert "Hồ sơ của: Trần Văn Thửa" in text(printed(all_roles, dossier).pdf)
    assert "Trần Văn Thửa" not in text(printed(all_roles, dossier, "receipt").pdf)


def test_a_stop_says_what_was_asked_for_and_where_it_stood(all_roles, dossier):
    forwarded(all_roles, dossier)
    act(all_roles, dossier.id, op.WithdrawalRequested(reason="Không cần nữa"))
    body = op.Stopped(reason="Rút hồ sơ", settlement="Hoàn trả lệ phí")
    act(all_roles, dossier.id, body)
    said = text(printed(all_roles, dossier, "stop-notice").pdf)
    assert "Lý do Ông/Bà nêu: Không cần nữa." in said
    assert "Giai đoạn giải quyết khi dừng: đang xử lý" in said
    assert "Hoàn trả lệ phí" in said


def test_the_control_slip_follows_the_papers_to_the_result(all_roles, dossier):
    forwarded(all_roles, dossier)
    act(all_roles, dossier.id, op.Finished(result="Giấy khai sinh"))
    returned = op.ResultReturned(collector=a_party(), channel=ReturnChannel.DESK)
    act(all_roles, dossier.id, returned)
    said = text(printed(all_roles, dossier, "control-slip").pdf)
    places = [said.index(part) for part in ("01/2026", "Đúng hạn Giấy", "2. Nhận: Trần")]
    assert all(before < after for before, after in pairwise(places))


def test_a_payment_slip_has_figures_and_words(all_roles, dossier):
    paid = carry_out(
        all_roles,
        dossier.id,
        op.FeePaid(amount=16_000, means=op.PaymentMeans.CASH, tendered=20_000, beyond=True),
    )
    sheet = payment_sheet(all_roles, dossier.id, paid.op_id, size="roll80", to="Máy in nhiệt")
    said = text(sheet.pdf)
    assert (sheet.form, sheet.size) == ("payment-slip", "roll80")
    assert "Số tiền: 16.000 đồng Bằng chữ: Mười sáu nghìn đồng" in said
    assert "Trả lại: 4.000 đồng" in said
    assert "không thay thế biên lai" in said


def given(desk, outcome=op.GuidanceOutcome.SUPPLEMENT, **how):
    intake = an_intake(components=())
    return give_guidance(desk, intake, token=secrets.token_bytes(16), outcome=outcome, **how)


def test_guidance_lists_all_that_is_missing_once_and_notes_nothing(desk):
    guidance = given(desk)
    before = counts(desk)
    sheet = guidance_sheet(desk, guidance.op_id, size="a5")
    said = text(sheet.pdf)
    assert counts(desk) == before
    assert sheet.form == "supplement-request"
    assert guidance.given.missing
    for paper in guidance.given.missing:
        assert said.count(" ".join(paper.name.split())) == 1
    assert "Mã hồ sơ:" not in said
    assert f"{MARK} lần 2" in text(guidance_sheet(desk, guidance.op_id, size="a5", copy=2).pdf)


def test_a_refusal_at_the_desk_gives_its_reason(desk):
    guidance = given(desk, op.GuidanceOutcome.REFUSAL, reason="Không thuộc thẩm quyền")
    sheet = guidance_sheet(desk, guidance.op_id, size="a4")
    assert (sheet.form, sheet.about) == ("refusal", guidance.op_id)
    assert "Không thuộc thẩm quyền" in text(sheet.pdf)
    with pytest.raises(UnknownGuidance):
        guidance_sheet(desk, dossier_id_of(b"t" * 16), size="a5")


def test_a_hand_over_list_has_all_that_went_on_it(all_roles):
    gone = [register(all_roles) for _number in range(3)]
    for each in gone:
        forwarded(all_roles, each)
    said = text(hand_over_sheet(all_roles, "01/2026").pdf)
    assert [each.code for each in gone if said.count(each.code) != 1] == []
    assert "Số: 01/2026" in said
    assert "Tổng số: 03 hồ sơ" in said
    with pytest.raises(NoSuchPaper, match="02/2026"):
        hand_over_sheet(all_roles, "02/2026")


def test_the_register_and_numbers_are_sheets_too(desk):
    paper = PAPERS["register"]()
    sheet = register_sheet(desk, paper.rows, first=paper.first, last=paper.last)
    assert (sheet.form, sheet.size) == ("register", "a4")
    assert "Từ ngày 03/08/2026 đến ngày 30/08/2026" in text(sheet.pdf)
    ticket = ticket_sheet(desk, PAPERS["ticket"]())
    assert (ticket.form, ticket.size) == ("ticket", "roll80")
    assert "A012" in text(ticket.pdf)
