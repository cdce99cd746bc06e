"""Where an intake waits that is not finished: kept, offered back, or thrown away."""

from collections.abc import Callable
from typing import Final

from counter_app.desk import Desk
from counter_app.desktop.intake.words import kept_words
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.domain.draft import Draft
from counter_app.domain.intake import Intake
from counter_app.i18n import _
from counter_app.services.drafts import drop_draft, keep_draft

_SECONDS: Final = 10


class Drafts:
    """Writes drafts beside the window's thread, and says where they are."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator

    def keep(self, intake: Intake, token: bytes, done: Callable[[], None]) -> None:
        """Keep what has been typed so far; `done` is called when it is durable."""
        self._tasks.write(
            lambda: keep_draft(self._desk, intake, token=token),
            done=lambda _nothing: done(),
            failed=self._navigator.refuse,
        )

    def put_aside(self, intake: Intake, token: bytes) -> None:
        """Keep an intake that makes room for another one, and offer to bring it back."""
        draft = Draft(
            token=token, officer=self._desk.officer.id, intake=intake, saved_at=self._desk.now()
        )
        actions = (
            (_("Bring it back"), lambda: self._navigator.begin_intake(draft=draft)),
            (_("Throw it away"), lambda: self.throw_away(token)),
        )
        words = kept_words(intake.applicant.full_name)
        self.keep(intake, token, done=lambda: self._navigator.say(words, "info", actions))

    def throw_away(self, token: bytes) -> None:
        """Forget a draft."""
        gone = _("The draft was thrown away.")
        self._tasks.write(
            lambda: drop_draft(self._desk, token),
            done=lambda _nothing: self._navigator.say(gone, seconds=_SECONDS),
            failed=self._navigator.refuse,
        )
