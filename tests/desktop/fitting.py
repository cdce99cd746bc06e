"""A crowded desk, a way through all its screens, and what is cut on them."""

from collections.abc import Iterator
from dataclasses import replace

from msgspec.structs import replace as changed
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
)

from counter_app.desktop import theme
from counter_app.desktop.dossier.entries import ENTRIES
from counter_app.desktop.workplace import Workplace
from counter_app.domain import operation as op
from counter_app.domain.id_card import parse_id_card
from counter_app.domain.officer import Role
from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.party import Authority, AuthorityKind
from counter_app.domain.print_job import JobState
from counter_app.domain.sheet import Sheet
from counter_app.services.acting import act
from counter_app.services.guidance import give_guidance
from counter_app.services.print_jobs import begin_sending, end_sending, queue_print
from counter_app.services.queue import call_next, issue
from counter_app.services.registration import register_dossier
from counter_app.services.scans import add_scan
from counter_app.settings import Settings
from counter_app.wire.delivery import Verdict
from tests.desktop.linked import acknowledge, link
from tests.desktop.sample import leave_a_draft, receive
from tests.factories import a_party, an_intake
from tests.imaging import corpus
from tests.office import register

NAME = "Nguyễn Phúc Tôn Nữ Huyền Trân Công Tằng Thử Nghiệm"
PLACE = "Căn hộ 1204, Tòa nhà Thử Nghiệm, số 125 đường Nguyễn Văn Thử, phường Phú Thử, tỉnh Thử"
BODY = "Công ty trách nhiệm hữu hạn một thành viên Thương mại, Dịch vụ và Xây dựng Thử Nghiệm"
MANY_PAPERS = "2.001263"  # eleven
USUAL = "1.001193"  # six papers, five cases and three questions
CARD = f"001190000077||{NAME} Ba|17041990|Nữ|{PLACE}|01062021"
_TURNS = 5  # of the event loop, in which one layout asks for the next
SLACK = 1  # pixels by which Qt rounds


class Crowd:
    """What there is at the desk: long names, many papers, money owed, a result to fetch."""

    def __init__(self, desk):
        everything = changed(desk.officer, roles=frozenset(Role), name="Nguyễn Thị Hoàng Lan Thử")
        self.desk = desk = replace(desk, officer=everything)
        person = a_party(full_name=NAME, address=PLACE)
        answers = {"child_name": NAME, "child_birth_date": "2025-11-02"}
        self.long = register_dossier(
            desk,
            an_intake(
                procedure=MANY_PAPERS,
                applicant=person,
                submitter=changed(person, id_number="001090000009"),
                authority=Authority(kind=AuthorityKind.RELATIVE, document="Giấy ủy quyền số 125"),
                collector=changed(person, full_name=f"{NAME} Hai"),
                answers=answers,
                note="Công dân hẹn đến sau 15 giờ, gọi trước khi trả kết quả.",
            ),
            token=b"l" * 16,
        ).id
        copies = {"copies": 20, "pages": 35}
        self.owing = register(desk, procedure="2.000815", applicant=person, answers=copies).id
        self.finished = register(desk, applicant=person).id
        act(desk, self.finished, op.Forwarded(unit="Phòng Kinh tế, Hạ tầng và Đô thị phường"))
        act(desk, self.finished, op.Finished(result="Giấy khai sinh; Trích lục khai sinh (02)"))
        for number in range(12):
            receive(desk, number)
        for number in range(3):
            leave_a_draft(desk, 900 + number)
        picture = corpus.saved(corpus.page((620, 877), lines=12), "JPEG")
        self.scan = add_scan(desk, self.long, picture)[0].scan
        self._what_waits()

    def _what_waits(self):
        desk = self.desk
        given = an_intake(components=(), applicant=a_party(full_name=NAME))
        give_guidance(desk, given, token=bytes(16), outcome=GuidanceOutcome.SUPPLEMENT)
        for group in ("A", "A", "A", "B"):
            issue(desk, group)
        call_next(desk)
        for title in ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Phiếu kiểm soát quá trình"):
            sheet = Sheet(form="receipt", title=title, size="a5", pdf=b"%PDF")
            job = queue_print(desk, sheet, printer="Máy in A")
        end_sending(
            desk, begin_sending(desk, job).job, JobState.FAILED, problem="Máy in A hết giấy."
        )


class Round:
    """Goes through all screens of one window; `sights` yields the name of each."""

    def __init__(self, qtbot, crowd, tasks, printer, *, scale):
        self.crowd = crowd
        self._qtbot = qtbot
        self.window = Workplace(crowd.desk, tasks, Settings(scale=scale), printer)
        theme.dress(self.window, scale=scale)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 728)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def close(self):
        """Let go of what goes on beside the window."""
        self.window.leave()

    @property
    def view(self):
        """The screen that is in sight."""
        return self.window._stack.currentWidget()

    def settle(self):
        """Let the layout be done, and all that was promised for later."""
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.window.minimumSizeHint().height() > 0)

    def cut(self) -> list[str]:
        """Return what is cut of the screen in sight, once its layout has come to rest."""
        for _turn in range(_TURNS):
            self.settle()
            found = cut_in(self.view)
            if not found:
                break
        return found

    def sights(self) -> Iterator[str]:
        """Show everything, one after the other."""
        for each in (
            self._places,
            self._intake,
            self._guidance,
            self._many_at_once,
            self._dossier,
            self._money,
            self._returning,
            self._centre,
        ):
            for name in each():
                self.settle()
                self.settle()
                yield name

    def _places(self):
        work = self.window
        for place in ("home", "lists", "summary", "queue", "prints", "preferences", "help"):
            work.go(place)
            yield place
        work.screens.search.search("thu")
        work.go("search")
        yield "search"
        work.go("scan")
        yield "scan, none"
        work.go("hand_over")
        yield "hand over"
        work.look_at_receipt(self.crowd.long)
        yield "receipt"

    def _intake(self):
        intake = self.window.screens.intake
        self.window.go("intake")
        yield "intake, empty"
        intake.submit()
        yield "intake with problems, empty"
        self.window.begin_intake(card=parse_id_card(CARD))
        yield "intake, card"
        for code in (USUAL, MANY_PAPERS):
            intake.find(code)
            intake.take()
            intake.tick_required()
            yield f"intake, {code}"
        intake.bring_submitter(True)
        intake.bring_collector(True)
        intake.submit()
        yield "intake with problems"
        intake.edit("applicant.kind", "business")
        intake.edit("applicant.full_name", BODY)
        self.view.people.of_submitter.turn()
        yield "intake, a business"
        intake.renew()

    def _guidance(self):
        work, screen = self.window, self.window.screens.guidance
        work.go("guidance")
        yield "guidance given"
        given = an_intake(procedure=MANY_PAPERS, components=(), applicant=a_party(full_name=NAME))
        work.give_guidance(given, bytes(range(16)), done=lambda: None)
        screen.add()
        for outcome in ("supplement", "refusal", "helped"):
            screen.choose(outcome)
            yield f"guidance, {outcome}"

    def _many_at_once(self):
        batch = self.window.screens.batch
        self.window.go("batch")
        yield "certification counter"
        batch.counter.edit("full_name", NAME)
        for _each in range(3):
            batch.counter.edit("pages", "12")
            batch.counter.edit("copies", "20")
            batch.counter.add()
        yield "certification counter, three documents"
        batch.turn()
        yield "group"
        batch.group.choose(USUAL)
        yield "group, a procedure"

    def _dossier(self):
        dossier = self.window.screens.dossier
        self.window.open_dossier(self.crowd.finished)
        yield "dossier with its result"
        self.window.open_dossier(self.crowd.long)
        yield "dossier"
        for each in dossier._state.possible:
            if each.allowed and each.kind in ENTRIES:
                dossier.begin(each.kind)
                yield f"dossier, {each.kind}"
                dossier.leave_entry()
        for place in range(1, self.view.tabs.count()):
            self.view.tabs.setCurrentIndex(place)
            yield f"dossier, sheet {place}"
        self.view.tabs.setCurrentIndex(0)
        self.window.screens.scan.open(self.crowd.long, self.crowd.scan)
        self.window.go("scan")
        yield "scan"

    def _money(self):
        self.window.open_cashier(self.crowd.owing)
        yield "cashier"
        cashier = self.window.screens.cashier
        for means in ("transfer", "post"):
            cashier.choose_means(means)
            yield f"cashier, {means}"
        for page in ("exempt", "assess"):
            cashier.turn_to(page)
            yield f"cashier, {page}"
            cashier.go_back()

    def _returning(self):
        self.window.go("returning")
        yield "returning, nothing yet"
        self.window.begin_return(self.crowd.finished)
        yield "returning"

    def _centre(self):
        self.window.go("centre")
        yield "centre, none yet"
        self.window.begin_enrolment()
        yield "enrolment"
        link(self.crowd.desk)
        acknowledge(self.crowd.desk, [(self.crowd.long, "received", Verdict.FLAGGED, "code_clash")])
        self.window.go("centre")
        yield "centre"


def cut_in(seen) -> list[str]:
    """Return the words in sight that are not to be read whole, with why."""
    found = []
    for kind in (QLabel, QAbstractButton, QLineEdit, QComboBox, QScrollArea):
        for each in seen.findChildren(kind):
            if each.isVisible() and (why := _why_cut(each)):
                found.append(f"{_said(each)!r}: {why}")
    return found


def _said(widget):
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.placeholderText() if isinstance(widget, QLineEdit) else ""


def _why_cut(widget):
    has, needs = widget.width(), widget.sizeHint().width()
    low = widget.minimumSizeHint().height() - widget.height()
    if isinstance(widget, QLineEdit | QComboBox | QPushButton) and low > SLACK:
        return f"{low} too low"
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        least = inner.minimumSizeHint().width() if inner is not None else 0
        wide = least - widget.viewport().width()
        moves = widget.horizontalScrollBar().isVisible()
        return f"what scrolls is {wide} wider" if wide > SLACK and not moves else ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        low = widget.heightForWidth(has) - widget.height()
        return f"{low} lower than its lines" if low > SLACK else ""
    if isinstance(widget, QLineEdit):
        frame = widget.fontMetrics().height() * 5 // 4  # its line, padding and cursor
        long = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        return f"{long + frame - has} too long" if long and long + frame > has else ""
    if isinstance(widget, QLabel | QAbstractButton) and widget.text():
        return f"{needs - has} too narrow" if needs - has > SLACK else ""
    return ""
