"""The printers that a paper may go to, as a screen offers them; without Qt."""

from msgspec import Struct

from counter_app.devices.printers import Printer


class Outlets(Struct, frozen=True, kw_only=True):
    """The printers of this PC by name, and the one that is meant.

    Nothing is known of them as long as the system was not `asked`: it may take its time, and
    is `silent` if it took too much.
    """

    names: tuple[str, ...] = ()
    chosen: str = ""
    asked: bool = False
    silent: bool = False


def look_for_printers(printer: Printer, wanted: str) -> Outlets:
    """Return what the system has; without the `wanted` one, its own choice is meant."""
    names = tuple(printer.names())
    usual = wanted if wanted in names else printer.default()
    chosen = usual if usual in names else next(iter(names), "")
    return Outlets(names=names, chosen=chosen, asked=True)
