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


class BookHasTroubles(InvalidInput):
    """A workbook has lines that cannot be read; nothing of it was taken over."""

    message = N_(
        "{count} line(s) of the workbook cannot be taken over, so nothing was. The first: sheet "
        "“{sheet}”, line {line}: {reason}. Put them right, and import the workbook again."
    )


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

    message = N_("There is no procedure “{code}” in the catalogue. Look it up by its name.")


class UnknownDossier(InvalidInput):
    """This desk knows no such dossier."""

    message = N_("This desk knows no dossier “{code}”. Check the code, or scan the receipt.")


class SharedCode(InvalidInput):
    """Several dossiers bear one code, with the ids that tell them apart."""

    message = N_("{count} dossiers bear the code {code}. Give the id of one of them: {ids}.")


class UnknownKind(InvalidInput):
    """Nothing of this name can be done to a dossier."""

    message = N_("There is no entry “{kind}”. Choose one of: {kinds}.")


class NoSuchPaper(InvalidInput):
    """A dossier has no paper of this form to be printed, or none that tells of this step."""

    message = N_("This dossier has no paper “{form}” to be printed. There are: {papers}.")


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


class GuidanceMistyped(InvalidInput):
    """The check digits of a guidance paper do not agree, or some are missing."""

    message = N_(
        "These are not the digits of a guidance paper. Nothing was changed. "
        "Scan the QR code, or compare all 44 digits below it."
    )


class UnknownGuidance(InvalidInput):
    """This desk has given no such guidance."""

    message = N_("This desk has given no guidance {guidance}. Scan the paper's QR code again.")


class GroupSheetRefused(InvalidInput):
    """A group's sheet whose lines cannot be told from its headings."""

    message = N_(
        "{file} cannot be used: {reason}. Nothing was registered. "
        "Take the empty sheet of this procedure, and copy the lines into it."
    )


class GroupOutOfReach(InvalidInput):
    """A procedure that asks what no cell of a sheet can say."""

    message = N_(
        "Procedure {procedure} cannot be handed in by a sheet: it asks for {questions}. "
        "Receive these applications one by one."
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


class UnusableScan(InvalidInput):
    """A picture or PDF that cannot be kept as a scan, with the reason."""

    message = N_("This file cannot be kept as a scan: {reason}. Nothing was added.")


class ScanEmpty(UnusableScan):
    """A file with nothing in it."""

    message = N_("The file is empty, so nothing was added. Scan the page again.")


class ScanTooLarge(UnusableScan):
    """A file of more bytes than are read."""

    message = N_(
        "The file is larger than {most}, so nothing was added. "
        "Scan at 200 dots per inch, or in several files."
    )


class ScanTooManyDots(UnusableScan):
    """A picture of more dots than are opened."""

    message = N_(
        "The picture has {width} × {height} dots, more than {most} million; nothing was added. "
        "Scan at 200 to 300 dots per inch."
    )


class ScanTooManyPages(UnusableScan):
    """A file of more pages than are taken from one."""

    message = N_(
        "The file has more than {most} pages, so nothing was added. Scan them into several files."
    )


class ScanOfOtherKind(UnusableScan):
    """A file that is no picture and no PDF, whatever it is called."""

    message = N_(
        "This is {kind}, which cannot be kept as a scan; nothing was added. "
        "Save it as JPEG, PNG, TIFF, WebP or PDF, and add that."
    )


class ScanFromPhone(ScanOfOtherKind):
    """A picture in a form that only phones open."""

    message = N_(
        "This is a {kind} picture of a phone; nothing was added. Send it as JPEG: on an iPhone "
        "choose Settings, Camera, Formats, Most Compatible, and take it again."
    )


class ScanDamaged(UnusableScan):
    """A file that ends too early, or is not what it begins as."""

    message = N_(
        "The file is cut short or damaged, so nothing was added. Wait until the scanner is done "
        "and add it again, or scan the page again."
    )


class ScanProtected(UnusableScan):
    """A PDF that opens by a password only."""

    message = N_(
        "The PDF is protected by a password, so nothing was added: nobody could open it later. "
        "Save it without protection, or scan the paper."
    )


class ScanTwofold(UnusableScan):
    """A file that is two things at once, as nothing is that a scanner makes."""

    message = N_(
        "The file is a {one} and a {other} at once, as no scanner makes it; it was not opened. "
        "Scan the paper itself, and tell the administrator."
    )


class ScanTooHeavy(UnusableScan):
    """A file on which too much time or memory was spent."""

    message = N_(
        "The file could not be opened within {seconds} s and {memory} MB, and was given up; "
        "nothing was added. Scan the page again at 200 dots per inch."
    )


class TooManyFiles(UnusableScan):
    """More files at once than are taken."""

    message = N_("{count} files are too many at once; nothing was added. Add at most {most}.")


class UnknownScan(InvalidInput):
    """The dossier has no such scan."""

    message = N_("This dossier has no scan {scan}. Look at its list; it may have been withdrawn.")


class InvalidForm(CounterError):
    """A file under forms/ is not as it should be."""

    message = N_("{file}: {reason}. Correct this file or take it out of its folder, and try again.")
    exit_code = 3


class UnknownGroup(InvalidInput):
    """No group of the queue is called this."""

    message = N_("There is no group “{group}” in the queue. There are: {groups}.")


class UnknownPriority(InvalidInput):
    """Nobody is let forward in the queue on this ground."""

    message = N_("“{priority}” is no ground for being called first. There are: {known}.")


class UnknownTicket(InvalidInput):
    """No such number was drawn today."""

    message = N_("No number “{number}” was drawn today. Look at the list of numbers.")
