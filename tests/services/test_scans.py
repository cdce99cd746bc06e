"""The scans of a dossier: kept before they are spoken of, opened for a reason, used again."""

import os
import time
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import pytest

from counter_app.domain import operation as op
from counter_app.domain.officer import Officer, Role
from counter_app.domain.operation import Digitised, ScanPlace
from counter_app.errors import (
    IncompleteEntry,
    InvalidField,
    NotPermitted,
    ScanDamaged,
    ScanKept,
    ScanLost,
    StoreFull,
    TooManyScans,
    UnknownScan,
)
from counter_app.imaging.taking_in import PDF, Page
from counter_app.services.acting import act
from counter_app.services.care import back_up_in_turn, look_over
from counter_app.services.scans import (
    add_scan,
    arrange,
    check_count,
    earlier_scans,
    keep_pages,
    open_scan,
    page_of,
    reuse,
    scans_of,
    thumbnails,
    withdraw,
)
from counter_app.services.viewing import open_dossier
from counter_app.store.verify import Problem, verify
from tests.factories import a_party
from tests.imaging import corpus
from tests.office import counts, is_sound, kinds, register, with_roles

resource = pytest.importorskip("resource", reason="needs a disk that is full")

DAY_S = 86_400


def a_page(shade=0, **changes):
    """Return a page as it comes out of the program that opens pictures."""
    return Page(
        **{"content": b"page %d" % shade, "media": "image/jpeg", "thumbnail": b"t"} | changes
    )


def add(desk, dossier, *shades, component="to_khai"):
    return [
        keep_pages(desk, dossier.id, [a_page(shade)], component=component)[0] for shade in shades
    ]


def papers(desk, dossier):
    return {paper.component: paper for paper in scans_of(desk, dossier.id).papers}


@pytest.fixture
def dossier(desk):
    return register(desk)


@pytest.fixture
def paper(dossier):
    """The first paper that came with it."""
    return dossier.papers[0].id


class TestAdding:
    def test_a_picture_is_kept_with_its_paper(self, desk, dossier, paper):
        (added,) = add_scan(desk, dossier.id, corpus.small(), component=paper)
        found = papers(desk, dossier)[paper]
        assert [scan.added for scan in found.scans] == [added]
        assert found.name == added.name == dossier.papers[0].name
        assert found.size == added.size
        assert added.media == "image/jpeg"
        assert added.digitised is Digitised.SCANNED
        assert is_sound(desk)

    def test_a_tiff_makes_a_scan_of_each_page(self, desk, dossier, paper):
        assert len(add_scan(desk, dossier.id, corpus.tiff_of(3), component=paper)) == 3
        assert scans_of(desk, dossier.id).count == 3

    def test_a_pdf_is_kept_as_it_is_and_shown_page_by_page(self, desk, dossier):
        (added,) = add_scan(desk, dossier.id, corpus.pdf_of(2))
        assert (added.media, added.pages, added.component) == (PDF, 2, "")
        content = open_scan(desk, dossier.id, added.scan, "Đối chiếu")
        assert content == corpus.pdf_of(2) or content.startswith(b"%PDF")
        assert page_of(content, 1).pages == 2

    def test_a_bad_file_changes_nothing(self, desk, dossier):
        before = counts(desk)
        with pytest.raises(ScanDamaged):
            add_scan(desk, dossier.id, corpus.small(form="JPEG")[:100])
        assert counts(desk) == before
        assert not (desk.store.folder / "scans").exists()

    def test_the_same_page_twice_for_one_paper_is_refused_kindly(self, desk, dossier, paper):
        add(desk, dossier, 1, component=paper)
        with pytest.raises(ScanKept, match=dossier.papers[0].name):
            add(desk, dossier, 1, component=paper)
        add(desk, dossier, 1, component="")
        assert scans_of(desk, dossier.id).count == 2

    def test_two_blank_pages_of_one_file_are_both_pages(self, desk, dossier):
        assert len(keep_pages(desk, dossier.id, [a_page(), a_page()])) == 2

    def test_a_paper_that_is_not_the_dossiers_is_refused_by_name(self, desk, dossier):
        with pytest.raises(InvalidField, match="giay_la"):
            add(desk, dossier, 1, component="giay_la")

    def test_what_somebody_else_received_can_be_scanned_for(self, desk):
        unknown = UUID(int=77)
        act(desk, unknown, op.Noted(text="Giấy hẹn"))
        keep_pages(desk, unknown, [a_page()], component="to_khai")
        assert scans_of(desk, unknown).count == 1

    def test_only_those_may_add_who_receive_return_or_examine(self, desk, dossier):
        cashier = with_roles(desk, Role.CASHIER)
        with pytest.raises(NotPermitted):
            keep_pages(cashier, dossier.id, [a_page()])
        assert not scans_of(cashier, dossier.id).may_add

    def test_a_dossier_takes_so_many_and_no_more(self, desk, dossier):
        keep_pages(desk, dossier.id, [a_page(n) for n in range(200)])
        with pytest.raises(TooManyScans, match="200"):
            add(desk, dossier, 200, component="")
        check_count(200)
        with pytest.raises(Exception, match="201"):
            check_count(201)

    def test_it_stands_in_the_timeline(self, desk, dossier, paper):
        add(desk, dossier, 1, component=paper)
        newest = open_dossier(desk, dossier.id).entries[0].operation.body
        assert isinstance(newest, op.ScanAdded)

    def test_a_full_disk_says_so_and_nothing_is_spoken_of(self, desk, dossier):
        before = counts(desk)
        with no_more_than(100), pytest.raises(StoreFull):
            keep_pages(desk, dossier.id, [a_page(content=bytes(1000))])
        assert counts(desk) == before
        add(desk, dossier, 1, component="")  # when there is room again
        assert is_sound(desk)


@contextmanager
def no_more_than(size):
    """Let no file of this program grow beyond so many bytes: a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestOrder:
    def test_papers_come_as_the_procedure_asks_for_them_and_the_rest_last(self, desk, dossier):
        add(desk, dossier, 1, component="")
        order = [paper.component for paper in scans_of(desk, dossier.id).papers]
        assert order[-1] == ""
        assert order[: len(dossier.papers)] == [paper.id for paper in dossier.papers]

    def test_scans_are_put_in_order_and_turned(self, desk, dossier, paper):
        one, two = add(desk, dossier, 1, 2, component=paper)
        arrange(
            desk, dossier.id, paper, [ScanPlace(scan=two.scan), ScanPlace(scan=one.scan, turn=90)]
        )
        scans = papers(desk, dossier)[paper].scans
        assert [(s.added.scan, s.turn) for s in scans] == [(two.scan, 0), (one.scan, 90)]

    @pytest.mark.parametrize("order", [[], [1, 1], [1, 2, 2], [3, 2]])
    def test_an_order_names_each_of_them_once(self, desk, dossier, paper, order):
        ids = {n: body.scan for n, body in enumerate(add(desk, dossier, 1, 2, component=paper), 1)}
        ids[3] = UUID(int=3)
        with pytest.raises(InvalidField):
            arrange(desk, dossier.id, paper, [ScanPlace(scan=ids[n]) for n in order])

    def test_nothing_is_turned_askew(self, desk, dossier, paper):
        (one,) = add(desk, dossier, 1, component=paper)
        with pytest.raises(InvalidField, match="270"):
            arrange(desk, dossier.id, paper, [ScanPlace(scan=one.scan, turn=45)])


class TestWithdrawing:
    def test_it_is_shown_no_longer_and_kept_for_ever(self, desk, dossier, paper):
        (one,) = add(desk, dossier, 1, component=paper)
        withdraw(desk, dossier.id, one.scan, "Nhầm hồ sơ")
        assert scans_of(desk, dossier.id).count == 0
        assert desk.store.scans.read(one.sha256) == b"page 1"
        age(desk)
        look_over(desk)
        back_up_in_turn(desk)
        assert desk.store.scans.read(one.sha256) == b"page 1"

    def test_without_a_reason_it_stays(self, desk, dossier, paper):
        (one,) = add(desk, dossier, 1, component=paper)
        with pytest.raises(IncompleteEntry):
            withdraw(desk, dossier.id, one.scan, " ")
        with pytest.raises(UnknownScan):
            withdraw(desk, dossier.id, UUID(int=4), "Nhầm")

    def test_another_role_may_not(self, desk, dossier, paper):
        (one,) = add(desk, dossier, 1, component=paper)
        with pytest.raises(NotPermitted):
            withdraw(with_roles(desk, Role.SPECIALIST), dossier.id, one.scan, "Nhầm")


class TestOpening:
    def test_it_is_noted_who_wanted_to_see_it_and_why(self, desk, dossier):
        (one,) = add(desk, dossier, 1, component="")
        assert open_scan(desk, dossier.id, one.scan, "  Đối chiếu bản chính ") == b"page 1"
        assert kinds(desk)[-1] == "scan_opened"

    def test_once_a_day_for_each_officer_and_reason(self, desk, clock, dossier):
        one, two = add(desk, dossier, 1, 2, component="")
        other = replace(desk, officer=Officer(id="binh", name="B", roles=frozenset(Role)))
        for at, scan, reason in (
            (desk, one, "Đối chiếu"),
            (desk, one, "Đối chiếu"),
            (desk, one, "Trả kết quả"),
            (desk, two, "Đối chiếu"),
            (other, one, "Đối chiếu"),
        ):
            open_scan(at, dossier.id, scan.scan, reason)
        assert kinds(desk).count("scan_opened") == 4

    def test_without_a_reason_nobody_sees_it(self, desk, dossier):
        (one,) = add(desk, dossier, 1, component="")
        with pytest.raises(IncompleteEntry):
            open_scan(desk, dossier.id, one.scan, "\t")
        with pytest.raises(UnknownScan):
            open_scan(desk, dossier.id, UUID(int=4), "Đối chiếu")
        assert "scan_opened" not in kinds(desk)

    def test_a_look_at_it_is_no_part_of_the_timeline(self, desk, dossier):
        (one,) = add(desk, dossier, 1, component="")
        open_scan(desk, dossier.id, one.scan, "Đối chiếu")
        shown = [entry.operation.header.kind for entry in open_dossier(desk, dossier.id).entries]
        assert shown == ["scan_added", "received"]

    def test_small_pictures_are_no_look(self, desk, dossier):
        one, two = add(desk, dossier, 1, 2, component="")
        before = counts(desk)
        scans = papers(desk, dossier)[""].scans
        assert thumbnails(desk, scans) == {one.scan: b"t", two.scan: b"t"}
        assert counts(desk) == before

    def test_what_is_not_whole_is_not_shown(self, desk, dossier):
        (one,) = add(desk, dossier, 1, component="")
        path = desk.store.scans.path_of(one.sha256)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        with pytest.raises(ScanLost, match=str(one.scan)):
            open_scan(desk, dossier.id, one.scan, "Đối chiếu")
        assert [f.problem for f in verify(desk.store).findings] == [Problem.SCAN_ALTERED]
        add(desk, dossier, 1, component=dossier.papers[0].id)  # scanned again, it is there again
        assert is_sound(desk)


class TestUsingAgain:
    @pytest.fixture
    def earlier(self, desk):
        return register(desk)

    def test_an_earlier_page_is_used_without_being_kept_twice(self, desk, earlier, dossier, paper):
        (one,) = add(desk, earlier, 1, component="")
        (offered,) = earlier_scans(desk, dossier.id)
        assert (offered.code, [s.added for s in offered.scans]) == (earlier.code, [one])
        again = reuse(desk, dossier.id, one.scan, earlier=earlier.id, component=paper)
        assert (again.digitised, again.earlier) == (Digitised.REUSED, earlier.id)
        assert again.sha256 == one.sha256
        assert len(list((desk.store.folder / "scans").glob("*/*"))) == 1
        assert open_scan(desk, dossier.id, again.scan, "Đối chiếu") == b"page 1"
        with pytest.raises(ScanKept):
            reuse(desk, dossier.id, one.scan, earlier=earlier.id, component=paper)

    def test_nobody_elses_is_offered_or_used(self, desk, dossier):
        stranger = register(desk, applicant=a_party(id_number="001090000077"))
        (one,) = add(desk, stranger, 1, component="")
        assert earlier_scans(desk, dossier.id) == ()
        assert not scans_of(desk, dossier.id).has_earlier
        with pytest.raises(UnknownScan):
            reuse(desk, dossier.id, one.scan, earlier=stranger.id)

    def test_it_stays_when_the_earlier_one_is_withdrawn(self, desk, earlier, dossier):
        (one,) = add(desk, earlier, 1, component="")
        again = reuse(desk, dossier.id, one.scan, earlier=earlier.id)
        withdraw(desk, earlier.id, one.scan, "Nhầm")
        assert open_scan(desk, dossier.id, again.scan, "Đối chiếu") == b"page 1"
        assert earlier_scans(desk, dossier.id) == ()


def age(desk, seconds=2 * DAY_S):
    """Make all files of scans older."""
    at = time.time() - seconds
    for path in (desk.store.folder / "scans").glob("*/*"):
        os.utime(path, (at, at))


class TestOrphans:
    def test_what_a_crash_has_left_is_told_and_goes_after_a_day(self, desk, dossier):
        (one,) = add(desk, dossier, 1, component="")
        left = desk.store.scans.keep(b"never spoken of")
        half = desk.store.scans.path_of(left.sha256).with_suffix(".sealed.new")
        half.write_bytes(b"half")
        assert look_over(desk).orphans == 2
        assert look_over(desk).orphans == 2
        age(desk)
        assert look_over(desk).orphans == 2
        report = look_over(desk)
        assert (report.orphans, report.scans, report.findings) == (0, 1, ())
        assert desk.store.scans.read(one.sha256) == b"page 1"

    def test_nothing_goes_while_something_is_wrong(self, desk, dossier):
        (one,) = add(desk, dossier, 1, component="")
        desk.store.scans.keep(b"never spoken of")
        desk.store.scans.path_of(one.sha256).unlink()
        age(desk)
        assert {f.problem for f in look_over(desk).findings} == {Problem.SCAN_MISSING}
        assert look_over(desk).orphans == 1
