"""What is made ready while the password is typed, so that the work is there right after it."""


def fetch() -> None:
    """Import what the work needs first. Touches no window, and is for another thread."""
    import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 - signs what is noted
    from PySide6.QtGui import QGradient

    # Painting a line asks for its names, and to make them takes as long as painting all lines.
    len(QGradient.Preset)


def draw() -> None:
    """Draw the symbols that will be in sight first; they are kept."""
    from counter_app.desktop.navigation import draw_symbols

    draw_symbols()
