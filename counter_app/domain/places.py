"""Provinces and communes: what there is on a given day, and what an officer's typing means.

Since 01/07/2025 Viet Nam has two levels of local government and no districts. A unit keeps its
code when it is given another name or rank, so a code stands for several units, one after the
other; whoever asks says for which day.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from heapq import nsmallest
from operator import itemgetter
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.form_file import FormFile
from counter_app.domain.text import fold, tidy, words

_ONE_DAY: Final = timedelta(days=1)
_FEWEST_LETTERS: Final = 2  # one letter fits nearly every place
_MOST_PARTS: Final = 4  # of what an address says after house and street
_APOSTROPHE: Final = re.compile("['’‘]")


class PlaceKind(StrEnum):
    """The ranks of units: the first two are provinces, the others communes."""

    PROVINCE = "tỉnh"
    CITY = "thành phố"
    COMMUNE = "xã"
    WARD = "phường"
    SPECIAL_ZONE = "đặc khu"


_KINDS: Final = {kind[0].upper() + kind[1:]: kind for kind in PlaceKind}
_NAME: Final = r"\S+(?: \S+)*"
_PROVINCE: Final = re.compile(f"(Tỉnh|Thành phố) ({_NAME})")
_PROVINCE_CODE: Final = re.compile(r"\d\d")
_COMMUNE: Final = re.compile(rf"(\d{{5}}) (Xã|Phường|Đặc khu) ({_NAME})")


class Place(Struct, frozen=True, kw_only=True):
    """A unit, for as long as it had this name and rank. `effective_to` is the last such day.

    `successor` is the code of the unit into which it went, where it has ended in one.
    """

    code: str
    name: str
    kind: PlaceKind
    effective_from: date
    effective_to: date | None = None
    successor: str = ""

    @property
    def full_name(self) -> str:
        """Return rank and name as they stand alone: “Phường Phú Xuân”."""
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}"

    def holds_on(self, day: date) -> bool:
        """Say whether there was such a unit on `day`."""
        ended = self.effective_to is not None and day > self.effective_to
        return self.effective_from <= day and not ended


class Province(Place, frozen=True, kw_only=True):
    """A province, or a city of the same rank."""


class Commune(Place, frozen=True, kw_only=True):
    """A commune, ward or special zone; `province` is a code."""

    province: str


P = TypeVar("P", Province, Commune)


class Suggestion(Struct, frozen=True, kw_only=True):
    """An address that may be meant; `text` is what stands in the field when it is chosen."""

    text: str
    commune: Commune


class ProvinceEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A province in the file; each line of `communes` is a code of 5 digits and a full name."""

    code: str
    name: str
    communes: str = ""


class ChangeEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became different in one province on one day.

    `communes` are new, or have got this name and rank; `ended` has the codes of those that went
    into others, each with its successor's.
    """

    province: str
    effective_from: date
    legal_basis: str
    source: str
    unverified: bool = False
    name: str = ""
    communes: str = ""
    ended: dict[str, str] = {}


class PlacesFile(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/places.toml: a first day, and what has changed since."""

    province: tuple[ProvinceEntry, ...]
    change: tuple[ChangeEntry, ...] = ()


_Rank = tuple[int, int, int, bool, str]


class _Key:
    """The folded words by which a commune is found."""

    __slots__ = ("accented", "all", "kind", "name", "province", "province_names")

    def __init__(self, commune: Commune, province_names: tuple[str, ...]) -> None:
        self.accented = f" {_plain(commune.name)}"
        self.name, self.kind = _folded(commune.name), _folded(commune.kind)
        full_name = f"{self.kind} {self.name}"
        self.province_names = province_names
        self.province = " ".join(("", *province_names))
        self.all = f" {full_name} {_initials(self.name)} {_initials(full_name)}{self.province}"

    def closeness(self, typed: tuple[str, ...]) -> tuple[int, int]:
        """Return 0 for the whole name, 1 for its beginning, 2 for words in order, 3 for others.

        Rank before and province after the name do no harm; a province alone is as good as 1.
        The second number is less, the more words of rank and name were typed.
        """
        whole = " ".join(typed)
        ranks = (rank for rank in (self.kind, _initials(self.kind)) if whole.startswith(f"{rank} "))
        skipped = len(next(ranks, "").split())
        typed = typed[skipped:]
        closest = (2 if f" {whole}" in self.all else 3), 0
        closest = (1, 0) if whole in self.province_names else closest
        for count in range(1, len(typed) + 1):
            beginning = " ".join(typed[:count])
            if not self.name.startswith(beginning):
                break
            if all(f" {word}" in self.province for word in typed[count:]):
                closest = (0 if beginning == self.name else 1), -skipped - count
        return closest

    def strange(self, accented: list[str]) -> int:
        """Return how many of the words that were typed with accents the name has not."""
        return sum(f" {word}" not in self.accented for word in accented)


class Places:
    """All units that a file knows, past ones too.

    Raises:
        ValueError: the file does not hold together; the message names the entry and the line.
    """

    def __init__(self, file: PlacesFile) -> None:
        self._provinces: dict[str, list[Province]] = {}
        self._communes: dict[str, list[Commune]] = {}
        for entry in file.province:
            where = f"province {entry.code}"
            _add(where, self._provinces, _province(where, entry, file.effective_from))
            for commune in _communes(where, entry.code, entry.communes, file.effective_from):
                _add(where, self._communes, commune)
        for change in file.change:
            self._change(f"change of {change.effective_from} in {change.province}", change)

    def province(self, code: str, on: date) -> Province | None:
        """Return the province that had this code on a day, or none."""
        return _on(self._provinces.get(code, ()), on)

    def commune(self, code: str, on: date) -> Commune | None:
        """Return the commune that had this code on a day, or none."""
        return _on(self._communes.get(code, ()), on)

    def provinces(self, on: date) -> tuple[Province, ...]:
        """Return the provinces of a day, by code."""
        return _all_on(self._provinces, on)

    def communes(self, on: date, province: str = "") -> tuple[Commune, ...]:
        """Return the communes of a day, by code; of one province only, if its code is given."""
        every = _all_on(self._communes, on)
        return tuple(c for c in every if c.province == province) if province else every

    def address(self, commune: Commune, on: date) -> str:
        """Return a commune as an address names it: “Phường Phú Xuân, thành phố Huế”.

        Raises:
            KeyError: there was no such province on that day.
        """
        province = self.province(commune.province, on)
        if province is None:
            raise KeyError(commune.province)
        return f"{commune.full_name}, {province.kind} {province.name}"

    def complete(
        self, text: str, on: date, *, near: str = "", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return the addresses that `text` may be the beginning of, the likeliest first.

        Accents may be left out, words be cut short or be initials (“px hue”, “tp hcm”). What
        stands before a comma may be house and street, and is kept. Where units are equally
        likely, those of the province `near` come first.
        """
        best: list[tuple[_Rank, Commune]] = []
        street = ""
        parts = text.split(",")
        for start in range(max(0, len(parts) - _MOST_PARTS), len(parts)):
            found = self._matching(" ".join(parts[start:]), on, near, limit)
            if found and (not best or found[0][0][0] < best[0][0][0]):
                best, street = found, "".join(f"{tidy(part)}, " for part in parts[:start])
        return tuple(
            Suggestion(text=street + self.address(commune, on), commune=commune)
            for _rank, commune in best
        )

    def _matching(self, text: str, on: date, near: str, limit: int) -> list[tuple[_Rank, Commune]]:
        typed = _words(text)
        accented = [word for word in _plain(text).split() if fold(word) != word]
        if len("".join(typed)) < _FEWEST_LETTERS:
            return []
        keys = self._keys
        for word in typed:
            keys = [pair for pair in keys if f" {word}" in pair[0].all]
        ranked = (
            (
                (
                    *key.closeness(typed),
                    key.strange(accented),
                    commune.province != near,
                    commune.code,
                ),
                commune,
            )
            for key, commune in keys
            if commune.holds_on(on)
        )
        return nsmallest(limit, ranked, key=itemgetter(0))

    @cached_property
    def _keys(self) -> list[tuple[_Key, Commune]]:
        # Made when something is first typed: reading the file need not wait for it.
        provinces = {code: _province_names(known) for code, known in self._provinces.items()}
        return [
            (_Key(commune, provinces[commune.province]), commune)
            for versions in self._communes.values()
            for commune in versions
        ]

    def _change(self, where: str, change: ChangeEntry) -> None:
        if change.province not in self._provinces:
            raise ValueError(f"{where}: there is no such province")
        if change.name:
            entry = ProvinceEntry(code=change.province, name=change.name)
            _supersede(where, self._provinces, _province(where, entry, change.effective_from))
        for new in _communes(where, change.province, change.communes, change.effective_from):
            _supersede(where, self._communes, new)
        for code, successor in change.ended.items():
            if not {code, successor} <= self._communes.keys():
                raise ValueError(f"{where}: there is no commune {code} or no {successor}")
            last_day = change.effective_from - _ONE_DAY
            ended = replace(self._communes[code][-1], effective_to=last_day, successor=successor)
            self._communes[code][-1] = ended


def _plain(text: str) -> str:
    return tidy(_APOSTROPHE.sub("", text)).casefold()


def _words(text: str) -> tuple[str, ...]:
    # Without the sign of M’Drắk, which few people type.
    return words(_APOSTROPHE.sub("", text))


_syllable = lru_cache(maxsize=None)(_words)  # names are made of some two thousand syllables


def _folded(text: str) -> str:
    return " ".join(word for part in text.split() for word in _syllable(part))


def _initials(folded: str) -> str:
    return "".join(word[0] for word in folded.split())


def _province_names(versions: list[Province]) -> tuple[str, ...]:
    names = [_folded(text) for p in versions for text in (p.name, p.full_name)]
    return (*names, *map(_initials, names))


def _province(where: str, entry: ProvinceEntry, since: date) -> Province:
    match = _PROVINCE.fullmatch(entry.name)
    if not match or not _PROVINCE_CODE.fullmatch(entry.code):
        raise ValueError(f"{where}: “{entry.code} {entry.name}” is no code and name of a province")
    kind, name = match.groups()
    return Province(code=entry.code, name=name, kind=_KINDS[kind], effective_from=since)


def _communes(where: str, province: str, lines: str, since: date) -> Iterator[Commune]:
    for number, line in enumerate(lines.splitlines(), start=1):
        match = _COMMUNE.fullmatch(line)
        if match is None:
            raise ValueError(
                f"{where}, line {number}: “{line}” is no code of 5 digits and name of a commune"
            )
        code, kind, name = match.groups()
        yield Commune(
            code=code, name=name, kind=_KINDS[kind], province=province, effective_from=since
        )


def _add(where: str, known: dict[str, list[P]], new: P) -> None:
    if new.code in known:
        raise ValueError(f"{where}: the code {new.code} is given twice")
    known[new.code] = [new]


def _supersede(where: str, known: dict[str, list[P]], new: P) -> None:
    versions = known.setdefault(new.code, [])
    if versions:
        last = versions[-1]
        if new.effective_from <= last.effective_from:
            raise ValueError(f"{where}: {new.code} has a later change above this one")
        last_day = last.effective_to or new.effective_from - _ONE_DAY
        versions[-1] = replace(last, effective_to=last_day)
    versions.append(new)


def _on(versions: Sequence[P], day: date) -> P | None:
    return next((version for version in versions if version.holds_on(day)), None)


def _all_on(known: dict[str, list[P]], day: date) -> tuple[P, ...]:
    found = (_on(known[code], day) for code in sorted(known))
    return tuple(version for version in found if version is not None)
