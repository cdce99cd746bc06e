"""One scan on the whole screen: the reason first, then the page, as large as there is room."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.scan.picture import Picture
from counter_app.desktop.scan.presenter import ScanState
from counter_app.desktop.widgets.basics import button, card, column, label, row, tag
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.reasons import Reasons
from counter_app.i18n import _, format_count, law

_WIDEST: Final = 560


class ScanView(QWidget):
    """Shows a ScanState."""

    reason_given = Signal(str)
    stepped = Signal(int)
    saved = Signal(object)  # the path
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code = label("", "title")
        self.name = label("", "plain", wrap=True)
        self.place = label("", "muted")
        self.why = tag("", "info")
        self.back_button = button(_("&Back (Esc)"), self.left.emit, symbol="arrow-left")
        self.before_button = button(_("&Previous page"), lambda: self.stepped.emit(-1))
        self.after_button = button(_("&Next page"), lambda: self.stepped.emit(1))
        self.zoom_button = button("", self._zoom, symbol="zoom-in", key="Ctrl+0")
        self.save_button = button(_("&Save a copy …"), self._ask_where, symbol="save")
        self.problem = label("", "problem", wrap=True)
        self.picture = Picture()
        self.reasons = Reasons()
        self.empty = EmptyState()
        self._state = ScanState()
        self._asked: tuple[object, ...] = ()
        self._build()

    def show_state(self, state: ScanState) -> None:
        """Make the widgets say what `state` says."""
        self._state = state
        self.code.setText(state.code)
        self.name.setText(law(state.name) or _("Other papers"))
        noted = _("Noted: {reason}").format(reason=state.reason)
        most = round(_WIDEST * self.font().pointSizeF() / theme.BASE_POINTS)
        cut = self.why.fontMetrics().elidedText(noted, Qt.TextElideMode.ElideRight, most)
        self.why.setText(cut)
        self.why.setToolTip(noted)
        self._show_place(state)
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem and state.reason))
        self.picture.show_picture(state.picture, state.turn)
        self._name_zoom()
        if state.reason:
            self._below.setCurrentWidget(self._page)
            self.setFocusProxy(self.picture)
        elif state.scans:
            self._ask(state)
        else:
            self.empty.say("scan-line", state.problem or _("One moment …"))
            self._below.setCurrentWidget(self.empty)

    def _show_place(self, state: ScanState) -> None:
        number, count = state.place + 1, len(state.scans)
        if state.pages > 1 and count == 1:
            number, count = state.number, state.pages
        words = _("Page {number} of {count}")
        said = words.format(number=format_count(number), count=format_count(count))
        if state.pages > 1 and len(state.scans) > 1:
            words = _("PDF page {number} of {count}")
            inner = words.format(number=format_count(state.number), count=format_count(state.pages))
            said = f"{said} · {inner}"
        self.place.setText(_("One moment …") if state.busy else said)
        first = state.place == 0 and state.number == 1
        last = state.place == len(state.scans) - 1 and state.number >= state.pages
        self.before_button.setEnabled(not first and bool(state.picture))
        self.after_button.setEnabled(not last and bool(state.picture))
        self.save_button.setEnabled(bool(state.picture or state.problem))

    def _ask(self, state: ScanState) -> None:
        self._below.setCurrentWidget(self._why)
        asked = (state.dossier_id, state.scan, state.reasons)
        if asked != self._asked:
            self._asked = asked
            title = _("Why do you open this scan? Your name and the reason are noted.")
            self.reasons.ask(title, state.reasons, _("Open"))
            self.setFocusProxy(self.reasons)
            if self.isVisible():
                self.reasons.setFocus()

    def _build(self) -> None:
        self.reasons.given.connect(self.reason_given)
        self.reasons.left.connect(self.left)
        self.reasons.setMinimumWidth(_WIDEST)  # or its title would be broken early
        self._why = QWidget()
        column(1, row(1, self.reasons, 1), 2, into=self._why)
        head = row(self.code, self.name, self.why, spacing=14)
        head.setStretch(1, 1)
        bar = row(
            self.back_button,
            1,
            self.before_button,
            self.place,
            self.after_button,
            1,
            self.zoom_button,
            self.save_button,
        )
        self._page = QWidget()
        body = column(
            card(head, margin=10), self.problem, self.picture, bar, into=self._page, spacing=8
        )
        body.setStretch(2, 1)
        self._below = QStackedLayout(self)
        for each in (self._page, self._why, self.empty):
            self._below.addWidget(each)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, step in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(
                QKeySequence(key),
                self,
                lambda step=step: self.stepped.emit(step),
                context=within,
            )
        self.before_button.setToolTip("PgUp")
        self.after_button.setToolTip("PgDn")

    def _zoom(self) -> None:
        self.picture.toggle()
        self._name_zoom()

    def _name_zoom(self) -> None:
        words = _("As wide as the window") if self.picture.whole else _("Whole page")
        self.zoom_button.setText(words)
        self.zoom_button.setShortcut("Ctrl+0")  # the text has taken it away

    def _ask_where(self) -> None:
        where = QStandardPaths.StandardLocation.DocumentsLocation
        ending = ".pdf" if self._state.pages > 1 or not self._is_picture() else ".jpg"
        dialog = QFileDialog(
            self, _("Save a copy"), QStandardPaths.writableLocation(where), f"(*{ending})"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(f"{self._state.code}{ending}")
        dialog.fileSelected.connect(lambda chosen: self.saved.emit(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _is_picture(self) -> bool:
        scans = self._state.scans
        return bool(scans) and scans[self._state.place].added.media == "image/jpeg"
