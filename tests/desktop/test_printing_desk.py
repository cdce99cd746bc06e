"""Papers go to their printers one by one; whatever a printer does, none is lost or forgotten."""

import pytest
from msgspec.structs import replace

from counter_app.desktop.printing_desk import USUAL, PrintingDesk, left_over
from counter_app.domain.print_job import JobState
from counter_app.domain.sheet import Sheet
from counter_app.errors import (
    NotPermitted,
    PaperTooLarge,
    PrintBrokenOff,
    PrinterGone,
    PrintersSilent,
    PrinterUnavailable,
)
from counter_app.services.papers import papers_of, print_paper
from counter_app.services.print_jobs import (
    begin_sending,
    jobs,
    keep_sheet,
    mark,
    queue_print,
    wait_again,
)
from counter_app.services.receipts import print_receipt
from counter_app.settings import PaperChoice
from tests.desktop.conftest import AtOnce, Waiting
from tests.desktop.sample import receive


class Lanes(AtOnce):
    """Lanes that work at once, but for those of the printers, which work when told.

    The system says at once which printer is the usual one, unless it `hangs`.
    """

    def __init__(self, *, hangs=False):
        self.printers = {}
        self.hangs = hangs

    def printing(self, printer):
        if printer == USUAL and not self.hangs:
            return self.paper
        return self.printers.setdefault(printer, Waiting()).write


def a_sheet(title, **changes):
    return Sheet(**{"form": "extension", "title": title, "size": "a5", "pdf": b"%PDF"} | changes)


def states(desk):
    return {job.title: job.state for job in jobs(desk)}


@pytest.fixture
def moved():
    return []


@pytest.fixture
def printing(desk, tasks, navigator, moved):
    return PrintingDesk(desk, tasks, navigator, lambda: moved.append(1))


def printed(navigator):
    return [title for _pdf, _printer, title in navigator.printer.printed]


def test_a_paper_is_made_for_the_size_and_printer_of_its_form(printing, navigator, desk):
    asked = []

    def make(size, to):
        asked.append((size, to))
        return a_sheet("Phiếu", size=size)

    navigator.settings = replace(
        navigator.settings, forms={"extension": PaperChoice(printer="Máy in B", paper="a4")}
    )
    printing.print_sheet(make, form="extension")
    printing.print_sheet(make, form="refusal")
    printing.print_sheet(make, form="ticket")
    assert asked == [("a4", "Máy in B"), ("a5", "usual"), ("roll80", "usual")]
    assert [printer for _pdf, printer, _title in navigator.printer.printed] == [
        "Máy in B",
        "Máy in A",
        "Máy in A",
    ]


def test_a_paper_that_is_out_is_said_and_marked(printing, navigator, desk, moved):
    printing.print_sheet(lambda size, _to: a_sheet("Phiếu", size=size))
    assert states(desk) == {"Phiếu": JobState.DONE}
    assert navigator.last("say") == ("Phiếu đã được gửi tới máy in Máy in A.", "good")
    assert moved


def test_a_roll_goes_out_dot_for_dot(printing, navigator):
    rolled = []
    navigator.printer.print_roll = lambda _pdf, printer, title: rolled.append((printer, title))
    printing.print_sheet(lambda size, _to: a_sheet("Số", form="ticket", size=size), form="ticket")
    assert rolled == [("Máy in A", "Số")]
    assert navigator.printer.printed == []


def test_a_paper_is_written_down_before_it_goes_anywhere(desk, navigator):
    lanes = Lanes()
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    printing.print_sheet(lambda size, _to: a_sheet("Phiếu", size=size))
    assert states(desk) == {"Phiếu": JobState.PRINTING}
    assert navigator.printer.printed == []
    lanes.printers["Máy in A"].work()
    assert states(desk) == {"Phiếu": JobState.DONE}


def test_two_papers_keep_their_order_and_only_one_is_at_the_printer(desk, navigator):
    lanes = Lanes()
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    for title in ("một", "hai", "ba"):
        printing.print_sheet(lambda size, _to, title=title: a_sheet(title, size=size))
    assert list(states(desk).values()) == [
        JobState.PRINTING,
        JobState.WAITING,
        JobState.WAITING,
    ]
    lanes.printers["Máy in A"].work()
    assert printed(navigator) == ["một", "hai", "ba"]


def test_a_printer_that_hangs_keeps_no_other_waiting(desk, navigator):
    lanes = Lanes()
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    printing.print_sheet(lambda size, _to: a_sheet("kẹt", size=size), printer="Máy in A")
    printing.print_sheet(lambda size, _to: a_sheet("chờ", size=size), printer="Máy in A")
    printing.print_sheet(lambda size, _to: a_sheet("khác", size=size), printer="Máy in B")
    lanes.printers["Máy in B"].work()
    assert printed(navigator) == ["khác"]
    assert states(desk) == {
        "kẹt": JobState.PRINTING,
        "chờ": JobState.WAITING,
        "khác": JobState.DONE,
    }


def test_a_paper_that_was_sent_elsewhere_meanwhile_stays_in_one_line(desk, navigator):
    lanes = Lanes()
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    for title, printer in (("kẹt", "Máy in A"), ("chuyển", "Máy in A"), ("khác", "Máy in B")):
        printing.print_sheet(lambda size, _to, t=title: a_sheet(t, size=size), printer=printer)
    moved = next(job.id for job in jobs(desk) if job.title == "chuyển")
    printing.send(wait_again(desk, moved, printer="Máy in B").id, "Máy in B")
    lanes.printers["Máy in A"].work()
    assert printed(navigator) == ["kẹt"]
    assert states(desk)["chuyển"] is JobState.WAITING
    lanes.printers["Máy in B"].work()
    printing.print_sheet(lambda size, _to: a_sheet("sau", size=size), printer="Máy in A")
    lanes.printers["Máy in A"].work()
    assert printed(navigator) == ["kẹt", "khác", "chuyển", "sau"]


def test_a_printer_that_vanishes_is_said_and_the_next_paper_still_tries(printing, navigator, desk):
    navigator.printer.works = False
    printing.print_sheet(lambda size, _to: a_sheet("một", size=size))
    text, tone = navigator.last("say")
    assert text.startswith("Một chưa in ra.")
    assert "an toàn" in text
    assert str(PrinterUnavailable(printer="Máy in A")) in text
    assert tone == "danger"
    (job,) = jobs(desk)
    assert (job.state, job.problem) == (
        JobState.FAILED,
        str(PrinterUnavailable(printer="Máy in A")),
    )
    navigator.printer.works = True
    navigator.actions["In lại"]()
    assert printed(navigator) == ["một"]
    assert states(desk) == {"một": JobState.DONE}


def test_the_very_same_pages_come_out_again(printing, navigator, desk):
    navigator.printer.works = False
    made = []

    def make(size, to):
        made.append(to)
        return a_sheet("một", size=size, pdf=b"%PDF the very same")

    printing.print_sheet(make)
    navigator.printer.works = True
    navigator.actions["In lại"]()
    assert len(made) == 1
    assert navigator.printer.printed == [(b"%PDF the very same", "Máy in A", "một")]


def test_without_any_printer_the_paper_is_kept_to_be_saved(printing, navigator, desk):
    navigator.printer.names = list
    navigator.printer.default = str
    noted = []

    def make(size, to):
        noted.append(to)
        return a_sheet("một", size=size)

    printing.print_sheet(make)
    assert noted == ["usual"]
    assert states(desk) == {"một": JobState.FAILED}
    assert "chưa có máy in" in navigator.last("say")[0]
    assert list(navigator.actions) == ["Danh sách in (Ctrl+9)"]
    navigator.actions["Danh sách in (Ctrl+9)"]()
    assert navigator.last("show_place") == "prints"


def test_a_paper_is_kept_before_the_system_is_asked_for_a_printer(desk, navigator):
    lanes = Lanes(hangs=True)
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    for title in ("một", "hai"):
        printing.print_sheet(lambda size, _to, title=title: a_sheet(title, size=size))
    printing.print_sheet(lambda size, _to: a_sheet("khác", size=size), printer="Máy in B")
    lanes.printers["Máy in B"].work()
    assert states(desk) == {
        "một": JobState.WAITING,
        "hai": JobState.WAITING,
        "khác": JobState.DONE,
    }
    lanes.printers[USUAL].work()
    lanes.printers["Máy in A"].work()
    assert printed(navigator) == ["khác", "một", "hai"]


def test_the_list_shows_what_waits_for_the_usual_printer(desk, navigator, moved):
    printing = PrintingDesk(desk, Lanes(hangs=True), navigator, lambda: moved.append(states(desk)))
    (job,) = keep_sheet(desk, a_sheet("một"), printer=USUAL)
    printing.send(job, USUAL)
    assert moved == [{"một": JobState.WAITING}]


def test_a_paper_that_was_sent_elsewhere_while_the_system_was_asked_goes_there(desk, navigator):
    lanes = Lanes(hangs=True)
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    printing.print_sheet(lambda size, _to: a_sheet("một", size=size))
    (job,) = jobs(desk)
    printing.send(wait_again(desk, job.id, printer="Máy in B").id, "Máy in B")
    lanes.printers["Máy in B"].work()
    lanes.printers[USUAL].work()
    assert [printer for _pdf, printer, _title in navigator.printer.printed] == ["Máy in B"]


def test_a_window_that_was_left_while_the_system_was_asked_leaves_the_paper_waiting(
    desk, navigator
):
    lanes = Lanes(hangs=True)
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    printing.print_sheet(lambda size, _to: a_sheet("một", size=size))
    printing.leave()
    lanes.printers[USUAL].work()
    assert states(desk) == {"một": JobState.WAITING}
    assert navigator.printer.printed == []


def test_a_system_that_does_not_say_what_printers_it_has_is_told_once(desk, navigator):
    def silent():
        raise PrintersSilent

    usual, navigator.printer.default = navigator.printer.default, silent
    lanes = Lanes(hangs=True)
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    for title in ("một", "hai"):
        printing.print_sheet(lambda size, _to, title=title: a_sheet(title, size=size))
    lanes.printers[USUAL].work()
    assert states(desk) == {"một": JobState.FAILED, "hai": JobState.FAILED}
    assert str(PrintersSilent()) in navigator.last("say")[0]
    navigator.printer.default = usual
    navigator.actions["In lại"]()
    lanes.printers[USUAL].work()
    lanes.printers["Máy in A"].work()
    assert printed(navigator) == ["hai"]


def test_a_bug_while_the_system_is_asked_is_raised_and_nobody_waits_behind_it(
    printing, navigator, desk
):
    def breaks():
        raise ZeroDivisionError

    usual, navigator.printer.default = navigator.printer.default, breaks
    with pytest.raises(ZeroDivisionError):
        printing.print_sheet(lambda size, _to: a_sheet("một", size=size))
    assert states(desk) == {"một": JobState.FAILED}
    navigator.printer.default = usual
    printing.print_sheet(lambda size, _to: a_sheet("hai", size=size))
    assert printed(navigator) == ["hai"]


def test_a_driver_that_stops_in_the_middle_is_asked_about(printing, navigator, desk):
    def breaks_off(_pdf, printer, _title):
        raise PrintBrokenOff(printer=printer)

    navigator.printer.print_pdf = breaks_off
    printing.print_sheet(lambda size, _to: a_sheet("một", size=size))
    assert states(desk) == {"một": JobState.UNKNOWN}
    assert "Giấy đã in ra chưa?" in navigator.last("say")[0]
    navigator.actions["Đã in ra"]()
    assert states(desk) == {"một": JobState.DONE}


@pytest.mark.parametrize("error", [PrinterGone, PaperTooLarge])
def test_a_printer_that_is_the_wrong_one_is_not_offered_again(printing, navigator, desk, error):
    def refuses(_pdf, printer, _title):
        raise error(printer=printer)

    navigator.printer.print_pdf = refuses
    printing.print_sheet(lambda size, _to: a_sheet("một", size=size), printer="Máy in A")
    assert list(navigator.actions) == ["Danh sách in (Ctrl+9)"]
    assert states(desk) == {"một": JobState.FAILED}


def test_what_is_refused_is_said_and_nothing_is_kept(printing, navigator, desk):
    def make(size, to):
        raise NotPermitted(role="x")

    printing.print_sheet(make)
    assert isinstance(navigator.last("refuse"), NotPermitted)
    assert states(desk) == {}


def test_a_bug_while_printing_is_raised_and_nobody_waits_behind_it(printing, navigator, desk):
    def breaks(*_given):
        raise ZeroDivisionError

    works = navigator.printer.print_pdf
    navigator.printer.print_pdf = breaks
    with pytest.raises(ZeroDivisionError):
        printing.print_sheet(lambda size, _to: a_sheet("một", size=size))
    assert states(desk) == {"một": JobState.UNKNOWN}
    navigator.printer.print_pdf = works
    printing.print_sheet(lambda size, _to: a_sheet("hai", size=size))
    assert printed(navigator) == ["hai"]


def test_a_receipt_may_come_out_for_the_citizen_and_for_the_file(printing, navigator, desk):
    navigator.settings = replace(navigator.settings, receipt_copies=2)
    dossier = receive(desk, 0)

    def make(copy):
        def sheet(size, _to):
            return a_sheet("GTN", form="receipt", dossier_id=dossier, copy=copy, size=size)

        return sheet

    printing.print_sheet(make(0), form="receipt")
    assert printed(navigator) == ["GTN · liên giao", "GTN · liên lưu"]
    printing.print_sheet(make(1), form="receipt")
    assert printed(navigator)[2:] == ["GTN"]


def test_after_a_crash_at_the_printer_the_officer_is_asked(desk, tasks, navigator, enter, printing):
    begin_sending(desk, queue_print(desk, a_sheet("Phiếu 7"), printer="Máy in A"))
    desk.store.close()
    later = enter(desk.store.folder)
    PrintingDesk(later, tasks, navigator, lambda: None).begin()
    text, tone = navigator.last("say")
    assert "Phiếu 7 đang in ở máy in Máy in A" in text
    assert tone == "warning"
    assert list(navigator.actions) == ["Đã in ra", "Chưa, in lại", "Chưa, để in sau"]
    navigator.actions["Chưa, in lại"]()
    assert printed(navigator) == ["Phiếu 7"]
    assert states(later) == {"Phiếu 7": JobState.DONE}


@pytest.mark.parametrize(
    ("answer", "state"),
    [("Đã in ra", JobState.DONE), ("Chưa, để in sau", JobState.WAITING)],
)
def test_the_answer_is_noted(printing, navigator, desk, answer, state):
    mark_unknown(desk, "Phiếu 7")
    printing.begin()
    navigator.actions[answer]()
    assert states(desk) == {"Phiếu 7": state}
    assert navigator.printer.printed == []


def mark_unknown(desk, title):
    sending = begin_sending(desk, queue_print(desk, a_sheet(title), printer="Máy in A"))
    mark(desk, sending.job.id, JobState.UNKNOWN)


def test_several_papers_lead_to_the_list(printing, navigator, desk):
    mark_unknown(desk, "một")
    queue_print(desk, a_sheet("hai"), printer="Máy in A")
    printing.begin()
    assert navigator.last("say")[0] == ("Chưa rõ 1 giấy đã in ra hay chưa. Còn 1 giấy chờ in.")
    assert navigator.printer.printed == []  # nobody has asked for it today


def test_with_nothing_left_over_nothing_is_said(printing, navigator):
    printing.begin()
    assert navigator.asked == []
    assert left_over(0, 0) == ""


def test_a_window_that_was_left_says_nothing_and_notes_what_came_out(desk, navigator):
    lanes = Lanes()
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    for title in ("một", "hai"):
        printing.print_sheet(lambda size, _to, title=title: a_sheet(title, size=size))
    printing.leave()
    navigator.asked.clear()
    lanes.printers["Máy in A"].work()
    assert navigator.asked == []
    assert states(desk) == {"một": JobState.DONE, "hai": JobState.WAITING}


def test_every_paper_of_a_dossier_that_nobody_has_seen_is_no_reprint(printing, navigator, desk):
    dossier = receive(desk, 0)

    def make(size, to):
        return print_paper(desk, dossier, "control-slip", size=size, to=to)

    navigator.printer.works = False
    printing.print_sheet(make, form="control-slip")
    navigator.printer.works = True
    printing.print_sheet(make, form="control-slip")
    (job,) = jobs(desk)
    assert (job.copy, job.state, job.tries) == (0, JobState.DONE, 2)
    printing.print_sheet(make, form="control-slip")
    assert sorted(each.copy for each in jobs(desk)) == [0, 1]
    (printed,) = {
        offer.printed for offer in papers_of(desk, dossier) if offer.form == "control-slip"
    }
    assert printed == 2


def test_a_second_press_while_a_paper_waits_prints_it_once(desk, navigator):
    lanes = Lanes()
    printing = PrintingDesk(desk, lanes, navigator, lambda: None)
    dossier = receive(desk, 0)
    printing.print_sheet(lambda size, _to: a_sheet("trước", size=size))
    for _press in range(2):
        printing.print_sheet(
            lambda size, to: print_paper(desk, dossier, "control-slip", size=size, to=to)
        )
    lanes.printers["Máy in A"].work()
    assert len(navigator.printer.printed) == 2
    assert {job.copy for job in jobs(desk)} == {0}


def test_a_reprint_is_noted_and_one_that_never_came_out_is_none(printing, navigator, desk):
    dossier = receive(desk, 0)

    def make(size, to):
        receipt = print_receipt(desk, dossier, size=size, to=to)
        return a_sheet("GTN", dossier_id=dossier, copy=receipt.copy, size=size, pdf=receipt.pdf)

    navigator.printer.works = False
    printing.print_sheet(make)
    navigator.printer.works = True
    navigator.actions["In lại"]()
    printing.print_sheet(make)
    assert sorted(job.copy for job in jobs(desk)) == [0, 1]
