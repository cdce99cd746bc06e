"""Papers that a desk gives out, made and ready for a printer."""

from counter_app.domain.sheet import Sheet
from counter_app.services.papers.of_desk import (
    guidance_sheet,
    hand_over_sheet,
    register_sheet,
    ticket_sheet,
)
from counter_app.services.papers.of_dossier import (
    PaperOffer,
    form_of_step,
    papers_of,
    payment_sheet,
    preview_paper,
    print_paper,
)

__all__ = [
    "PaperOffer",
    "Sheet",
    "form_of_step",
    "guidance_sheet",
    "hand_over_sheet",
    "papers_of",
    "payment_sheet",
    "preview_paper",
    "print_paper",
    "register_sheet",
    "ticket_sheet",
]
