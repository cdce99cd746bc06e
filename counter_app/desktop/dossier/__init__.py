"""One dossier: what it is about, what has happened to it, and what is done to it next."""

from collections.abc import Sequence

from counter_app.desktop.dossier.presenter import DossierPresenter
from counter_app.desktop.dossier.view import DossierView, Tab

__all__ = ["DossierPresenter", "Tab", "build"]


def build(presenter: DossierPresenter, tabs: Sequence[Tab] = ()) -> DossierView:
    """Return the view of `presenter`, wired to it, with other sheets beside its own."""
    view = DossierView(tabs)
    view.numbers_toggled.connect(presenter.toggle_numbers)
    view.print_wanted.connect(presenter.print_receipt)
    view.look_wanted.connect(presenter.look_at_receipt)
    view.paper_wanted.connect(presenter.print_other)
    view.begun.connect(presenter.begin)
    view.supplement_wanted.connect(presenter.begin_supplement)
    view.all_ticked.connect(presenter.tick_all)
    view.done.connect(presenter.carry_out)
    view.came_back.connect(presenter.enter)
    panel = view.panel
    panel.edited.connect(presenter.edit)
    panel.written.connect(presenter.add_line)
    panel.all_ticked.connect(presenter.tick_all)
    panel.printing_chosen.connect(presenter.choose_printing)
    panel.done.connect(presenter.carry_out)
    panel.left.connect(presenter.leave_entry)
    presenter.attach(view)
    return view
