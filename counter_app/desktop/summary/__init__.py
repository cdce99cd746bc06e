"""The daily summary: the day's figures, how they add up, and their way to paper."""

from counter_app.desktop.summary.presenter import SummaryPresenter
from counter_app.desktop.summary.view import SummaryView, build

__all__ = ["SummaryPresenter", "SummaryView", "build"]
