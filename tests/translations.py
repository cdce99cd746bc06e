"""Which texts of the program still want a translation: `python -m tests.translations [--write]`.

Lists the msgids that a language lacks, those that the program no longer says, and those whose
placeholders differ. With `--write` it adds the missing ones (with an empty msgstr, which still
counts as missing), drops the stale ones and sorts the file.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message, extract, pofile

from counter_app import assets, i18n

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_PACKAGE = Path(i18n.__file__).parent
_PLACEHOLDER = re.compile(r"{(\w*)[^{}]*}")


def said() -> dict[str, str]:
    """Return every msgid that the program says: its plural (or nothing), by its singular."""
    found: dict[str, str] = {}
    for file in sorted(_PACKAGE.rglob("*.py")):
        with file.open("rb") as code:
            for _line, texts, _comments, _context in extract.extract("python", code, KEYWORDS):
                one, many = texts if isinstance(texts, tuple) else (texts, "")
                found[one] = many or found.get(one, "")
    return {one: many for one, many in found.items() if one}


def file_of(language: str) -> Path:
    """Return where the texts of the program stand in `language`."""
    return assets.RESOURCES / "locale" / language / "app.po"


def catalogue(path: Path) -> Catalog:
    """Read a .po file.

    Raises:
        PoFileError: with the line that is wrong.
    """
    with path.open("rb") as file:
        return pofile.read_po(file, abort_invalid=True)


def missing(known: Catalog) -> list[str]:
    """Return the msgids of the program that `known` does not translate."""
    return sorted(one for one in said() if not _is_translated(known.get(one)))


def stale(known: Catalog) -> list[str]:
    """Return the msgids of `known` that the program does not say."""
    return sorted({_singular(message) for message in known if message.id} - said().keys())


def misfilled(known: Catalog) -> list[str]:
    """Return the msgids of `known` whose translation has other placeholders."""
    return sorted(
        _singular(message)
        for message in known
        if message.id
        for text in _texts(message.string)
        if text and placeholders(text) != placeholders(_texts(message.id)[-1])
    )


def placeholders(text: str) -> set[str]:
    """Return the names in braces; how a value is written, as in {day:02}, is the language's."""
    return set(_PLACEHOLDER.findall(text))


def write(path: Path) -> None:
    """Add what is missing to the file at `path`, drop what is stale, and sort it."""
    known, wanted = catalogue(path), said()
    for one in stale(known):
        known.delete(one)
    for one, many in wanted.items():
        if one not in known:
            known.add((one, many) if many else one)
    head = path.read_text("utf-8").split("\n\n", 1)[0]
    body = io.BytesIO()
    pofile.write_po(body, known, width=0, no_location=True, omit_header=True, sort_output=True)
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", "utf-8")


def _is_translated(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_texts(message.string))


def _texts(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _singular(message: Message) -> str:
    return _texts(message.id)[0]


def _complaints() -> Iterator[str]:
    for language in i18n.languages():
        path = file_of(language)
        if not path.exists():  # English is what the msgids are written in
            continue
        known = catalogue(path)
        for what, texts in (
            ("missing", missing(known)),
            ("stale", stale(known)),
            ("misfilled", misfilled(known)),
        ):
            yield from (f"{language}: {what}: {text!r}" for text in texts)


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        for language in i18n.languages():
            if file_of(language).exists():
                write(file_of(language))
    complaints = list(_complaints())
    print(*complaints, sep="\n", end="\n" if complaints else "")
    sys.exit(1 if complaints else 0)
