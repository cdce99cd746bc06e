"""Today: what came in, what is due, what waits, and what was begun."""

from counter_app.desktop.home.presenter import HomePresenter
from counter_app.desktop.home.view import HomeView

__all__ = ["HomePresenter", "build"]


def build(presenter: HomePresenter) -> HomeView:
    """Return the view of `presenter`, wired to it."""
    view = HomeView()
    view.pile_chosen.connect(presenter.choose_pile)
    view.opened.connect(presenter.open_dossier)
    view.page_wanted.connect(presenter.fetch)
    view.draft_continued.connect(presenter.continue_draft)
    view.draft_dropped.connect(presenter.drop_draft)
    view.intake_wanted.connect(presenter.begin_intake)
    view.hand_over_wanted.connect(presenter.hand_over)
    view.refreshed.connect(presenter.enter)
    view.stack_wanted.connect(presenter.print_stack)
    presenter.attach(view)
    return view
