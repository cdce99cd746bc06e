"""A PostgreSQL of its own for a proof or a benchmark, which may be killed and started again."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psutil

from counter_app.central.postgres_process import Programs

DEBIAN = Path("/usr/lib/postgresql")
NOBODY = 65534  # PostgreSQL refuses to run as root

_PATIENCE = 300  # seconds
_OPTIONS = "-c listen_addresses='' -c max_connections=100"


class Postgres:
    """One server in `folder`, with the programs in `programs`; reached by a socket there."""

    def __init__(self, folder, programs):
        self._folder = folder
        self.programs = programs

    @property
    def url(self):
        """Where its first database is."""
        return self.address_of("postgres")

    def address_of(self, database):
        """Return where a database of it is."""
        return f"postgresql://app@/{database}?host={self._folder}"

    @property
    def dsn(self):
        """How PostgreSQL's own programs reach it."""
        return f"host={self._folder} user=app dbname=postgres"

    def make(self):
        """Make an empty database."""
        if os.geteuid() == 0:
            os.chown(self._folder, NOBODY, NOBODY)
        self._run("initdb", "--auth=trust", "--username=app", "--encoding=UTF8", "--no-locale")

    def start(self):
        """Start it, and wait until it answers."""
        options = f"{_OPTIONS} -k {self._folder}"
        self._run("pg_ctl", "--wait", "-l", str(self._folder / "log"), "-o", options, "start")

    def kill(self):
        """Kill it as a power cut does: nothing more is written, and nobody is told."""
        kill_server(self._data)

    def processes(self):
        """Return what runs of it now."""
        server = _process(self._data)
        return [server, *server.children()]

    def stop(self):
        """Let it end."""
        self._run("pg_ctl", "--wait", "--mode=fast", "stop")

    @property
    def _data(self):
        return self._folder / "data"

    def _run(self, program, *arguments):
        command = [str(self.programs / program), "-D", str(self._data), *arguments]
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}
        # Its output goes to a file: a server that is left running would keep a pipe open.
        with open(self._folder / "said", "ab") as said:
            done = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self._folder,
                env={**os.environ, "LC_ALL": "C"},
                **who,
            )
        if done.returncode:
            raise RuntimeError((self._folder / "said").read_text()[-2000:])


def kill_server(data):
    """Kill the server that works on the folder `data`, and wait until nothing is left of it."""
    server = _process(data)
    workers = server.children()
    server.kill()
    # They notice by themselves; the next server starts only after the last of them.
    psutil.wait_procs([server, *workers], timeout=_PATIENCE)


def _process(data):
    return psutil.Process(int((data / "postmaster.pid").read_text().splitlines()[0]))


@contextmanager
def a_postgres(folder, programs):
    """Lend a new server, made in `folder`, and stop it after."""
    folder.mkdir()
    server = Postgres(folder, programs)
    server.make()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def debians():
    """Return the folder of the programs that Debian installs, or None."""
    return max(DEBIAN.glob("*/bin"), default=None)


def the_wheels():
    """Return the folder of the programs that come by pip."""
    return Programs.find(None).folder


def plain(url):
    """Return an address as PostgreSQL's own programs and drivers read it."""
    return url.replace("postgresql+psycopg:", "postgresql:", 1)
