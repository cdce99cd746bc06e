"""Runs a command for as long as the demonstration lives: `python -m … demo_guard WORDS`.

However the demonstration ends, even killed, the pipe to this program closes, and with it the
command is told to stop as by an administrator.
"""

import os
import signal
from threading import Thread


def stop_with_whoever_started_this() -> None:
    """Have this program told to stop as soon as nobody holds the other end of its input."""

    def watch() -> None:
        # Not by `sys.stdin`: its lock would be held for ever, and Python aborts at the end.
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    from counter_app.cli import main

    stop_with_whoever_started_this()
    main()
