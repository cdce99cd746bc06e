"""`python -m counter_app` does what the command `counter-app` does."""

import sys

from counter_app.errors import CounterError


def main() -> None:
    """Open the window if nothing else is asked for, or do what the command line says."""
    if len(sys.argv) == 1:
        _open_window()
    # The window does not wait for it: it takes a third as long to import as Qt.
    from counter_app.cli import main as command_line

    command_line()


def _open_window() -> None:
    from counter_app.bootstrap import default_profile, run_window

    try:
        sys.exit(run_window(default_profile(), None))
    except CounterError:
        return  # the command line meets it too, and says it as it says everything


if __name__ == "__main__":
    main()
