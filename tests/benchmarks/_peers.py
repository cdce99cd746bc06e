"""What a centre is measured against: COPY, Anki's sync server, PouchDB, and a bare page."""

import json
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks._environment import node_with, python_with

_TABLE = (
    "DROP TABLE IF EXISTS document; CREATE TABLE document (id uuid PRIMARY KEY, code text NOT NULL,"
    " desk text NOT NULL, body jsonb NOT NULL, seq bigint GENERATED ALWAYS AS IDENTITY,"
    " got timestamptz NOT NULL DEFAULT now()); CREATE INDEX ON document (code)"
)
_PATIENCE = 300  # seconds


class Copy:
    """Puts lines of JSON into an indexed table by psql's COPY: the limit of the database."""

    def __init__(self, folder, server, lines):
        self._psql = [str(server.programs / "psql"), server.dsn, "--quiet", "-c"]
        self._file = folder / "copy.tsv"
        self._file.write_text("".join(map(_as_row, lines)), "utf-8")

    def next(self):
        """Return what copies all of it into an empty table."""
        subprocess.run([*self._psql, _TABLE], check=True, capture_output=True)
        copy = f"\\copy document (id, code, desk, body) from '{self._file}'"
        return lambda: subprocess.run([*self._psql, copy], check=True, capture_output=True) and None


class Peer:
    """A program that syncs all lines of a file anew each time, and times itself."""

    def __init__(self, client, folder, url, file):
        self._client = client
        self._folder = folder
        self._url = url
        self._file = file
        self._rounds = 0

    def next(self):
        """Return what syncs all of it; it returns the seconds."""
        self._rounds += 1
        place = self._folder / str(self._rounds)
        command = [*self._client, str(place), self._url, str(self._file)]

        def sync():
            done = subprocess.run(
                command, check=True, capture_output=True, text=True, timeout=_PATIENCE
            )
            return float(done.stdout.split()[-1])

        return sync


@contextmanager
def anki(folder, file):
    """Lend Anki's sync server with its client; None where it cannot be had."""
    python = python_with("anki", "anki")
    if python is None:
        yield None
        return
    program = str(Path(__file__).with_name("_anki.py"))
    with _serving([str(python), program, "server", str(folder)]) as port:
        yield Peer([str(python), program], folder, f"http://127.0.0.1:{port}/", file)


@contextmanager
def pouch(folder, file):
    """Lend PouchDB's server with its client; None where it cannot be had."""
    packages = node_with("pouchdb", "express", "express-pouchdb", "pouchdb")
    if packages is None:
        yield None
        return
    command = ["node", str(Path(__file__).with_name("_pouch.js")), str(packages)]
    with _serving([*command, "server", str(folder)]) as port:
        client = folder / "client"
        client.mkdir()
        yield Peer(command, client, f"http://127.0.0.1:{port}", file)


@contextmanager
def a_bare_page(dsn):
    """Lend the address of the least that a page can be; None where it cannot be had."""
    python = python_with("asyncpg", "asyncpg", "uvicorn", "uvloop", "httptools")
    if python is None:
        yield None
        return
    program = str(Path(__file__).with_name("_bare_page.py"))
    with _serving([str(python), program, dsn]) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _serving(command):
    """Run a server whose last argument is its port, until it is no longer needed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([*command, str(port)], stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _await(port, process):
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")


def _as_row(line):
    document = json.loads(line)
    header, code = document["header"], document["body"]["code"]
    escaped = line.replace("\\", "\\\\")
    return f"{header['op_id']}\t{code}\t{header['desk_id']}\t{escaped}\n"
