"""What was given to the program cannot be read: commands, files, forms."""

from counter_app.errors.base import CounterError
from counter_app.i18n import N_


class InvalidInput(CounterError):
    """What was given cannot be read."""

    message = N_("What was given cannot be read: {reason}.")
    exit_code = 2


class UnreadableFile(InvalidInput):
    """A file that does not parse, with the place that is wrong."""

    message = N_("{file} cannot be read: {reason}. Nothing was changed; correct the file.")


class UnreadableBody(InvalidInput):
    """An operation's body that does not fit its kind."""

    message = N_("The entry “{kind}” cannot be read: {reason}.")


class UnwritableFile(InvalidInput):
    """A place that was named, where nothing can be written."""

    message = N_("{file} cannot be written: {reason}. What was registered is safe; choose a place.")


class PracticeOnly(InvalidInput):
    """An option that a desk at work does not have."""

    message = N_("{option} is for practice desks: at work, receipts say when they were given.")


class UnknownProcedure(InvalidInput):
    """The catalogue has no such procedure."""

    message = N_("There is no procedure {code} in the catalogue. Look it up by its name.")


class UnknownDossier(InvalidInput):
    """This desk knows no such dossier."""

    message = N_("This desk knows no dossier {code}. Check the code, or scan the receipt.")


class SharedCode(InvalidInput):
    """Several dossiers bear one code, with the ids that tell them apart."""

    message = N_("{count} dossiers bear the code {code}. Give the id of one of them: {ids}.")


class UnknownKind(InvalidInput):
    """Nothing of this name can be done to a dossier."""

    message = N_("There is no entry “{kind}”. Choose one of: {kinds}.")


class NotByHand(InvalidInput):
    """Something that is noted by itself when something else is done."""

    message = N_("“{kind}” is not entered by hand. {instead}")


class UnknownOfficer(InvalidInput):
    """Nobody of this name has an account at this desk."""

    message = N_("There is no officer “{officer}” at this desk. The list of officers shows them.")


class RecoveryKeyMistyped(InvalidInput):
    """The check characters of the recovery key do not agree: which groups, of how many."""

    message = N_(
        "The recovery key is mistyped in group {groups} of {total}. Nothing was tried. "
        "Compare it with the printed sheet, with the Vietnamese typing tool switched off."
    )


class EnrolCodeMistyped(InvalidInput):
    """The check characters of an enrolment code do not agree: which groups, of how many."""

    message = N_(
        "The enrolment code is mistyped in group {groups} of {total}. Nothing was tried. "
        "Compare it with what the centre has shown, with the Vietnamese typing tool switched off."
    )


class RootKeyMistyped(InvalidInput):
    """The check characters of a centre's root key do not agree: which groups, of how many."""

    message = N_(
        "The root key is mistyped in group {groups} of {total}. Nothing was changed. "
        "Compare it with what was written down when the centre was founded."
    )


class UnknownAccount(InvalidInput):
    """Nobody of this name has an account at the centre."""

    message = N_("The centre has no account “{account}”. The list of accounts shows them.")


class UnsafeAddress(InvalidInput):
    """A centre's address over which nothing may be sent."""

    message = N_(
        "{address} cannot be used for the centre: {reason}. Nothing was sent. "
        "Ask the centre for its https address and the file of its authority."
    )


class InvalidForm(CounterError):
    """A file under forms/ is not as it should be."""

    message = N_("{file}: {reason}. The form is not used until this is corrected.")
    exit_code = 3
