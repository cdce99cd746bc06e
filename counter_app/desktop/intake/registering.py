"""From a whole intake to a dossier, and what is offered once it is there."""

from typing import Final

from msgspec.structs import replace

from counter_app.desktop.intake.choosing import Choosing
from counter_app.desktop.intake.drafts import Drafts
from counter_app.desktop.intake.form import Form
from counter_app.desktop.intake.state import IntakeState, Last
from counter_app.desktop.intake.words import registered_words
from counter_app.domain.dossier import Dossier
from counter_app.domain.intake import Intake
from counter_app.domain.operation import Received, Served
from counter_app.domain.party import Party
from counter_app.domain.status import Status
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.services.acting import act
from counter_app.services.applicants import open_of_same
from counter_app.services.registration import problems_of, register_dossier
from counter_app.store.rows import DossierRow

_SECONDS: Final = 10


class Registering:
    """What Ctrl+Enter begins, and the acts on the dossier that was just registered."""

    def __init__(self, form: Form, choosing: Choosing, drafts: Drafts) -> None:
        self._form = form
        self._choosing = choosing
        self._drafts = drafts

    def submit(self) -> None:
        """Register what has been taken down; what is incomplete is shown instead.

        If the same person has the same procedure open, that is said first. Who submits again
        means it.
        """
        form, state = self._form, self._form.state
        if form.waits:
            form.later(self.submit)
            return
        if state.busy or (state.registered is not None and state.intake.is_blank):
            return  # a key that bounced
        if problems_of(form.desk, state.intake, state.procedure):
            form.show(replace(state, complained=True))
            form.focus("problems")
            return
        form.show(replace(state, busy=True))
        form.tasks.read(
            lambda: open_of_same(form.desk, state.intake, known=state.known),
            done=lambda same: self._consider(state, same),
            failed=lambda error: self._not_registered(state, error),
        )

    def insist(self) -> None:
        """Register although the same person has the same procedure open."""
        state = self._form.state
        if state.same is not None:
            self._form.state = replace(state, warned=state.same.dossier_id)
        self.submit()

    def open_same(self) -> None:
        """Open the dossier of the same person and procedure; the intake waits."""
        if self._form.state.same is not None:
            self._form.navigator.open_dossier(self._form.state.same.dossier_id)

    def open_registered(self) -> None:
        """Open the dossier that has just been registered."""
        if self._form.state.registered is not None:
            self._form.navigator.open_dossier(self._form.state.registered.id)

    def print_registered(self) -> None:
        """Print the receipt of the dossier that has just been registered, perhaps once more."""
        dossier = self._form.state.registered
        if dossier is not None:
            self._form.navigator.print_receipt(dossier.id, again=not _is_on_the_spot(dossier))

    def serve(self) -> None:
        """Hand over the result at once, where the procedure gives it on the spot."""
        form, dossier, last = self._form, self._form.state.registered, self._form.state.last
        if dossier is None or last is None or not _can_be_served(dossier):
            return
        received = dossier.received
        assert received is not None
        body = Served(
            result=last.procedure.result or last.procedure.name, collector=_collector(received)
        )
        form.tasks.write(
            lambda: act(form.desk, dossier.id, body),
            done=self._served,
            failed=form.refuse,
        )

    def take_money(self) -> None:
        """Go to the cashier with the dossier that has just been registered."""
        dossier = self._form.state.registered
        if dossier is not None:
            self._form.navigator.open_cashier(dossier.id)

    def again(self) -> None:
        """Keep the people for one more application; what was begun for them is a draft."""
        form, state = self._form, self._form.state
        if state.busy:
            form.later(self.again)
            return
        last = state.last
        if state.procedure is not None:
            last = Last(intake=state.intake, procedure=state.procedure, registered=state.known)
        begun = not state.intake.is_blank
        if not begun and last is None:
            words = _("There is nobody yet whose particulars could be kept.")
            form.navigator.say(words, seconds=_SECONDS)
            return
        of_last = None if begun else last
        source, known = (
            (of_last.intake, of_last.registered) if of_last else (state.intake, state.known)
        )
        self._drafts.set_aside()
        self._drafts.begin_anew(
            replace(form.anew(), intake=_people_of(source), last=last, known=known)
        )
        self._choosing.find("")
        form.focus("procedure")

    def _consider(self, state: IntakeState, same: DossierRow | None) -> None:
        form = self._form
        seen = same is None or same.dossier_id == state.warned
        if seen or form.state.token != state.token:
            self._register(state)
            return
        warned = same and same.dossier_id
        form.show(replace(form.state, busy=False, same=same, warned=warned))
        form.focus("same")
        form.catch_up()

    def _register(self, state: IntakeState) -> None:
        form = self._form
        form.tasks.write(
            lambda: register_dossier(form.desk, state.intake, token=state.token),
            done=lambda dossier: self._registered(state, dossier),
            failed=lambda error: self._not_registered(state, error),
        )

    def _registered(self, state: IntakeState, dossier: Dossier) -> None:
        form, navigator = self._form, self._form.navigator
        assert state.procedure is not None
        if form.state.token == state.token:
            known = state.known | {dossier.id}
            last = Last(intake=state.intake, procedure=state.procedure, registered=known)
            self._drafts.begin_anew(replace(form.anew(), registered=dossier, last=last))
        navigator.changed()
        navigator.await_scan()
        if not _is_on_the_spot(dossier):  # there a receipt is given to whoever asks for one
            if not navigator.settings.print_at_once:
                navigator.say(registered_words(dossier), "good", seconds=_SECONDS)
            navigator.print_receipt(dossier.id)
        form.catch_up()

    def _not_registered(self, state: IntakeState, error: CounterError) -> None:
        form = self._form
        if form.state.token == state.token:
            form.show(replace(form.state, busy=False))
        self._drafts.write(state, done=lambda: None)
        form.refuse(error)
        form.catch_up()

    def _served(self, dossier: Dossier) -> None:
        form = self._form
        if form.state.registered is not None and form.state.registered.id == dossier.id:
            form.show(replace(form.state, registered=dossier))
        form.navigator.changed()
        form.navigator.await_scan()


def _is_on_the_spot(dossier: Dossier) -> bool:
    return dossier.received is not None and dossier.received.on_the_spot


def _can_be_served(dossier: Dossier) -> bool:
    return _is_on_the_spot(dossier) and dossier.status is Status.RECEIVED


def _collector(received: Received) -> Party:
    return received.collector or received.submitter or received.applicant


def _people_of(intake: Intake) -> Intake:
    """Return a new intake of the same people, who come by the same way."""
    return Intake(
        applicant=intake.applicant,
        submitter=intake.submitter,
        authority=intake.authority,
        collector=intake.collector,
        channel=intake.channel,
        return_channel=intake.return_channel,
    )
