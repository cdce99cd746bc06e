"""Applications in files: persons and rows too, and every key that nobody knows is named."""

import json

import pytest

from counter_app.domain.party import AuthorityKind
from counter_app.errors import UnreadableFile
from counter_app.wire.intake import decode_intake


def read(**intake):
    return decode_intake(json.dumps(intake).encode(), "don.json")


def test_persons_and_rows_are_answers():
    answers = {
        "head": {"full_name": "Trần Văn Thử", "birth_date": "1960"},
        "members": [{"name": "Lê Thử", "share": 40}, {}],
        "copies": 2,
        "purpose": "thử",
    }
    intake = read(procedure="9.000001", answers=answers)
    assert intake.answers["head"].full_name == "Trần Văn Thử"
    assert intake.answers["members"] == ({"name": "Lê Thử", "share": 40}, {})
    assert (intake.answers["copies"], intake.answers["purpose"]) == (2, "thử")


def test_whoever_comes_for_another_is_read_with_the_ground():
    intake = read(
        submitter={"full_name": "Trần Văn Mẫu"},
        authority={"kind": "guardian", "document": "Quyết định số 5"},
        collector={"full_name": "Lê Thị Mẫu"},
        competent_agency="H57.133",
    )
    assert intake.authority.kind is AuthorityKind.GUARDIAN
    assert intake.collector.full_name == "Lê Thị Mẫu"
    assert intake.competent_agency == "H57.133"


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"answers": {"head": {"full_name": "Thử", "nick": "x"}}}, "nick"),
        ({"collector": {"nick": "x"}}, "nick"),
        ({"authority": {"nick": "x"}}, "nick"),
        ({"authority": {"kind": "friend"}}, r"\$\.authority\.kind"),
        ({"answers": {"members": [{"name": ["x"]}]}}, r"\$\.answers\[...\]\[0\]"),
        ({"answers": {"members": [{"name": True}]}}, r"\$\.answers\[...\]\[0\]"),
        ({"answers": {"copies": 1.5}}, r"\$\.answers\[...\]"),
    ],
)
def test_what_nobody_knows_is_refused_by_name(wrong, place):
    with pytest.raises(UnreadableFile, match=place):
        read(**wrong)
