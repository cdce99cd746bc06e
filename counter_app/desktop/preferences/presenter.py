"""What an office may choose about this PC, and what it may try out; without Qt."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.outlets import Outlets, look_for_printers
from counter_app.desktop.preferences.offers import FormOffer
from counter_app.desktop.printing_desk import USUAL
from counter_app.domain.agency import Agency
from counter_app.domain.print_form import DEFAULT_NUMBERING
from counter_app.domain.scanned import ScanKind, read_id_card, scan_kind
from counter_app.errors import CounterError, SignInRefused, WeakPassword
from counter_app.i18n import N_, _, format_date
from counter_app.keys.officers import change_password
from counter_app.keys.throttle import Uptime, uptime
from counter_app.services.care import back_up_in_turn, last_backup
from counter_app.settings import BACKUPS, Settings

_SECONDS: Final = 8
_AT_SET_UP: Final = "recovery-sheet"
_SHOWN: Final = 160  # characters of what was read


PasswordPlace = Literal["old", "new", "again"]


class ScanTest(Struct, frozen=True, kw_only=True):
    """What the scanner has just read."""

    text: str
    length: int
    kind: ScanKind
    doubtful: bool = False


class PreferencesState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; `editing` is the form for which a printer is being chosen."""

    settings: Settings
    office: Agency
    desk_name: str
    officer: str
    tracking_url: str
    backups: str
    outlets: Outlets = Outlets()
    forms: Sequence[FormOffer] = ()
    editing: str = ""
    printing: bool = False
    testing: bool = False
    read: ScanTest | None = None
    backed_up_at: datetime | None = None
    backing_up: bool = False
    changing: bool = False
    password_changes: int = 0
    password_problem: str = ""
    problem_at: PasswordPlace = "old"


class _View(Protocol):
    def show_state(self, state: PreferencesState) -> None: ...


class PreferencesPresenter:
    """Applies every choice at once; there is nothing to save."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        navigator: Navigator,
        *,
        now: Callable[[], Uptime] = uptime,
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._now = now
        self._view: _View | None = None
        self._state = PreferencesState(
            settings=navigator.settings,
            office=desk.profile.office,
            desk_name=desk.profile.name,
            officer=desk.officer.name,
            tracking_url=desk.profile.tracking_url,
            backups=str(desk.store.folder / BACKUPS),
        )

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        self._show(replace(self._state, settings=self._navigator.settings))

    def enter(self) -> None:
        """Look again at the printers and at the last backup."""
        printer, settings = self._navigator.printer, self._navigator.settings
        state = replace(self._state, settings=settings, testing=False, read=None)
        url = self._desk.profile.tracking_url  # the centre gives another when it takes a desk in
        self._show(replace(state, tracking_url=url))
        self._tasks.printing(USUAL)(
            lambda: look_for_printers(printer, settings.printer),
            done=lambda outlets: self._show(replace(self._state, outlets=outlets)),
            failed=self._navigator.refuse,
        )
        self._tasks.read(
            lambda: _offers(self._desk),
            done=lambda forms: self._show(replace(self._state, forms=forms)),
            failed=self._navigator.refuse,
        )
        self._look_at_backups()

    def edit_form(self, form: str) -> None:
        """Choose a printer and a paper for one form from here on; "" means for every paper."""
        self._show(replace(self._state, editing=form))

    def change(self, settings: Settings) -> None:
        """Work by other settings from here on."""
        self._show(replace(self._state, settings=settings))
        self._navigator.apply_settings(settings)

    def print_test_page(self) -> None:
        """Print a page that shows what the printer cuts off or cannot write."""
        if self._state.printing:
            return
        self._show(replace(self._state, printing=True))
        settings, printer = self._state.settings, self._navigator.printer
        choice = settings.choice(self._state.editing)
        size = choice.paper or settings.paper
        lines = [
            _("Test page"),
            choice.printer or _("The system's own choice"),
            f"{self._state.office.name} · {self._state.desk_name}",
            format_date(self._desk.business_date),
        ]
        self._tasks.printing(lines[0])(  # a lane of its own: the usual printer's is for asking
            lambda: printer.print_test_page(choice.printer, size, lines),
            done=lambda _nothing: self._printed(),
            failed=self._not_printed,
        )

    def test_scanner(self, on: bool) -> None:
        """Show what is scanned from here on instead of acting on it, or stop that."""
        self._show(replace(self._state, testing=on, read=None))

    def takes_scan(self, payload: str) -> bool:
        """Take a scan if the scanner is being tested; say whether it was taken."""
        if not self._state.testing:
            return False
        card = read_id_card(payload)
        read = ScanTest(
            text=payload if len(payload) <= _SHOWN else payload[:_SHOWN] + "…",
            length=len(payload),
            kind=scan_kind(payload),
            doubtful=bool(card and card.doubts),
        )
        self._show(replace(self._state, read=read))
        return True

    def back_up(self) -> None:
        """Make a backup now."""
        if self._state.backing_up:
            return
        self._show(replace(self._state, backing_up=True))
        self._tasks.care(
            lambda: back_up_in_turn(self._desk),
            done=lambda _made: self._backed_up(),
            failed=self._not_backed_up,
        )

    def change_password(self, old: str, new: str, again: str) -> None:
        """Give oneself another password."""
        if self._state.changing:
            return
        if found := _problem(old, new, again):
            place, words = found
            self._show(replace(self._state, password_problem=_(words), problem_at=place))
            return
        self._show(replace(self._state, changing=True, password_problem=""))
        folder, officer = self._desk.store.folder, self._desk.officer
        self._tasks.write(
            lambda: change_password(folder, officer.id, old, new, self._now()),
            done=lambda _nothing: self._password_changed(),
            failed=self._password_refused,
        )

    def _look_at_backups(self) -> None:
        desk = self._desk
        self._tasks.read(
            lambda: last_backup(desk.store.folder, desk.clock.now().tzinfo),
            done=lambda at: self._show(replace(self._state, backed_up_at=at)),
            failed=self._navigator.refuse,
        )

    def _printed(self) -> None:
        self._show(replace(self._state, printing=False))
        self._navigator.say(
            _("The test page has been sent to the printer."), "good", seconds=_SECONDS
        )

    def _not_printed(self, error: CounterError) -> None:
        self._show(replace(self._state, printing=False))
        self._navigator.refuse(error)

    def _backed_up(self) -> None:
        self._show(replace(self._state, backing_up=False))
        self._look_at_backups()
        self._navigator.changed()
        self._navigator.say(_("The backup is made and proved."), "good", seconds=_SECONDS)

    def _not_backed_up(self, error: CounterError) -> None:
        self._show(replace(self._state, backing_up=False))
        self._navigator.refuse(error)

    def _password_changed(self) -> None:
        changes = self._state.password_changes + 1
        self._show(replace(self._state, changing=False, password_changes=changes))
        self._navigator.say(_("Your password is changed."), "good", seconds=_SECONDS)

    def _password_refused(self, error: CounterError) -> None:
        place: PasswordPlace = "new" if isinstance(error, WeakPassword) else "old"
        words = _("This is not your present password.")
        said = words if isinstance(error, SignInRefused) else str(error)
        self._show(replace(self._state, changing=False, password_problem=said, problem_at=place))

    def _show(self, state: PreferencesState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _offers(desk: Desk) -> Sequence[FormOffer]:
    """Return the forms that leave a desk at work, those with a number first."""
    forms = [file.form for file in desk.catalogue.print_forms(desk.business_date)]
    numbers = {form.id: form.number_by(DEFAULT_NUMBERING).number for form in forms}
    at_work = sorted(
        (form for form in forms if form.id != _AT_SET_UP),
        key=lambda form: (not numbers[form.id], numbers[form.id], form.id),
    )
    return tuple(
        FormOffer(id=form.id, title=form.title, sizes=tuple(form.size)) for form in at_work
    )


def _problem(old: str, new: str, again: str) -> tuple[PasswordPlace, str] | None:
    if not (old and new and again):
        empty: PasswordPlace = "again" if old and new else "new" if old else "old"
        return empty, N_("Type the present password once and the new one twice.")
    if new != again:
        return "again", N_("The two passwords are not the same. Type the new one twice.")
    if new == old:
        return "new", N_("This is the password that is to be changed. Choose another one.")
    return None
