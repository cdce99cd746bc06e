"""The centre: how the desk stands with it, what is still to be sent, and what it reports back."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.centre.presenter import CentrePresenter
from counter_app.desktop.centre.view import CentreView

__all__ = ["CentrePresenter", "build"]


def build(presenter: CentrePresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = CentreView()
    view.sending_wanted.connect(presenter.send_now)
    view.enrolment_wanted.connect(presenter.begin_enrolment)
    view.opened.connect(presenter.open_dossier)
    view.refreshed.connect(presenter.enter)
    presenter.attach(view)
    return view
