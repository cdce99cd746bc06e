"""What the first run has asked for so far, and what is wrong with it; without Qt."""

import secrets
from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from counter_app.domain.agency import Agency, AgencyRules
from counter_app.domain.desk_profile import check_desk
from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.domain.text import fold, tidy
from counter_app.domain.typed_secret import GROUPS
from counter_app.errors import CounterError, InvalidField
from counter_app.i18n import N_, _
from counter_app.settings import Settings

OFFICE_FIELDS: Final = (
    "code",
    "name",
    "parent_name",
    "unit",
    "place",
    "address",
    "hotline",
    "working_hours",
)
_GUESSED: Final = ("unit", "place")
_PLAIN: Final = Agency(code="H00", name="–")  # every line of it can be printed
_EMPTY: Final = N_("Please fill this in.")


class Step(IntEnum):
    """Where one is, in the order in which one goes."""

    WELCOME = 0
    OFFICE = 1
    ACCOUNT = 2
    RECOVERY = 3


class FirstRunState(Struct, frozen=True, kw_only=True):
    """All that the screens show. Passwords are not among it: they go in and are forgotten.

    `guessed` names the fields that were filled in from the name and that nobody has touched;
    `problems` are by field; `refusals` counts how often one was held back, and each time the
    cursor goes to the first of them. `asked_group` is the group of the recovery key to be typed
    back.
    """

    settings: Settings
    step: Step = Step.WELCOME
    values: Mapping[str, str] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()
    problems: Mapping[str, str] = field(default_factory=dict)
    refusals: int = 0
    weakness: str = ""
    trouble: str = ""
    busy: bool = False
    recovery_key: str = ""
    asked_group: int = 0
    on_paper: bool = False
    note: str = ""

    def value(self, name: str) -> str:
        """Return what was typed in a field."""
        return self.values.get(name, "")

    @property
    def office(self) -> Agency:
        """The office as far as it has been described."""
        lines = {name: tidy(self.value(name)) for name in OFFICE_FIELDS}
        return replace(_PLAIN, **lines | {"code": lines["code"].upper()})

    @property
    def officer(self) -> Officer:
        """The first officer, who may do everything at the desk."""
        short, name = tidy(self.value("officer")), tidy(self.value("full_name"))
        return Officer(id=short, name=name, roles=DESK_ROLES)


def edited(state: FirstRunState, name: str, text: str) -> FirstRunState:
    """Return the state after `text` was typed in the field `name`."""
    return replace(
        state,
        values={**state.values, name: text},
        guessed=state.guessed - {name},
        problems={each: said for each, said in state.problems.items() if each != name},
    )


def held_back(state: FirstRunState, problems: Mapping[str, str]) -> FirstRunState:
    """Return the state after one wanted to go on; with problems one stays where one is."""
    refusals = state.refusals + bool(problems)
    return replace(state, problems=problems, refusals=refusals, trouble="")


def with_guesses(state: FirstRunState, rules: AgencyRules) -> FirstRunState:
    """Return the state with what the name of an office tells about it."""
    try:
        usual = rules.agency(state.value("code") or _PLAIN.code, state.value("name"))
    except InvalidField:
        return state
    free = {name for name in _GUESSED if name in state.guessed or not state.value(name)}
    values = {name: getattr(usual, name) for name in free}
    return replace(state, values={**state.values, **values}, guessed=state.guessed | free)


def with_kind(office: Agency, rules: AgencyRules) -> Agency:
    """Return `office` as the kind that its name tells."""
    return replace(office, kind=rules.agency(office.code, office.name).kind)


def with_short_name(state: FirstRunState) -> FirstRunState:
    """Return the state with a short name made of the full one, unless somebody chose one."""
    if state.value("officer") and "officer" not in state.guessed:
        return state
    words = fold(tidy(state.value("full_name"))).split()
    values = {**state.values, "officer": words[-1] if words else ""}
    return replace(state, values=values, guessed=state.guessed | {"officer"})


def office_problems(state: FirstRunState) -> dict[str, str]:
    """Return what is wrong with the office and its desk, by field."""
    office = state.office
    found = {name: _line_problem(name, getattr(office, name)) for name in OFFICE_FIELDS}
    found["desk"] = _desk_problem(tidy(state.value("desk")))
    return {name: problem for name, problem in found.items() if problem}


def account_problems(state: FirstRunState, password: str, again: str) -> dict[str, str]:
    """Return what is wrong with the first account, by field."""
    found = {
        name: "" if state.value(name).strip() else _(_EMPTY) for name in ("full_name", "officer")
    }
    if password != again:
        found["again"] = _("The two passwords are not the same.")
    return {name: problem for name, problem in found.items() if problem}


def a_group() -> int:
    """Return which group of the recovery key is to be typed back, from 1."""
    return 1 + secrets.randbelow(GROUPS)


def is_group(state: FirstRunState, typed: str) -> bool:
    """Say whether `typed` is the group that was asked for."""
    wanted = state.recovery_key.split("-")[state.asked_group - 1]
    plain = typed.strip().upper().translate(str.maketrans("OIL", "011"))
    return plain == wanted


def _line_problem(name: str, line: str) -> str:
    try:
        replace(_PLAIN, **{name: line}).check()
    except InvalidField as error:
        return str(error.values["reason"])
    return ""


def _desk_problem(name: str) -> str:
    try:
        check_desk(name, "")
    except InvalidField as error:
        return str(error.values["reason"])
    return ""


def place_of(error: CounterError) -> str:
    """Return the field that an error of the last step belongs to."""
    return {"InvalidOfficer": "officer", "WeakPassword": "password"}.get(type(error).__name__, "")
