"""Where a centre may be: over TLS with an authority of its own, or on this very PC."""

import ssl
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from counter_app.errors import UnreadableFile, UnsafeAddress
from counter_app.i18n import _

_LONGEST: Final = 200
_LARGEST_AUTHORITY: Final = 256 * 1024
_PORTS: Final = range(1, 65_536)


def checked_address(url: str, authority: str) -> str:
    """Return a centre's address as it is used: without a slash at the end.

    `authority` is the certificate, in PEM, of the only authority that vouches for it by TLS.

    Raises:
        UnsafeAddress: nothing may be sent there.
    """
    text = url.strip()
    parts = _parts(text)
    if parts.scheme == "http":
        if not _is_this_pc(parts.hostname or ""):
            reason = _("over http anybody on the way could read along and answer")
            raise UnsafeAddress(address=text, reason=reason)
    elif not authority.strip():
        reason = _("the certificate file of its authority is missing")
        raise UnsafeAddress(address=text, reason=reason)
    if authority.strip():
        tls_context(authority, text)
    return text.rstrip("/")


def tls_context(authority: str, address: str) -> ssl.SSLContext:
    """Return the settings of TLS under which only this authority's word counts.

    Raises:
        UnsafeAddress: this is no authority's certificate.
    """
    try:
        return ssl.create_default_context(cadata=authority)
    except (ssl.SSLError, ValueError) as error:
        reason = _("the certificate file of its authority cannot be read")
        raise UnsafeAddress(address=address, reason=reason) from error


def read_authority(path: Path) -> str:
    """Return the certificate in a file, in PEM; that it is one is for `checked_address` to say.

    Raises:
        UnreadableFile: there is no such file, or it holds something else.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_AUTHORITY + 1)
        if len(raw) > _LARGEST_AUTHORITY:
            raise UnreadableFile(file=path, reason=_("this is no certificate"))
        is_text = b"-----BEGIN CERTIFICATE-----" in raw
        return raw.decode("ascii") if is_text else ssl.DER_cert_to_PEM_cert(raw)
    except OSError as error:
        raise UnreadableFile(file=path, reason=error) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(file=path, reason=_("this is no certificate")) from error


def _parts(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port_is_sound = parts.port is None or parts.port in _PORTS
    except ValueError as error:
        raise UnsafeAddress(address=text, reason=_("this is no address")) from error
    is_plain = text.isascii() and text.isprintable() and " " not in text
    extras = (parts.username, parts.password, parts.query, parts.fragment)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or any(extras)
        or not port_is_sound
        or not is_plain
        or len(text) > _LONGEST
    ):
        raise UnsafeAddress(address=text, reason=_("an address looks like https://example.vn"))
    return parts


def _is_this_pc(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
