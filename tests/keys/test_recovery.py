import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.typed_secret import GROUPS
from counter_app.errors import RecoveryKeyMistyped
from counter_app.keys.recovery import new_recovery, printed, typed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
keys = st.binary(min_size=20, max_size=20)


@given(keys)
def test_what_is_printed_can_be_typed(key):
    assert typed(printed(key)) == key


def test_it_is_printed_in_eight_groups_of_five():
    groups = printed(new_recovery()).split("-")
    assert [len(group) for group in groups] == [5] * GROUPS
    assert set("".join(groups)) <= set(ALPHABET)


def test_no_two_are_alike():
    assert len({new_recovery() for _ in range(100)}) == 100


@given(keys, st.sampled_from(["", " ", "-", "  -  ", "\n", "_", "–"]))
def test_case_and_whatever_parts_the_groups_do_not_matter(key, between):
    text = printed(key).lower().replace("-", between)
    assert typed(f" {text}\t") == key


@given(keys)
def test_letters_that_look_like_digits_are_read_as_such(key):
    text = printed(key)
    assert typed(text.replace("0", "O").replace("1", "I")) == key
    assert typed(text.replace("0", "o").replace("1", "l")) == key


def test_full_width_characters_are_read():
    key = bytes(range(20))
    wide = "".join(chr(ord(each) + 0xFEE0) for each in printed(key).replace("-", ""))
    assert typed(wide) == key


@given(keys, st.integers(0, 39), st.sampled_from(ALPHABET + "UÔ*"))
def test_any_one_wrong_character_is_noticed_and_its_group_named(key, place, other):
    characters = list(printed(key).replace("-", ""))
    if characters[place] == other:
        return
    characters[place] = other
    with pytest.raises(RecoveryKeyMistyped) as mistyped:
        typed("".join(characters) if other != "*" else "-".join(_fives(characters)))
    assert str(place // 5 + 1) in str(mistyped.value.values["groups"]).split(", ")


def test_every_wrong_character_in_every_place_is_noticed():
    right = printed(bytes(range(100, 120))).replace("-", "")
    unnoticed = []
    for place, character in enumerate(right):
        for other in set(ALPHABET) - {character}:
            try:
                unnoticed.append(typed(right[:place] + other + right[place + 1 :]))
            except RecoveryKeyMistyped as mistyped:
                assert mistyped.values["groups"] == str(place // 5 + 1)
    assert unnoticed == []


@given(keys, st.integers(0, 38))
def test_two_swapped_characters_are_noticed(key, place):
    right = printed(key).replace("-", "")
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if swapped != right:
        with pytest.raises(RecoveryKeyMistyped):
            typed(swapped)


@given(keys, st.permutations(range(GROUPS)))
def test_groups_in_another_order_are_noticed(key, order):
    groups = printed(key).split("-")
    if list(order) != list(range(GROUPS)):
        with pytest.raises(RecoveryKeyMistyped):
            typed("-".join(groups[place] for place in order))


def test_a_character_left_out_or_doubled_spoils_its_own_group_only():
    groups = printed(bytes(range(20))).split("-")
    for spoilt in (groups[2][:-1], groups[2] + groups[2][-1]):
        with pytest.raises(RecoveryKeyMistyped) as mistyped:
            typed(" ".join([*groups[:2], spoilt, *groups[3:]]))
        assert mistyped.value.values["groups"] == "3"


def test_groups_left_out_or_added_are_named():
    text = printed(bytes(range(20)))
    for given_text, named in ((text[:-6], "8"), (text[:23], "5, 6, 7, 8"), (text + "-7", "8")):
        with pytest.raises(RecoveryKeyMistyped) as mistyped:
            typed(given_text)
        assert mistyped.value.values["groups"] == named
    with pytest.raises(RecoveryKeyMistyped):
        typed("")


@given(st.text())
def test_whatever_else_is_typed_is_refused_in_words(text):
    with pytest.raises(RecoveryKeyMistyped):
        typed(text)


def _fives(characters):
    return ["".join(characters[start : start + 5]) for start in range(0, len(characters), 5)]
