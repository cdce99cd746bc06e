"""Every printed form: it renders, always alike; and the files, read with their places."""

import subprocess
import sys
from datetime import date

import pytest
from msgspec import structs

from counter_app.catalogue.print_forms import PRINT_FORMS, decode_print_form, read_print_forms
from counter_app.errors import InvalidForm
from tests.printing.papers import DAY, FORMS, PAPERS, form, printed, text, texts

FILES = [(file.form.id, size) for file in FORMS.files for size in file.form.size]


@pytest.mark.parametrize(("form_id", "size"), FILES)
def test_a_form_is_the_same_file_twice(form_id, size):
    paper = PAPERS[form_id]()
    assert printed(paper, form_id, size) == printed(paper, form_id, size)


@pytest.mark.parametrize(("form_id", "size"), FILES)
def test_a_form_bears_the_nations_name_and_its_own(form_id, size):
    said = text(printed(PAPERS[form_id](), form_id, size))
    small = size == "roll80" or form_id == "ticket"  # these are no official papers
    assert small or "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in said
    assert "UBND PHƯỜNG PHÚ THỬ" in said
    assert "{" not in said


def test_each_form_is_in_its_file():
    assert {file.form.id for file in FORMS.files} == {
        path.stem for path in PRINT_FORMS.glob("*.toml")
    }
    assert {file.form.id for file in FORMS.files} == PAPERS.keys()


def test_what_is_kept_is_read_again_as_it_was():
    file = FORMS.on("receipt", DAY)
    assert decode_print_form(file.raw, "kept") == file.form


def test_the_version_in_force_is_the_one_of_the_day(tmp_path):
    raw = (PRINT_FORMS / "receipt.toml").read_text("utf-8")
    newer = raw.replace("version = 1", "version = 2", 1).replace("2025-07-01", "2027-01-01", 1)
    (tmp_path / "receipt-2.toml").write_text(newer, "utf-8")
    forms = read_print_forms((PRINT_FORMS, tmp_path))
    assert forms.on("receipt", date(2026, 12, 31)).form.version == 1
    assert forms.on("receipt", date(2027, 1, 1)).form.version == 2
    with pytest.raises(InvalidForm, match="no printed form “receipt” is in force on 30/06/2025"):
        forms.on("receipt", date(2025, 6, 30))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "{dossier_code}",
            "{dossier_no}",
            r"unknown placeholder {dossier_no} - at `\$\.block\[6\]\.left\[0\]\.rows\[0\]\[0\]",
        ),
        ('align = "center"', 'align = "middle"', r"Invalid enum value 'middle' - at `\$\."),
        ("[terms.paper]\nshown", "[terms.paper]\nother", r"terms are missing: paper\.shown"),
        ("version = 1", "version = 1 1", "receipt.toml"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_place(tmp_path, old, new, reason):
    raw = (PRINT_FORMS / "receipt.toml").read_text("utf-8")
    assert old in raw
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / "receipt.toml").write_text(raw.replace(old, new), "utf-8")
    with pytest.raises(InvalidForm, match=reason) as caught:
        read_print_forms((folder,))
    assert "print/receipt.toml" in str(caught.value)


@pytest.mark.parametrize("size", ["a4", "a5"])
@pytest.mark.parametrize("letter", "1W")
def test_the_recovery_key_stands_in_two_lines_whatever_its_letters_are(letter, size):
    key = "-".join([letter * 5] * 8)
    paper = structs.replace(PAPERS["recovery-sheet"](), recovery_key=key)
    lines = [line.strip() for line in texts(printed(paper, "recovery-sheet", size))[0].split("\n")]
    assert lines.count("-".join([letter * 5] * 4)) == 2


def test_the_recovery_sheet_says_what_to_do_in_both_languages():
    said = text(printed(PAPERS["recovery-sheet"](), "recovery-sheet", "a4"))
    assert "ABCD5-EFGH6-JKMN7-PQRS8 TVWX9-YZ012-34567-89ABC" in said
    assert "KHÓA KHÔI PHỤC DỮ LIỆU CỦA QUẦY Quầy 1" in said
    assert "két của cơ quan" in said
    assert "office’s safe" in said
    assert len(texts(printed(PAPERS["recovery-sheet"](), "recovery-sheet", "a5"))) == 1


def test_a_form_that_is_not_laid_out_for_a_size_says_so():
    assert form("daily-summary").size.keys() == {"a4"}
    with pytest.raises(KeyError):
        printed(PAPERS["daily-summary"](), "daily-summary", "a5")


def test_nothing_heavy_is_imported_before_something_is_printed():
    heavy = ("reportlab", "qrcode", "PIL", "pypdfium2")
    code = (
        "import sys; import counter_app.printing;"
        f"sys.exit(' '.join(name for name in {heavy} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
