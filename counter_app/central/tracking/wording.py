"""What the pages say. Plain words for people who have never been to an office before.

Nothing here blames the reader: digits that do not hold are misread more often than forged.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from counter_app.domain.tracking import PageState, Step
from counter_app.i18n import N_


class Words(Struct, frozen=True, kw_only=True):
    """What stands at the top of a page: the state, what it means, what is to be done now.

    `tone` is a class of style.css; what it says by colour, `headline` says in words.
    """

    headline: str
    meaning: str
    advice: str = ""
    tone: str = ""


_CALL_OFFICE: Final = N_("If you have a question, call the office and name the dossier code.")
_SCAN_AGAIN: Final = N_(
    "Please scan the QR code on your receipt again, with the paper flat and in good light."
)
_BRING_RECEIPT: Final = N_(
    "Please scan the QR code again. If you still see this page, call the office that is named on "
    "your receipt, or go there and take it with you: they find your dossier by its code."
)

WORDS: Final[Mapping[PageState, Words]] = {
    PageState.RECEIVED: Words(
        headline=N_("Your dossier has been received"),
        meaning=N_("It is about to be handed to the unit that works on it."),
        advice=N_("You need not do anything now."),
        tone="go",
    ),
    PageState.WORKED_ON: Words(
        headline=N_("Your dossier is being worked on"),
        meaning=N_("The unit in charge has it."),
        advice=N_("You need not do anything now."),
        tone="go",
    ),
    PageState.SUPPLEMENT: Words(
        headline=N_("Something is still needed from you"),
        meaning=N_(
            "The office has asked you to add papers. Its request says which. While it waits for "
            "you the time does not run; when you have brought them, a new date is set."
        ),
        advice=N_("Please bring everything that the request names, all of it at once."),
        tone="ask",
    ),
    PageState.OBLIGATION: Words(
        headline=N_("There is something for you to pay"),
        meaning=N_(
            "The office has sent you a notice of what has to be paid. While it waits for the "
            "payment the time does not run."
        ),
        advice=N_("Please pay as the notice says, and keep what proves it."),
        tone="ask",
    ),
    PageState.WITHDRAWAL: Words(
        headline=N_("The dossier was asked back"),
        meaning=N_(
            "The office has noted that the dossier is to be withdrawn, and is seeing to it."
        ),
        advice=N_("If you did not ask for this, please call the office today."),
        tone="ask",
    ),
    PageState.READY: Words(
        headline=N_("The result is ready for you"),
        meaning=N_(
            "You can collect it at the office. If you chose to have it sent, it will be sent."
        ),
        advice=N_("Please bring your receipt and your identity card."),
        tone="good",
    ),
    PageState.RETURNED: Words(
        headline=N_("The result has been handed over"),
        meaning=N_("The dossier is finished."),
        advice=N_("If you have not had the result, please call the office."),
        tone="good",
    ),
    PageState.NOT_ACCEPTED: Words(
        headline=N_("The dossier was not accepted"),
        meaning=N_("It was not taken on. The office has told the applicant why."),
        advice=_CALL_OFFICE,
    ),
    PageState.REFUSED: Words(
        headline=N_("The dossier was refused"),
        meaning=N_(
            "The conditions for what was asked for are not met. The reasons stand in the letter "
            "that the office has written."
        ),
        advice=_CALL_OFFICE,
    ),
    PageState.STOPPED: Words(
        headline=N_("The work on this dossier has ended"),
        meaning=N_(
            "There is no result: the dossier was withdrawn, or what was missing did not come in "
            "time. The office has told the applicant why."
        ),
        advice=_CALL_OFFICE,
    ),
    PageState.VOIDED: Words(
        headline=N_("This entry was cancelled"),
        meaning=N_("It had been registered by mistake, and its code is not used again."),
        advice=N_("If nobody has told you why, call the office and name the dossier code."),
    ),
    PageState.UNCLEAR: Words(
        headline=N_("The office has reported your dossier"),
        meaning=N_("How far it has come is not known here yet."),
        advice=_CALL_OFFICE,
        tone="go",
    ),
    PageState.NOT_YET: Words(
        headline=N_("The receipt is genuine"),
        meaning=N_(
            "The office has not reported the dossier to this page yet: a desk registers without a "
            "network too, and reports later. What is printed on your receipt counts."
        ),
        advice=N_(
            "Keep the receipt and look here again later. If you still see this page after three "
            "days, please call the office."
        ),
        tone="go",
    ),
    PageState.UNCONFIRMED: Words(
        headline=N_("This receipt cannot be confirmed"),
        meaning=N_(
            "The office has not reported such a dossier, and a receipt with this date and this "
            "number is not expected from the desk that is named on it."
        ),
        advice=N_("Please call the office, or go there and take the receipt with you."),
        tone="ask",
    ),
    PageState.ALTERED: Words(
        headline=N_("These are not the digits that an office has printed"),
        meaning=N_("One of them was misread or changed, and so nothing can be shown."),
        advice=_BRING_RECEIPT,
        tone="bad",
    ),
    PageState.UNKNOWN_KEY: Words(
        headline=N_("This receipt is not known here"),
        meaning=N_(
            "It names a desk that does not report to this page, or one of its digits was misread."
        ),
        advice=_BRING_RECEIPT,
        tone="ask",
    ),
    PageState.UNREADABLE: Words(
        headline=N_("This address is not complete"),
        meaning=N_("Some of the digits that belong to a receipt are missing from it."),
        advice=_SCAN_AGAIN,
        tone="ask",
    ),
    PageState.ASKING: Words(
        headline=N_("How far has my dossier come?"),
        meaning=N_(
            "The quickest way is to scan the QR code on your receipt with your telephone. If that "
            "does not work, type what is printed on it."
        ),
    ),
    PageState.NOT_FOUND: Words(
        headline=N_("Nothing can be shown for this code and PIN"),
        meaning=N_("One of the two was mistyped, or the office has not reported the dossier yet."),
        advice=N_(
            "Please compare both with your receipt. If they are right, scan its QR code: that "
            "shows more, even before the office has reported."
        ),
        tone="ask",
    ),
    PageState.TOO_MANY: Words(
        headline=N_("There were too many tries"),
        meaning=N_("To keep others from guessing, this page takes a rest."),
        advice=N_(
            "Please wait some minutes, or scan the QR code on your receipt: that works all the "
            "time."
        ),
        tone="ask",
    ),
    PageState.UNAVAILABLE: Words(
        headline=N_("This page cannot look anything up just now"),
        meaning=N_("The fault is here and not with you. Your dossier and your receipt are safe."),
        advice=N_("Please try again in some minutes."),
        tone="ask",
    ),
}

STEP_WORDS: Final[Mapping[Step, str]] = {
    Step.RECEIVED: N_("Received at the desk"),
    Step.WORKED_ON: N_("Being worked on"),
    Step.ASKED: N_("Something is asked of you"),
    Step.READY: N_("Result ready to collect"),
    Step.RETURNED: N_("Result handed over"),
}

SITE: Final = N_("Dossier tracking")
OTHER_LANGUAGE: Final = {"vi": ("en", "English"), "en": ("vi", "Tiếng Việt")}
STEPS_HEADING: Final = N_("The five steps")
DONE: Final = N_("done")
NOW: Final = N_("your dossier is here")
ALL_DONE: Final = N_("all is done")
ONLY_IF_NEEDED: Final = N_("only if something is missing")
FACTS_HEADING: Final = N_("Your dossier")
PRINTED_HEADING: Final = N_("What your receipt says")
CODE: Final = N_("Dossier code")
RECEIVED_ON: Final = N_("Received")
DUE: Final = N_("Result promised for")
NEW_DUE: Final = N_("New date for the result")
FIRST_DUE: Final = N_("Your receipt says {date}")
NO_DUE: Final = N_("No date was promised: you are told when the result is there.")
PAUSED: Final = N_("It is put off for as long as the office waits for you.")
BY_HOUR: Final = N_("{weekday}, by {time}")
AT_HOUR: Final = N_("{weekday}, {time}")
READY_SINCE: Final = N_("Ready since")
RETURNED_ON: Final = N_("Handed over")
LAST_REPORT: Final = N_("The desk last reported")
NEVER_REPORTED: Final = N_("It has not reported anything so far.")
LATE: Final = N_("The result is late")
OVERDUE: Final = N_(
    "The promised time has passed, and the result is not there. We apologise. Please call the "
    "office: it owes you the reason and a new date."
)
PRACTICE: Final = N_(
    "For practice only: this is no real dossier, and its receipt is worth nothing."
)
NEWS_NOT_READ: Final = N_("There is newer information that this page cannot show. Call the office.")
OFFICE_HEADING: Final = N_("Where to go")
HOURS: Final = N_("Working hours")
HOTLINE: Final = N_("Hotline")
NO_HOTLINE: Final = N_("You find the address and the telephone number on your receipt.")
FORM_HEADING: Final = N_("Look up with code and PIN")
CODE_HINT: Final = N_("As on the receipt, for example H57.132-260803-0001")
PIN: Final = N_("PIN")
PIN_HINT: Final = N_("Six letters and digits, beside the code on the receipt")
LOOK_UP: Final = N_("Look up")
OTHER_DOSSIER: Final = N_("Look up another dossier")
AS_OF: Final = N_("As of {time}.")
NOTHING_PERSONAL: Final = N_(
    "This page shows no names and no personal data. Whoever has your receipt can open it: keep "
    "it safe."
)
