"""Which agency decides, where an application may be handed in anywhere in the province."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.desktop.intake.inputs import Choice, Input
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import agency_words
from counter_app.desktop.widgets.basics import button, column, label, row
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
        self.elsewhere = button(_("Another agency decides"), self._ask, role="link")
        self.line = label("", "muted", wrap=True)
        column(self.choice, row(self.elsewhere, 1), self.code, self.line, into=self, spacing=2)
        self.choice.edited.connect(self.edited)
        self.code.edited.connect(self.edited)
        self.code.left.connect(self.left)
        for hidden in (self.choice, self.code, self.line):
            hidden.hide()
        self._asks = False
        self.field: Choice | Input = self.code

    @property
    def stations(self) -> list[QWidget]:
        """Return where Tab stops."""
        return [self.elsewhere, self.field.editor]

    def show_state(self, state: IntakeState) -> None:
        """Ask for the agency, where there is a choice, and say who receives and who decides."""
        procedure, code = state.procedure, state.intake.competent_agency
        if procedure is None:
            self._asks = False
        self.setVisible(procedure is not None and (procedure.anywhere_in_province or bool(code)))
        here, agencies = state.here, state.agencies
        self.field = self.choice if agencies else self.code
        self.choice.setVisible(bool(agencies))
        typed = not agencies and (self._asks or bool(code))
        self.code.setVisible(typed)
        self.elsewhere.setVisible(not agencies and not typed)
        own = [("", _("{name} (this one)").format(name=here.name))] if here else []
        known = [(agency.code, f"{agency.name} ({agency.code})") for agency in agencies]
        strange = (
            [(code, code)] if code and code not in {agency.code for agency in agencies} else []
        )
        self.choice.offer([*own, *known, *strange], code)
        self.code.show_value(code)
        told = here is not None and bool(code)
        self.line.setVisible(told)
        if told and here is not None:
            self.line.setText(agency_words(here, code, agencies))

    def _ask(self) -> None:
        """Ask for a code, on demand: most applications are decided where they are received."""
        self._asks = True
        self.elsewhere.hide()
        self.code.show()
        self.code.editor.setFocus()
