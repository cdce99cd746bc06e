"""What the rules refuse: another role's work, or what is not possible."""

from counter_app.errors.base import CounterError
from counter_app.i18n import N_


class NotPermitted(CounterError):
    """It is another role's work, or nobody's."""

    message = N_("This is the work of another role: {role}.")
    exit_code = 8


class SignInRefused(NotPermitted):
    """Wrong name or password; which of the two is not said."""

    message = N_("The name or the password is not right.")


class SignInThrottled(NotPermitted):
    """Too many wrong passwords."""

    message = N_("Too many wrong passwords. Try again in {seconds} s, or ask a supervisor.")


class SignInLocked(NotPermitted):
    """So many wrong passwords in a row that waiting no longer helps."""

    message = N_(
        "{failures} wrong passwords in a row: this officer is locked. "
        "Ask a supervisor to unlock; if there is none, use the recovery key."
    )


class OfficerAltered(NotPermitted):
    """An officer's entry was changed by other means than this program."""

    message = N_(
        "The entry of the officer “{officer}” was changed by something other than this program. "
        "A supervisor can check the roles and give a new password; "
        "if there is none, use the recovery key."
    )


class RecoveryKeyRefused(NotPermitted):
    """The recovery key does not open this store."""

    message = N_("This recovery key does not open these data. Compare it with the printed sheet.")


class RootKeyRefused(NotPermitted):
    """The root key is another centre's."""

    message = N_(
        "This is not the root key of this centre. Nothing was changed. "
        "Compare it with what was written down when the centre was founded."
    )


class RuleViolation(CounterError):
    """The rules refuse what was asked."""

    message = N_("The rules do not allow this: {reason}.")
    exit_code = 10


class IncompleteIntake(RuleViolation):
    """Something that the procedure requires was left empty."""

    message = N_("Please fill in: {fields}.")


class IncompleteEntry(RuleViolation):
    """Something without which an entry says nothing was left empty."""

    message = N_("Please fill in: {fields}.")


class InvalidField(RuleViolation):
    """A value that cannot be true, with the field it stands in."""

    message = N_("{field}: {reason}")


class InvalidOfficer(RuleViolation):
    """A short name that nobody can sign in with."""

    message = N_("An officer's short name has 1 to {most} printed characters. Choose another one.")


class OfficerExists(RuleViolation):
    """The short name is taken."""

    message = N_(
        "There is an officer “{officer}” already, perhaps one who has left. "
        "Choose another short name."
    )


class AccountExists(RuleViolation):
    """The name is taken."""

    message = N_(
        "The centre has an account “{account}” already, perhaps a revoked one. Choose another name."
    )


class NoSupervisor(RuleViolation):
    """Nobody would be left who can let others in."""

    message = N_(
        "At least one active officer must be a supervisor or an administrator: nobody else "
        "can unlock the others. Give somebody that role first."
    )


class WeakPassword(RuleViolation):
    """A password that is guessed too easily, with the reason."""

    message = N_(
        "This password cannot be used: {reason}. Choose {least} to {most} characters; "
        "a few unrelated words are strong and easy to remember."
    )


class ImpossibleDate(RuleViolation):
    """No date at all, or a day that never was."""

    message = N_("“{text}” is not a date. Type it like 15/3/1990, or only 03/1990 or 1990.")


class ImpossibleClock(RuleViolation):
    """A business date that no dossier code can be printed for: the PC's clock is far off."""

    message = N_(
        "No dossier can be numbered on {date}: the clock of this PC must stand between {first} "
        "and {last}. Correct the clock, or confirm today's date; nothing was saved."
    )


class IllegalTransition(RuleViolation):
    """Not possible from where the dossier stands."""

    message = N_("This cannot be done to a dossier that is “{status}”.")


class DossierExists(RuleViolation):
    """It was received already: there is nothing before its reception to tell of any more."""

    message = N_(
        "This was received already as dossier {code}. Open the dossier: what is still missing "
        "is asked for there."
    )


class ExtendedAlready(RuleViolation):
    """The due date was put off as often as the law allows."""

    message = N_(
        "The due date of this dossier was already put off ({count}×), and the law allows no more. "
        "Finish it as soon as possible, and tell the applicant."
    )


class ExtendedTooLate(RuleViolation):
    """The due date is nearer than the law allows for putting it off."""

    message = N_(
        "The due date can be put off until {days} day(s) before it; it is {due}. "
        "Finish it as soon as possible, and tell the applicant."
    )


class NotOnTheSpot(RuleViolation):
    """The procedure does not give its result at once."""

    message = N_(
        "This procedure does not give its result at once. "
        "Hand the dossier over for examination, and enter the result when it is there."
    )


class ScanKept(RuleViolation):
    """The same page is kept for the same paper already."""

    message = N_(
        "This very page is among the scans of “{paper}” already; it was not added a second time."
    )


class TooManyScans(RuleViolation):
    """A dossier would have more scans than can be looked through and sent."""

    message = N_(
        "A dossier takes at most {most} scans of {size} together; nothing was added. "
        "Scan at 200 dots per inch, or put the pages of one paper into one PDF."
    )


class NothingToHandOver(RuleViolation):
    """No dossier was named that could be handed over."""

    message = N_("No dossier is waiting to be handed over for examination.")


class NeedsNewerProgram(RuleViolation):
    """Done by a newer program, and not to be judged by this one."""

    message = N_("Dossier {code} was changed by a newer program. Update this one to go on with it.")


class NoCodesLeft(RuleViolation):
    """The numbers leased to this desk for the day are used up."""

    message = N_(
        "The dossier numbers of this desk for {date} are used up. "
        "A supervisor can open the reserve; the citizen need not go away."
    )


class NoReserve(NoCodesLeft):
    """There is no number left for the day, and none that a supervisor could set free."""

    message = N_(
        "There are no dossier numbers left at this desk for {date}, and none in reserve. "
        "Let another desk receive the citizen, or register what was typed on the next day."
    )


class NobodyWaits(RuleViolation):
    """There is nobody to call."""

    message = N_("Nobody waits for what this desk serves.")


class NobodyCalled(RuleViolation):
    """No number is at this desk."""

    message = N_("No number is called to this desk. Call the next one first.")


class TicketGone(RuleViolation):
    """A number was called or served already."""

    message = N_("Number {number} was called already ({place}). Call another one.")
