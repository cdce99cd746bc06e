"""What is said while the data of an older release is prepared: once, and for a minute."""

from PySide6.QtWidgets import QProgressBar, QWidget

from counter_app.desktop.widgets.basics import column, label
from counter_app.i18n import _


class Upgrade(QWidget):
    """Says why signing in takes so long this once, and how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column(self.words, self.bar, into=self)

    def show_progress(self, percent: int) -> None:
        """Say how much has been done."""
        words = _(
            "The data of this desk is being prepared for the new version of the program, once: "
            "{percent} %. A copy is kept, and nothing is lost even if the power fails."
        )
        self.words.setText(words.format(percent=percent))
        self.bar.setValue(percent)
