"""What a workbook of procedures would change: each line checked, each difference named.

Nothing is written here. A workbook is taken whole or not at all: half a tariff is no tariff.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

import msgspec
import tomli_w
from msgspec import Struct

from counter_app.catalogue.catalogue import Catalogue
from counter_app.catalogue.procedure_book import (
    CODE,
    MAIN,
    PARTS,
    SHEETS,
    Book,
    Line,
    Plain,
    Trouble,
    headings,
    plain_of,
)
from counter_app.catalogue.procedures import ProcedureFile, decode_procedure
from counter_app.domain.procedure import Procedure
from counter_app.domain.text import fold, tidy
from counter_app.errors import InvalidForm
from counter_app.i18n import _, law

_PLACE: Final = re.compile(r"\$\.(\w+)\[(\d+)\]")
_HEAD: Final = ("version", "effective_from", "effective_to", "legal_basis", "source", "unverified")
_SLUG: Final = re.compile(r"[^a-z0-9]+")


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that the new version says otherwise; "" where one of both says nothing."""

    place: str
    old: str
    new: str


class Change(Struct, frozen=True, kw_only=True):
    """What becomes of one procedure, and the file that would say so."""

    code: str
    name: str
    kind: Literal["new", "changed", "same"]
    version: int
    effective_from: date
    differences: tuple[Difference, ...] = ()
    file: str = ""
    content: bytes = b""


class Plan(Struct, frozen=True, kw_only=True):
    """What an import would do; with any trouble it does nothing."""

    changes: tuple[Change, ...]
    troubles: tuple[Trouble, ...]

    @property
    def written(self) -> tuple[Change, ...]:
        """The changes that need a file."""
        return tuple(change for change in self.changes if change.kind != "same")


def plan_of(book: Book, catalogue: Catalogue) -> Plan:
    """Return what taking over `book` would change in `catalogue`."""
    troubles = list(_strange(book))
    plains = _Plains()
    for sheet in SHEETS:
        for line in book.sheets.get(sheet, ()):
            troubles += plains.take(sheet, line)
    changes = []
    for code, plain in plains.whole.items():
        known = catalogue.versions.get(code, ())
        made = _made(code, plain, known)
        if isinstance(made, Change):
            changes.append(made)
        else:
            troubles.append(plains.at(code, made))
    troubles.sort(key=lambda trouble: (list(SHEETS).index(trouble.sheet), trouble.line))
    return Plan(changes=tuple(changes), troubles=tuple(troubles))


class _Plains:
    """The procedures of a book as they are put together, and which line said what."""

    def __init__(self) -> None:
        self.whole: dict[str, Plain] = {}
        self._lines: dict[tuple[str, str], list[int]] = {}

    def take(self, sheet: str, line: Line) -> Iterator[Trouble]:
        """Add what a line says, and walk through what is wrong with it."""
        code, part = tidy(line.cells.get(CODE, "")), SHEETS[sheet][0]
        if not code:
            if any(cell.strip() for cell in line.cells.values()):
                yield _trouble(sheet, line.number, _("“{heading}” is empty.").format(heading=CODE))
            return
        if part and code not in self.whole:
            words = _("The sheet “{sheet}” has no procedure {code}.").format(sheet=MAIN, code=code)
            yield _trouble(sheet, line.number, words)
            return
        if not part and code in self.whole:
            yield _trouble(sheet, line.number, _("{code} stands here twice.").format(code=code))
            return
        try:
            plain = plain_of(line, sheet)
        except ValueError as error:
            yield _trouble(sheet, line.number, str(error))
            return
        self._lines.setdefault((code, part), []).append(line.number)
        if part == PARTS:
            yield from self._take_part(sheet, line.number, self.whole[code], plain)
        elif part:
            self.whole[code].setdefault(part, []).append(plain)
        else:
            self.whole[code] = plain

    @staticmethod
    def _take_part(sheet: str, number: int, whole: Plain, plain: Plain) -> Iterator[Trouble]:
        question = plain.pop("question", "")
        for asked in whole.get("question", ()):
            if asked.get("id") == question:
                asked.setdefault("part", []).append(plain)
                return
        words = _("There is no question “{question}”.").format(question=question)
        yield _trouble(sheet, number, words)

    def at(self, code: str, reason: str) -> Trouble:
        """Return a reason with the line that it is about, as far as its place tells."""
        found = _PLACE.search(reason)
        part = found[1] if found and (code, found[1]) in self._lines else ""
        lines = self._lines.get((code, part), [0])
        number = lines[int(found[2])] if found and part else lines[0]
        sheet = next(title for title, (name, _columns) in SHEETS.items() if name == part)
        return _trouble(sheet, number, f"{code}: {reason}")


def _strange(book: Book) -> Iterator[Trouble]:
    """Walk through sheets and headings that mean nothing here: a slip of the key, most likely."""
    for sheet in SHEETS:
        if sheet not in book.sheets:  # renamed, most likely; without its fees all would be free
            yield _trouble(sheet, 0, _("There is no sheet “{sheet}”.").format(sheet=sheet))
        lines = book.sheets.get(sheet, ())
        given = dict.fromkeys(heading for line in lines for heading in line.cells)
        for heading in given:
            if heading not in headings(sheet):
                words = _("Nothing is known of a column “{heading}”.").format(heading=heading)
                yield _trouble(sheet, 1, words)


def _trouble(sheet: str, line: int, reason: str) -> Trouble:
    return Trouble(sheet=sheet, line=line, reason=reason)


def _made(code: str, plain: Plain, known: Sequence[ProcedureFile]) -> Change | str:
    """Return what becomes of a procedure, or what is wrong with it."""
    newest = max((file.form for file in known), key=lambda form: form.version, default=None)
    version = (newest.version if newest else 0) + 1
    whole: Plain = {"version": version, "code": code, "component": []} | plain
    if not whole.get("source"):
        whole["unverified"] = True
    content = _content(whole)
    try:
        form = decode_procedure(content, code).form
    except InvalidForm as error:
        return str(error.values["reason"])
    differences = tuple(_differences(newest, form))
    if newest and not differences:
        return _change("same", newest)
    kind: Literal["new", "changed"] = "changed" if newest else "new"
    file = f"{code}-{_slug(form.name)}.v{version}.toml"
    return _change(kind, form, differences=differences, file=file, content=content)


def _change(kind: Literal["new", "changed", "same"], form: Procedure, **more: Any) -> Change:
    return Change(
        code=form.code,
        name=form.name,
        kind=kind,
        version=form.version,
        effective_from=form.effective_from,
        **more,
    )


def _content(whole: Plain) -> bytes:
    """Return the file of law that says `whole`, its head first, as a person would write it."""
    head = {key: whole[key] for key in _HEAD if key in whole}
    rest = {key: value for key, value in whole.items() if key not in head}
    flat = {key: value for key, value in rest.items() if not isinstance(value, list | dict)}
    deep = {key: value for key, value in rest.items() if key not in flat}
    dated = {
        key: _day(value) if key.startswith("effective_") else value for key, value in head.items()
    }
    return tomli_w.dumps(dated | flat | deep).encode()


def _day(text: str) -> Any:
    """Return a day that was typed or that a spreadsheet has made of it, or what was typed."""
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    iso = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text[:10]
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return text


def _differences(old: Procedure | None, new: Procedure) -> Iterator[Difference]:
    before = dict(_flat("", msgspec.to_builtins(old))) if old else {}
    after = dict(_flat("", msgspec.to_builtins(new)))
    quiet = {"version"} if old else set(_HEAD)
    for place in dict.fromkeys((*before, *after)):
        said, says = before.get(place, ""), after.get(place, "")
        if said != says and place not in quiet:
            yield Difference(place=place, old=said, new=says)


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Walk through all that is said, each thing under its id where it has one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list | tuple):
        yield from _flat_list(path, value)
    elif value not in (None, ""):
        yield path, law(value) if isinstance(value, str) else str(value)


def _flat_list(path: str, values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    values = list(values)
    if values and all(isinstance(value, Mapping) and "id" in value for value in values):
        for value in values:
            yield from _flat(f"{path}.{value['id']}", value)
        yield f"{path}[]", ", ".join(value["id"] for value in values)
    elif values and not any(isinstance(value, Mapping) for value in values):
        yield path, ", ".join(map(str, values))
    else:
        for number, value in enumerate(values):
            yield from _flat(f"{path}[{number}]", value)


def _slug(name: str) -> str:
    return _SLUG.sub("-", fold(name)).strip("-")[:48].rstrip("-")
