"""What the papers are called that a desk gives out, for lists and for the timeline."""

from collections.abc import Mapping
from typing import Final

from counter_app.i18n import N_, _, law


def form_name(form: str, title: str = "") -> str:
    """Return what a paper is called in the language spoken; one that an office added, by `title`.

    Without one, by its id.
    """
    return _(_NAMES[form]) if form in _NAMES else law(title) or form


_NAMES: Final[Mapping[str, str]] = {
    "receipt": N_("receipt (form 01)"),
    "supplement-request": N_("request for a supplement (form 02)"),
    "refusal": N_("refusal to receive (form 03)"),
    "extension": N_("apology with a new date (form 04)"),
    "stop-notice": N_("notice of the stop (form 05)"),
    "control-slip": N_("control slip (form 06)"),
    "register": N_("register (form 07)"),
    "rejection": N_("refusal after examination"),
    "hand-over-list": N_("hand-over list"),
    "supplement-receipt": N_("receipt of a supplement"),
    "papers-returned": N_("receipt of papers handed back"),
    "payment-slip": N_("payment slip"),
    "refund-slip": N_("refund slip"),
    "transfer-request": N_("how to pay by transfer"),
    "ticket": N_("number slip"),
}
