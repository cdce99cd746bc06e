"""A window in a process of its own, which says on the standard output when it was painted.

`python -m tests.benchmarks._window bare|start|home [PROFILE INSTANT PASSWORD]`; instants are
those of the system's monotonic clock, work is the processor's seconds, memory the peak in KiB.
Imports nothing by itself: what is timed is what the program imports.
"""

import os
import sys
import time


def bare():
    """Show an empty window: what no program that uses Qt can be quicker than."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    class Painted(QWidget):
        def paintEvent(self, event):
            super().paintEvent(event)
            QTimer.singleShot(0, finish)

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(Painted())
    window.resize(1280, 800)
    window.show()
    app.exec()


def start(profile):
    """Start the program as `python -m counter_app` does, until its sign-in is painted."""
    from PySide6.QtWidgets import QApplication

    go_on = QApplication.exec

    def watched(*_app):
        for window in QApplication.topLevelWidgets():
            if hasattr(window, "painted"):
                window.painted.connect(finish)
        return go_on()

    QApplication.exec = watched
    os.environ["COUNTER_APP_PROFILE"], sys.argv[1:] = profile, []
    from counter_app.__main__ import main

    main()


def home(profile, instant, password):
    """Sign in once everything is made ready, until home is painted with the first of its rows."""
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtCore import QTimer

    from counter_app.bootstrap import Opening
    from counter_app.desktop import app

    running = app.start(Opening(Path(profile), at=datetime.fromisoformat(instant)))
    window, began = running.window, []
    begin_work = window.begin_work

    def submit():
        began.extend((time.monotonic(), time.process_time()))
        window.sign_in.submit(password)

    def when_idle():  # behind what is made ready while a password is typed
        QTimer.singleShot(10, submit if running.tasks.is_idle else when_idle)

    def and_watch(desk):  # the one table alone: to look at all events would be among what is timed
        begin_work(desk)
        _watch_for_rows(window.workplace, lambda: finish(*began))

    window.begin_work = and_watch
    window.painted.connect(lambda: QTimer.singleShot(0, when_idle))
    running.app.exec()


def _watch_for_rows(workplace, done):
    """Call `done` when the first table of `workplace` has been painted with rows in it."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QTableView

    table = workplace.findChild(QTableView)

    class Watch(QObject):
        def eventFilter(self, _target, event):
            if event.type() == QEvent.Type.Paint and table.model().rowCount():
                QTimer.singleShot(0, done)
            return False

    table.viewport().installEventFilter(Watch(table))


def finish(began=0.0, worked=0.0):
    """Say when it was, and since two instants how long and how much work; and the memory; end."""
    import resource

    now, work = time.monotonic(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(now, now - began, work - worked, peak, flush=True)
    os._exit(0)


if __name__ == "__main__":
    {"bare": bare, "start": start, "home": home}[sys.argv[1]](*sys.argv[2:])
