"""The first run: from nothing to a desk with one officer and a printed recovery key."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.first_run.presenter import FirstRunPresenter
from counter_app.desktop.first_run.view import FirstRunView

__all__ = ["FirstRunPresenter", "build"]


def build(presenter: FirstRunPresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = FirstRunView()
    view.language_chosen.connect(presenter.speak)
    view.scale_chosen.connect(presenter.resize_letters)
    view.edited.connect(presenter.edit)
    view.left.connect(presenter.leave)
    view.password_typed.connect(presenter.weigh)
    view.advanced.connect(presenter.advance)
    view.returned.connect(presenter.go_back)
    view.founded.connect(presenter.found)
    view.printed.connect(presenter.print_sheet)
    view.saved.connect(presenter.save_sheet)
    view.finished.connect(presenter.finish)
    presenter.attach(view)
    return view
