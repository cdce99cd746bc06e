"""Where an intake waits that is not finished: kept, offered back, or thrown away."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from counter_app.desktop.intake import people
from counter_app.desktop.intake.choosing import Choosing
from counter_app.desktop.intake.form import Form
from counter_app.desktop.intake.state import IntakeState
from counter_app.desktop.intake.words import kept_words, left_out_note
from counter_app.domain.draft import Draft
from counter_app.domain.fitting import LeftOut
from counter_app.domain.intake import Intake
from counter_app.i18n import _
from counter_app.services.drafts import Reopened, drop_draft, keep_draft, reopen

_SECONDS: Final = 10

Kept = tuple[Intake, tuple[LeftOut, ...]]


class Drafts:
    """Writes drafts beside the window's thread, and says where they are."""

    def __init__(self, form: Form, choosing: Choosing) -> None:
        self._form = form
        self._choosing = choosing
        self._kept = _worth(form.state)

    def keep(self) -> None:
        """Keep what has been typed so far; the view calls it when typing has stopped."""
        state = self._form.state
        if not state.busy and _worth(state) != self._kept:
            self.write(state, done=lambda: None)

    def save(self) -> None:
        """Keep the draft at once, and say so."""
        state, say = self._form.state, self._form.navigator.say
        if state.busy:
            return
        if state.intake.is_blank:
            say(_("There is nothing to keep yet."), seconds=_SECONDS)
            return
        kept = _("The draft is kept. It is offered on the page of the day.")
        self.write(state, done=lambda: say(kept, "good", seconds=_SECONDS))

    def write(self, state: IntakeState, done: Callable[[], None]) -> None:
        """Keep a state; `done` is called when it is durable."""
        form, now = self._form, self._form.desk.now()

        def note(_nothing: None) -> None:
            if form.state.token == state.token:
                self._kept = _worth(state)
                kept_at = None if state.intake.is_blank else now
                form.show(replace(form.state, kept_at=kept_at))
            done()

        form.tasks.write(
            lambda: keep_draft(
                form.desk,
                state.intake,
                token=state.token,
                version=state.procedure.version if state.procedure else 0,
                left_out=state.left_out,
            ),
            done=note,
            failed=form.refuse,
        )

    def begin_anew(self, state: IntakeState) -> None:
        """Show another intake; what stood there was registered, or is kept elsewhere."""
        self._kept = _worth(state)
        self._form.show(state)

    def set_aside(self) -> None:
        """Show an empty form; what was begun is kept, and offered back."""
        state = self._form.state
        self.begin_anew(self._form.anew())
        if not state.busy and not state.intake.is_blank:
            self._put_aside(state)

    def resume(self, draft: Draft) -> None:
        """Go on with a draft, under the procedure as it is today."""
        form = self._form
        if draft.token != form.state.token:
            self.set_aside()
        self.begin_anew(
            replace(
                form.anew(),
                intake=people.with_ground(draft.intake),
                token=draft.token,
                left_out=draft.left_out,
                kept_at=draft.saved_at,
            )
        )
        if not draft.intake.procedure:
            self._choosing.go_on()
            return

        def put(reopened: Reopened) -> None:
            if form.state.token == draft.token:
                form.state = replace(form.state, left_out=reopened.left_out)
                self._choosing.put(reopened.procedure, people.with_ground(reopened.intake))
                self._choosing.go_on()
                self._choosing.look_for_same()

        form.tasks.read(lambda: reopen(form.desk, draft), done=put, failed=form.refuse)

    def guide(self) -> bool:
        """Go and tell what is missing before anything is received; False if nobody is here yet.

        Once that is noted, the form is free for the next citizen. The intake is a draft then,
        and its paper brings it back.
        """
        form, state = self._form, self._form.state
        if state.busy or state.intake.is_blank:
            return False

        def free() -> None:
            if form.state.token == state.token:
                self.begin_anew(form.anew())

        form.navigator.give_guidance(state.intake, state.token, done=free)
        return True

    def note_left_out(self) -> None:
        """Write what the procedure no longer asks for into the note."""
        state = self._form.state
        told = left_out_note(state.left_out)
        note = f"{state.intake.note}\n{told}".strip()
        self._form.show(replace(state, intake=replace(state.intake, note=note), left_out=()))

    def dismiss_left_out(self) -> None:
        """Show no longer what the procedure does not ask for: the officer has seen it."""
        self._form.show(replace(self._form.state, left_out=()))

    def _put_aside(self, state: IntakeState) -> None:
        navigator = self._form.navigator
        draft = Draft(
            token=state.token,
            officer=self._form.desk.officer.id,
            intake=state.intake,
            saved_at=self._form.desk.now(),
            left_out=state.left_out,
            version=state.procedure.version if state.procedure else 0,
        )
        actions = (
            (_("Bring it back"), lambda: navigator.begin_intake(draft=draft)),
            (_("Throw it away"), lambda: self._throw_away(state.token)),
        )
        words = kept_words(state.intake.applicant.full_name)
        self.write(state, done=lambda: navigator.say(words, "info", actions))

    def _throw_away(self, token: bytes) -> None:
        form, gone = self._form, _("The draft was thrown away.")
        form.tasks.write(
            lambda: drop_draft(form.desk, token),
            done=lambda _nothing: form.navigator.say(gone, seconds=_SECONDS),
            failed=form.refuse,
        )


def _worth(state: IntakeState) -> Kept:
    """Return what of a state a draft keeps."""
    return state.intake, state.left_out
