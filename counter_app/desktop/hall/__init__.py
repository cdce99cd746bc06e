"""What the hall sees: whose turn it is, and where to go."""

from counter_app.desktop.hall.presenter import HallPresenter
from counter_app.desktop.hall.window import HallWindow

__all__ = ["HallPresenter", "build"]


def build(presenter: HallPresenter) -> HallWindow:
    """Return the window of `presenter`, wired to it."""
    window = HallWindow()
    window.looked.connect(presenter.look)
    window.ticked.connect(presenter.tick)
    window.placed.connect(presenter.remember)
    window.closed.connect(presenter.close)
    presenter.attach(window)
    return window
