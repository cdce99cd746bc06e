"""The glossary knows every word that the code has for what the law names."""

import re
from pathlib import Path

import pytest

from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.fee import FeeKind
from counter_app.domain.officer import Role
from counter_app.domain.status import Status

GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8")
ROWS = [line.strip("|").split("|") for line in GLOSSARY.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("status", Status, ids=lambda status: status.name)
def test_every_status_stands_beside_its_national_code(status):
    assert re.search(rf"^\| {status.value} \| [^|]+ \| `{status.name}` \|", GLOSSARY, re.MULTILINE)


@pytest.mark.parametrize("word", [*Role, *Channel, *ReturnChannel])
def test_every_role_and_channel_is_explained(word):
    assert any(f"`{word.value}`" in row[1] for row in ROWS)


@pytest.mark.parametrize("kind", FeeKind)
def test_charge_and_fee_are_told_apart(kind):
    assert any(f"**{kind.value}**" in row[1] for row in ROWS)


def test_every_row_names_its_source():
    tags = {row[0].strip() for row in ROWS if row[0].strip() not in {"", "tag", "---"}}
    assert "D118" in tags
    assert all(row[-1].strip() for row in ROWS)
