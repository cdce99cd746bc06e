"""Many at once: papers certified while one waits, and groups that hand in a sheet."""

from counter_app.desktop.batch.presenter import BatchPresenter
from counter_app.desktop.batch.view import BatchView

__all__ = ["BatchPresenter", "BatchView", "build"]


def build(presenter: BatchPresenter) -> BatchView:
    """Return the view of `presenter`, wired to it."""
    view = BatchView()
    view.chosen.connect(presenter.choose)
    view.submitted.connect(presenter.submit)
    counter, group = presenter.counter, presenter.group
    view.renewed.connect(counter.begin_anew)
    view.counter.chosen.connect(counter.choose)
    view.counter.edited.connect(counter.edit)
    view.counter.added.connect(counter.add)
    view.counter.removed.connect(counter.remove)
    view.counter.submitted.connect(presenter.submit)
    view.counter.renewed.connect(counter.begin_anew)
    view.group.chosen.connect(group.choose)
    view.group.file_chosen.connect(group.look_through)
    view.group.template_wanted.connect(group.write_template)
    view.group.submitted.connect(presenter.submit)
    view.group.wanted_again.connect(group.look_once_more)
    view.group.stopped.connect(group.stop)
    view.group.printed.connect(group.print_all)
    view.group.opened.connect(group.open_line)
    counter.attach(view.counter)
    group.attach(view.group)
    presenter.attach(view)
    return view
