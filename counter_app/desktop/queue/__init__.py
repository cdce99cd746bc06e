"""The queue: numbers are drawn, called, called again, sent on and done with."""

from counter_app.desktop.queue.presenter import QueuePresenter
from counter_app.desktop.queue.view import QueueView

__all__ = ["QueuePresenter", "build"]


def build(presenter: QueuePresenter) -> QueueView:
    """Return the view of `presenter`, wired to it."""
    view = QueueView()
    view.drawn.connect(lambda group, forward: presenter.draw(group, forward=forward))
    view.forward_chosen.connect(presenter.let_forward)
    view.next_called.connect(presenter.call_next)
    view.called.connect(presenter.call)
    view.recalled.connect(presenter.recall)
    view.moved.connect(presenter.move)
    view.ended.connect(presenter.end)
    view.groups_chosen.connect(presenter.serve)
    view.intake_wanted.connect(presenter.begin_intake)
    view.hall_wanted.connect(presenter.open_hall)
    view.chime_wanted.connect(presenter.ring)
    view.looked.connect(presenter.look)
    view.ticked.connect(presenter.tick)
    view.refreshed.connect(presenter.enter)
    presenter.attach(view)
    return view
