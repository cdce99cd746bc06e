"""Papers that are of no dossier, rendered by the form of their day."""

from datetime import date

from counter_app.desk import Desk
from counter_app.domain.form_name import form_name
from counter_app.domain.paper import Paper
from counter_app.domain.print_form import PaperSize
from counter_app.domain.sheet import Sheet
from counter_app.printing import render


def rendered(
    desk: Desk, form_id: str, paper: Paper, *, day: date, size: PaperSize, bilingual: bool = False
) -> Sheet:
    """Return a paper that is not of a dossier, by its form as it is on `day`."""
    form = desk.catalogue.print_form(form_id, day).form
    style = desk.paper_style
    used = form.fitting(size)
    bilingual = bilingual or style.bilingual
    pdf = render(form, paper, size=used, numbering=style.numbering, bilingual=bilingual)
    return Sheet(form=form_id, title=form_name(form_id, form.title), size=used, pdf=pdf)
