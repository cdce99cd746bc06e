"""The strip of what was begun and not finished, above all else: somebody may still be waiting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from counter_app.desktop.widgets.basics import button, clear, column, label, row, set_tone
from counter_app.i18n import _, format_date, law, ngettext
from counter_app.services.home import Unfinished

_MOST: Final = 2  # so many lines; the next one comes up when one of them is done


class DraftStrip(QFrame):
    """Hidden as long as nothing is unfinished."""

    continued = Signal(object)  # a Draft
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_tone(self, "info")
        self.heading = label("", "heading")
        self._more = label("", "muted")
        self._lines = column(spacing=2)
        self._shown: Sequence[Unfinished] | None = None
        layout = row(self.heading, self._lines, into=self, spacing=18)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setStretch(1, 1)
        self.hide()

    def show_drafts(self, unfinished: Sequence[Unfinished], now: datetime) -> None:
        """Show the latest drafts, and how many there are."""
        if unfinished == self._shown:
            return
        self._shown = unfinished
        count = len(unfinished)
        words = ngettext("Unfinished draft ({count})", "Unfinished drafts ({count})", count)
        self.heading.setText(words.format(count=count))
        clear(self._lines)
        for each in unfinished[:_MOST]:
            self._lines.addWidget(self._line(each, now))
        self.setVisible(count > 0)

    def _line(self, unfinished: Unfinished, now: datetime) -> QWidget:
        draft = unfinished.draft
        name = draft.intake.applicant.full_name or _("No name yet")
        procedure = law(unfinished.procedure) or _("no procedure yet")
        what = label(f"{name} · {procedure}")
        what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        what.setToolTip(what.text())
        when = label(_("saved {when}").format(when=_when(draft.saved_at, now)), "muted")
        go_on = button(_("Continue"), lambda: self.continued.emit(draft), role="link")
        go_on.setAccessibleName(f"{_('Continue')}: {name}")
        drop = button(_("Discard"), lambda: self.dropped.emit(draft), role="link")
        drop.setAccessibleName(f"{_('Discard')}: {name}")
        line = QWidget()
        row(what, when, go_on, drop, into=line, spacing=12).setStretch(0, 1)
        return line


def _when(saved_at: datetime, now: datetime) -> str:
    if saved_at.date() == now.date():
        return f"{saved_at:%H:%M}"
    return f"{saved_at:%H:%M} {format_date(saved_at)}"
