"""One launcher for all work on this program; needs nothing but Python: `python3 dev.py test`.

demo      show the program with invented data
test      run the tests; what follows goes to pytest
lint      check format, style and types
bench     run the benchmarks; prove NAME runs one proof; screens draws the pictures
build     make the wheel in dist/

Each looks for the system's libraries (installs them by apt when it may), makes .venv, fills it
from .ci/requirements.lock, and remembers that it did. With COUNTER_APP_CI=1 it also demands the
tools without which some tests are skipped.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / ".ci" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "filled-from"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)

# What Qt opens, and the Debian package that brings it.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
}
ON_A_DISPLAY = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
TOOLS = {"strace": "strace", "Xvfb": "xvfb", "xauth": "xauth", "chromium": "chromium"}


def main(arguments: "list[str]") -> int:
    """Do what `arguments` ask for and return the exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        asked = bool({"-h", "--help"} & set(arguments))
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    go_on_in_a_newer_python()
    if sys.stdin is None:  # closed: or the first file that anybody opens becomes the input
        os.open(os.devnull, os.O_RDONLY)
    install([package for name, package in system_packages().items() if not found(name)])
    fill_venv()
    return COMMANDS[arguments[0]](arguments[1:])


def go_on_in_a_newer_python() -> None:
    """Start again in a newer Python if this one is too old, or say what to install."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            sys.exit(subprocess.call([newer, *sys.argv]))
    sys.exit(
        f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}.\n"
        "Debian 12, Ubuntu 24.04 and later have it: apt-get install python3 python3-venv\n"
        "Elsewhere, and on Windows: https://www.python.org/downloads/"
    )


def fill_venv() -> None:
    """Make .venv what the lock says, unless it is."""
    made_by = hashlib.sha256(f"{sys.version} {ROOT}".encode()).hexdigest()
    files = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    wanted = [made_by, hashlib.sha256(files).hexdigest()]
    found_there = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    if found_there == wanted:
        return
    if found_there[:1] != wanted[:1]:
        if not WINDOWS and importlib.util.find_spec("ensurepip") is None:
            install(["python3-venv"])  # Debian keeps this part of Python in a package of its own
        say("making .venv")
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    say("filling .venv from .ci/requirements.lock; the first time takes a minute or two")
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "--requirement", str(LOCK))
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text("\n".join(wanted))


def system_packages() -> "dict[str, str]":
    """Return the libraries and tools that are wanted here, with their Debian packages."""
    if not sys.platform.startswith("linux"):
        return {}
    demanded = bool(os.environ.get("COUNTER_APP_CI"))
    shown = demanded or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return {**LIBRARIES, **(ON_A_DISPLAY if shown else {}), **(TOOLS if demanded else {})}


def found(name: str) -> bool:
    """Return whether a library can be opened, or a tool is on the path."""
    if name in TOOLS:
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install(packages: "list[str]") -> None:
    """Have apt install `packages`, or stop with the line that does it."""
    if not packages:
        return
    line = "apt-get install --yes --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") is None:
        sys.exit("This system lacks what Debian has as: " + " ".join(packages))
    if sys.platform == "win32" or os.geteuid() != 0:
        sys.exit("This system lacks some packages. Install them with:\n  sudo " + line)
    say(line)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "update", "--quiet=2")
    run(*line.split(), "--quiet=2")


def say(what: str) -> None:
    """Tell what takes time."""
    print("dev.py: " + what, file=sys.stderr, flush=True)


def run(*command: str) -> None:
    """Run what must succeed, with nobody to answer questions."""
    code = subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if code:
        sys.exit(f"dev.py: this failed (exit code {code}): {' '.join(command)}")


def python(*arguments: str) -> int:
    """Run Python in .venv, in this folder, and return its exit code."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT)


def lint(arguments: "list[str]") -> int:
    """Check format, style and types, as on Windows too, all of it whatever is found."""
    on_windows = ("--platform", "win32", "--cache-dir", ".mypy_cache/win32")
    checks = (
        ("ruff", "format", "--check"),
        ("ruff", "check"),
        ("mypy", "--platform", "linux"),
        ("mypy", *on_windows, "--no-warn-unreachable"),  # what is for others only is left out
    )
    codes = [python("-m", *check, *arguments) for check in checks]
    return next((code for code in codes if code), 0)


def test(arguments: "list[str]") -> int:
    """Run all tests, a file at a time on each processor, or those that are named one by one."""
    side_by_side = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    side_by_side.append("--no-loadscope-reorder")  # by time, not by number: tests/conftest.py
    return python("-m", "pytest", *(arguments or side_by_side))


def prove(arguments: "list[str]") -> int:
    """Run the proof that is named first."""
    if not arguments:
        found_there = (path.stem for path in (ROOT / "tests" / "proofs").glob("[!_]*.py"))
        names = sorted(name for name in found_there if not name.startswith("test_"))
        print("prove NAME, one of: " + " ".join(names), file=sys.stderr)
        return 2
    return python("-m", "tests.proofs." + arguments[0], *arguments[1:])


def build(arguments: "list[str]") -> int:
    """Make the wheel, with its translations compiled."""
    code = python("-c", "from counter_app import i18n; i18n.compile_catalogues()")
    pip = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", "dist")
    return code or python(*pip, *arguments, str(ROOT))


COMMANDS = {
    "demo": lambda arguments: python("-m", "counter_app", "demo", *arguments),
    "test": test,
    "lint": lint,
    "bench": lambda arguments: python("-m", "tests.benchmarks", *arguments),
    "screens": lambda arguments: python("-m", "tests.screens", *arguments),
    "build": build,
    "prove": prove,
}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
