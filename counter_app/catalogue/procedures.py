"""Reads forms/procedures/: one file for each version of an administrative procedure."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from counter_app.catalogue.reading import decode_form, name_of, read_bytes
from counter_app.domain.procedure import Procedure, ProcedureRef
from counter_app.errors import InvalidForm


class ProcedureFile(Struct, frozen=True, kw_only=True):
    """A procedure, how it is referred to, and the bytes that are kept with what is received."""

    form: Procedure
    ref: ProcedureRef
    raw: bytes


def decode_procedure(raw: bytes, file: str) -> ProcedureFile:
    """Return the procedure that the bytes of a file describe.

    Raises:
        InvalidForm: with the place that is wrong.
    """
    form = decode_form(raw, Procedure, file)
    ref = ProcedureRef(
        code=form.code,
        name=form.name,
        field=form.field,
        version=form.version,
        sha256=sha256(raw).hexdigest(),
    )
    return ProcedureFile(form=form, ref=ref, raw=raw)


def read_procedures(folder: Path) -> tuple[ProcedureFile, ...]:
    """Return all procedures of a folder; none if there is no such folder.

    Raises:
        InvalidForm: a file is not as it should be, or two are the same version of a procedure.
    """
    return procedures_of(sorted(folder.glob("*.toml")))


def procedures_of(paths: Iterable[Path]) -> tuple[ProcedureFile, ...]:
    """Return the procedures in these files.

    Raises:
        InvalidForm: a file is not as it should be, or two are the same version of a procedure.
    """
    files: dict[tuple[str, int], ProcedureFile] = {}
    for path in paths:
        file = decode_procedure(read_bytes(path), name_of(path))
        known = files.setdefault((file.ref.code, file.ref.version), file)
        if known is not file:
            reason = f"another file is version {file.ref.version} of {file.ref.code} already"
            raise InvalidForm(file=name_of(path), reason=reason)
    return tuple(files.values())


def by_code(*sources: Iterable[ProcedureFile]) -> Mapping[str, tuple[ProcedureFile, ...]]:
    """Return the versions of each procedure by its code.

    Where two sources have the same version, the later source holds: what an office has set
    for itself is not lost when the program is updated.
    """
    files = {(file.ref.code, file.ref.version): file for source in sources for file in source}
    ordered = sorted(files.values(), key=lambda file: file.ref.code)
    groups = groupby(ordered, lambda file: file.ref.code)
    return MappingProxyType({code: tuple(group) for code, group in groups})
