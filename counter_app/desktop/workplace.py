"""The window of an officer who has signed in: navigation, scan box, one screen, status line."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QStackedWidget, QWidget

from counter_app.desk import Desk
from counter_app.desktop import dossier, help, home, intake, paper, preferences, search, summary
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Action, Tone
from counter_app.desktop.statusbar import StatusBar
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.domain.draft import Draft
from counter_app.domain.id_card import IdCard
from counter_app.domain.scanned import ScanKind
from counter_app.errors import CounterError
from counter_app.i18n import N_, _, format_date, format_weekday
from counter_app.services.scanning import Scanned, read_scan
from counter_app.settings import Settings
from counter_app.wire.signing import ReceiptVerdict

NAV_WIDTH: Final = 184
_PLACES: Final = (
    ("home", N_("Today"), "house", "Ctrl+1", ""),
    ("intake", N_("New application"), "id-card", "F2", "Ctrl+2"),
    ("search", N_("Search"), "search", "F3", "Ctrl+3"),
    ("summary", N_("Daily summary"), "clipboard-list", "F7", "Ctrl+5"),
)


class _Screen(Protocol):
    def enter(self) -> None:
        """Look again at what may have changed."""
        ...


class Workplace(QWidget):
    """The whole window but for sign-in; it is the `Navigator` of every screen."""

    locked = Signal()
    redressed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._desk = desk
        self._tasks = tasks
        self._here = "home"
        self._presenters = {
            "home": home.HomePresenter(desk, tasks, self),
            "intake": intake.IntakePresenter(desk, tasks, self),
            "search": search.SearchPresenter(desk, tasks, self),
            "dossier": dossier.DossierPresenter(desk, tasks, self),
            "paper": paper.PaperPresenter(desk, tasks, self),
            "summary": summary.SummaryPresenter(desk, tasks, self),
            "preferences": preferences.PreferencesPresenter(desk, tasks, self),
            "help": help.HelpPresenter(),
        }
        self.setObjectName("workplace")
        self._build()

    def _build(self) -> None:
        self.banner = Banner()
        self._stack = QStackedWidget()
        self._views: dict[str, QWidget] = {}
        builders: dict[str, Callable[..., QWidget]] = {
            "home": home.build,
            "intake": intake.build,
            "search": search.build,
            "dossier": dossier.build,
            "paper": paper.build,
            "summary": summary.build,
            "preferences": preferences.build,
            "help": help.build,
        }
        for name, build in builders.items():
            view = build(self._presenters[name])
            self._views[name] = view
            self._stack.addWidget(view)
        self.status = StatusBar(self._desk, self._tasks)
        main = column(self.banner, self._stack, margin=14, spacing=10)
        main.setStretch(1, 1)
        right = column(self._topbar(), main, self.status, spacing=0)
        right.setStretch(1, 1)
        whole = row(self._nav(), right, into=self, spacing=0)
        whole.setStretch(1, 1)
        self.go(self._here)

    def _nav(self) -> QFrame:
        nav = QFrame()
        nav.setProperty("role", "nav")
        nav.setFixedWidth(NAV_WIDTH * self.settings.scale // 100)
        office = label(self._desk.profile.office.name, "heading", wrap=True)
        name = label(self._desk.profile.name, "muted", wrap=True)
        self._nav_buttons: dict[str, QPushButton] = {}
        for place, words, symbol, key, other in _PLACES:
            self._nav_buttons[place] = self._nav_button(place, _(words), symbol, key)
            if other:
                QShortcut(QKeySequence(other), self, lambda p=place: self.go(p))
        below = [
            self._nav_button("preferences", _("Settings"), "settings", ""),
            self._nav_button("help", _("Keys and help"), "info", "F1"),
        ]
        self._nav_buttons |= {"preferences": below[0], "help": below[1]}
        lock = button(_("Lock"), self.locked.emit, role="nav", symbol="lock", key="F12")
        column(
            office,
            name,
            *self._nav_buttons_above(),
            1,
            *below,
            lock,
            into=nav,
            margin=10,
            spacing=4,
        )
        return nav

    def _nav_buttons_above(self) -> list[QPushButton]:
        return [self._nav_buttons[place] for place, *_rest in _PLACES]

    def _nav_button(self, place: str, words: str, symbol: str, key: str) -> QPushButton:
        shown = f"{words}   {key}" if key.startswith("F") else words
        made = button(shown, lambda: self.go(place), role="nav", symbol=symbol)
        if key:
            made.setShortcut(key)
            made.setToolTip(f"{words} ({key})")
        made.setAccessibleName(words)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _topbar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "topbar")
        self.scan_box = QLineEdit()
        self.scan_box.setProperty("role", "scan")
        self.scan_box.setPlaceholderText(
            _("Scan an ID card or a receipt, or type a code, name or phone number (Ctrl+L)")
        )
        self.scan_box.setAccessibleName(_("Scan or search"))
        self.scan_box.returnPressed.connect(self._box_entered)
        QShortcut(QKeySequence("Ctrl+L"), self, self._to_the_box)
        QShortcut(QKeySequence("Esc"), self, self._back)
        today = self._desk.business_date
        day = label(f"{format_weekday(today)}, {format_date(today)}", "plain")
        officer = label(self._desk.officer.name, "muted")
        layout = row(self.scan_box, day, officer, into=bar, margin=10, spacing=16)
        layout.setStretch(0, 1)
        return bar

    def go(self, place: str) -> None:
        """Show a screen, and let it look at what has changed."""
        self._here = place
        for name, nav_button in self._nav_buttons.items():
            nav_button.setChecked(name == place)
        self._stack.setCurrentWidget(self._views[place])
        presenter: _Screen = self._presenters[place]
        presenter.enter()
        # After the events of the key that led here, or the key would land in the field.
        QTimer.singleShot(0, self._stack.currentWidget().setFocus)

    def scanned(self, payload: str) -> None:
        """Act on what the scanner read, whatever screen is shown."""
        self._tasks.read(
            lambda: read_scan(self._desk, payload), done=self._act_on, failed=self.refuse
        )

    def _act_on(self, scan: Scanned) -> None:
        if scan.kind is ScanKind.ID_CARD:
            self.begin_intake(card=scan.card)
        elif scan.verdict is ReceiptVerdict.FORGED:
            self.say(_("This receipt is forged or damaged: its signature is wrong."), "danger")
        elif scan.dossier_id is not None:
            self.open_dossier(scan.dossier_id)
        elif scan.kind is ScanKind.RECEIPT:
            code = scan.code or ""
            words = _("Receipt {code} is not of this desk; its dossier is not known here.")
            self.say(words.format(code=code), "warning")
        else:
            self.search_for(scan.code or scan.payload)

    def begin_intake(self, *, card: IdCard | None = None, draft: Draft | None = None) -> None:
        """Go to the intake, with a scanned card or an unfinished draft."""
        self.banner.hush()
        self._presenters["intake"].begin(card=card, draft=draft)
        self.go("intake")

    def open_dossier(self, dossier_id: UUID) -> None:
        """Go to a dossier."""
        self._presenters["dossier"].open(dossier_id)
        self.go("dossier")

    def search_for(self, text: str) -> None:
        """Go to the search, with `text` typed in."""
        self._presenters["search"].search(text)
        self.go("search")

    def print_receipt(self, dossier_id: UUID, *, again: bool = False) -> None:
        """Print the receipt at once or preview it, as the office has chosen."""
        self._presenters["paper"].print_receipt(dossier_id, again=again)

    def show_paper(self) -> None:
        """Go to the preview of the receipt that was asked for."""
        self.go("paper")

    def await_scan(self) -> None:
        """Put the cursor into the scan box: the next citizen may come."""
        QTimer.singleShot(0, self._to_the_box)  # after the focus that `go` has promised

    def go_home(self) -> None:
        """Go to the day's list."""
        self.go("home")

    def say(
        self, text: str, tone: Tone = "info", actions: Sequence[Action] = (), *, seconds: int = 0
    ) -> None:
        """Show a line above the screen."""
        self.banner.say(text, tone, actions, seconds=seconds)

    def refuse(self, error: CounterError) -> None:
        """Show what could not be done, and why."""
        self.banner.say(str(error), "danger")

    def changed(self) -> None:
        """Let the status line know that something was written."""
        self.status.refresh()

    def apply_settings(self, settings: Settings) -> None:
        """Have the window dressed by other settings."""
        self.settings = settings
        self.redressed.emit(settings)

    def rebuild(self) -> None:
        """Make all views anew in the language and colours of now; presenters keep their state."""
        self.deleteLater_views()
        self._build()

    def deleteLater_views(self) -> None:
        """Take the old views away."""
        old = self.layout()
        if old is not None:
            QWidget().setLayout(old)

    def _box_entered(self) -> None:
        text = self.scan_box.text().strip()
        self.scan_box.clear()
        if text:
            self.scanned(text)

    def _to_the_box(self) -> None:
        self.scan_box.setFocus()
        self.scan_box.selectAll()

    def _back(self) -> None:
        if self.banner.isVisible():
            self.banner.hush()
        elif self._here not in {"home", "intake"}:
            self.go_home()
