"""What `--json` prints of guidance and of groups; see `results`."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from counter_app.services.guidance import Guidance


class MissingResult(Struct, frozen=True, kw_only=True):
    """One thing that is still to be brought or filled in."""

    name: str
    originals: int
    copies: int
    reason: str


class GuidedResult(Struct, frozen=True, kw_only=True):
    """What somebody was told before anything was received; `token` is what the paper's QR says.

    It is no dossier: `register --guidance TOKEN` makes one of it.
    """

    id: str
    token: str
    outcome: str
    given_at: datetime
    missing: list[MissingResult]
    reason: str
    agency: str
    paper: str | None = None


def guided_result(given: Guidance, paper: Path | None) -> GuidedResult:
    """Return what `guide` prints."""
    body = given.given
    return GuidedResult(
        id=str(given.op_id),
        token=given.digits,
        outcome=body.outcome.value,
        given_at=body.given_at,
        missing=[
            MissingResult(
                name=line.name, originals=line.originals, copies=line.copies, reason=line.reason
            )
            for line in body.missing
        ],
        reason=body.reason,
        agency=body.agency,
        paper=str(paper) if paper else None,
    )


class GroupLineResult(Struct, frozen=True, kw_only=True):
    """One line of a group's sheet: the dossier that it is, or what is wrong with it.

    `again`: it was received already, `received_at`, and nothing was done.
    """

    line: int
    id: str | None = None
    code: str | None = None
    again: bool = False
    received_at: datetime | None = None
    problems: list[str] = []


class GroupResult(Struct, frozen=True, kw_only=True):
    """What has become of a whole sheet, after its lines; `batch` is what its dossiers share.

    `reception` counts how often it is received on purpose.
    """

    procedure: str
    batch: str
    lines: int
    received: int
    again: int
    failed: int
    reception: int = 1


class TemplateResult(Struct, frozen=True, kw_only=True):
    """An empty sheet for a group."""

    procedure: str
    xlsx: str
