"""Which day it is: said by a person whenever the PC's date is new or doubtful."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.confirm_day.presenter import ConfirmDayPresenter
from counter_app.desktop.confirm_day.view import ConfirmDayView

__all__ = ["ConfirmDayPresenter", "build"]


def build(presenter: ConfirmDayPresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = ConfirmDayView()
    view.confirmed.connect(presenter.confirm)
    view.other_wanted.connect(presenter.choose_another)
    view.chosen.connect(presenter.choose)
    presenter.attach(view)
    return view
