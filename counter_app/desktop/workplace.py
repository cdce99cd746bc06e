"""The window of an officer who has signed in: navigation, scan box, one screen, status line."""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desk import Desk
from counter_app.desktop.courier import Traffic
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigation import Navigation
from counter_app.desktop.navigator import Action, Tone
from counter_app.desktop.post import Post
from counter_app.desktop.printing_desk import PLACE as PRINTS
from counter_app.desktop.printing_desk import PrintingDesk
from counter_app.desktop.screen_stack import ScreenStack
from counter_app.desktop.screens import ALIVE, STAYS, Screens
from counter_app.desktop.standing import Standing
from counter_app.desktop.stations import stations
from counter_app.desktop.statusbar import StatusBar
from counter_app.desktop.topbar import TopBar
from counter_app.desktop.visit import Visit
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import column, row
from counter_app.desktop.wording import about_receipt
from counter_app.devices.printers import Printer, Size
from counter_app.domain.draft import Draft
from counter_app.domain.id_card import IdCard
from counter_app.domain.intake import Intake
from counter_app.domain.scanned import ScanKind
from counter_app.errors import CounterError, NoCodesLeft
from counter_app.i18n import _
from counter_app.services.care import last_backup
from counter_app.services.numbers import open_reserve
from counter_app.services.papers import Sheet
from counter_app.services.scanning import Scanned, read_scan
from counter_app.services.status import desk_status
from counter_app.settings import SCALES, Settings

_LOOK_EVERY_MS: Final = 30_000
_SECONDS: Final = 8


class Workplace(QWidget):
    """The whole window but for sign-in; it is the `Navigator` of every screen."""

    locked = Signal()
    redressed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, settings: Settings, printer: Printer) -> None:
        super().__init__()
        self.settings = settings
        self.printer = printer
        self.desk = desk
        self._tasks = Visit(tasks, self)
        self._here = "home"
        self._printing = PrintingDesk(desk, tasks, self, self._prints_moved)
        self.screens = Screens(desk, self._tasks, self)
        self._views: dict[str, QWidget] = {}
        self._whole = column(into=self, spacing=0)
        self._build()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.changed)
        self._timer.start()
        self._post: Post | None = None
        self._known: Standing | None = None
        self._alarm = ""
        self.go(self._here)
        self.changed()
        self._begin_sending()
        self._printing.begin()

    # What the screens ask of the window around them

    def begin_intake(self, *, card: IdCard | None = None, draft: Draft | None = None) -> None:
        """Go to the intake, with a scanned card or an unfinished draft."""
        self.banner.hush()
        self._view("intake")
        self.screens.intake.begin(card=card, draft=draft)
        self.go("intake")

    def give_guidance(self, intake: Intake, token: bytes, *, done: Callable[[], None]) -> None:
        """Go to where somebody is told why `intake` cannot be received."""
        self.screens.guidance.begin(intake, token, done=done)
        self.go("guidance")

    def open_dossier(self, dossier_id: UUID) -> None:
        """Go to a dossier."""
        self.screens.dossier.open(dossier_id)
        self.go("dossier")

    def begin_return(self, dossier_id: UUID) -> None:
        """Go to where results are handed out, with that of a dossier."""
        self.go("returning")
        self.screens.returning.add(dossier_id)

    def open_cashier(self, dossier_id: UUID) -> None:
        """Go to where money is taken for a dossier."""
        self.screens.cashier.open(dossier_id)
        self.go("cashier")

    def search_for(self, text: str) -> None:
        """Go to the search, with `text` typed in."""
        self.screens.search.search(text)
        self.go("search")

    def print_receipt(self, dossier_id: UUID, *, again: bool = False) -> None:
        """Print the receipt at once or preview it, as the office has chosen."""
        self.screens.paper.print_receipt(dossier_id, again=again)

    def look_at_receipt(self, dossier_id: UUID) -> None:
        """Show the receipt as it would be printed now, whatever the office has chosen."""
        self.screens.paper.look_at(dossier_id, again=True)

    def print_sheet(
        self, make: Callable[[Size, str], Sheet], *, form: str = "", printer: str = ""
    ) -> None:
        """Have a paper made and printed; whatever the printer does, it is not lost."""
        self._printing.print_sheet(make, form=form, printer=printer)

    def send_print(self, job: int, printer: str) -> None:
        """Have a paper that is kept go to its printer, after those that go there already."""
        self._printing.send(job, printer)

    def show_paper(self) -> None:
        """Go to the preview of the receipt that was asked for."""
        self.go("paper")

    def await_scan(self) -> None:
        """Put the cursor into the scan box: the next citizen may come."""
        QTimer.singleShot(0, self._to_the_box)  # after the focus that `go` has promised

    def go_home(self) -> None:
        """Go to the day's list."""
        self.go("home")

    def show_place(self, place: str) -> None:
        """Go to a screen by its name."""
        self._choose(place)

    def show_centre(self) -> None:
        """Go to how the desk stands with the centre, and what that reports back."""
        self._choose("centre")

    def begin_enrolment(self) -> None:
        """Go to where the desk is connected with a centre."""
        self._choose("enrolment")

    def enrolled(self) -> None:
        """Go on as a desk of the centre: it has become one."""
        self._begin_sending()
        if self._here == "enrolment":  # or a citizen has come meanwhile, and is not to be left
            self.go("centre")
        words = _("This desk is connected with the centre. What was done so far is being sent.")
        self.say(words, "good", seconds=_SECONDS)
        self.changed()
        self.send_now()

    def send_now(self) -> None:
        """Send what waits without waiting any longer."""
        if self._post is not None:
            self._post.courier.exchange()

    def say(
        self, text: str, tone: Tone = "info", actions: Sequence[Action] = (), *, seconds: int = 0
    ) -> None:
        """Show a line above the screen; for `seconds`, or until it is answered."""
        self.banner.say(text, tone, actions, seconds=seconds)

    def refuse(self, error: CounterError) -> None:
        """Show what could not be done, and why; a citizen is not sent away for want of a number."""
        offered = [(_("Open the reserve"), self._open_reserve)]
        self.banner.say(str(error), "danger", offered if type(error) is NoCodesLeft else ())

    def changed(self) -> None:
        """Let the status line look again: something was written."""
        self._tasks.read(self._standing, done=self._show_standing, failed=self._show_trouble)

    def apply_settings(self, settings: Settings) -> None:
        """Keep other settings, and have the window dressed by them."""
        self.settings = settings
        self.redressed.emit(settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor into the screen that is seen first, and again after the lock."""
        super().showEvent(event)
        view = self._views[self._here]
        QTimer.singleShot(0, view, lambda: view.isVisible() and view.setFocus())

    # What the window asks

    def go(self, place: str) -> None:
        """Show a screen, and let it look at what has changed."""
        view, self._here = self._view(place), place
        self._navigation.show_place(place)
        self._stack.setCurrentWidget(view)
        self.screens.enter(place)
        # After the events of the key that led here, or the key would land in the field.
        QTimer.singleShot(0, view, lambda: view.isVisible() and view.setFocus())

    def scanned(self, payload: str) -> None:
        """Act on what the scanner read, whatever screen is shown."""
        if self.screens.takes_scan(self._here, payload):
            return
        self.banner.hush()  # it was about somebody else
        self._tasks.read(
            lambda: read_scan(self.desk, payload), done=self._act_on, failed=self.refuse
        )

    def keep_draft(self) -> None:
        """Keep what was typed: the window is locked, or closes."""
        self.screens.intake.keep()

    def at_rest(self) -> bool:
        """Say whether nothing that was begun is still coming in."""
        return self.screens.is_at_rest

    def leave(self) -> None:
        """Rest: another officer has taken over, or the window closes."""
        self._timer.stop()
        self.screens.leave()
        self._printing.leave()
        if self._post is not None:
            self._post.stop()

    def undress(self) -> None:
        """Let go of the views that are not in sight, before `rebuild`: dressing them takes time."""
        for place, view in self._views.items():
            if place != self._here:  # the one in sight may have asked for it
                self._stack.removeWidget(view)
                view.deleteLater()
                QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)

    def rebuild(self) -> None:
        """Make all views anew in the language and colours of now; presenters keep their state."""
        made, old, at = list(self._views), self._body, self._station()
        self._views = {}
        self._build()
        for place in made:  # at once: an answer on its way must not meet a view that is gone
            self._view(place)
        old.hide()
        old.deleteLater()
        self.go(self._here)
        QTimer.singleShot(0, self._body, lambda: self._return_to(at))
        self.changed()

    def _station(self) -> int:
        """Return the place of the cursor among all where Tab stops in the view, or -1."""
        stops, focus = stations(self._views[self._here]), QApplication.focusWidget()
        return stops.index(focus) if focus in stops else -1

    def _return_to(self, at: int) -> None:
        stops = stations(self._views[self._here])
        if 0 <= at < len(stops):
            stops[at].setFocus()

    def _build(self) -> None:
        self._body = QWidget()
        self.banner = Banner()
        self._stack = ScreenStack()
        self.status = StatusBar()
        self.status.centre_wanted.connect(self.show_centre)
        self.status.prints_wanted.connect(lambda: self._choose(PRINTS))
        self._navigation = Navigation(self.desk.profile, self.settings.scale)
        self._navigation.chosen.connect(self._choose)
        self._navigation.locked.connect(self.locked)
        main = column(self.banner, self._stack, margin=14, spacing=10)
        main.setStretch(1, 1)
        top = TopBar(self.desk)
        top.entered.connect(self.scanned)
        self.scan_box = top.box
        right = column(top, main, self.status, spacing=0)
        right.setStretch(1, 1)
        row(self._navigation, right, into=self._body, spacing=0).setStretch(1, 1)
        for key, act in (
            ("Ctrl+L", self._to_the_box),
            ("Esc", self._back),
            ("Ctrl++", lambda: self._resize_letters(1)),
            ("Ctrl+=", lambda: self._resize_letters(1)),
            ("Ctrl+-", lambda: self._resize_letters(-1)),
        ):
            QShortcut(QKeySequence(key), self._body, act)
        self._whole.addWidget(self._body)

    def _open_reserve(self) -> None:
        """Let the numbers kept aside be used today: a supervisor's work."""
        words = _("Numbers {first} to {last} of the reserve can be used today. Register again.")
        self._tasks.write(
            lambda: open_reserve(self.desk),
            done=lambda open_: self.say(words.format(first=open_.first, last=open_.last), "good"),
            failed=self.refuse,
        )

    def _choose(self, place: str) -> None:
        """Go where the officer wants to; what was said on the last screen was read there."""
        self.banner.hush()
        if not self.screens.takes_key(self._here, place):
            self.go(place)

    def _view(self, place: str) -> QWidget:
        if place not in self._views:
            self._views[place] = self.screens.build(place)
            self._stack.addWidget(self._views[place])
        return self._views[place]

    def _act_on(self, scan: Scanned) -> None:
        if scan.kind is ScanKind.ID_CARD:
            self.begin_intake(card=scan.card)
        elif scan.kind is ScanKind.RECEIPT:
            if scan.dossier_id is not None:
                self.open_dossier(scan.dossier_id)
            if said := about_receipt(scan):
                self.say(said.text, said.tone)
        elif scan.token is not None:
            self.screens.guidance.reopen(scan.token)
        elif scan.dossier_id is not None:
            self.open_dossier(scan.dossier_id)
        else:
            self.search_for(scan.code or scan.payload)

    def _standing(self) -> Standing:
        desk, now = self.desk, self.desk.clock.now()
        return Standing(
            now=now,
            status=desk_status(desk),
            backed_up_at=last_backup(desk.store.folder, now.tzinfo),
        )

    def _show_standing(self, standing: Standing) -> None:
        traffic = self._post.courier.traffic if self._post else None
        self._known = known = replace(standing, traffic=traffic)
        self.status.show_standing(known)
        self.screens.centre.show_standing(known)
        if self._post is not None:
            self._post.courier.noticed(known.status.unsent)

    def _show_trouble(self, error: CounterError) -> None:
        self.status.show_trouble(error)

    # The centre

    def _begin_sending(self) -> None:
        """Have the courier go, once there is a centre to go to."""
        if self.desk.sends and self._post is None:
            self._post = Post(self.desk, self._tasks, self)
            self._post.told.connect(self._show_traffic)
            self._post.arrived.connect(self._show_news)
            self._post.alarmed.connect(self._raise_alarm)
            self._post.begin()

    def _show_traffic(self, traffic: Traffic) -> None:
        if not traffic.working:
            self.changed()
        elif self._known is not None:
            self._known = replace(self._known, traffic=traffic)
            self.status.show_standing(self._known)
            self.screens.centre.show_standing(self._known)

    def _raise_alarm(self, words: str) -> None:
        """Say above the screen what a person has to act on, and take it back when it is over."""
        if words:
            self.say(words, "danger", [(_("Look at it (F8)"), self.show_centre)])
        elif self.banner.message.text() == self._alarm:
            self.banner.hush()
        self._alarm = words

    def _show_news(self) -> None:
        """Let the screen in sight look again: the centre has said something."""
        if self._here in ALIVE and self.isVisible():  # to look at a dossier is noted
            self.screens.enter(self._here)

    def _prints_moved(self) -> None:
        """Let the list of print jobs look again, if it is in sight."""
        if self._here == PRINTS:
            self.screens.enter(PRINTS)

    def _resize_letters(self, step: int) -> None:
        place = SCALES.index(self.settings.scale) + step
        if 0 <= place < len(SCALES):
            self.apply_settings(replace(self.settings, scale=SCALES[place]))

    def _to_the_box(self) -> None:
        self.scan_box.setFocus()
        self.scan_box.selectAll()

    def _back(self) -> None:
        if self.banner.isVisible():
            self.banner.hush()
        elif self.screens.steps_back(self._here):
            return
        elif self._here not in STAYS:
            self.go_home()
