"""Guidance before acceptance: what is missing is told at once, noted, printed and reopened."""

from counter_app.desktop.guidance.presenter import GuidancePresenter
from counter_app.desktop.guidance.view import GuidanceView

__all__ = ["GuidancePresenter", "GuidanceView", "build"]


def build(presenter: GuidancePresenter) -> GuidanceView:
    """Return the view of `presenter`, wired to it."""
    view = GuidanceView()
    view.chosen.connect(presenter.choose)
    view.told.connect(presenter.tell)
    view.changed.connect(lambda place, field, value: presenter.change(place, **{field: value}))
    view.added.connect(presenter.add)
    view.edited.connect(presenter.edit)
    view.submitted.connect(presenter.submit)
    view.left.connect(presenter.leave)
    view.continued.connect(presenter.go_on)
    view.printed.connect(presenter.print_again)
    view.intake_wanted.connect(presenter.begin_intake)
    presenter.attach(view)
    return view
