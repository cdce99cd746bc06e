"""Who may work at this desk: let in, let try again, given another password, dismissed.

Only a supervisor or an administrator may; the key proves that somebody has signed in.
"""

from pathlib import Path

from counter_app.domain.officer import Officer, Role
from counter_app.errors import NotPermitted
from counter_app.keys.officers import (
    add_officer,
    deactivate,
    reset_password,
    unlock_officer,
)
from counter_app.keys.signin import Unlocked


def add_colleague(folder: Path, access: Unlocked, officer: Officer, password: str) -> None:
    """Give somebody an account; the password is changed at the first sign-in.

    Raises:
        NotPermitted: it is a supervisor's or an administrator's work.
        OfficerExists: the short name is taken.
        WeakPassword: with the reason.
    """
    _check(access)
    add_officer(folder, access.key, officer, password)


def let_try_again(folder: Path, access: Unlocked, officer_id: str) -> None:
    """Forget the wrong passwords of an officer.

    Raises:
        NotPermitted: it is a supervisor's or an administrator's work.
        UnknownOfficer: there is none of this name.
    """
    _check(access)
    unlock_officer(folder, access.key, officer_id)


def give_password(folder: Path, access: Unlocked, officer_id: str, password: str) -> None:
    """Give an officer a password that is changed at the next sign-in.

    Raises:
        NotPermitted: it is a supervisor's or an administrator's work.
        UnknownOfficer: there is none of this name.
        WeakPassword: with the reason.
    """
    _check(access)
    reset_password(folder, access.key, officer_id, password)


def dismiss(folder: Path, access: Unlocked, officer_id: str) -> None:
    """Close an officer's account.

    Raises:
        NotPermitted: it is a supervisor's or an administrator's work.
        NoSupervisor: nobody would be left who can let others in.
    """
    _check(access)
    deactivate(folder, access.key, officer_id)


def _check(access: Unlocked) -> None:
    if not access.officer.roles & {Role.SUPERVISOR, Role.ADMINISTRATOR}:
        raise NotPermitted(role=Role.SUPERVISOR)
