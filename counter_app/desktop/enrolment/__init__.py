"""Connecting this desk with a centre: address and code, the fingerprint, and it is done."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.enrolment.presenter import EnrolmentPresenter
from counter_app.desktop.enrolment.view import EnrolmentView

__all__ = ["EnrolmentPresenter", "build"]


def build(presenter: EnrolmentPresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = EnrolmentView()
    view.edited.connect(presenter.edit)
    view.left.connect(presenter.leave)
    view.advanced.connect(presenter.advance)
    view.returned.connect(presenter.go_back)
    presenter.attach(view)
    return view
