"""The line at the foot of the window: in words how the desk stands, never by colour alone."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtWidgets import QFrame

from counter_app.desktop.widgets.basics import label, row
from counter_app.errors import CounterError
from counter_app.i18n import _, format_instant, ngettext
from counter_app.services.status import DeskStatus


class Standing(Struct, frozen=True, kw_only=True):
    """What is known of the desk at one instant."""

    now: datetime
    status: DeskStatus
    backed_up_at: datetime | None


class StatusBar(QFrame):
    """Shows what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "statusbar")
        self.state = label(_("Stand-alone desk: everything is kept on this PC"))
        self.warning = label("", "hint")
        self.backup = label("", "muted")
        self.clock = label("", "muted")
        layout = row(self.state, self.warning, self.backup, self.clock, into=self, spacing=18)
        layout.setContentsMargins(14, 5, 14, 5)
        layout.setStretch(1, 1)

    def show_standing(self, standing: Standing) -> None:
        """Say how the desk stands."""
        self.warning.setText(_codes_warning(standing.status))
        when = format_instant(standing.backed_up_at) if standing.backed_up_at else _("never")
        self.backup.setText(_("Last backup: {when}").format(when=when))
        self.clock.setText(f"{standing.now:%H:%M}")

    def show_trouble(self, error: CounterError) -> None:
        """Say why nothing is known."""
        self.warning.setText(str(error))


def _codes_warning(status: DeskStatus) -> str:
    if status.codes_left > status.codes_low:
        return ""
    words = ngettext(
        "Only {count} dossier number is left for today.",
        "Only {count} dossier numbers are left for today.",
        status.codes_left,
    )
    return words.format(count=status.codes_left)
