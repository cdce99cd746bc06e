"""The register of a period, and the lists that an office works through."""

from counter_app.desktop.lists.presenter import ListsPresenter
from counter_app.desktop.lists.view import ListsView

__all__ = ["ListsPresenter", "build"]


def build(presenter: ListsPresenter) -> ListsView:
    """Return the view of `presenter`, wired to it."""
    view = ListsView()
    view.turned.connect(presenter.turn_to)
    view.narrowed.connect(presenter.narrow)
    view.saved_wanted.connect(presenter.take_saved)
    view.save_wanted.connect(presenter.save)
    view.drop_wanted.connect(presenter.drop)
    view.opened.connect(presenter.open_dossier)
    view.page_wanted.connect(presenter.fetch)
    view.print_wanted.connect(presenter.print_register)
    view.workbook_wanted.connect(presenter.write_workbook)
    presenter.attach(view)
    return view
