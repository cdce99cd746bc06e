"""Every error a caller may be expected to handle.

* CounterError                  1
  + InvalidInput                2  what was given cannot be read
    - UnreadableFile               JSON, TOML or another file that does not parse
    - BookHasTroubles              a workbook with lines that cannot be read
    - UnreadableBody               an operation's body that does not fit its kind
    - UnwritableFile               a place that was named, where nothing can be written
    - PracticeOnly                 an option that a desk at work does not have
    - UnknownProcedure             the catalogue has no such procedure
    - UnknownDossier               this desk knows no such dossier
    - SharedCode                   several dossiers bear one code
    - UnknownKind                  nothing of this name can be done to a dossier
    - NoSuchPaper                  a dossier has no such paper to be printed
    - NotByHand                    it is noted by itself when something else is done
    - UnknownGroup                 no group of the queue is called this
    - UnknownPriority              nobody is let forward in the queue on this ground
    - UnknownTicket                no such number was drawn today
    - UnknownOfficer               nobody of this name has an account at this desk
    - RecoveryKeyMistyped          the check characters of the recovery key do not agree
    - EnrolCodeMistyped            those of an enrolment code do not agree
    - RootKeyMistyped              those of a centre's root key do not agree
    - GuidanceMistyped             those of a guidance paper do not agree
    - UnknownGuidance              this desk has given no such guidance
    - GroupSheetRefused            a group's sheet with other headings than its procedure's
    - GroupOutOfReach              a procedure that asks what no cell can say
    - UnsafeAddress                a centre's address over which nothing may be sent
    - UnknownAccount               nobody of this name may read how the centre stands
    - UnusableScan                 a picture or PDF that cannot be kept as a scan
      * ScanEmpty                  nothing is in it
      * ScanTooLarge               more bytes than are read
      * ScanTooManyDots            more dots than are opened
      * ScanTooManyPages           more pages than are taken from one file
      * ScanOfOtherKind            no picture and no PDF, whatever it is called
        + ScanFromPhone            a form that only phones open
      * ScanDamaged                it ends too early, or is not what it begins as
      * ScanProtected              a PDF that opens by a password only
      * ScanTwofold                two things at once
      * ScanTooHeavy               too much time or memory was spent on it
      * TooManyFiles               more files at once than are taken
    - UnknownScan                  the dossier has no such scan
  + InvalidForm                 3  a file under forms/ is not as it should be
  + NotConfigured               3  there is no profile here, or it is not complete
    - MissingExtra                 the packages of an extra are not installed
    - NoDisplay                    there is no screen to open a window on
    - ProfileExists                a profile is there already, and is never overwritten
    - DeviceSecretMissing          the slots were made on another PC
    - NotEnrolled                  this desk has no centre to send to
    - EnrolledAlready              it has one
    - NoAccount                    the office has no account to transfer money to
    - DatabaseUnusable             the centre's PostgreSQL cannot be used as it is
    - AddressUnusable              an address at which the centre cannot be served
  + StoreLocked                 4  another program has this store open
  + StoreError                  5  the database of this desk refused
    - StoreTooNew                  written by a newer release of this program
    - StoreDamaged                 what is stored is not what was written
    - ScanLost                     what was kept of a scan is not what was written
    - StoreFull                    the disk is full
    - StoreReadOnly                the disk or the file cannot be written
  + CentreUnreachable           6  nothing that is proved to be the centre's has answered
    - CentreNotTrusted             somebody else answers at its address, or the link is not safe
      * CertificateNotInForce      by its dates, or by this PC's clock
    - ClockWrong                   with the time of this PC no certificate can be checked
  + CentreRefused               7  the centre has answered, and did not take what was sent
    - EnrolCodeRefused             the code is used up, too old or another centre's
    - DeskRevoked                  the centre no longer takes this desk's word
    - DeskUnknown                  the centre has lost this desk
    - ChainForked                  two desks go on from the same journal
    - ProgramTooOld                the centre no longer understands this release
    - NoNumbersLeft                other desks of the agency hold all its numbers
    - UnknownDesk               2  no such desk was ever enrolled
  + NotPermitted                8  it is another role's work, or nobody's
    - SignInRefused                wrong name or password
    - SignInThrottled              too many wrong passwords; wait
    - SignInLocked                 far too many; waiting no longer helps
    - OfficerAltered               an entry changed by other means than this program
    - RecoveryKeyRefused           the recovery key does not open this store
    - RootKeyRefused               the root key is another centre's
  + RuleViolation              10  the rules refuse it; the officer can put it right
    - IncompleteIntake             something required was left empty
    - IncompleteEntry              an entry on a dossier says nothing without it
    - InvalidField                 a value that cannot be true
    - InvalidOfficer               a short name that nobody can sign in with
    - OfficerExists                the short name is taken
    - AccountExists                somebody of this name may read at the centre already
    - NoSupervisor                 nobody would be left who can let others in
    - WeakPassword                 a password that is guessed too easily
    - ImpossibleDate               no date at all, or a day that never was
    - ImpossibleClock              a business date that no dossier code can be printed for
    - DossierExists                it was received already
    - IllegalTransition            not possible from where the dossier stands
    - ExtendedAlready              the due date was put off as often as the law allows
    - ExtendedTooLate              and it is too near for that
    - NotOnTheSpot                 the procedure does not give its result at once
    - ScanKept                     the same page is kept for the same paper already
    - TooManyScans                 more than can be looked through and sent
    - NothingToHandOver            no dossier waits to be handed over
    - TenderedTooLittle            less was put on the desk than is to be paid
    - NothingOwed                  there is nothing to pay
    - MoreThanOwed                 more would be paid than is owed
    - MoreThanIsLeft               more would be given back than is left of a payment
    - UnknownPayment               it is not clear which payment is meant
    - UnknownExemption             it is not clear which exemption is meant
    - ExemptionGone                it was taken back already
    - MoneyTaken                   money was taken for what is to be voided
    - UnknownFee                   the dossier has no such line in its tariff
    - FeeNotEntered                nobody knows yet what a line comes to
    - ExemptTooMuch                more would be let off than is charged
    - UnknownGround                no such ground for paying less is in force
    - NobodyWaits                  there is nobody to call
    - NobodyCalled                 no number is at this desk
    - TicketGone                   a number was called or served already
    - NeedsNewerProgram            done by a newer program, and not to be judged by this one
    - NoCodesLeft                  the numbers leased to this desk for the day are used up
      * NoReserve                  and there is no reserve, or it is used up too
  + PrinterUnavailable          1  nothing came out of the printer; what was saved is safe
    - NoPrinter                    the PC has none
    - PrinterGone                  it has none of this name
    - PaperTooLarge                the printer is not made for such a sheet
    - PrintersSilent               the system does not say which there are
  + PrintBrokenOff              1  nobody knows what came out of the printer
  + PrintJobGone               10  the print job was seen to already
  + CentreNotStarted            1  the demonstration's own centre does not run here

The number is what the command line exits with. Anything else that is raised is a bug:
it is logged and shown by `desktop.app`, exits with 1, and is never caught.
"""

from counter_app.errors.base import CounterError
from counter_app.errors.centre import (
    CentreNotTrusted,
    CentreRefused,
    CentreUnreachable,
    CertificateNotInForce,
    ChainForked,
    ClockWrong,
    DeskRevoked,
    DeskUnknown,
    EnrolCodeRefused,
    NoNumbersLeft,
    ProgramTooOld,
    UnknownDesk,
)
from counter_app.errors.given import (
    BookHasTroubles,
    EnrolCodeMistyped,
    GroupOutOfReach,
    GroupSheetRefused,
    GuidanceMistyped,
    InvalidForm,
    InvalidInput,
    NoSuchPaper,
    NotByHand,
    PracticeOnly,
    RecoveryKeyMistyped,
    RootKeyMistyped,
    ScanDamaged,
    ScanEmpty,
    ScanFromPhone,
    ScanOfOtherKind,
    ScanProtected,
    ScanTooHeavy,
    ScanTooLarge,
    ScanTooManyDots,
    ScanTooManyPages,
    ScanTwofold,
    SharedCode,
    TooManyFiles,
    UnknownAccount,
    UnknownDossier,
    UnknownGroup,
    UnknownGuidance,
    UnknownKind,
    UnknownOfficer,
    UnknownPriority,
    UnknownProcedure,
    UnknownScan,
    UnknownTicket,
    UnreadableBody,
    UnreadableFile,
    UnsafeAddress,
    UnusableScan,
    UnwritableFile,
)
from counter_app.errors.money import (
    ExemptionGone,
    ExemptTooMuch,
    FeeNotEntered,
    MoneyTaken,
    MoreThanIsLeft,
    MoreThanOwed,
    NoAccount,
    NothingOwed,
    TenderedTooLittle,
    UnknownExemption,
    UnknownFee,
    UnknownGround,
    UnknownPayment,
)
from counter_app.errors.place import (
    AddressUnusable,
    CentreNotStarted,
    DatabaseUnusable,
    DeviceSecretMissing,
    EnrolledAlready,
    MissingExtra,
    NoDisplay,
    NoPrinter,
    NotConfigured,
    NotEnrolled,
    PaperTooLarge,
    PrintBrokenOff,
    PrinterGone,
    PrintersSilent,
    PrinterUnavailable,
    PrintJobGone,
    ProfileExists,
    ScanLost,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
)
from counter_app.errors.rules import (
    AccountExists,
    DossierExists,
    ExtendedAlready,
    ExtendedTooLate,
    IllegalTransition,
    ImpossibleClock,
    ImpossibleDate,
    IncompleteEntry,
    IncompleteIntake,
    InvalidField,
    InvalidOfficer,
    NeedsNewerProgram,
    NobodyCalled,
    NobodyWaits,
    NoCodesLeft,
    NoReserve,
    NoSupervisor,
    NothingToHandOver,
    NotOnTheSpot,
    NotPermitted,
    OfficerAltered,
    OfficerExists,
    RecoveryKeyRefused,
    RootKeyRefused,
    RuleViolation,
    ScanKept,
    SignInLocked,
    SignInRefused,
    SignInThrottled,
    TicketGone,
    TooManyScans,
    WeakPassword,
)

__all__ = [
    "AccountExists",
    "AddressUnusable",
    "BookHasTroubles",
    "CentreNotStarted",
    "CentreNotTrusted",
    "CentreRefused",
    "CentreUnreachable",
    "CertificateNotInForce",
    "ChainForked",
    "ClockWrong",
    "CounterError",
    "DatabaseUnusable",
    "DeskRevoked",
    "DeskUnknown",
    "DeviceSecretMissing",
    "DossierExists",
    "EnrolCodeMistyped",
    "EnrolCodeRefused",
    "EnrolledAlready",
    "ExemptTooMuch",
    "ExemptionGone",
    "ExtendedAlready",
    "ExtendedTooLate",
    "FeeNotEntered",
    "GroupOutOfReach",
    "GroupSheetRefused",
    "GuidanceMistyped",
    "IllegalTransition",
    "ImpossibleClock",
    "ImpossibleDate",
    "IncompleteEntry",
    "IncompleteIntake",
    "InvalidField",
    "InvalidForm",
    "InvalidInput",
    "InvalidOfficer",
    "MissingExtra",
    "MoneyTaken",
    "MoreThanIsLeft",
    "MoreThanOwed",
    "NeedsNewerProgram",
    "NoAccount",
    "NoCodesLeft",
    "NoDisplay",
    "NoNumbersLeft",
    "NoPrinter",
    "NoReserve",
    "NoSuchPaper",
    "NoSupervisor",
    "NobodyCalled",
    "NobodyWaits",
    "NotByHand",
    "NotConfigured",
    "NotEnrolled",
    "NotOnTheSpot",
    "NotPermitted",
    "NothingOwed",
    "NothingToHandOver",
    "OfficerAltered",
    "OfficerExists",
    "PaperTooLarge",
    "PracticeOnly",
    "PrintBrokenOff",
    "PrintJobGone",
    "PrinterGone",
    "PrinterUnavailable",
    "PrintersSilent",
    "ProfileExists",
    "ProgramTooOld",
    "RecoveryKeyMistyped",
    "RecoveryKeyRefused",
    "RootKeyMistyped",
    "RootKeyRefused",
    "RuleViolation",
    "ScanDamaged",
    "ScanEmpty",
    "ScanFromPhone",
    "ScanKept",
    "ScanLost",
    "ScanOfOtherKind",
    "ScanProtected",
    "ScanTooHeavy",
    "ScanTooLarge",
    "ScanTooManyDots",
    "ScanTooManyPages",
    "ScanTwofold",
    "SharedCode",
    "SignInLocked",
    "SignInRefused",
    "SignInThrottled",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreReadOnly",
    "StoreTooNew",
    "TenderedTooLittle",
    "TicketGone",
    "TooManyFiles",
    "TooManyScans",
    "UnknownAccount",
    "UnknownDesk",
    "UnknownDossier",
    "UnknownExemption",
    "UnknownFee",
    "UnknownGround",
    "UnknownGroup",
    "UnknownGuidance",
    "UnknownKind",
    "UnknownOfficer",
    "UnknownPayment",
    "UnknownPriority",
    "UnknownProcedure",
    "UnknownScan",
    "UnknownTicket",
    "UnreadableBody",
    "UnreadableFile",
    "UnsafeAddress",
    "UnusableScan",
    "UnwritableFile",
    "WeakPassword",
]
