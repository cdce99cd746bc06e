"""The QR code of an identity card, as every scanner delivers it. All persons are invented."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.finding import Doubt, Finding
from counter_app.domain.id_card import parse_id_card
from counter_app.domain.mangled import damage_to_address, damage_to_name, repaired
from counter_app.domain.partial_date import PartialDate
from counter_app.domain.party import Sex

ADDRESS = "Số 5, tổ 2, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh"
anything = st.text(st.characters(exclude_categories=()), max_size=80)
LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese = st.text(st.sampled_from(LETTERS + LETTERS.upper() + " "), min_size=1, max_size=40)


def a_payload(
    number="079190000001",
    old="",
    name="Lê Thị Bưởi",
    born="15031990",
    sex="Nữ",
    address=ADDRESS,
    issued="01052021",
    more=(),
):
    return "|".join([number, old, name, born, sex, address, issued, *more])


def test_a_card_is_read():
    card = parse_id_card(a_payload(old="212000001"))
    assert card.number == "079190000001"
    assert card.old_number == "212000001"
    assert card.full_name == "Lê Thị Bưởi"
    assert card.birth_date == PartialDate(1990, 3, 15)
    assert card.sex is Sex.FEMALE
    assert card.address == ADDRESS
    assert card.issued_on == date(2021, 5, 1)
    assert card.remainder == ()
    assert card.raw == a_payload(old="212000001")
    assert card.doubts == ()


@pytest.mark.parametrize(
    "payload",
    [
        a_payload() + "\r\n",
        a_payload() + "\t",
        a_payload() + " \n\n",
        "\ufeff" + a_payload(),
        "  " + a_payload() + "\0",
        "]Q3" + a_payload(),
        unicodedata.normalize("NFD", a_payload()),
        a_payload(born="15/03/1990", issued="01/05/2021"),
        a_payload(born="15/3/1990", issued="1/5/2021"),
        a_payload(name="  Lê   Thị\u00a0Bưởi "),
        a_payload(number=" 079190000001 "),
        a_payload(sex="NỮ"),
        a_payload(sex="nữ "),
        a_payload().replace("||", "|"),  # the old number left out, not left empty
    ],
)
def test_dirt_around_and_within_a_card_does_no_harm(payload):
    card = parse_id_card(payload)
    assert (card.number, card.old_number) == ("079190000001", "")
    assert (card.full_name, card.address) == ("Lê Thị Bưởi", ADDRESS)
    assert (card.birth_date, card.sex) == (PartialDate(1990, 3, 15), Sex.FEMALE)
    assert card.issued_on == date(2021, 5, 1)
    assert card.doubts == ()


@pytest.mark.parametrize("payload", [a_payload(issued=""), a_payload().rpartition("|")[0]])
def test_the_date_of_issue_may_be_missing(payload):
    card = parse_id_card(payload)
    assert card.issued_on is None
    assert card.full_name == "Lê Thị Bưởi"
    assert card.doubts == ()


@pytest.mark.parametrize("count", range(1, 9))
def test_what_newer_cards_say_besides_is_kept(count):
    more = tuple(f"Nguyễn Văn {'Ă' * place}" for place in range(1, count + 1))
    card = parse_id_card(a_payload(more=more))
    assert card.remainder == more
    assert card.doubts == ()


def test_empty_fields_at_the_end_keep_their_places():
    assert parse_id_card(a_payload(more=("", "Lê Văn Ẩn", ""))).remainder == ("", "Lê Văn Ẩn", "")


@pytest.mark.parametrize(
    ("born", "known"),
    [
        ("1950", PartialDate(1950)),
        ("00001950", PartialDate(1950)),
        ("00/03/1950", PartialDate(1950, 3)),
    ],
)
def test_old_people_may_have_only_a_year_of_birth(born, known):
    card = parse_id_card(a_payload(number="079150000001", born=born))
    assert (card.birth_date, card.doubts) == (known, ())


@pytest.mark.parametrize(
    ("wrong", "doubts"),
    [
        ({"number": "07919000001"}, {Doubt("number", Finding.LENGTH)}),
        ({"number": "07919000000O"}, {Doubt("number", Finding.LENGTH)}),
        ({"number": "003190000001"}, {Doubt("number", Finding.PROVINCE)}),
        ({"number": "079090000001"}, {Doubt("number", Finding.SEX_DIFFERS)}),
        ({"number": "079191000001"}, {Doubt("number", Finding.BIRTH_YEAR_DIFFERS)}),
        ({"old": "21200000"}, {Doubt("old_number", Finding.UNREADABLE)}),
        ({"name": ""}, {Doubt("full_name", Finding.UNREADABLE)}),
        ({"born": "30021990"}, {Doubt("birth_date", Finding.UNREADABLE)}),
        ({"sex": "?"}, {Doubt("sex", Finding.UNREADABLE)}),
        ({"address": " "}, {Doubt("address", Finding.UNREADABLE)}),
        ({"issued": "31022021"}, {Doubt("issued_on", Finding.UNREADABLE)}),
        ({"issued": "2021"}, {Doubt("issued_on", Finding.UNREADABLE)}),
        ({"issued": "01011990"}, {Doubt("issued_on", Finding.EARLIER_THAN_BIRTH)}),
    ],
)
def test_one_wrong_field_is_in_doubt_and_the_others_are_read(wrong, doubts):
    card = parse_id_card(a_payload(**wrong))
    assert set(card.doubts) == doubts
    assert card.doubtful == {doubt.field for doubt in doubts}
    assert card.full_name == wrong.get("name", "Lê Thị Bưởi")
    assert card.address == wrong.get("address", ADDRESS).strip()


def test_a_number_that_cannot_be_right_is_kept_to_be_corrected():
    assert parse_id_card(a_payload(number="07919000001")).number == "07919000001"


def test_a_sex_that_was_not_read_is_taken_from_the_number():
    card = parse_id_card(a_payload(sex="N\ufffd"))
    assert (card.sex, card.doubtful) == (Sex.FEMALE, {"sex"})


def a_byte_at_a_time(text, page):
    """Return what one sees of UTF-8 where each byte is taken for a letter of `page`."""
    return "".join(
        bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "latin-1", "cp437"])
def test_letters_that_came_out_byte_by_byte_are_put_together_and_in_doubt(page):
    card = parse_id_card("|".join(a_byte_at_a_time(f, page) for f in a_payload().split("|")))
    assert (card.full_name, card.address, card.sex) == ("Lê Thị Bưởi", ADDRESS, Sex.FEMALE)
    assert set(card.doubts) == {
        Doubt("full_name", Finding.MANGLED),
        Doubt("address", Finding.MANGLED),
    }


@given(vietnamese, st.sampled_from(["cp1252", "cp1258", "latin-1", "cp437"]))
def test_every_vietnamese_text_can_be_put_together_again(text, page):
    assert repaired(a_byte_at_a_time(text, page)) == (None if text.isascii() else text)


@given(vietnamese)
def test_whole_letters_are_never_taken_for_bytes(text):
    assert repaired(text) is None


@pytest.mark.parametrize(
    "name",
    [
        "Nguyá»…n VÄƒn TÃ¡m",
        "Nguyá»n Vn Tám",  # with the unprintable ones dropped
        "Nguy?n V?n T?m",
        "Nguy\ufffdn V\ufffdn T\ufffdm",
        "Nguyn Vn Tm",
        "Trn Bưởi",
        "Phm An",
        "Lê Thị Mng",
        "Nguyeenx Vawn Tams",
        "Nguyeexn Vawn Tams",
        "Traafn Thij Nguwowif",
        "DDawngj An",
        "Nguye6n4 Va8n Ta1m",
        "Lê Văn \x07Tám",
        "Lê\u202e Văn Tám",
        "Lê Văn [Tám",
    ],
)
def test_a_name_that_a_scanner_has_spoilt_is_seen(name):
    assert damage_to_name(name) is Finding.MANGLED
    card = parse_id_card(a_payload(name=name))
    assert {"full_name", "address"} == card.doubtful  # one scanner has sent both


@pytest.mark.parametrize(
    "name",
    ["LE THI BUOI", "Nguyen Van Tam", "TRAN AN", "PHAM MINH", "PHAN MINH ANH", "SIU THI LAN"],
)
def test_a_name_without_any_accent_is_to_be_compared(name):
    assert damage_to_name(name) is Finding.ACCENTS_LOST
    assert parse_id_card(a_payload(name=name)).doubtful == {"full_name"}


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn Tám",
        "NGUYỄN VĂN TÁM",
        "Ngô Ẩn",
        "Cao Bá Quynh",
        "Siu H'Blốk",
        "H’ Hen Niê",
        "Y Krĭng Kbuôr",
        "K' Brểu",
        "Ksor Bơm",
        "Ma Thế Long",
        "Thi Văn Sóc",
        "Rơ Châm Pích",
        "Tôn Nữ Hoàng-Anh",
        "Đỗ Xuân Hợp",
    ],
)
def test_a_good_name_is_not_suspected(name):
    assert damage_to_name(name) is None


@pytest.mark.parametrize("name", ["Siu Blak", "Y Nay", "Ksor Blung", "Rcom Sa"])
def test_a_plain_name_of_another_people_is_not_suspected(name):
    assert damage_to_name(name) is None


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        (ADDRESS, None),
        ("Thôn 3 (khu B), xã Ia Grai & lân cận; đường 19/5", None),
        ("", None),
        ("12/5", None),
        ("Thon 3, xa Tan Lap, Thai Binh", Finding.ACCENTS_LOST),
        ("Th?n 3, xã Tân Lập", Finding.MANGLED),
        ("ThÃ´n 3, xÃ£ TÃ¢n Láºp", Finding.MANGLED),
        ("Th\ufffdn 3", Finding.MANGLED),
    ],
)
def test_an_address_is_looked_at_too(address, finding):
    assert damage_to_address(address) is finding


def test_a_word_without_its_accent_puts_all_letters_of_that_scanner_in_doubt():
    assert parse_id_card(a_payload(sex="Nu")).doubtful == {"full_name", "address"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "079190000001",
        "Lê Thị Bưởi",
        "a|b|c|d|e|f|g",
        "|||||||",
        "079190000001||Lê Thị Bưởi|15031990|Nữ",
        "2026|1|2|3|4|5|6",
        "x|" * 5000,
    ],
)
def test_what_is_no_card_is_none(text):
    assert parse_id_card(text) is None


@given(anything)
def test_any_text_is_a_card_or_none(text):
    assert parse_id_card(text) is None or "|" in text


@given(st.lists(anything.filter(lambda text: "|" not in text), min_size=7, max_size=15))
def test_whatever_stands_in_the_fields_they_are_read(fields):
    fields[0], fields[4] = "079190000001", "Nữ"
    card = parse_id_card("|".join(fields))
    assert card.number == "079190000001"
    assert unicodedata.is_normalized("NFC", card.full_name + "|" + card.address)


@given(vietnamese, vietnamese, st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.booleans())
def test_what_is_on_a_card_comes_out_of_it(name, address, born, is_woman):
    number = f"0792{born:%y}000001" if born.year >= 2000 else f"0790{born:%y}000001"
    number = f"{number[:3]}{int(number[3]) + is_woman}{number[4:]}"
    card = parse_id_card(
        a_payload(
            number=number,
            name=name,
            born=f"{born:%d%m%Y}",
            sex="Nữ" if is_woman else "Nam",
            address=address,
            issued="",
        )
    )
    assert (card.full_name, card.address) == (" ".join(name.split()), " ".join(address.split()))
    assert (card.number, card.birth_date.exact()) == (number, born)
    assert card.sex is (Sex.FEMALE if is_woman else Sex.MALE)
    assert card.doubtful <= {"full_name", "address"}
