"""Papers that leave the program: a file where it was asked for, and the sheet for the safe."""

import pypdfium2
import pytest

from counter_app.errors import UnwritableFile
from counter_app.services.recovery_sheet import recovery_sheet_pdf
from counter_app.services.saving import save_pdf
from tests.factories import DAY, an_office

KEY = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH"


def test_a_folder_that_is_not_there_yet_is_made(tmp_path):
    file = tmp_path / "2026" / "giấy hẹn.pdf"
    save_pdf(file, b"%PDF")
    assert file.read_bytes() == b"%PDF"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(UnwritableFile, match=str(tmp_path)):
        save_pdf(tmp_path, b"%PDF")


def test_the_recovery_sheet_bears_the_key_the_desk_and_the_day(catalogue):
    office = an_office(place="Phú Thử")
    pdf = recovery_sheet_pdf(catalogue, office=office, desk_name="Quầy 1", key=KEY, day=DAY)
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert KEY[:23] in text
    assert KEY[24:] in text
    assert "Quầy 1" in text
    assert "ngày 03 tháng 8 năm 2026" in text
