"""What the documents say to type are commands that there are, with options that they take."""

import re
import shlex
from pathlib import Path

import click
import pytest

from counter_app.cli import main

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs").glob("*.md")
PAGES = [ROOT / "README.md", *sorted({*DOCS} - {ROOT / "docs/protocol.md"})]
WHERE_IT_STARTS = re.compile(r"(?:^|[`|] ?|^    |bin/)counter-app (?P<words>[^`]+?)(?:`|$)")


def lines(page):
    """Yield what a page says to type: in its blocks, and between marks of code."""
    text = page.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        for found in WHERE_IT_STARTS.finditer(line):
            yield found["words"]
    # A line of words may be broken within a command.
    for found in re.finditer(r"`counter-app ([^`\n]+\n[^`\n]+)`", text):
        yield " ".join(found[1].split())


def parse(words):
    """Read a line as the program does, and do nothing."""
    command, ctx, rest = main, click.Context(main, info_name="counter-app"), list(words)
    while isinstance(command, click.Group):
        while rest and rest[0].startswith("--"):
            rest = rest[1:] if "=" in rest[0] or rest[0] in {"--json", "--help"} else rest[2:]
        if not rest:
            return
        _name, command, rest = command.resolve_command(ctx, rest)
    if "…" not in rest and "[" not in " ".join(rest):
        command.make_parser(ctx).parse_args(rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_to_type_is_understood(page):
    for line in lines(page):
        parse(shlex.split(line, comments=True))


def test_the_readme_shows_a_day_at_a_desk():
    assert len(list(lines(ROOT / "README.md"))) > 30
