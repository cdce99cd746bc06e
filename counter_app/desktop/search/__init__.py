"""Finding a dossier again by whatever the citizen has of it."""

from counter_app.desktop.search.presenter import SearchPresenter
from counter_app.desktop.search.view import SearchView

__all__ = ["SearchPresenter", "build"]


def build(presenter: SearchPresenter) -> SearchView:
    """Return the view of `presenter`, wired to it."""
    view = SearchView()
    view.asked.connect(presenter.type)
    view.narrowed.connect(presenter.narrow)
    view.chosen.connect(presenter.choose)
    view.confirmed.connect(presenter.open_chosen)
    view.opened.connect(presenter.open_dossier)
    view.page_wanted.connect(presenter.fetch)
    presenter.attach(view)
    return view
