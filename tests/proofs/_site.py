"""Where a centre runs, and what can happen there: its PostgreSQL is killed, and begins again."""

from contextlib import contextmanager

from counter_app.central.postgres import DATA, any_postgres
from tests.proofs._centre import CentreProcess
from tests.proofs._postgres import a_postgres, debians, kill_server, the_wheels

KINDS = ("own", "wheel", "debian")
"""The PostgreSQL of the centre's own (`--data`), or a server by its address: of which programs."""

_TRACKING = "https://tracuu.example.vn"


class Site:
    """A centre and its PostgreSQL."""

    def __init__(self, centre, postgres):
        self.centre = centre
        self._postgres = postgres

    @property
    def url(self):
        """How the database is reached while it is there."""
        return self._postgres.url

    def cut_power(self, pause):
        """Kill PostgreSQL, call `pause`, and start it again.

        A centre with a server by its address goes on meanwhile; with its own it starts again.
        """
        self._postgres.kill()
        pause()
        self._postgres.start()


class _Own:
    """The server that a centre started for itself: it comes back with the centre."""

    def __init__(self, folder, centre):
        self._folder = folder
        self._centre = centre

    @property
    def url(self):
        with any_postgres(self._folder) as url:
            return url  # which the centre serves, and not this program

    def kill(self):
        kill_server(self._folder / DATA)

    def start(self):
        port = self._centre.port
        self._centre.stop()
        self._centre.start(port=port)


@contextmanager
def a_site(kind, folder):
    """Lend a centre that runs in `folder`, founded anew."""
    log = folder / "centre.log"
    if kind == "own":
        data = folder / "centre"
        with CentreProcess(("--data", str(data)), log) as centre:
            yield Site(centre, _Own(data, centre))
        return
    programs = debians() if kind == "debian" else the_wheels()
    with a_postgres(folder / "postgres", programs) as server:
        where = ("--database", server.url)
        CentreProcess(where, log).ask("migrate", "--tracking-url", _TRACKING)
        with CentreProcess(where, log) as centre:
            yield Site(centre, server)
