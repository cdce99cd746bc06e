"""Which agency decides, where an application may be handed in anywhere in the province."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.desktop.intake.inputs import Choice, Input
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import agency_words
from counter_app.desktop.widgets.basics import button, column, label
from counter_app.i18n import _

PATH = "competent_agency"


class Deciding(QWidget):
    """Offers the agencies that the centre has told of; without any, a code can be typed."""

    edited = Signal(str, str)
    left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice(PATH, _("Decided by"))
        self.code = Input(PATH, _("Decided by the agency with the code (empty: this one)"))
        self.elsewhere = button(_("Another agency decides"), self._turn, role="link")
        self.line = label("", "muted", wrap=True)
        column(self.choice, self.code, self.line, into=self, spacing=2)
        self.choice.edited.connect(self.edited)
        self.code.edited.connect(self.edited)
        self.code.left.connect(self.left)
        for hidden in (self.choice, self.code, self.line):
            hidden.hide()
        self._asks = False
        self._code = ""
        self.field: Choice | Input = self.code

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops."""
        return [self.elsewhere, self.field.editor]

    def show_state(self, state: IntakeState) -> None:
        """Ask for the agency, where there is a choice, and say who receives and who decides."""
        procedure, code = state.procedure, state.intake.competent_agency
        asked = procedure is not None and (procedure.anywhere_in_province or bool(code))
        if not asked:
            self._asks = False
        elif code != self._code or any(problem.field == PATH for problem in state.problems):
            self._asks = True
        self._code = code
        self.elsewhere.setVisible(asked)
        here, agencies = state.here, state.agencies
        self.field = self.choice if agencies else self.code
        own = [("", _("{name} (this one)").format(name=here.name))] if here else []
        known = [(agency.code, f"{agency.name} ({agency.code})") for agency in agencies]
        strange = (
            [(code, code)] if code and code not in {agency.code for agency in agencies} else []
        )
        self.choice.offer([*own, *known, *strange], code)
        self.code.show_value(code)
        if here is not None:
            self.line.setText(agency_words(here, code, agencies))
        self._fold()

    def unfold(self, path: str) -> None:
        """Have the field in sight, if it is the one at `path`."""
        if path == PATH and not self._asks:
            self._turn()

    def _turn(self) -> None:
        """Ask on demand, and fold it away: most is decided where it is received."""
        self._asks = not self._asks
        self._fold()
        if self._asks:
            self.field.editor.setFocus()

    def _fold(self) -> None:
        asks, told = self._asks, bool(self._code) and bool(self.line.text())
        self.choice.setVisible(asks and self.field is self.choice)
        self.code.setVisible(asks and self.field is self.code)
        self.line.setVisible(told)
        self.setVisible(asks or told)
