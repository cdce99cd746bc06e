"""The list of guidance given at this desk: to go on with one by hand, or to print it again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desktop.guidance.state import GuidanceState
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.desktop.widgets.line_table import Lines, LineTable
from counter_app.domain.operation import GuidanceOutcome
from counter_app.i18n import N_, _, format_instant, law, ngettext
from counter_app.services.guidance import Guidance

_CAPTIONS = (N_("Given"), N_("Applicant"), N_("Procedure"), N_("What was told"), N_("Since then"))


class GivenList(QWidget):
    """Shows what was given, the newest first; Enter goes on with the chosen one."""

    continued = Signal(int)
    printed = Signal(int)
    intake_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = Lines(_CAPTIONS, right=(), total=False)
        samples = ("00:00 00/00/0000", None, None, None, _("received"))
        self.table = LineTable(_("Guidance given"), self._model, samples=samples)
        self.table.opened.connect(self.continued)
        self.empty = EmptyState()
        self._below = QStackedWidget()
        self._below.addWidget(self.table)
        self._below.addWidget(self.empty)
        self.go_on = button(_("&Go on with it (Enter)"), self._go_on)
        self.print = button(_("&Print it again"), self._print, symbol="printer")
        self._buttons = QWidget()
        row(self.go_on, self.print, 1, into=self._buttons, spacing=10)
        hint = label(
            _("None of these is a dossier or counted as received. Scan a paper's QR to reopen it."),
            "muted",
            wrap=True,
        )
        whole = column(
            label(_("Guidance given"), "title"),
            hint,
            self._below,
            self._buttons,
            into=self,
            spacing=10,
        )
        whole.setStretch(2, 1)
        self.setFocusProxy(self.table)

    def show_given(self, state: GuidanceState) -> None:
        """Show the list; the chosen line stays where it was."""
        chosen = max(self.table.currentIndex().row(), 0)
        self._model.show_lines([_line(each) for each in state.given])
        if state.given and self.table.currentIndex().row() < 0:
            self.table.selectRow(min(chosen, len(state.given) - 1))
        nothing = state.looked and not state.given
        if nothing:
            words = _("Nobody was sent home yet. In an application, F10 tells what is missing.")
            act = self.intake_wanted.emit
            self.empty.say("clipboard-list", words, _("New application (F2)"), act)
        self._buttons.setVisible(not nothing)
        self._below.setCurrentWidget(self.empty if nothing else self.table)
        self.setFocusProxy(self.empty if nothing else self.table)

    def _go_on(self) -> None:
        self.continued.emit(max(self.table.currentIndex().row(), 0))

    def _print(self) -> None:
        self.printed.emit(max(self.table.currentIndex().row(), 0))


def _line(guidance: Guidance) -> tuple[str, ...]:
    given = guidance.given
    return (
        format_instant(given.given_at),
        given.intake.applicant.full_name or _("No name yet"),
        law(given.procedure.name) if given.procedure else _("no procedure yet"),
        told_words(guidance),
        _("received") if guidance.received else "",
    )


def told_words(guidance: Guidance) -> str:
    """Return in a line what somebody was told."""
    given = guidance.given
    match given.outcome:
        case GuidanceOutcome.SUPPLEMENT:
            count = len(given.missing)
            words = ngettext("{count} thing to be brought", "{count} things to be brought", count)
            return words.format(count=count)
        case GuidanceOutcome.REFUSAL:
            return _("Refused: {reason}").format(reason=given.reason)
        case GuidanceOutcome.HELPED:
            return _("To apply at: {agency}").format(agency=given.agency)
