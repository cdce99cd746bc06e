"""What there is to say about the state of the locks, to whoever signs in or cares for the PC."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from counter_app.i18n import N_, _


class Concern(StrEnum):
    """What a finding is about. The value is fit for scripts and does not change."""

    PREVIOUS_USED = "previous_used"
    DAMAGED_SET_ASIDE = "damaged_set_aside"
    NO_PREVIOUS = "no_previous"
    PREVIOUS_DAMAGED = "previous_damaged"
    NO_DEVICE_SECRET = "no_device_secret"
    SECRET_IN_FILE = "secret_in_file"
    OPEN_TO_OTHERS = "open_to_others"
    CHEAP_GUESSING = "cheap_guessing"
    NO_SUPERVISOR = "no_supervisor"


class Finding(Struct, frozen=True, kw_only=True):
    """One thing worth knowing. It names nobody, so it may stand in a log."""

    concern: Concern
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_problem(self) -> bool:
        """Whether somebody should do something; the rest is only good to know."""
        return self.concern is not Concern.SECRET_IN_FILE

    def __str__(self) -> str:
        """Return the sentence in the language of whoever reads it."""
        return _(_MESSAGES[self.concern]).format(**self.values)


_MESSAGES: Final = {
    Concern.PREVIOUS_USED: N_(
        "{file} could not be read ({reason}); its previous generation is used. The last change "
        "to officers or passwords may be missing: look through the list of officers."
    ),
    Concern.DAMAGED_SET_ASIDE: N_(
        "A damaged {file} was set aside as {kept}. Look through the list of officers and check "
        "the disk; then delete {kept}."
    ),
    Concern.NO_PREVIOUS: N_(
        "There is no previous generation {file}. The next sign-in makes it; "
        "if it is missing again, check who deletes it."
    ),
    Concern.PREVIOUS_DAMAGED: N_(
        "The previous generation {file} cannot be read. The next sign-in replaces it; "
        "check the disk."
    ),
    Concern.NO_DEVICE_SECRET: N_(
        "{file} is missing or belongs to another PC: no password opens this desk. "
        "Set the desk up for this PC with the recovery key."
    ),
    Concern.SECRET_IN_FILE: N_(
        "The secret of this PC is kept in the file {file}, not in the system's key ring: "
        "whoever copies this account's files may guess passwords elsewhere."
    ),
    Concern.OPEN_TO_OTHERS: N_(
        "{file} can be read by other accounts of this PC. Let only its owner read it (mode 0600)."
    ),
    Concern.CHEAP_GUESSING: N_(
        "{count} passwords are guessed too cheaply when the disk is stolen: this desk is fit for "
        "practice only. Set up another one for real work."
    ),
    Concern.NO_SUPERVISOR: N_(
        "No active officer is a supervisor or an administrator: nobody can unlock the others. "
        "Use the recovery key."
    ),
}
