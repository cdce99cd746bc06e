"""What stands on paper in groups can be typed, and a slip is named by its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.typed_secret import GROUPS, SECRET_SIZE, WrongGroups, from_groups, in_groups

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=SECRET_SIZE, max_size=SECRET_SIZE)

GOLDEN = {
    bytes(20): "00000-0000G-00005-0000N-0000A-0000T-0000F-0000Z",
    bytes(range(20)): "000GD-40R4C-0M307-E2095-185GD-R38EJ-1W818-24GK7",
    b"\xff" * 20: "ZZZZD-ZZZZX-ZZZZ8-ZZZZR-ZZZZ7-ZZZZQ-ZZZZ2-ZZZZJ",
}


def wrong_groups(text):
    """Return which groups of what was typed cannot be right; none if all can."""
    try:
        from_groups(text)
    except WrongGroups as error:
        return error.groups
    return set()


@pytest.mark.parametrize("secret", GOLDEN, ids=bytes.hex)
def test_a_secret_is_printed_in_the_same_way_for_ever(secret):
    assert in_groups(secret) == GOLDEN[secret]


@given(secrets)
def test_what_is_printed_can_be_typed(secret):
    assert from_groups(in_groups(secret)) == secret


@given(secrets)
def test_it_is_printed_in_eight_groups_of_five(secret):
    groups = in_groups(secret).split("-")
    assert [len(group) for group in groups] == [5] * GROUPS
    assert set("".join(groups)) <= set(ALPHABET)


@given(secrets, st.sampled_from(["", " ", "-", "  -  ", "\n", "_", "–"]))
def test_case_and_whatever_parts_the_groups_do_not_matter(secret, between):
    text = in_groups(secret).lower().replace("-", between)
    assert from_groups(f" {text}\t") == secret


@given(secrets)
def test_letters_that_look_like_digits_are_read_as_such(secret):
    text = in_groups(secret)
    assert from_groups(text.replace("0", "O").replace("1", "I")) == secret
    assert from_groups(text.replace("0", "o").replace("1", "l")) == secret


def test_full_width_characters_are_read():
    secret = bytes(range(20))
    wide = "".join(chr(ord(each) + 0xFEE0) for each in in_groups(secret).replace("-", ""))
    assert from_groups(wide) == secret


@given(secrets, st.integers(0, 39), st.sampled_from(ALPHABET + "UÔ*"))
def test_any_one_wrong_character_is_noticed_and_its_group_named(secret, place, other):
    characters = list(in_groups(secret).replace("-", ""))
    if characters[place] == other:
        return
    characters[place] = other
    text = "".join(characters) if other != "*" else "-".join(_fives(characters))
    assert place // 5 + 1 in wrong_groups(text)


def test_every_wrong_character_in_every_place_is_noticed():
    right = in_groups(bytes(range(100, 120))).replace("-", "")
    for place, character in enumerate(right):
        for other in set(ALPHABET) - {character}:
            assert wrong_groups(right[:place] + other + right[place + 1 :]) == {place // 5 + 1}


@given(secrets, st.integers(0, 38))
def test_two_swapped_characters_are_noticed(secret, place):
    right = in_groups(secret).replace("-", "")
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert bool(wrong_groups(swapped)) == (swapped != right)


@given(secrets, st.permutations(range(GROUPS)))
def test_groups_in_another_order_are_noticed(secret, order):
    groups = in_groups(secret).split("-")
    text = "-".join(groups[place] for place in order)
    assert bool(wrong_groups(text)) == (list(order) != list(range(GROUPS)))


def test_a_character_left_out_or_doubled_spoils_its_own_group_only():
    groups = in_groups(bytes(range(20))).split("-")
    for spoilt in (groups[2][:-1], groups[2] + groups[2][-1]):
        assert wrong_groups(" ".join([*groups[:2], spoilt, *groups[3:]])) == {3}


def test_groups_left_out_or_added_are_named():
    text = in_groups(bytes(range(20)))
    assert wrong_groups(text[:-6]) == {8}
    assert wrong_groups(text[:23]) == {5, 6, 7, 8}
    assert wrong_groups(text + "-7") == {8}
    assert wrong_groups("") == set(range(1, GROUPS + 1))


@given(st.text())
def test_whatever_else_is_typed_is_refused(text):
    assert wrong_groups(text)


def _fives(characters):
    return ["".join(characters[start : start + 5]) for start in range(0, len(characters), 5)]
