"""How values become bytes and bytes become values again, the same for journal, wire and files.

At the edges a body that does not fit is an error with a place; in the journal it is kept,
and blocks acting on that dossier only.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from counter_app.domain.body import Body
from counter_app.domain.operation import BODIES, Header, Operation, Unreadable
from counter_app.errors import UnreadableBody

# Deterministic: the same value gives the same bytes wherever and whenever it is written.
_encoder: Final = msgspec.json.Encoder(order="deterministic")
_header_decoder: Final = msgspec.json.Decoder(Header)
_decoders: Final[Mapping[tuple[str, int], msgspec.json.Decoder[Any]]] = {
    key: msgspec.json.Decoder(body) for key, body in BODIES.items()
}


def encode(value: Struct) -> bytes:
    """Return `value` as JSON, the same bytes each time."""
    return _encoder.encode(value)


def decode_header(raw: bytes) -> Header:
    """Read what the journal wrote before a body.

    Raises:
        msgspec.MsgspecError: this is no header.
    """
    return _header_decoder.decode(raw)


def decode_body(kind: str, version: int, raw: bytes) -> Body:
    """Read one body.

    Raises:
        UnreadableBody: with the place that is wrong, as in "$.missing[0]".
    """
    try:
        body: Body = _decoders[kind, version].decode(raw)
    except KeyError as error:
        raise UnreadableBody(kind=kind, reason=f"version {version} is not known here") from error
    # The last two are Python's own: a text that is no UTF-8, and brackets without end.
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody(kind=kind, reason=error) from error
    return body


def read_operation(header: bytes, body: bytes) -> Operation:
    """Read what the journal holds; a body beyond this release comes back as Unreadable."""
    head = decode_header(header)
    try:
        return Operation(header=head, body=decode_body(head.kind, head.version, body))
    except UnreadableBody:
        return Operation(header=head, body=Unreadable())
