"""What the documents say of the code is true."""

import re
from pathlib import Path

import pytest

from counter_app.domain.judgement import Reason
from counter_app.wire import messages
from counter_app.wire.compression import DICTIONARY_ID
from counter_app.wire.intake import read_intake
from tests.documents import DOCS, pages
from tests.wire import example

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")])


@pytest.mark.parametrize("path", sorted(pages()), ids=lambda path: path.name)
def test_a_page_made_from_the_code_says_what_the_code_says(path):
    assert path.read_text("utf-8") == pages()[path], "python -m tests.documents --write"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py demo" in readme
    assert "python3 dev.py test" in readme


@pytest.mark.parametrize("path", sorted((DOCS / "examples").glob("*.json")), ids=lambda p: p.name)
def test_the_example_intakes_can_be_read(path):
    assert read_intake(path).procedure


def test_the_protocol_page_names_the_limits_and_numbers_of_the_code():
    said = " ".join((DOCS / "protocol.md").read_text("utf-8").split())
    for phrase in (
        f"at most {messages.MOST_ROWS} rows",
        f"{messages.MOST_BYTES >> 10} KiB",
        f"Its number, {DICTIONARY_ID},",
        f"version {messages.PROTOCOL} of the protocol",
        f"`{example.enrol_code()}`",
    ):
        assert phrase in said
    assert messages.OLDEST_PROTOCOL == messages.PROTOCOL  # else the page must name both


def test_the_protocol_page_shows_its_example_and_its_reasons():
    said = (DOCS / "protocol.md").read_text("utf-8")
    assert said.count("```http") == 2 * len(example.exchanges())
    assert all(f"| `{reason}` |" in said for reason in Reason)
