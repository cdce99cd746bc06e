"""Turns what the officer scans, types and ticks into the next state of the intake."""

from collections.abc import Sequence

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.intake.choosing import Choosing
from counter_app.desktop.intake.drafts import Drafts
from counter_app.desktop.intake.entries import Entries
from counter_app.desktop.intake.form import Form, View
from counter_app.desktop.intake.registering import Registering
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.domain.agency import Agency
from counter_app.domain.draft import Draft
from counter_app.domain.id_card import IdCard
from counter_app.services.agencies import other_agencies


class IntakePresenter:
    """Holds the one intake of the window; drafts are where the others wait.

    Each part of the screen has its own class beside this one; what the officer does there is
    named here, in one place.
    """

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._form = Form(desk, tasks, navigator)
        choosing = Choosing(self._form)
        drafts = Drafts(self._form, choosing)
        entries = Entries(self._form, choosing, drafts)
        registering = Registering(self._form, choosing, drafts)
        self._choosing, self._drafts, self._entries = choosing, drafts, entries

        self.edit, self.leave, self.come_to = entries.edit, entries.leave, entries.come_to
        self.take_address = entries.take_address
        self.bring_submitter = entries.bring_submitter
        self.bring_collector = entries.bring_collector
        self.add_row, self.remove_row = entries.add_row, entries.remove_row

        self.find, self.take = choosing.find, choosing.take
        self.leave_search = choosing.leave_search
        self.tick, self.count = choosing.tick, choosing.count
        self.tick_required = choosing.tick_required

        self.submit, self.insist = registering.submit, registering.insist
        self.open_same = registering.open_same
        self.open_registered = registering.open_registered
        self.print_registered = registering.print_registered
        self.serve, self.take_money = registering.serve, registering.take_money
        self.again = registering.again

        self.keep, self.save_draft = drafts.keep, drafts.save
        self.guide = drafts.guide
        self.note_left_out = drafts.note_left_out
        self.dismiss_left_out = drafts.dismiss_left_out

    @property
    def state(self) -> IntakeState:
        """Return all that is shown."""
        return self._form.state

    def attach(self, view: View) -> None:
        """Show everything in `view` from here on."""
        self._form.view = view
        view.show_state(self._form.state)

    def enter(self) -> None:
        """Look again at what may have changed: the hour, the agencies, what is asked for most."""
        form = self._form
        form.show(form.state)
        if form.state.procedure is None and not form.state.query:
            self.find("")
        form.tasks.read(lambda: other_agencies(form.desk), done=self._know, failed=form.refuse)

    def begin(self, *, card: IdCard | None = None, draft: Draft | None = None) -> None:
        """Go on with a scanned card or a draft; what is on the screen is kept."""
        if self._form.state.busy:
            self._form.later(lambda: self.begin(card=card, draft=draft))
        elif draft is not None:
            self._drafts.resume(draft)
        elif card is not None:
            self._entries.fill(card)

    def renew(self) -> None:
        """Begin with an empty form; what was typed is kept among the drafts."""
        self._drafts.set_aside()
        self._form.focus("applicant.id_number")

    def _know(self, agencies: Sequence[Agency]) -> None:
        if tuple(agencies) != self._form.state.agencies:
            self._form.show(replace(self._form.state, agencies=tuple(agencies)))
