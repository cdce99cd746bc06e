"""Handing the day's dossiers over for examination, on one numbered list."""

from counter_app.desktop.hand_over.presenter import HandOverPresenter
from counter_app.desktop.hand_over.view import HandOverView

__all__ = ["HandOverPresenter", "build"]


def build(presenter: HandOverPresenter) -> HandOverView:
    """Return the view of `presenter`, wired to it."""
    view = HandOverView()
    view.ticked.connect(presenter.tick)
    view.all_ticked.connect(presenter.tick_all)
    view.opened.connect(presenter.open_dossier)
    view.unit_named.connect(presenter.name_unit)
    view.receiver_named.connect(presenter.name_receiver)
    view.printing_chosen.connect(presenter.choose_printing)
    view.submitted.connect(presenter.submit)
    view.left.connect(presenter.leave)
    presenter.attach(view)
    return view
