"""The office's own law in backups: all of it or named, and never over what lies there newer."""

import zipfile

import pytest
from msgspec.structs import replace

from counter_app.domain.officer import Officer, Role
from counter_app.errors import StoreError
from counter_app.keys.keyfile import Cost
from counter_app.keys.officers import create_keys
from counter_app.settings import BACKUPS, OWN_FORMS
from counter_app.store.backup import (
    backup,
    backup_in_turn,
    forms_brought_back,
    read_manifest,
)
from counter_app.store.contact import contact_of, keep_contact
from counter_app.store.own_forms import own_forms
from counter_app.store.restore import restore
from tests.factories import KEY, NOON

LAW = {
    "procedures/thủ tục riêng.toml": "code = 'riêng'".encode(),
    "print/receipt.toml": b"id = 'receipt'",
    "rules/payment.toml": b"version = 2",
}


def lay(folder, files):
    for place, content in files.items():
        path = folder / OWN_FORMS / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def law_in(folder):
    return dict(own_forms(folder).files)


@pytest.fixture
def store(stores):
    officer = Officer(id="thu", name="Lê Thị Thử", roles=frozenset({Role.SUPERVISOR}))
    store, cheap = stores.new(), Cost(memory=64, passes=1)
    create_keys(stores.folder, language="vi", officer=officer, password="bảy con sếu", cost=cheap)
    return store


@pytest.fixture
def file(store, tmp_path):
    lay(store.folder, LAW)
    return backup(store, tmp_path / "elsewhere" / "b.backup", taken_at=NOON).file


@pytest.fixture
def new(tmp_path):
    return tmp_path / "new"


@pytest.fixture
def go_on(stores, new):
    return lambda file: stores.kept(restore(file, new, KEY))


def test_it_goes_with_a_backup_and_comes_back(file, new, go_on):
    assert [form.path for form in read_manifest(file).forms] == sorted(LAW)
    go_on(file)
    assert law_in(new) == LAW
    told = forms_brought_back(file, new)
    assert (set(told.same), told.differing, told.damaged, told.aside) == (set(LAW), (), (), None)


def test_each_of_the_hourly_ones_holds_the_law_of_its_hour(store, go_on, new):
    lay(store.folder, LAW)
    first = backup_in_turn(store, taken_at=NOON)
    lay(store.folder, {"rules/payment.toml": b"version = 3"})
    later = backup_in_turn(store, taken_at=NOON.replace(hour=13))
    assert first.file.parent == later.file.parent == store.folder / BACKUPS
    go_on(first.file)
    assert law_in(new)["rules/payment.toml"] == b"version = 2"


def test_what_lies_in_the_profile_stays_and_the_backups_is_laid_beside_it(file, new, go_on):
    lay(new, {"rules/payment.toml": b"version = 3"})
    go_on(file)
    assert law_in(new) == {"rules/payment.toml": b"version = 3"}
    told = forms_brought_back(file, new)
    assert set(told.differing) == set(LAW)
    assert {place: (told.aside / place).read_bytes() for place in LAW} == LAW


def test_what_lies_there_alike_is_left_alone(file, new, go_on):
    lay(new, LAW)
    go_on(file)
    assert sorted(path.name for path in new.iterdir() if "forms" in path.name) == [OWN_FORMS]


def test_a_folder_without_files_is_no_law(file, new, go_on):
    (new / OWN_FORMS / "rules").mkdir(parents=True)
    go_on(file)
    assert law_in(new) == LAW


def test_what_a_power_cut_has_left_of_it_is_begun_anew(file, new, go_on):
    left = new / f"{OWN_FORMS}.new" / "rules"
    left.mkdir(parents=True)
    (left / "payment.toml").write_bytes(b"vers")
    go_on(file)
    assert law_in(new) == LAW
    assert not left.exists()


def touched(file, place, content):
    """Have other bytes at a place in a backup, whose zip is whole all the same."""
    with zipfile.ZipFile(file) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    del parts[f"{OWN_FORMS}/{place}"]
    with zipfile.ZipFile(file, "w") as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)
        if content is not None:
            packed.writestr(f"{OWN_FORMS}/{place}", content)


@pytest.mark.parametrize("content", [b"version = 9", None])
def test_a_file_damaged_or_missing_in_the_backup_is_named_and_the_desk_goes_on(
    file, new, go_on, content
):
    touched(file, "rules/payment.toml", content)
    go_on(file)
    assert forms_brought_back(file, new).damaged == ("rules/payment.toml",)
    assert set(law_in(new)) == set(LAW) - {"rules/payment.toml"}


@pytest.mark.parametrize(
    "place", ["../escaped.toml", "rules/../../x.toml", "/etc/x.toml", "x.toml"]
)
def test_names_in_a_backup_lead_nowhere(file, new, go_on, tmp_path, place):
    with zipfile.ZipFile(file) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    parts["manifest.json"] = parts["manifest.json"].replace(b"rules/payment.toml", place.encode())
    parts[f"forms/{place}"] = parts.pop("forms/rules/payment.toml")
    with zipfile.ZipFile(file, "w") as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)
    go_on(file)
    assert forms_brought_back(file, new).damaged == (place,)
    assert not [path for path in tmp_path.rglob("*") if path.name in ("escaped.toml", "x.toml")]


def test_what_cannot_go_into_a_backup_is_named_and_stops_none(store, tmp_path):
    lay(store.folder, LAW)
    large = store.folder / OWN_FORMS / "rules" / "large.toml"
    with large.open("wb") as sparse:
        sparse.truncate(5 << 20)
    (store.folder / OWN_FORMS / "rules" / "folder.toml").mkdir()
    (store.folder / OWN_FORMS / "notes.txt").write_text("not law")
    made = backup(store, tmp_path / "b.backup", taken_at=NOON)
    assert made.manifest.forms_left_out == ("rules/folder.toml", "rules/large.toml")
    assert len(made.manifest.forms) == len(LAW)


def test_a_desk_without_law_of_its_own_gets_no_folder(store, tmp_path, new, go_on):
    go_on(backup(store, tmp_path / "b.backup", taken_at=NOON).file)
    assert not (new / OWN_FORMS).exists()


def test_what_stands_in_the_way_makes_no_desk_rather_than_one_without_law(file, new, go_on):
    (new / f"{OWN_FORMS}.new").parent.mkdir(parents=True)
    (new / f"{OWN_FORMS}.new").write_bytes(b"in the way")
    with pytest.raises(StoreError):
        go_on(file)
    assert not (new / "desk.db").exists()
    (new / f"{OWN_FORMS}.new").unlink()
    go_on(file)
    assert law_in(new) == LAW


def test_the_law_of_the_centre_is_in_no_backup_and_asked_for_again(store, tmp_path, go_on):
    with store.begin() as uow:
        keep_contact(uow.connection, replace(uow.contact(), reference_held=7))
    file = backup(store, tmp_path / "b.backup", taken_at=NOON).file
    with go_on(file).read() as connection:
        assert contact_of(connection).reference_held == 0
