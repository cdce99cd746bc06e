"""Entries on a dossier as they come in files: as in the journal, but nothing unknown is let in."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from counter_app.domain.body import Body
from counter_app.domain.operation import BODIES
from counter_app.errors import UnreadableFile
from counter_app.i18n import _

_LATEST: Final[Mapping[str, type[Body]]] = {
    kind: body for (kind, _version), body in sorted(BODIES.items())
}


def needed(kind: str) -> tuple[str, ...]:
    """Return the keys without which there is no entry of `kind`."""
    return tuple(field.name for field in fields(_LATEST[kind]) if field.required)


def entry_schema(kind: str) -> dict[str, Any]:
    """Return the JSON schema of what `decode_entry` reads."""
    schema = msgspec.json.schema(_LATEST[kind])
    for definition in schema["$defs"].values():
        if "properties" in definition:
            definition["additionalProperties"] = False
    return schema


def decode_entry(kind: str, raw: bytes, name: str) -> Body:
    """Return the entry of `kind` in `raw`; `name` is what an error calls the file.

    Raises:
        UnreadableFile: with the place that is wrong.
    """
    try:
        given = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
        _check_keys(kind, given, name)
        body = msgspec.convert(given, _LATEST[kind])
    # The last two are Python's own: a text that is no UTF-8, and brackets without end.
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFile(file=name, reason=error) from error
    _refuse(name, _strange("$", body, given))
    return body


def _check_keys(kind: str, given: object, name: str) -> None:
    if not isinstance(given, dict):
        return
    known = _LATEST[kind].__struct_fields__
    _refuse(name, (f"$.{key}" for key in given if key not in known))
    if missing := [key for key in needed(kind) if key not in given]:
        reason = _("“{kind}” cannot do without {keys}").format(kind=kind, keys=", ".join(missing))
        raise UnreadableFile(file=name, reason=reason)


def _refuse(name: str, strange: Iterator[str]) -> None:
    if place := next(strange, None):
        raise UnreadableFile(file=name, reason=_("unknown key {place}").format(place=place))


def _strange(path: str, value: object, given: Any) -> Iterator[str]:
    """Walk through the keys of `given` that its value has no field for."""
    match value:
        case Struct():
            for key, inner in given.items():
                if key in value.__struct_fields__:
                    yield from _strange(f"{path}.{key}", getattr(value, key), inner)
                else:
                    yield f"{path}.{key}"
        case tuple():
            for number, (each, inner) in enumerate(zip(value, given, strict=True)):
                yield from _strange(f"{path}[{number}]", each, inner)
