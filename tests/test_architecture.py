"""The house: who may import whom, how long things may grow, and the drawn tree of errors."""

import ast
import inspect
import re
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import grimp
import pytest

import counter_app
from counter_app import errors

PACKAGE = Path(counter_app.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 50
LONGEST_FILE = 400


def named(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_each_layer_imports_only_what_lies_below_it():
    # As a program of its own: within ours it would switch off the loggers of all other tests.
    said = f"lint_imports(config_filename={str(ROOT / 'pyproject.toml')!r}, no_cache=True)"
    line = f"import sys; from importlinter.cli import lint_imports; sys.exit({said})"
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_screens_do_not_know_each_other():
    graph = grimp.build_graph("counter_app", cache_dir=None)
    screens = [name.removesuffix(".presenter") for name in graph.modules if is_presenter(name)]
    met = [
        (one, other)
        for one, other in permutations(screens, 2)
        if graph.direct_import_exists(importer=one, imported=other, as_packages=True)
    ]
    assert met == []


def is_presenter(name):
    return name.startswith("counter_app.desktop.") and name.endswith(".presenter")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_about_and_stays_short(path):
    code = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(code)), "no docstring"
    assert len(code.splitlines()) <= LONGEST_FILE
    assert not re.search(r"\b(TODO|FIXME)\b", code)
    long = [node.name for node in functions(path) if length(node) > LONGEST_FUNCTION]
    assert long == []


def length(node):
    return node.end_lineno - node.lineno + 1


def drawn():
    """Return name, exit code (or none) and parent of each error in the drawing, in its order."""
    parents, lines = [], []
    for line in inspect.getdoc(errors).splitlines():
        if match := re.match(r"( *)[*+-] (\w+)(?: +(\d+)\b)?", line):
            depth = len(match[1]) // 2
            del parents[depth:]
            lines.append((match[2], match[3] and int(match[3]), parents[-1] if parents else None))
            parents.append(match[2])
    return lines


def test_the_drawn_tree_of_errors_is_the_real_one():
    real = [
        (name, error.__bases__[0].__name__ if error is not errors.CounterError else None)
        for name, error in inspect.getmembers(errors, inspect.isclass)
        if issubclass(error, errors.CounterError)
    ]
    assert sorted((name, str(parent)) for name, _code, parent in drawn()) == sorted(
        (name, str(parent)) for name, parent in real
    )


@pytest.mark.parametrize(("name", "code", "parent"), drawn())
def test_an_error_exits_with_the_number_drawn_beside_it(name, code, parent):
    inherited = getattr(errors, parent).exit_code if parent else 1
    assert getattr(errors, name).exit_code == (inherited if code is None else code)


@pytest.mark.parametrize("name", [name for name, _code, _parent in drawn()])
def test_an_error_tells_something_of_its_own(name):
    error = getattr(errors, name)
    assert "message" in vars(error)
    assert error.__doc__
