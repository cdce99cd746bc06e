"""The daily summary as the officer sees it: a day, its figures, and their preview on paper."""

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDateEdit,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.summary.figures import Figures
from counter_app.desktop.summary.presenter import SummaryPresenter, SummaryState
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.outlet import Outlet
from counter_app.desktop.widgets.pages import Pages
from counter_app.i18n import _, format_date, spoken

_PANEL: Final = 300
_LOCALES: Final = {"vi": "vi_VN", "en": "en_GB"}


class SummaryView(QWidget):
    """Shows a SummaryState."""

    day_chosen = Signal(object)  # a date
    stepped = Signal(int)
    today_chosen = Signal()
    opened = Signal(str)
    intake_wanted = Signal()
    previewed = Signal()
    preview_closed = Signal()
    printed = Signal()
    saved = Signal(object)  # a path
    printer_chosen = Signal(str)
    room_made = Signal(int, int)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.problem = label("", "problem", wrap=True)
        self.figures = Figures()
        self.figures.opened.connect(self.opened)
        # With large letters it is higher than the window.
        area = QScrollArea()
        area.setWidget(self.figures)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._counted = QWidget()
        layout = column(self._head(), self.problem, area, into=self._counted, spacing=10)
        layout.setStretch(2, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._counted)
        self._stack.addWidget(self._paper())
        column(self._stack, into=self)
        self.setFocusProxy(self.day)

    def show_state(self, state: SummaryState) -> None:
        """Make the widgets say what `state` says."""
        with QSignalBlocker(self.day):
            self.day.setMaximumDate(_qt_date(state.today))
            self.day.setDate(_qt_date(state.day))
        self.after.setEnabled(state.day < state.today)
        self.today.setEnabled(state.day != state.today)
        self.problem.setText("" if state.previewing else state.problem)
        self.problem.setVisible(bool(self.problem.text()))
        self.figures.show_summary(state.summary)
        self._say_what_is_missing(state)
        self.pages.show_page(state.page, state.problem if state.previewing else "")
        self._of.setText(format_date(state.day))
        name = _("daily-summary-{day}").format(day=state.day.isoformat())
        self.outlet.show_outlets(state.outlets, name, busy=state.busy)
        self._turn_to(self._preview if state.previewing else self._counted)

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window does: from the preview it leads back to the figures."""
        previewing = self._stack.currentWidget() is self._preview
        if previewing and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.preview_closed.emit()
                return True
        return super().event(event)

    def _head(self) -> QHBoxLayout:
        self.day = _day_picker()
        self.day.dateChanged.connect(lambda chosen: self.day_chosen.emit(_date(chosen)))
        self.before = _step("‹", _("Previous day"), "Alt+Left")
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after = _step("›", _("Next day"), "Alt+Right")
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.today = button(_("&Today"), self.today_chosen.emit)
        self.preview_button = button(
            _("Print preview"),
            self.previewed.emit,
            role="primary",
            symbol="file-text",
            key="Ctrl+P",
        )
        title = label(_("Daily summary"), "title")
        return row(
            title, self.before, self.day, self.after, self.today, 1, self.preview_button, spacing=8
        )

    def _paper(self) -> QWidget:
        self.pages = Pages()
        self.pages.room_made.connect(self.room_made)
        self.pages.turned.connect(self.turned)
        self.outlet = Outlet(_("Back to the figures (Esc)"))
        self.outlet.printed.connect(self.printed)
        self.outlet.saved.connect(self.saved)
        self.outlet.printer_chosen.connect(self.printer_chosen)
        self.outlet.done.connect(self.preview_closed)
        self._of = label("", "heading")
        panel = card(label(_("Daily summary"), "title", wrap=True), self._of, self.outlet)
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        panel.setFixedWidth(round(_PANEL * scale))
        self._preview = QWidget()
        layout = row(self.pages, panel, into=self._preview, spacing=12)
        layout.setStretch(0, 1)
        layout.setAlignment(panel, Qt.AlignmentFlag.AlignTop)
        return self._preview

    def _turn_to(self, side: QWidget) -> None:
        if side is self._stack.currentWidget():
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._stack.setCurrentWidget(side)
        proxy = self.outlet if side is self._preview else self.preview_button
        self.setFocusProxy(self.outlet if side is self._preview else self.day)
        if had_focus:
            proxy.setFocus()

    def _say_what_is_missing(self, state: SummaryState) -> None:
        if state.summary is None or state.summary.dossiers:
            return
        empty = self.figures.empty
        if state.day == state.today:
            nothing = _("No dossiers yet today. Scan an ID card or press F2.")
            empty.say("id-card", nothing, _("New application"), self.intake_wanted.emit)
        else:
            nothing = _("No dossiers were received on {day}.").format(day=format_date(state.day))
            empty.say("calendar-days", nothing, _("Show today"), self.today_chosen.emit)


def build(presenter: SummaryPresenter) -> SummaryView:
    """Return the screen, wired to its presenter."""
    view = SummaryView()
    view.day_chosen.connect(presenter.choose)
    view.stepped.connect(presenter.step)
    view.today_chosen.connect(presenter.choose_today)
    view.opened.connect(presenter.open)
    view.intake_wanted.connect(presenter.begin_intake)
    view.previewed.connect(presenter.preview)
    view.preview_closed.connect(presenter.close_preview)
    view.printed.connect(presenter.print)
    view.saved.connect(lambda path: presenter.save(Path(path)))
    view.printer_chosen.connect(presenter.choose_printer)
    view.room_made.connect(presenter.make_room)
    view.turned.connect(presenter.turn)
    presenter.attach(view)
    return view


def _day_picker() -> QDateEdit:
    day = QDateEdit()
    day.setCalendarPopup(True)
    day.setDisplayFormat("dd/MM/yyyy")
    day.setKeyboardTracking(False)  # a day that is half typed is not looked at
    day.setLocale(QLocale(_LOCALES.get(spoken(), "en_GB")))
    day.setAccessibleName(_("Day"))
    _dress(day.calendarWidget())
    return day


def _dress(calendar: QCalendarWidget) -> None:
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    line = calendar.fontMetrics().height()
    calendar.setMinimumSize(line * 18, line * 14)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    rest_day = QTextCharFormat()
    rest_day.setForeground(QColor(theme.colours_of(app).danger))  # Qt's own red is too dark
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, rest_day)


def _step(sign: str, words: str, key: str) -> QPushButton:
    made = button(sign, key=key)
    made.setProperty("role", "step")
    made.setToolTip(f"{words} ({key})")
    made.setAccessibleName(words)
    return made


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _qt_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
