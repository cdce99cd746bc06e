"""The scanner's folder: what is whole is offered, what is safe goes, nothing else is touched."""

import os

import pytest

from counter_app.devices.watched import MOST, TAKEN, WatchedFolder
from counter_app.errors import UnreadableFile


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def watched(folder):
    return WatchedFolder(folder)


def names(files):
    return [file.path.name for file in files]


def write(folder, name, content=b"page", at=None):
    path = folder / name
    path.write_bytes(content)
    if at is not None:
        os.utime(path, (at, at))
    return path


def test_a_file_is_offered_when_it_was_the_same_twice(folder, watched):
    write(folder, "a.jpg")
    assert watched.look() == ()
    assert names(watched.look()) == ["a.jpg"]
    assert names(watched.look()) == ["a.jpg"]


def test_one_that_grows_is_waited_for(folder, watched):
    for length in range(1, 6):
        write(folder, "a.tif", b"x" * length, at=1000 + length)
        assert watched.look() == ()
    assert names(watched.look()) == ["a.tif"]


def test_one_that_is_written_anew_is_waited_for_again(folder, watched):
    write(folder, "a.jpg", at=1)
    watched.look()
    watched.look()
    write(folder, "a.jpg", at=2)
    assert watched.look() == ()
    assert names(watched.look()) == ["a.jpg"]


@pytest.mark.parametrize("name", [".hidden", "~lock", "$x", "a.jpg.part", "b.TMP", "c.crdownload"])
def test_what_is_unfinished_by_its_name_is_not_looked_at(folder, watched, name):
    write(folder, name)
    watched.look()
    assert watched.look() == ()


def test_folders_links_empty_files_and_pipes_are_left_alone(folder, watched, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "inner").mkdir()
    write(folder / "inner", "deep.jpg")
    (folder / "link.jpg").symlink_to(write(elsewhere, "secret.jpg"))
    write(folder, "empty.jpg", b"")
    os.mkfifo(folder / "pipe.jpg")
    watched.look()
    assert watched.look() == ()


def test_the_oldest_comes_first_and_not_too_many_at_once(folder, watched):
    for number in range(MOST + 5):
        write(folder, f"{number:03}.jpg", at=10_000 - number)
    watched.look()
    found = names(watched.look())
    assert len(found) == MOST
    assert found[0] == f"{MOST + 4:03}.jpg"


def test_what_is_safe_is_deleted_only_if_the_office_says_so(folder, watched):
    write(folder, "a.jpg", at=1)
    write(folder, "b.jpg", at=2)
    watched.look()
    first, second = watched.look()
    watched.done_with(first, delete=True)
    watched.done_with(second, delete=False)
    assert sorted(path.name for path in folder.rglob("*.jpg")) == ["b.jpg"]
    assert (folder / TAKEN / "b.jpg").exists()
    assert watched.look() == ()
    assert watched.look() == ()


def test_two_of_one_name_are_both_laid_aside(folder, watched):
    for content in (b"one", b"two"):
        write(folder, "scan.jpg", content)
        watched.look()
        (file,) = watched.look()
        watched.done_with(file, delete=False)
    aside = {path.name: path.read_bytes() for path in (folder / TAKEN).iterdir()}
    assert aside == {"scan.jpg": b"one", "2-scan.jpg": b"two"}


def test_one_that_has_changed_since_stays_and_comes_again(folder, watched):
    write(folder, "a.jpg", at=1)
    watched.look()
    (file,) = watched.look()
    write(folder, "a.jpg", b"another page", at=2)
    watched.done_with(file, delete=True)
    watched.look()
    (again,) = watched.look()
    assert again.path.read_bytes() == b"another page"


def test_a_folder_that_is_gone_is_told(folder):
    with pytest.raises(UnreadableFile):
        WatchedFolder(folder / "nothing").look()


def test_what_cannot_be_moved_is_not_offered_for_ever(folder, watched):
    (folder / TAKEN).write_bytes(b"")  # a file where the folder would be
    os.utime(folder / TAKEN, (9, 9))
    write(folder, "a.jpg", at=1)
    watched.look()
    file = watched.look()[0]
    assert not watched.done_with(file, delete=False)  # so that somebody is told
    assert "a.jpg" not in names(watched.look())


@pytest.mark.parametrize(
    "name", ["\u202egpj.exe.jpg", "ảnh 😀.jpg", "a\nb.jpg", "CON.jpg", "x" * 240 + ".jpg"]
)
def test_whatever_it_is_called_it_is_offered_and_laid_aside(folder, watched, name):
    write(folder, name)
    watched.look()
    (file,) = watched.look()
    assert watched.done_with(file, delete=False)
    assert [path.name for path in (folder / TAKEN).iterdir()] == [name]


def test_five_hundred_at_once_come_two_hundred_at_a_time(folder, watched):
    for number in range(500):
        write(folder, f"{number:03}.jpg", at=1000)
    watched.look()
    seen = []
    while found := watched.look():
        assert len(found) <= MOST
        seen += names(found)
        for file in found:
            watched.done_with(file, delete=True)
    assert seen == [f"{number:03}.jpg" for number in range(500)]


def test_a_folder_that_comes_back_is_looked_into_again(folder, watched):
    write(folder, "a.jpg")
    watched.look()
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(UnreadableFile):
        watched.look()
    away.rename(folder)
    assert names(watched.look()) == ["a.jpg"]
