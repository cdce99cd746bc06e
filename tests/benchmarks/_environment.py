"""Environments of their own, beside the stores, for peers that the program does not depend on."""

import shutil
import subprocess
import sys
import venv

from tests.benchmarks._stores import cache

_PATIENCE = 600  # seconds for an installation


def python_with(name, *packages):
    """Return a Python that has these packages, installed on the first call; None without them."""
    folder = cache() / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    if not _imports(python, packages):
        _run([str(python), "-m", "pip", "install", "--quiet", *packages])
    return python if _imports(python, packages) else None


def node_with(name, *packages):
    """Return a folder where node finds these packages; None without node or one of them."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    folder = cache() / name
    folder.mkdir(exist_ok=True)
    if not _has_all(folder, packages):
        _run(["npm", "install", "--no-audit", "--no-fund", *packages], cwd=folder)
    return folder if _has_all(folder, packages) else None


def _has_all(folder, packages):
    return all((folder / "node_modules" / package).is_dir() for package in packages)


def _imports(python, packages):
    return _run([str(python), "-c", f"import {', '.join(packages)}"])


def _run(command, **how):
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE, **how)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
