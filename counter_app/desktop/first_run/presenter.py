"""The steps of the first run, one after the other and back again; without Qt.

Nothing is written before the account is complete: whoever stops earlier leaves no trace.
"""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, Protocol

from msgspec.structs import replace

from counter_app.catalogue.agency import read_agency_rules
from counter_app.desktop.entrance import Entrance
from counter_app.desktop.first_run.state import (
    FirstRunState,
    Step,
    a_group,
    account_problems,
    edited,
    held_back,
    is_group,
    office_problems,
    place_of,
    with_guesses,
    with_kind,
    with_short_name,
)
from counter_app.desktop.lanes import Tasks
from counter_app.domain.agency import AgencyRules
from counter_app.domain.text import tidy
from counter_app.errors import CounterError, WeakPassword
from counter_app.i18n import N_, _
from counter_app.keys.passwords import check_password

_PRINT_FIRST: Final = N_("Print the sheet or save it first: the key is not shown again.")


class _View(Protocol):
    def show_state(self, state: FirstRunState) -> None: ...


class FirstRunPresenter:
    """Asks for what a desk must know, sets it up, and sees that the recovery key is on paper."""

    def __init__(self, folder: Path, tasks: Tasks, entrance: Entrance) -> None:
        self._folder = folder
        self._tasks = tasks
        self._entrance = entrance
        self._view: _View | None = None
        self._state = FirstRunState(settings=entrance.settings)

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        self._show(replace(self._state, settings=self._entrance.settings))

    # What the officer does

    def speak(self, language: str) -> None:
        """Another language, here and for the work."""
        self._entrance.apply_settings(replace(self._entrance.settings, language=language))

    def resize_letters(self, scale: Literal[100, 125, 150]) -> None:
        """Larger or smaller letters, in per cent."""
        self._entrance.apply_settings(replace(self._entrance.settings, scale=scale))

    def edit(self, name: str, text: str) -> None:
        """Something was typed in a field."""
        if not self._state.busy:
            self._show(edited(self._state, name, text))

    def leave(self, name: str) -> None:
        """The officer has gone on from a field: what follows from it can be filled in."""
        if name == "name":
            self._tasks.read(
                lambda: self._rules,
                done=lambda rules: self._show(with_guesses(self._state, rules)),
                failed=self._refuse,
            )
        elif name == "full_name":
            self._show(with_short_name(self._state))

    def weigh(self, password: str) -> None:
        """Say while it is typed what is weak about a password."""
        self._show(replace(self._state, weakness=self._weakness(password)))

    def advance(self) -> None:
        """Go on to the next step, or say what is missing here."""
        state = self._state
        if state.step is Step.WELCOME:
            self._show(replace(state, step=Step.OFFICE))
        elif state.step is Step.OFFICE:
            problems = office_problems(state)
            step = Step.OFFICE if problems else Step.ACCOUNT
            self._show(replace(held_back(state, problems), step=step))

    def go_back(self) -> None:
        """Go back a step; what was typed stays."""
        state = self._state
        if not state.busy and state.step in {Step.OFFICE, Step.ACCOUNT}:
            step = Step(state.step - 1)
            self._show(replace(state, step=step, problems={}, trouble=""))

    def found(self, password: str, again: str) -> None:
        """Set the desk up: from here on there is one."""
        state = self._state
        if state.busy or state.step is not Step.ACCOUNT:
            return
        problems = account_problems(state, password, again)
        if weakness := self._weakness(password):
            problems["password"] = weakness
        self._show(held_back(state, problems))
        if problems:
            return
        self._show(replace(self._state, busy=True))
        self._tasks.write(
            lambda: self._set_up(state, password), done=self._founded, failed=self._refuse
        )

    def print_sheet(self) -> None:
        """Print the sheet with the recovery key."""
        printer, wanted = self._entrance.printer, self._entrance.settings.printer
        state, title = self._state, _("Recovery sheet")
        self._begin_paper()
        self._tasks.printing(wanted)(
            lambda: printer.print_pdf(_sheet(state), wanted, title),
            done=lambda _nothing: self._on_paper(_("The sheet has been sent to the printer.")),
            failed=self._not_on_paper,
        )

    def save_sheet(self, path: Path) -> None:
        """Save the sheet with the recovery key as a PDF."""
        state = self._state
        self._begin_paper()
        self._tasks.paper(
            lambda: _save(path, _sheet(state)),
            done=lambda _nothing: self._on_paper(
                _("The sheet is saved as {file}. Print it and delete the file.").format(file=path)
            ),
            failed=self._not_on_paper,
        )

    def finish(self, typed: str) -> None:
        """Begin to work, once the recovery key is known to be on paper."""
        state = self._state
        if not state.on_paper:
            self._show(replace(state, trouble=_(_PRINT_FIRST)))
        elif not is_group(state, typed):
            words = _("This is not group {number}. Look at the printed sheet.")
            self._show(held_back(state, {"group": words.format(number=state.asked_group)}))
        else:
            self._entrance.founded()

    def lets_go(self) -> bool:
        """Say whether the window may be closed: not while the key is nowhere but in it."""
        if self._state.step is not Step.RECOVERY or self._state.on_paper:
            return True
        self._show(replace(self._state, trouble=_(_PRINT_FIRST)))
        return False

    # What comes of it

    @cached_property
    def _rules(self) -> AgencyRules:
        return read_agency_rules()

    def _weakness(self, password: str) -> str:
        try:
            check_password(password, self._state.officer)
        except WeakPassword as error:
            return str(error) if password else _("Please fill this in.")
        return ""

    def _set_up(self, state: FirstRunState, password: str) -> str:
        # It brings the database: the first step is there before it.
        from counter_app.services.setting_up import NewDesk, set_up

        wanted = NewDesk(
            office=with_kind(state.office, self._rules),
            name=tidy(state.value("desk")),
            language=state.settings.language,
            officer=state.officer,
            password=password,
        )
        return set_up(self._folder, wanted)

    def _founded(self, recovery_key: str) -> None:
        state = replace(self._state, busy=False, step=Step.RECOVERY, problems={})
        self._show(replace(state, recovery_key=recovery_key, asked_group=a_group()))

    def _refuse(self, error: CounterError) -> None:
        name = place_of(error)
        state = held_back(replace(self._state, busy=False), {name: str(error)} if name else {})
        self._show(replace(state, trouble="" if name else str(error)))

    def _begin_paper(self) -> None:
        self._show(replace(self._state, busy=True, trouble="", note=""))

    def _on_paper(self, note: str) -> None:
        self._show(replace(self._state, busy=False, on_paper=True, note=note))

    def _not_on_paper(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, trouble=str(error)))

    def _show(self, state: FirstRunState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _save(path: Path, pdf: bytes) -> None:
    from counter_app.services.saving import save_pdf  # as above

    save_pdf(path, pdf)


def _sheet(state: FirstRunState) -> bytes:
    from counter_app.catalogue.catalogue import load_catalogue
    from counter_app.services.recovery_sheet import recovery_sheet_pdf  # as above

    catalogue = load_catalogue()
    return recovery_sheet_pdf(
        catalogue,
        office=state.office,
        desk_name=tidy(state.value("desk")),
        key=state.recovery_key,
        day=datetime.now(catalogue.calendar.zone).date(),
    )
