"""The daily summary on paper: figures, lists over many pages, and who signs."""

from msgspec.structs import replace

from tests.printing.papers import a_summary, printed, text, texts


def summary(dossiers=12):
    return printed(a_summary(dossiers), "daily-summary", "a4")


def test_it_says_the_figures_and_who_signs():
    said = text(summary())
    for fact in (
        "BÁO CÁO TỔNG HỢP TIẾP NHẬN VÀ TRẢ KẾT QUẢ TRONG NGÀY",
        "Quầy 1, ngày 03 tháng 8 năm 2026",
        "Tiếp nhận trong ngày 11",
        "– trực tiếp 3",
        "Mã hồ sơ đã hủy 1",
        "Phí, lệ phí đã thu 16.000 đồng",
        "Mười sáu nghìn đồng",
        "từ H57.132-260803-0001 đến H57.132-260803-0012",
        "Bưu chính công ích",
        "Đã hủy",
        "12:00 06/08/2026",
        "In lúc 17:05 03/08/2026.",
        "NGƯỜI LẬP",
        "TRƯỞNG BỘ PHẬN MỘT CỬA",
    ):
        assert fact in said, fact


def test_a_day_without_dossiers_is_one_calm_page():
    pages = texts(summary(0))
    assert len(pages) == 1
    assert "không có hồ sơ" in pages[0]
    assert "Mã hồ sơ đã dùng" not in pages[0]


def test_a_long_list_has_its_titles_and_its_number_on_every_page():
    pages = texts(summary(400))
    assert len(pages) > 5
    for number, page in enumerate(pages[1:-1], 2):
        assert page.split("\n")[0].strip() == str(number) or str(number) in page.split("\n")
        assert "Chủ hồ sơ" in page


def test_every_dossier_is_on_the_list_once():
    said = " ".join(texts(summary(400)))
    listed = said.partition("6. Danh sách")[2]
    assert all(listed.count(f"H57.132-260803-{n:04d}") == 1 for n in range(1, 401))


def test_a_row_higher_than_a_page_is_continued_on_the_next():
    paper = a_summary(3)
    facts = list(paper.summary.dossiers)
    facts[1] = replace(facts[1], applicant=" ".join("Nguyễn" for _ in range(110)))
    long = replace(paper, summary=replace(paper.summary, dossiers=tuple(facts)))
    said = " ".join(texts(printed(long, "daily-summary", "a4")))
    assert said.count("Nguyễn") >= 110


def test_more_letters_than_a_font_can_number_are_all_printed():
    paper = a_summary(200)
    letters = [chr(code) for code in (*range(0xC0, 0x180), *range(0x1EA0, 0x1EFA))]
    facts = [
        replace(fact, applicant=letters[n % len(letters)] + "x")
        for n, fact in enumerate(paper.summary.dossiers)
    ]
    facts[0] = replace(facts[0], applicant=" ".join(letters))
    crowded = replace(paper, summary=replace(paper.summary, dossiers=tuple(facts)))
    said = set("".join(texts(printed(crowded, "daily-summary", "a4"))))
    assert [letter for letter in letters if letter not in said] == []
