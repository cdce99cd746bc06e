"""Papers on their way to the printers: what waits, what failed, what nobody knows of."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from counter_app.desktop.prints.presenter import PrintsPresenter
from counter_app.desktop.prints.view import PrintsView

__all__ = ["PrintsPresenter", "build"]


def build(presenter: PrintsPresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = PrintsView()
    view.chosen.connect(presenter.choose)
    view.printer_chosen.connect(presenter.choose_printer)
    view.asked.connect(presenter.do)
    view.saved.connect(lambda path: presenter.save(Path(path)))
    view.all_wanted.connect(presenter.print_all)
    view.refreshed.connect(presenter.enter)
    presenter.attach(view)
    return view
