"""The receipt on its way to paper: printed at once, or looked at first."""

from counter_app.desktop.paper.presenter import PaperPresenter
from counter_app.desktop.paper.view import PaperView, build

__all__ = ["PaperPresenter", "PaperView", "build"]
