"""Applications as they come in files: the domain's intake, but unknown keys are refused by name."""

from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import field

from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.party import Authority, Party
from counter_app.domain.question import AnswerRow
from counter_app.errors import UnreadableFile
from counter_app.wire.files import read_whole


class PartyInFile(Party, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person, business or agency; see `Party`."""


class AuthorityInFile(Authority, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What lets one person act for another; see `Authority`."""


class PaperInFile(PaperGiven, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper that was handed in; see `PaperGiven`."""


AnswerInFile = str | int | PartyInFile | tuple[AnswerRow, ...]
"""An answer; the parts of a row are held against the procedure, which names them."""


class IntakeFile(Intake, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of the files that `register` reads; see `Intake`."""

    applicant: PartyInFile = PartyInFile()
    submitter: PartyInFile | None = None
    authority: AuthorityInFile | None = None
    collector: PartyInFile | None = None
    components: Literal["all"] | tuple[PaperInFile, ...] = ()
    answers: dict[str, AnswerInFile] = field(default_factory=dict)  # type: ignore[assignment]  # nobody writes into it


_decoder: Final = msgspec.json.Decoder(IntakeFile)


def read_intake(path: Path) -> Intake:
    """Read an application from a JSON file.

    Raises:
        UnreadableFile: with the place that is wrong.
    """
    return decode_intake(read_whole(path), str(path))


def decode_intake(raw: bytes, name: str) -> Intake:
    """Return the application in `raw`; `name` is what an error calls the file.

    Raises:
        UnreadableFile: with the place that is wrong.
    """
    try:
        given = _decoder.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFile(file=name, reason=error) from error
    return msgspec.convert(msgspec.to_builtins(given), Intake)
