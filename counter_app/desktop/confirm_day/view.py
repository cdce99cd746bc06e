"""One question: is it this day? Enter says yes."""

from typing import Final

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDateEdit, QLabel, QWidget

from counter_app.desktop.confirm_day.presenter import ConfirmDayState
from counter_app.desktop.icons import icon
from counter_app.desktop.theme import BASE_POINTS, worn
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.field import Field
from counter_app.i18n import _, format_date, format_weekday, ngettext
from counter_app.services.business_day import ProposedDay

_WIDTH: Final = 620
_FIRST: Final = QDate(2020, 1, 1)
_LAST: Final = QDate(2099, 12, 31)


class ConfirmDayView(QWidget):
    """Shows a ConfirmDayState."""

    confirmed = Signal()
    other_wanted = Signal()
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._symbol = QLabel()
        self._day = label("", "title", wrap=True)
        self._why = label("", "hint", wrap=True)
        self.edit = QDateEdit()
        self.edit.setDisplayFormat("dd/MM/yyyy")
        self.edit.setCalendarPopup(True)
        self.edit.setDateRange(_FIRST, _LAST)
        self.edit.lineEdit().returnPressed.connect(self.confirmed)
        self.edit.dateChanged.connect(lambda day: self.chosen.emit(day.toPython()))
        self._field = Field(_("&Today is"), self.edit)
        self._problem = label("", "problem", wrap=True)
        self.confirm_button = button("", self.confirmed.emit, role="primary", symbol="check")
        self.other_button = button(_("&No, choose the date"), self.other_wanted.emit)
        head = row(self._symbol, column(self._day, self._why, spacing=6), spacing=14)
        head.setStretch(1, 1)
        head.setAlignment(self._symbol, Qt.AlignmentFlag.AlignTop)
        box = card(
            head,
            self._field,
            self._problem,
            row(1, self.other_button, self.confirm_button),
            margin=26,
            spacing=16,
        )
        box.setFixedWidth(round(_WIDTH * self.font().pointSizeF() / BASE_POINTS))
        column(2, row(1, box, 1), 3, into=self)
        self.setFocusProxy(self.confirm_button)

    def show_state(self, state: ConfirmDayState) -> None:
        """Make the widgets say what `state` says."""
        doubtful = state.proposed.doubtful
        colours = worn()
        symbol = (
            icon("triangle-alert", colours.warning)
            if doubtful
            else icon("calendar-days", colours.primary)
        )
        self._symbol.setPixmap(symbol.pixmap(32, 32))
        weekday = format_weekday(state.day)
        question = _("Today is {weekday}, {date} — is that right?")
        self._day.setText(question.format(weekday=weekday, date=format_date(state.day)))
        self._why.setText(_why(state.proposed) if doubtful else _difference(state))
        self._why.setVisible(bool(self._why.text()))
        self._show_choice(state)
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        self.confirm_button.setText(_("&Yes, begin"))
        self.confirm_button.setDisabled(state.busy)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter say yes at once."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.confirm_button.setFocus)

    def _show_choice(self, state: ConfirmDayState) -> None:
        begins = state.choosing and self._field.isHidden()
        self._field.setVisible(state.choosing)
        self.other_button.setHidden(state.choosing)
        blocked = self.edit.blockSignals(True)
        self.edit.setDate(QDate(state.day.year, state.day.month, state.day.day))
        self.edit.blockSignals(blocked)
        if begins:
            self.edit.setFocus()


def _why(proposed: ProposedDay) -> str:
    if proposed.last is None or proposed.last <= proposed.pc_day:
        absence = (proposed.pc_day - (proposed.last or proposed.pc_day)).days
        words = ngettext(
            "The last working day at this desk is {count} day ago. Look at a calendar: "
            "receipts will bear this date.",
            "The last working day at this desk is {count} days ago. Look at a calendar: "
            "receipts will bear this date.",
            absence,
        )
        return words.format(count=absence)
    words = _(
        "The PC's clock says {pc_day}, but {last} has already been worked on here. The clock is "
        "probably wrong: tell the administrator. You can work all the same."
    )
    return words.format(pc_day=format_date(proposed.pc_day), last=format_date(proposed.last))


def _difference(state: ConfirmDayState) -> str:
    if not state.differs_by:
        return ""
    words = _("The PC's clock says {pc_day}. Receipts will bear the date that you confirm.")
    return words.format(pc_day=format_date(state.proposed.pc_day))
