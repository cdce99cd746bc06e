"""What this PC lacks: a profile, a store that can be written, a printer."""

from counter_app.errors.base import CounterError
from counter_app.i18n import N_


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


class NotEnrolled(NotConfigured):
    """This desk has no centre to send to."""

    message = N_(
        "This desk stands alone: it has no centre to send to. All that was registered is safe "
        "here. Ask the centre for an enrolment code, then run “enrol”."
    )


class EnrolledAlready(NotConfigured):
    """This desk has a centre already."""

    message = N_(
        "This desk sends to {address} already, and nothing was changed. "
        "To give the same centre's new address, run “enrol --move”."
    )


class DatabaseUnusable(NotConfigured):
    """The centre's PostgreSQL cannot be used as it is."""

    message = N_(
        "The centre's database cannot be used: {reason}. What is stored in it is safe; "
        "correct this, and start again."
    )


class AddressUnusable(NotConfigured):
    """The centre cannot be served at this address."""

    message = N_(
        "The centre cannot be served at {address}: {reason}. Choose another address or port, "
        "or stop the program that uses it."
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


class ScanLost(StoreError):
    """What was kept of a scan is not there, or is not what was written."""

    message = N_(
        "The scan {scan} is not there or was altered, and cannot be shown. The dossier itself is "
        "safe. Tell the administrator, who can bring it back from a backup, or scan the page again."
    )


class StoreFull(StoreError):
    """The disk is full."""

    message = N_("The disk is full: nothing was saved. Free some space, then press again.")


class StoreReadOnly(StoreError):
    """The disk or the file cannot be written."""

    message = N_("The desk's data cannot be written here: nothing was saved. Check the disk.")


class PrinterUnavailable(CounterError):
    """Nothing came out of the printer; what was saved is safe."""

    message = N_(
        "The printer “{printer}” did not take the page: it is switched off, out of paper or not "
        "connected. What was registered is safe. Print again, or save the PDF."
    )


class NoPrinter(PrinterUnavailable):
    """The system knows no printer."""

    message = N_("This PC has no printer. The paper can be saved as a PDF.")


class PrinterGone(PrinterUnavailable):
    """A printer of this name is not there, or not any more."""

    message = N_(
        "There is no printer “{printer}” on this PC any more. What was registered is safe. Choose "
        "another printer for this paper in the list of print jobs, and for the next ones in the "
        "preferences."
    )


class PaperTooLarge(PrinterUnavailable):
    """The sheet is wider than what the printer takes: a roll was given a sheet of A4."""

    message = N_(
        "The printer “{printer}” takes no paper as wide as this one. What was registered is safe. "
        "Choose another printer for it in the list of print jobs; which printer has which paper "
        "is set in the preferences."
    )


class PrintersSilent(PrinterUnavailable):
    """The system does not say which printers there are."""

    message = N_(
        "The system does not say which printers there are: its print service, or a printer in the "
        "network, does not answer. What was registered is safe. Print again a little later, or "
        "save the PDF."
    )


class PrintBrokenOff(CounterError):
    """Nobody knows what came out of the printer."""

    message = N_(
        "The driver of the printer “{printer}” has stopped in the middle. Look whether the paper "
        "came out. What was registered is safe."
    )


class CentreNotStarted(CounterError):
    """The centre of the demonstration does not run."""

    message = N_("The centre of the demonstration does not run on this PC: {reason}")


class PrintJobGone(CounterError):
    """The job was seen to already."""

    message = N_(
        "This paper is not in the list of what is to be printed any more: somebody has seen to it."
    )
    exit_code = 10
