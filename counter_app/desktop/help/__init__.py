"""The keys of the window, and what the program is made of."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.help.presenter import HelpPresenter
from counter_app.desktop.help.view import HelpView

__all__ = ["HelpPresenter", "build"]


def build(presenter: HelpPresenter) -> QWidget:
    """Return the view of `presenter`."""
    view = HelpView()
    presenter.attach(view)
    return view
