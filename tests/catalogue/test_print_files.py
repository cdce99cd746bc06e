"""A form is found among the files without reading what all of them say."""

import pytest

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.catalogue.print_forms import PRINT_FORMS
from counter_app.errors import InvalidForm
from tests.factories import DAY

SHIPPED = (PRINT_FORMS / "extension.toml").read_text("utf-8")


def catalogue_with(folder, **files):
    (folder / "print").mkdir()
    for name, raw in files.items():
        (folder / "print" / f"{name}.toml").write_text(raw, "utf-8")
    return load_catalogue(folder)


def test_a_file_of_any_name_is_found_by_the_id_in_it(tmp_path):
    newer = SHIPPED.replace("version = 1", "version = 7", 1)
    law = catalogue_with(tmp_path, anything=newer)
    assert law.print_form("extension", DAY).form.version == 7


@pytest.mark.parametrize("line", ["id='extension'", '"id" = "extension"', 'id\t=\t"extension"'])
def test_however_its_id_is_written(tmp_path, line):
    newer = SHIPPED.replace("version = 1", "version = 7", 1).replace('id = "extension"', line, 1)
    law = catalogue_with(tmp_path, anything=newer)
    assert law.print_form("extension", DAY).form.version == 7


def test_a_spoilt_form_stands_in_the_way_of_no_other_but_is_named_when_all_are_read(tmp_path):
    law = catalogue_with(tmp_path, spoilt=SHIPPED.replace("{reason}", "{nonsense}"))
    assert law.print_form("receipt", DAY).form.id == "receipt"
    for read in (lambda: law.print_form("extension", DAY), lambda: law.print_forms(DAY)):
        with pytest.raises(InvalidForm, match=r"print/spoilt\.toml: unknown placeholder"):
            read()
