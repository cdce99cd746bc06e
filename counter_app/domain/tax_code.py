"""Tax codes: of an enterprise, of its branch, or of a person."""

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct

from counter_app.domain.finding import Finding
from counter_app.domain.identity import check_personal_number

_SEPARATORS: Final = re.compile(r"[\s.]+")
_ENTERPRISE: Final = re.compile(r"(\d{10})(?:-?(\d{3}))?")
_PERSON: Final = re.compile(r"\d{12}")
_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class TaxCodeKind(StrEnum):
    """Who pays under a tax code."""

    ENTERPRISE = "enterprise"
    BRANCH = "branch"
    PERSON = "person"


class TaxCode(Struct, frozen=True, kw_only=True):
    """A tax code as it is stored: 10 digits, 10-XXX for a branch, 12 for a person."""

    text: str
    kind: TaxCodeKind
    findings: tuple[Finding, ...] = ()


def parse_tax_code(text: str) -> TaxCode | None:
    """Read a tax code; None if it has not the shape of one. Findings are warnings only."""
    compact = _SEPARATORS.sub("", text)
    if not compact.isascii():
        return None
    if _PERSON.fullmatch(compact):
        return TaxCode(
            text=compact, kind=TaxCodeKind.PERSON, findings=check_personal_number(compact)
        )
    if not (found := _ENTERPRISE.fullmatch(compact)):
        return None
    head, branch = found.groups()
    return TaxCode(
        text=f"{head}-{branch}" if branch else head,
        kind=TaxCodeKind.BRANCH if branch else TaxCodeKind.ENTERPRISE,
        findings=_check(head),
    )


def _check(digits: str) -> tuple[Finding, ...]:
    # The tenth digit is 10 - (weighted sum of the nine before it mod 11). Where that gives 10,
    # which is no digit, no code has ever been given out.
    expected = 10 - sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    if expected == 10:
        return (Finding.NEVER_ISSUED,)
    return () if int(digits[9]) == expected else (Finding.CHECK_DIGIT,)
