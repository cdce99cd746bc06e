"""What each kind of entry is called that an officer makes on a dossier."""

from collections.abc import Mapping
from typing import Final

from counter_app.i18n import N_, _


def kind_name(kind: str) -> str:
    """Return what is done, in the language spoken."""
    return _(_NAMES[kind])


_NAMES: Final[Mapping[str, str]] = {
    "not_accepted": N_("Turn down an online application"),
    "served": N_("Hand the result over at once"),
    "fee_assessed": N_("Enter what a fee comes to"),
    "fee_exempted": N_("Exempt from a fee"),
    "exemption_reversed": N_("Take an exemption back"),
    "transfer_requested": N_("Ask for a transfer"),
    "receipt_linked": N_("Enter the number of a receipt"),
    "scans_arranged": N_("Put scans in order"),
    "scan_withdrawn": N_("Withdraw a scan"),
    "forwarded": N_("Hand over for examination"),
    "supplement_requested": N_("Ask for a supplement"),
    "supplement_received": N_("Take in a supplement"),
    "obligation_set": N_("Ask for a payment elsewhere"),
    "obligation_met": N_("Note that it was paid elsewhere"),
    "withdrawal_requested": N_("Take in a request to withdraw"),
    "withdrawal_taken_back": N_("Go on after a request to withdraw"),
    "stopped": N_("Stop"),
    "refused": N_("Refuse after examination"),
    "extended": N_("Apologise with a new date"),
    "finished": N_("Enter the result"),
    "result_returned": N_("Return the result"),
    "papers_returned": N_("Hand papers back"),
    "papers_changed": N_("Put the list of papers right"),
    "fee_paid": N_("Take money"),
    "fee_reversed": N_("Give money back"),
    "amended": N_("Correct an entry"),
    "reassigned": N_("Give it to another agency"),
    "noted": N_("Write a note"),
    "voided": N_("Void a wrong registration"),
}
