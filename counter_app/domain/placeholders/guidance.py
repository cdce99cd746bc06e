"""What a paper may say of guidance: of somebody who came with what could not be received yet.

The names are those of a dossier's papers, so that one form serves before and after reception.
"""

from typing import Final

from counter_app.domain.guidance_code import guidance_digits, in_groups
from counter_app.domain.paper import GuidancePaper
from counter_app.domain.placeholders.common import (
    MISSING_CELLS,
    PRACTICE,
    moment,
    office,
    people,
    place_date,
    two_digits,
)
from counter_app.domain.placeholders.kind import Kind, Rows, plain
from counter_app.domain.procedure import ProcedureRef


def _procedure(paper: GuidancePaper) -> ProcedureRef:
    return paper.given.procedure or _NONE


_NONE: Final = ProcedureRef(code="", name="", field="", version=1, sha256="")

GUIDANCE: Final = Kind(
    of=GuidancePaper,
    values={
        **office(lambda paper: paper.given.office, lambda paper: paper.given.desk_name),
        **people(lambda p: p.given.intake.applicant, lambda p: p.given.intake.submitter),
        **moment("about", lambda paper: paper.given.given_at),
        "place_date": plain(lambda p: place_date(p.given.office.place, p.given.given_at.date())),
        "officer": plain(lambda p: p.given.officer_name),
        "procedure": plain(lambda p: _procedure(p).name),
        "procedure_code": plain(lambda p: _procedure(p).code),
        "field": plain(lambda p: _procedure(p).field),
        "case": plain(lambda p: p.given.case_name),
        "reason": plain(lambda p: p.given.reason),
        "missing_count": plain(lambda p: two_digits(len(p.given.missing))),
        "guidance_qr": plain(lambda p: guidance_digits(p.given.token)),
        "guidance_code": plain(lambda p: in_groups(guidance_digits(p.given.token))),
        "elsewhere": plain(lambda p: p.given.agency),
        "note": plain(lambda p: p.given.intake.note),
        "reprint": plain(lambda p: str(p.copy) if p.copy else ""),
        "practice": lambda p, terms: terms["mark"]["practice"] if p.practice else "",
    },
    rows={"missing": Rows(lambda paper: paper.given.missing, MISSING_CELLS)},
    terms=PRACTICE,
)
