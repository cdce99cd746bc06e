"""Signing in: at the start, after the lock, and with a new password when one is due."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.sign_in.presenter import SignInPresenter
from counter_app.desktop.sign_in.view import SignInView

__all__ = ["SignInPresenter", "build"]


def build(presenter: SignInPresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = SignInView()
    view.chosen.connect(presenter.choose)
    view.submitted.connect(presenter.submit)
    view.changed.connect(presenter.change_password)
    view.returned.connect(presenter.go_back)
    view.ticked.connect(presenter.tick)
    view.language_chosen.connect(presenter.speak)
    view.scale_chosen.connect(presenter.resize_letters)
    view.dark_chosen.connect(presenter.darken)
    presenter.attach(view)
    return view
