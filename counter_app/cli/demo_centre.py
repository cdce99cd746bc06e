"""The centre of the demonstration: `central serve` as anybody types it, in a program of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final
from urllib.request import ProxyHandler, build_opener

import msgspec

from counter_app.cli.demo_cable import Cable, cable_to
from counter_app.errors import CentreNotStarted, MissingExtra

_HERE: Final = "127.0.0.1"
_PATIENCE: Final = 60.0
_PAGE_PATIENCE: Final = 10.0


class DemoCentre:
    """A centre on this PC, a cable to it for the desk, and a phone with a network of its own."""

    def __init__(self, folder: Path, url: str, cable: Cable, said: IO[bytes]) -> None:
        self._folder = folder
        self.url: Final = url
        self._cable = cable
        self._said = said
        self.desk_url: Final = f"http://{_HERE}:{cable.port}"
        """Where the desk finds the centre."""

    def await_founded(self) -> None:
        """Wait until it serves.

        Raises:
            CentreNotStarted: with what it has said.
        """
        for line in self._said:
            if "url" in _result(line):
                return
        raise CentreNotStarted(reason=_last_line(_log_of(self._folder)))

    def cut(self) -> None:
        """Pull the desk's cable."""
        self._cable.pull()

    def join(self) -> None:
        """Plug it in again."""
        self._cable.plug()

    def page(self, address: str) -> bytes:
        """Return what a citizen's phone shows of the address in a QR."""
        # Whatever proxy is set on this PC, the centre is nearer.
        with build_opener(ProxyHandler({})).open(address, timeout=_PAGE_PATIENCE) as answer:
            page: bytes = answer.read()
        return page

    def enrol_code(self, agency: str, desk: str) -> str:
        """Return a one-time code for this desk, as somebody at the centre makes it."""
        said = self._ask("enrol-code", "--agency", agency, "--desk", desk)
        return str(said["enrol_code"])

    def status(self) -> dict[str, Any]:
        """Return how the centre stands."""
        return self._ask("status")

    def _ask(self, *words: str) -> dict[str, Any]:
        line = _line("counter_app", *words, "--data", str(self._folder))
        done = subprocess.run(line, capture_output=True, check=False, timeout=_PATIENCE)
        return _result(done.stdout)


@contextmanager
def centre_in(folder: Path) -> Iterator[DemoCentre]:
    """Begin to found a centre with a PostgreSQL of its own in `folder`, and lend it.

    Whatever happens, it is stopped after; and with this program, if that is killed.

    Raises:
        MissingExtra: the packages of a server are not installed.
    """
    if find_spec("litestar") is None:
        raise MissingExtra(extra="central")
    port = _free_port()
    url = f"http://{_HERE}:{port}"
    words = ["--data", str(folder), "--host", _HERE, "--port", str(port)]
    with _log_of(folder).open("wb") as errors:
        serving = subprocess.Popen(
            _line("counter_app.cli.demo_guard", "serve", *words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=os.name == "posix",  # Ctrl+C is for the demonstration alone
        )
    try:
        assert serving.stdout is not None
        with cable_to(port) as cable:
            yield DemoCentre(folder, url, cable, serving.stdout)
    finally:
        serving.terminate()
        try:
            serving.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            serving.kill()
            serving.communicate()


def _log_of(folder: Path) -> Path:
    return folder.with_suffix(".log")


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "…"


def _line(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, "central", *words, "--json"]


def _result(said: bytes) -> dict[str, Any]:
    lines = said.splitlines()
    try:
        result: dict[str, Any] = msgspec.json.decode(lines[-1], type=dict[str, Any])
    except (IndexError, msgspec.MsgspecError) as error:
        raise CentreNotStarted(reason=said[-200:].decode("utf-8", "replace")) from error
    if "error" in result:
        raise CentreNotStarted(reason=result["error"]["message"])
    return result


def _free_port() -> int:
    with socket.create_server((_HERE, 0)) as free:
        port: int = free.getsockname()[1]
    return port
