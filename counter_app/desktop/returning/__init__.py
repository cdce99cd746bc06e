"""Handing results out: slips are scanned, the collector is compared, and all is noted at once."""

from counter_app.desktop.returning.presenter import ReturningPresenter
from counter_app.desktop.returning.view import ReturningView

__all__ = ["ReturningPresenter", "build"]


def build(presenter: ReturningPresenter) -> ReturningView:
    """Return the view of `presenter`, wired to it."""
    view = ReturningView()
    view.typed.connect(presenter.typed)
    view.submitted.connect(presenter.submit)
    slips, panel = view.slips, view.panel
    slips.opened.connect(presenter.open_dossier)
    slips.left_out.connect(presenter.leave_out)
    slips.paid.connect(presenter.open_cashier)
    slips.document_ticked.connect(presenter.tick_document)
    slips.receipt_ticked.connect(presenter.tick_receipt)
    panel.chosen.connect(presenter.choose)
    panel.named.connect(presenter.name)
    panel.authorised.connect(presenter.authorise)
    panel.sent_by.connect(presenter.send_by)
    panel.numbered.connect(presenter.number)
    panel.printing_chosen.connect(presenter.choose_printing)
    panel.submitted.connect(presenter.submit)
    panel.left.connect(presenter.forget)
    presenter.attach(view)
    return view
