"""The sheet with the recovery key, made once, while the key can still be known."""

from datetime import date

from counter_app.catalogue.catalogue import Catalogue
from counter_app.domain.agency import Agency
from counter_app.domain.paper import RecoverySheet
from counter_app.printing import render

FORM = "recovery-sheet"


def recovery_sheet_pdf(
    catalogue: Catalogue, *, office: Agency, desk_name: str, key: str, day: date
) -> bytes:
    """Return the sheet for the office's safe as PDF; the key is kept nowhere.

    Raises:
        InvalidForm: the form of the sheet is not as it should be.
    """
    form = catalogue.print_form(FORM, day).form
    paper = RecoverySheet(office=office, desk_name=desk_name, made_on=day, recovery_key=key)
    return render(form, paper, size="a4")
