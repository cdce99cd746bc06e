"""Every error a caller may be expected to handle.

* CounterError                  1
  + InvalidInput                2  what was given cannot be read
    - UnreadableFile               JSON, TOML or another file that does not parse
    - UnreadableBody               an operation's body that does not fit its kind
    - UnwritableFile               a place that was named, where nothing can be written
    - PracticeOnly                 an option that a desk at work does not have
    - UnknownProcedure             the catalogue has no such procedure
    - UnknownDossier               this desk knows no such dossier
    - UnknownOfficer               nobody of this name has an account at this desk
    - RecoveryKeyMistyped          the check characters of the recovery key do not agree
  + InvalidForm                 3  a file under forms/ is not as it should be
  + NotConfigured               3  there is no profile here, or it is not complete
    - MissingExtra                 the packages of an extra are not installed
    - NoDisplay                    there is no screen to open a window on
    - ProfileExists                a profile is there already, and is never overwritten
    - DeviceSecretMissing          the slots were made on another PC
  + StoreLocked                 4  another program has this store open
  + StoreError                  5  the database of this desk refused
    - StoreTooNew                  written by a newer release of this program
    - StoreDamaged                 what is stored is not what was written
    - StoreFull                    the disk is full
    - StoreReadOnly                the disk or the file cannot be written
  + NotPermitted                8  it is another role's work, or nobody's
    - SignInRefused                wrong name or password
    - SignInThrottled              too many wrong passwords; wait
    - SignInLocked                 far too many; waiting no longer helps
    - OfficerAltered               an entry changed by other means than this program
    - RecoveryKeyRefused           the recovery key does not open this store
  + RuleViolation              10  the rules refuse it; the officer can put it right
    - IncompleteIntake             something required was left empty
    - InvalidField                 a value that cannot be true
    - InvalidOfficer               a short name that nobody can sign in with
    - OfficerExists                the short name is taken
    - NoSupervisor                 nobody would be left who can let others in
    - WeakPassword                 a password that is guessed too easily
    - ImpossibleDate               no date at all, or a day that never was
    - ImpossibleClock              a business date that no dossier code can be printed for
    - IllegalTransition            not possible from where the dossier stands
    - NeedsNewerProgram            done by a newer program, and not to be judged by this one
    - NoCodesLeft                  the numbers leased to this desk for the day are used up
      * NoReserve                  and there is no reserve, or it is used up too
  + PrinterUnavailable          1  nothing came out of the printer; what was saved is safe
    - NoPrinter                    the PC has none

The number is what the command line exits with. Anything else that is raised is a bug:
it is logged and shown by `desktop.app`, exits with 1, and is never caught.
"""

from typing import ClassVar

from counter_app.i18n import N_, _


class CounterError(Exception):
    """Base of the tree above: a message for the officer, and the values that fill it."""

    message: ClassVar[str] = N_("The operation could not be completed.")
    exit_code: ClassVar[int] = 1

    def __init__(self, **values: object) -> None:
        """Keep the values; the sentence is made when it is shown."""
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in the language of whoever reads it."""
        # Translated here and not where it was raised: that was another thread, or another day.
        return _(self.message).format(**self.values)


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


class UnknownOfficer(InvalidInput):
    """Nobody of this name has an account at this desk."""

    message = N_("There is no officer “{officer}” at this desk. The list of officers shows them.")


class RecoveryKeyMistyped(InvalidInput):
    """The check characters of the recovery key do not agree: which groups, of how many."""

    message = N_(
        "The recovery key is mistyped in group {groups} of {total}. Nothing was tried. "
        "Compare it with the printed sheet, with the Vietnamese typing tool switched off."
    )


class InvalidForm(CounterError):
    """A file under forms/ is not as it should be."""

    message = N_("{file}: {reason}. The form is not used until this is corrected.")
    exit_code = 3


class NotConfigured(CounterError):
    """There is no profile here, or it is not complete."""

    message = N_("This desk has not been set up in {place}. Run the first-run steps, or “init”.")
    exit_code = 3


class MissingExtra(NotConfigured):
    """The packages of an extra are not installed."""

    message = N_("This needs the extra [{extra}], which is not installed here.")


class NoDisplay(NotConfigured):
    """There is no screen to open a window on."""

    message = N_("There is no screen here to open a window on. “--help” lists the commands.")


class ProfileExists(NotConfigured):
    """A profile is there already, and is never overwritten."""

    message = N_(
        "A desk has been set up in {place} already; it is left as it is. "
        "To have another one here, move that folder away first."
    )


class DeviceSecretMissing(NotConfigured):
    """The slots were made on another PC, or the secret of this one is gone."""

    message = N_(
        "These data were set up on another PC, or {file} was lost: no password opens them here. "
        "Set the desk up for this PC with the recovery key."
    )


class StoreLocked(CounterError):
    """Another program has this store open."""

    message = N_("This desk is already open in another window. Use that one, or close it first.")
    exit_code = 4


class StoreError(CounterError):
    """The database of this desk refused."""

    message = N_("The desk's data could not be read or written: {reason}. Tell the administrator.")
    exit_code = 5


class StoreTooNew(StoreError):
    """Written by a newer release of this program."""

    message = N_(
        "This desk's data was written by a newer release of the program. "
        "It is left untouched; install the newer release."
    )


class StoreDamaged(StoreError):
    """What is stored is not what was written."""

    message = N_(
        "This desk's data is damaged: {reason}. Nothing more is written. "
        "Tell the administrator, who can restore the last backup."
    )


class StoreFull(StoreError):
    """The disk is full."""

    message = N_("The disk is full: nothing was saved. Free some space, then press again.")


class StoreReadOnly(StoreError):
    """The disk or the file cannot be written."""

    message = N_("The desk's data cannot be written here: nothing was saved. Check the disk.")


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


class RuleViolation(CounterError):
    """The rules refuse what was asked."""

    message = N_("The rules do not allow this: {reason}.")
    exit_code = 10


class IncompleteIntake(RuleViolation):
    """Something that the procedure requires was left empty."""

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


class PrinterUnavailable(CounterError):
    """Nothing came out of the printer; what was saved is safe."""

    message = N_(
        "The printer “{printer}” did not take the page: it is switched off, out of paper or not "
        "connected. What was registered is safe. Print again, or save the PDF."
    )


class NoPrinter(PrinterUnavailable):
    """The system knows no printer."""

    message = N_("This PC has no printer. The paper can be saved as a PDF.")
