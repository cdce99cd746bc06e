"""A walk through everything that the window can show, with a stop wherever there is to look."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.desktop import theme
from counter_app.desktop.main_window import MainWindow
from counter_app.domain.operation import GuidanceOutcome
from counter_app.i18n import speak
from counter_app.services.guidance import give_guidance
from counter_app.services.queue import issue
from counter_app.settings import Settings
from counter_app.wire.delivery import Verdict
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.linked import acknowledge, link
from tests.desktop.sample import leave_a_draft, receive
from tests.desktop.typing import press, scan, type_text
from tests.factories import an_intake
from tests.office import PASSWORD

CARD = "001090000001||Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm, phường Phú Thử|01012022"
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
K = Qt.Key


class Way:
    """The way into the desk of one folder."""

    def __init__(self, folder, enter):
        self.folder = folder
        self._enter = enter

    def prepare(self):
        pass

    def law(self):
        return load_catalogue()

    def enter(self, officer, password, _progress=None):
        return self._enter(self.folder, officer, password)


class Walk:
    """Opens one window and goes through it; `close` lets go of what listens to every event."""

    def __init__(self, qtbot, folder, enter, tasks, **settings):
        self._qtbot = qtbot
        chosen = Settings(**settings)
        speak(chosen.language)
        theme.choose(QApplication.instance(), dark=chosen.dark, scale=chosen.scale)
        self.window = MainWindow(Way(folder, enter), chosen, tasks, RecordingPrinter)
        theme.dress(self.window, scale=chosen.scale)
        qtbot.addWidget(self.window)
        with qtbot.waitSignal(self.window.painted), qtbot.waitActive(self.window):
            self.window.open()
            self.window.activateWindow()
        self.settle()

    def close(self):
        for part in (self.window.wedge, self.window.idle):
            QApplication.instance().removeEventFilter(part)
            part.deleteLater()

    @property
    def shown(self):
        """The step before the work that is in sight, or the work."""
        return self.window._pages.currentWidget()

    @property
    def view(self):
        """The screen that is in sight."""
        return self.window.workplace._stack.currentWidget()

    def settle(self):
        """Let happen what was promised for later, and go what is to go."""
        for _turn in range(3):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def key(self, key, modifiers=NONE):
        """Press a key wherever the cursor is."""
        self._qtbot.keyClick(self.window.windowHandle(), key, modifiers)
        self.settle()

    def first_run(self):
        """Set a desk up, as far as the recovery key; yield the name of each sight."""
        yield from self._stop("language")
        self.shown.next_button.click()
        yield from self._stop("office")
        self.shown.next_button.click()
        yield from self._stop("office with problems")
        for name, text in (("code", "H57.132"), ("name", "UBND phường Phú Thử"), ("desk", "Q1")):
            type_text(self.shown.office.lines[name], text)
        self.shown.next_button.click()
        yield from self._stop("account")
        type_text(self.shown.account.lines["full_name"], "Lê Thị Thử")
        type_text(self.shown.account.lines["officer"], "lan")
        for field in (self.shown.account.password, self.shown.account.again):
            type_text(field.edit, PASSWORD)
        self.shown.next_button.click()
        yield from self._stop("recovery key")
        self.shown.recovery.print_button.click()
        yield from self._stop("recovery key on paper")

    def sign_in(self):
        """Come to the work; yield the name of each sight."""
        yield from self._stop("sign-in")
        self.give("không phải mật khẩu này")
        yield from self._stop("wrong password")
        self.give(PASSWORD)
        yield from self._stop("day")
        self.shown.other_button.click()
        yield from self._stop("another day")
        self.shown.confirm_button.click()

    def work(self):
        """Go from screen to screen; yield the name of each sight."""
        yield from self._stop("home, nothing yet")
        desk = self.window.workplace.desk
        made = [receive(desk, number) for number in range(3)]
        leave_a_draft(desk)
        self.key(K.Key_F6)
        yield from self._stop("home")
        yield from self._intake()
        yield from self._guidance()
        yield from self._many_at_once()
        yield from self._finding(made[0])
        yield from self._queue(desk)
        self.key(K.Key_F8)
        yield from self._stop("centre, none yet")
        self.window.workplace.begin_enrolment()
        yield from self._stop("enrolment")
        self.key(K.Key_Return)
        yield from self._stop("enrolment with problems")
        link(desk)
        acknowledge(desk, [(made[0], "received", Verdict.FLAGGED, "code_clash")])
        self.key(K.Key_F8)
        yield from self._stop("centre")
        for name, key, modifiers in (
            ("preferences", K.Key_Comma, CTRL),
            ("help", K.Key_F1, NONE),
            ("lock", K.Key_F12, NONE),
        ):
            self.key(key, modifiers)
            yield from self._stop(name)
        self.give(PASSWORD)
        yield from self._stop("unlocked")

    def _intake(self):
        self.key(K.Key_F2)
        yield from self._stop("intake, empty")
        self.key(K.Key_Return, CTRL)
        yield from self._stop("intake with problems")
        scan(CARD)
        self._qtbot.waitUntil(lambda: bool(self.view.applicant.name.line.text()))
        yield from self._stop("intake, procedure to be found")
        self.choose("2.000815")
        yield from self._stop("intake, papers")
        self.view.second.click()
        yield from self._stop("intake, somebody else hands it in")
        self.view.second.click()
        for path, value in (("answers.copies", "1"), ("answers.pages", "2")):
            self.window.workplace.screens.intake.edit(path, value)
        self.key(K.Key_F9)
        self.key(K.Key_Return, CTRL)
        yield from self._stop("registered")
        self.view.registered.print_again.click()
        yield from self._stop("receipt")
        self.key(K.Key_Escape)

    def _queue(self, desk):
        self.key(K.Key_F11)
        yield from self._stop("queue, nobody waits")
        for _each in range(3):
            issue(desk, "A")
        self.key(K.Key_F5)
        self.key(K.Key_Space)
        yield from self._stop("queue")

    def _guidance(self):
        self.key(K.Key_F6)
        self.key(K.Key_F10)
        yield from self._stop("guidance, none yet")
        work = self.window.workplace
        work.give_guidance(an_intake(components=()), bytes(16), done=lambda: None)
        yield from self._stop("guidance, to be brought")
        work.screens.guidance.add()
        for outcome in ("refusal", "helped"):
            work.screens.guidance.choose(outcome)
            yield from self._stop(f"guidance, {outcome}")
        self.key(K.Key_Escape)
        give_guidance(
            work.desk,
            an_intake(components=()),
            token=bytes(16),
            outcome=GuidanceOutcome.SUPPLEMENT,
        )
        self.key(K.Key_F6)
        self.key(K.Key_F10)
        yield from self._stop("guidance given")

    def _many_at_once(self):
        self.key(K.Key_B, CTRL)
        yield from self._stop("certification counter")
        self.key(K.Key_B, CTRL)
        yield from self._stop("group")

    def _finding(self, dossier_id):
        self.key(K.Key_F3)
        yield from self._stop("search")
        self.window.workplace.screens.search.search("thu")
        yield from self._stop("search, found")
        self.window.workplace.screens.search.search("khong co ai")
        yield from self._stop("search, nothing found")
        self.window.workplace.open_dossier(dossier_id)
        yield from self._stop("dossier")
        yield from self._outcomes(dossier_id)
        self.key(K.Key_F7)
        yield from self._stop("summary")
        self.view.preview_button.click()
        yield from self._stop("summary on paper")
        self.key(K.Key_Escape)

    def _outcomes(self, dossier_id):
        """Begin whatever can be entered on a dossier, go through its sheets, and hand things on."""
        view, dossier = self.view, self.window.workplace.screens.dossier
        for kind in ("forwarded", "amended", "papers_returned", "voided"):
            dossier.begin(kind)
            yield from self._stop(f"dossier, {kind}")
        self.key(K.Key_Escape)
        for place in range(view.tabs.count()):
            view.tabs.setCurrentIndex(place)
            yield from self._stop(f"dossier, sheet {place}")
        view.tabs.setCurrentIndex(0)
        self.key(K.Key_F4)
        yield from self._stop("returning, nothing yet")
        self.window.workplace.begin_return(dossier_id)
        yield from self._stop("returning")
        self.window.workplace.show_place("hand_over")
        yield from self._stop("hand over")

    def choose(self, procedure):
        """Take a procedure on the intake."""
        self.window.workplace.screens.intake.find(procedure)
        self.window.workplace.screens.intake.take()

    def give(self, password):
        """Type a password at the door, and Enter."""
        type_text(self.shown.password.edit, password)
        press(self.shown.password.edit, K.Key_Return, "\r")
        self.settle()

    def _stop(self, name):
        self.settle()
        yield name
