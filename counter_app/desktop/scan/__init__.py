"""One scan in full: shown after it was noted who wanted to see it, and why."""

from counter_app.desktop.scan.presenter import ScanPresenter
from counter_app.desktop.scan.view import ScanView

__all__ = ["ScanPresenter", "build"]


def build(presenter: ScanPresenter) -> ScanView:
    """Return the view of `presenter`, wired to it."""
    view = ScanView()
    view.reason_given.connect(presenter.give_reason)
    view.stepped.connect(presenter.step)
    view.saved.connect(presenter.save)
    view.left.connect(presenter.leave)
    presenter.attach(view)
    return view
