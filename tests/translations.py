"""Which texts still want a translation: `python -m tests.translations [--write]`.

The program's own texts are English and stand in app.po, those of the law are Vietnamese and
stand in forms.po. Lists, for each file, what is missing, what is said no longer, and whose
placeholders differ. With `--write` it adds the missing msgids (with an empty msgstr, which
still counts as missing), drops the stale ones and sorts the file.
"""

import io
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages import Catalog, Message, extract, pofile

from counter_app import assets, i18n

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
SHOWN_AS_LAW = {"name", "label", "field", "request", "result", "rest_day_name", "evidence"}
_PACKAGE = Path(i18n.__file__).parent


def files() -> list[Path]:
    """Return the .po files there are; a language needs none for its own msgids."""
    return sorted((assets.RESOURCES / "locale").glob("*/*.po"))


def wanted(path: Path) -> dict[str, str]:
    """Return the msgids that the .po file at `path` has to translate, with their plurals."""
    return _said_by_the_program() if path.stem == "app" else dict.fromkeys(_said_by_the_law(), "")


def catalogue(path: Path) -> Catalog:
    """Read a .po file.

    Raises:
        PoFileError: with the line that is wrong.
    """
    with path.open("rb") as file:
        return pofile.read_po(file, abort_invalid=True)


def missing(path: Path) -> list[str]:
    """Return the msgids that the file does not translate."""
    known = catalogue(path)
    return sorted(one for one in wanted(path) if not _is_translated(known.get(one)))


def stale(path: Path) -> list[str]:
    """Return the msgids of the file that nobody says."""
    said = wanted(path).keys() if path.stem == "app" else set(_said_anywhere_in_forms())
    return sorted(
        _singular(message) for message in _messages(path) if _singular(message) not in said
    )


def misfilled(path: Path) -> list[str]:
    """Return the msgids of the file whose translation has other placeholders."""
    return sorted(
        _singular(message)
        for message in _messages(path)
        for text in _texts(message.string)
        if path.stem == "app" and text and _names(text) != _names(_texts(message.id)[-1])
    )


def unsorted(path: Path) -> list[str]:
    """Return the msgids of the file that stand after a greater one."""
    told = [_singular(message) for message in _messages(path)]
    return [one for before, one in pairwise(told) if one < before]


def write(path: Path) -> None:
    """Add what is missing to the file at `path`, drop what is stale, and sort it."""
    known = catalogue(path)
    for one in stale(path):
        known.delete(one)
    for one, many in wanted(path).items():
        if one not in known:
            known.add((one, many) if many else one)
    head = path.read_text("utf-8").split("\n\n", 1)[0]
    body = io.BytesIO()
    pofile.write_po(body, known, width=0, no_location=True, omit_header=True, sort_output=True)
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", "utf-8")


CHECKS = {"missing": missing, "stale": stale, "misfilled": misfilled, "unsorted": unsorted}


def complaints() -> Iterator[str]:
    """Yield a line for each text that something is wrong with."""
    for path in files():
        for what, check in CHECKS.items():
            yield from (f"{path.parent.name}/{path.name}: {what}: {one!r}" for one in check(path))


def _said_by_the_program() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(_PACKAGE.rglob("*.py")):
        with file.open("rb") as code:
            for _line, texts, _comments, _context in extract.extract("python", code, KEYWORDS):
                one, many = texts if isinstance(texts, tuple) else (texts, "")
                found[one] = many or found.get(one, "")
    return {one: many for one, many in found.items() if one}


def _said_by_the_law() -> Iterator[str]:
    procedures = (assets.FORMS / "procedures").glob("*.toml")
    named = ("calendar.toml", "exemptions.toml", "queue.toml")
    rules = [assets.FORMS / "rules" / name for name in named]
    for file in chain(procedures, rules):
        yield from _strings(tomllib.loads(file.read_text("utf-8")), SHOWN_AS_LAW)


def _said_anywhere_in_forms() -> Iterator[str]:
    for file in assets.FORMS.rglob("*.toml"):
        yield from _strings(tomllib.loads(file.read_text("utf-8")), None)


def _strings(value: Any, keys: set[str] | None) -> Iterator[str]:
    """Yield the texts within `value`: those under `keys`, or all of them."""
    if isinstance(value, list):
        yield from chain.from_iterable(_strings(each, keys) for each in value)
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, str) and each and (keys is None or key in keys):
                yield each
            yield from _strings(each, keys)
    elif isinstance(value, str) and keys is None:
        yield value


def _names(text: str) -> set[str | None]:
    # How a value is written, as in {day:02}, is the language's own affair.
    return {name for _before, name, _form, _conversion in Formatter().parse(text)} - {None}


def _messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def _is_translated(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_texts(message.string))


def _texts(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _singular(message: Message) -> str:
    return _texts(message.id)[0]


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        for po in files():
            write(po)
    found = list(complaints())
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
