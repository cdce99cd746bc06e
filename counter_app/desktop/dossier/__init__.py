"""One dossier: what it is about, what came with it, and all that has happened to it."""

from counter_app.desktop.dossier.presenter import DossierPresenter
from counter_app.desktop.dossier.view import DossierView

__all__ = ["DossierPresenter", "build"]


def build(presenter: DossierPresenter) -> DossierView:
    """Return the view of `presenter`, wired to it."""
    view = DossierView()
    view.numbers_toggled.connect(presenter.toggle_numbers)
    view.print_wanted.connect(presenter.print_receipt)
    view.look_wanted.connect(presenter.look_at_receipt)
    presenter.attach(view)
    return view
