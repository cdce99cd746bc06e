"""What the documents say of the code is true."""

import re
from pathlib import Path

import pytest

from counter_app.wire.intake import read_intake
from tests.documents import DOCS, pages

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
