"""What every error is that a caller may be expected to handle."""

from typing import ClassVar

from counter_app.i18n import N_, _


class CounterError(Exception):
    """Base of the tree above: a message for the officer, and the values that fill it."""

    message: ClassVar[str] = N_("The operation could not be completed.")
    exit_code: ClassVar[int] = 1

    def __init__(self, **values: object) -> None:
        """Keep the values; the sentence is made when it is shown."""
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in the language of whoever reads it."""
        # Translated here and not where it was raised: that was another thread, or another day.
        return _(self.message).format(**self.values)
