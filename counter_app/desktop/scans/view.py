"""The scans of a dossier: its papers at the left, the pages of one at the right."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from counter_app.desktop import theme
from counter_app.desktop.scans.earlier import EarlierPages
from counter_app.desktop.scans.given import Given, given, offers
from counter_app.desktop.scans.page_list import PageList
from counter_app.desktop.scans.paper_list import PaperList
from counter_app.desktop.scans.state import ScansState
from counter_app.desktop.scans.tools import MoreButton, tool
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import (
    button,
    column,
    label,
    row,
    scrolled,
    set_look,
)
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.reasons import Reasons
from counter_app.i18n import _, format_count, format_size, law, ngettext

_LOOK_MS: Final = 2000
_PAPERS: Final = 250  # pixels at 100 %
_MOST_PROBLEMS: Final = 3
_KINDS: Final = "*.jpg *.jpeg *.png *.tif *.tiff *.webp *.pdf"


class ScansPanel(QWidget):
    """Shows a ScansState."""

    paper_chosen = Signal(str)
    scan_chosen = Signal(object)
    files_given = Signal(list)
    pictures_given = Signal(list)
    unreachable_given = Signal()
    nothing_copied = Signal()
    scanner_wanted = Signal()
    looked = Signal()
    folder_chosen = Signal(str)
    deleting_chosen = Signal(bool)
    results_chosen = Signal(bool)
    open_wanted = Signal()
    turned = Signal()
    moved = Signal(int)
    withdrawn = Signal(str)
    earlier_wanted = Signal()
    withdrawal_wanted = Signal()
    left = Signal()
    reused = Signal(object, object)
    problems_read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.papers = PaperList()
        self.pages = PageList(_("Pages"))
        self.earlier = EarlierPages()
        self.reasons = Reasons()
        self.empty = EmptyState()
        self.problems = Banner()
        self.progress = QProgressBar()
        self._state = ScansState()
        self._right = QStackedWidget()
        self._build()
        self._wire()
        self.setAcceptDrops(True)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.looked)
        self.setFocusProxy(self.papers)

    def show_state(self, state: ScansState) -> None:
        """Make the widgets say what `state` says."""
        before, self._state = self._state, state
        within = self._right.isAncestorOf(QApplication.focusWidget() or self)
        self.papers.show_state(state)
        self._show_head(state)
        self._show_pages(state)
        self._show_tools(state)
        if state.problems != before.problems:
            self._show_problems(state.problems)
        if state.earlier is not before.earlier:
            self.earlier.show_state(state)
        self.more.show_state(state)
        if within and (before.asking, before.earlier) != (False, None) and state.scan:
            self.pages.setFocus()  # what had the cursor is gone

    # Drop and paste

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that files may be dropped here."""
        if self._state.may_add and offers(event.mimeData()):
            set_look(self._right, "drop", "true")
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on saying so."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop saying so."""
        set_look(self._right, "drop", "false")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        set_look(self._right, "drop", "false")
        event.acceptProposedAction()
        self._take(given(event.mimeData()))

    def paste(self) -> None:
        """Take what another program has copied."""
        mime = QGuiApplication.clipboard().mimeData()
        if self._state.may_add and offers(mime):
            self._take(given(mime))
        elif self._state.may_add:
            self.nothing_copied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn by R and withdraw by Del: no shortcuts, which a scanner's letters would set off."""
        key = {Qt.Key.Key_R: self.turn_button, Qt.Key.Key_Delete: self.withdraw_button}
        made = key.get(Qt.Key(event.key()))
        if made is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            made.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look into the scanner's folder from here on."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no longer: what is not in sight takes no pages."""
        super().hideEvent(event)
        self._timer.stop()

    def _take(self, taken: Given) -> None:
        if taken.files:
            self.files_given.emit(taken.files)
        if taken.pictures:
            self.pictures_given.emit(taken.pictures)
        if taken.unreachable:
            self.unreachable_given.emit()

    # Building

    def _build(self) -> None:
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        self.add_button = button(_("&Add files …"), self._ask_files, symbol="plus")
        self.scanner_button = button("", self.scanner_wanted.emit, role="primary")
        self.paste_button = tool("copy", _("Paste picture"), "Ctrl+V", self.paste, self)
        self.more = MoreButton()
        self.total = label("", "muted")
        self.head = QWidget()
        row(
            self.add_button,
            self.paste_button,
            self.scanner_button,
            1,
            self.total,
            self.more,
            into=self.head,
        )
        self.open_button = button(_("&Open …"), self.open_wanted.emit, symbol="eye")
        self.turn_button = tool("rotate-cw", _("Turn clockwise"), "R", self.turned.emit)
        self.up_button = tool(
            "arrow-up", _("Move forward"), "Alt+Up", lambda: self.moved.emit(-1), self
        )
        self.down_button = tool(
            "arrow-down", _("Move back"), "Alt+Down", lambda: self.moved.emit(1), self
        )
        self.withdraw_button = tool("trash-2", _("Withdraw"), "Del", self.withdrawal_wanted.emit)
        self.progress.setTextVisible(False)
        self.progress_words = label("", "muted")
        self.tools = QWidget()
        row(
            self.open_button,
            self.turn_button,
            self.up_button,
            self.down_button,
            self.withdraw_button,
            1,
            into=self.tools,
        )
        self.coming = QWidget()
        row(self.progress_words, self.progress, into=self.coming, spacing=10)
        self._why, self._before = scrolled(self.reasons), scrolled(self.earlier)
        for each in (self.pages, self.empty, self._why, self._before):
            self._right.addWidget(each)
        self.papers.setFixedWidth(round(_PAPERS * min(scale, 1.25)))
        right = column(self._right, self.coming, self.tools, spacing=6)
        right.setStretch(0, 1)
        body = row(self.papers, right, spacing=10)
        body.setStretch(1, 1)
        column(self.head, self.problems, body, into=self, margin=4, spacing=8).setStretch(2, 1)

    def _wire(self) -> None:
        self.papers.chosen.connect(self.paper_chosen)
        self.pages.chosen.connect(self.scan_chosen)
        self.pages.opened.connect(self.open_wanted)
        self.problems.dismissed.connect(self.problems_read)
        self.reasons.given.connect(self.withdrawn)
        self.reasons.left.connect(self.left)
        self.earlier.left.connect(self.left)
        self.earlier.reused.connect(self.reused)
        self.more.folder_wanted.connect(self._ask_folder)
        self.more.folder_left.connect(lambda: self.folder_chosen.emit(""))
        self.more.deleting_chosen.connect(self.deleting_chosen)
        self.more.results_chosen.connect(self.results_chosen)
        self.more.earlier_wanted.connect(self.earlier_wanted)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+O"), self, self._ask_files, context=within)
        self.add_button.setToolTip(f"{_('Add files …')} (Ctrl+O)")

    # Showing

    def _show_head(self, state: ScansState) -> None:
        words = ngettext("{count} scan", "{count} scans", state.count)
        count = words.format(count=format_count(state.count))
        self.total.setText(f"{count} · {format_size(state.size)}" if state.count else "")
        for each in (self.add_button, self.paste_button):
            each.setVisible(state.may_add)
        waiting = len(state.dropped)
        words = ngettext(
            "Take {count} page from the &scanner", "Take {count} pages from the &scanner", waiting
        )
        self.scanner_button.setText(words.format(count=format_count(waiting)))
        self.scanner_button.setVisible(bool(waiting) and state.may_add)
        self.coming.setVisible(bool(state.coming))
        self.progress.setRange(0, max(state.coming, 1))
        self.progress.setValue(state.done)
        words = _("{done} of {count} files are in")
        self.progress_words.setText(
            words.format(done=format_count(state.done), count=format_count(state.coming))
        )

    def _show_pages(self, state: ScansState) -> None:
        paper = state.paper
        scans = paper.scans if paper else ()
        self.pages.show_pages(scans, state.pictures, state.selected)
        if state.earlier is not None:
            self._right.setCurrentWidget(self._before)
        elif state.asking:
            self._ask_reason(state)
        elif scans or paper is None or (state.problems and theme.is_large()):
            self._right.setCurrentWidget(self.pages)
        else:
            self._right.setCurrentWidget(self.empty)
            self._say_empty(state, law(paper.name) if paper.component else "")

    def _say_empty(self, state: ScansState, name: str) -> None:
        if not state.may_add:
            self.empty.say("scan-line", _("Nothing has been scanned of this paper."))
            return
        if name:
            words = _("Drop the pages of “{paper}” here, or take them from the scanner.")
            sentence = words.format(paper=name)
        else:
            sentence = _("Drop other pages here, or take them from the scanner.")
        self.empty.say("scan-line", sentence, _("Add files …"), self._ask_files)

    def _show_tools(self, state: ScansState) -> None:
        has = state.scan is not None
        besides = state.asking or state.earlier is not None
        self.tools.setVisible(has and not besides)
        self.head.setVisible(not besides)  # large letters leave no room for both
        self.open_button.setEnabled(has)
        for each in (self.turn_button, self.up_button, self.down_button):
            each.setEnabled(has and state.may_add)
        self.withdraw_button.setEnabled(has and state.may_withdraw)
        if (paper := state.paper) is not None and state.scan is not None:
            at = paper.scans.index(state.scan)
            self.up_button.setEnabled(has and state.may_add and at > 0)
            self.down_button.setEnabled(has and state.may_add and at < len(paper.scans) - 1)

    def _show_problems(self, problems: tuple[str, ...]) -> None:
        if not problems:
            self.problems.hush()
            return
        lines = list(problems[: 1 if theme.is_large() else _MOST_PROBLEMS])
        more = len(problems) - len(lines)
        if more:
            lines.append(_("… and {count} more.").format(count=format_count(more)))
        self.problems.say("\n".join(lines), "danger", [(_("Close"), self.problems.hush)])

    # Asking

    def _ask_files(self) -> None:
        if not self._state.may_add:
            return
        where = QStandardPaths.StandardLocation.PicturesLocation
        folder = self._state.folder or QStandardPaths.writableLocation(where)
        kinds = _("Pictures and PDF ({endings})").format(endings=f"{_KINDS} {_KINDS.upper()}")
        dialog = QFileDialog(self, _("Add files"), folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda chosen: self.files_given.emit([*map(Path, chosen)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, _("The scanner's folder"), self._state.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_reason(self, state: ScansState) -> None:
        if self._right.currentWidget() is not self._why:
            title = _("Why is this page withdrawn? It is kept, and shown no longer.")
            self.reasons.ask(title, state.reasons, _("Withdraw"))
            self._right.setCurrentWidget(self._why)
            self.reasons.setFocus()
