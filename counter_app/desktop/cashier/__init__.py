"""Taking money: as a screen of its own, and as a part of a dossier's."""

from counter_app.desktop.cashier.presenter import CashierPresenter
from counter_app.desktop.cashier.view import CashierView

__all__ = ["CashierPresenter", "CashierView", "build", "build_part"]


def build(presenter: CashierPresenter) -> CashierView:
    """Return the screen of `presenter`, wired to it."""
    return _wired(CashierView(alone=True), presenter)


def build_part(presenter: CashierPresenter) -> CashierView:
    """Return a part for another screen, which hands Ctrl+Enter on to `presenter.submit`."""
    return _wired(CashierView(alone=False), presenter)


def _wired(view: CashierView, presenter: CashierPresenter) -> CashierView:
    view.edited.connect(presenter.edit)
    view.means_chosen.connect(presenter.choose_means)
    view.note_put.connect(presenter.add_note)
    view.code_wanted.connect(presenter.show_code)
    view.turned.connect(presenter.turn_to)
    view.went_back.connect(presenter.go_back)
    view.submitted.connect(presenter.submit)
    view.submitted_without_slip.connect(presenter.submit_without_slip)
    view.slip_wanted.connect(presenter.print_slip)
    view.dossier_wanted.connect(presenter.open_dossier)
    presenter.attach(view)
    return view
