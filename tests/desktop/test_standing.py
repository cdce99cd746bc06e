"""What the status line says of the centre: in words, and in both languages."""

from datetime import timedelta

import pytest

from counter_app import i18n
from counter_app.desktop.courier import Traffic
from counter_app.desktop.standing import Standing, age, comfort, facts, in_words, to_see_to
from counter_app.errors import (
    CentreNotTrusted,
    CentreUnreachable,
    ChainForked,
    DeskRevoked,
    ProgramTooOld,
    StoreFull,
)
from counter_app.services.status import DeskStatus
from tests.office import MONDAY

AWAY = CentreUnreachable(reason="…")


def standing(traffic=None, **status):
    """Return how an enrolled desk stands."""
    known = {"unsent": 0, "oldest_unsent": None, "codes_left": 900, "linked": True} | status
    return Standing(now=MONDAY, status=DeskStatus(**known), backed_up_at=None, traffic=traffic)


SEVEN = {"unsent": 23, "waiting": 7, "oldest_waiting": MONDAY - timedelta(hours=3, minutes=5)}


@pytest.mark.parametrize(
    ("traffic", "status", "vi", "en"),
    [
        (
            None,
            {"linked": False},
            "Quầy độc lập: mọi dữ liệu lưu trên máy này",
            "Stand-alone desk: everything is kept on this PC",
        ),
        (
            Traffic(trouble=AWAY),
            SEVEN,
            "Ngoại tuyến — 7 hồ sơ chờ gửi, cũ nhất 3 giờ",
            "Offline — 7 dossiers wait to be sent, the oldest for 3 hours",
        ),
        (
            Traffic(trouble=AWAY),
            {},
            "Ngoại tuyến — không có gì chờ gửi",
            "Offline — nothing waits to be sent",
        ),
        (
            Traffic(heard_at=MONDAY - timedelta(minutes=2)),
            {},
            "Đã gửi hết lúc 09:28",
            "Everything sent at 09:28",
        ),
        (None, {"heard_at": MONDAY - timedelta(days=3)}, "20/11/2026", "20/11/2026"),
        (Traffic(working=True, sending=12), SEVEN, "Đang gửi 12…", "Sending 12…"),
        (Traffic(busy=True), SEVEN, "Trung tâm đang bận — 7", "The centre is busy — 7"),
        (Traffic(heard_at=MONDAY), SEVEN, "7 hồ sơ chờ gửi", "7 dossiers wait"),
        (
            Traffic(trouble=CentreNotTrusted(address="…", reason="…")),
            SEVEN,
            "Nơi trả lời không phải là trung tâm — 7",
            "Something else answers in the centre's place — 7",
        ),
        (Traffic(trouble=DeskRevoked()), SEVEN, "thu hồi", "revoked"),
        (Traffic(trouble=ChainForked()), SEVEN, "bản sao", "copy"),
        (Traffic(trouble=ProgramTooOld(oldest="9")), SEVEN, "quá cũ", "too old"),
        (Traffic(trouble=StoreFull()), SEVEN, "chưa gửi được", "Nothing can be sent"),
        (None, {}, "Đã kết nối", "Connected"),
        (None, SEVEN | {"trouble": "CentreUnreachable"}, "Ngoại tuyến — 7", "Offline — 7"),
    ],
)
def test_it_is_said_in_words_how_the_desk_stands(traffic, status, vi, en):
    for language, words in (("vi", vi), ("en", en)):
        i18n.speak(language)
        assert words in in_words(standing(traffic, **status)).text


def test_to_be_offline_is_nothing_to_be_alarmed_at():
    assert in_words(standing(Traffic(trouble=AWAY), **SEVEN)).tone == "neutral"
    assert in_words(standing(Traffic(trouble=DeskRevoked()), **SEVEN)).tone == "danger"


def test_what_stood_in_the_way_yesterday_is_forgotten_once_the_centre_has_answered():
    now = standing(Traffic(heard_at=MONDAY), trouble="CentreUnreachable")
    assert now.trouble == ""


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "1 phút"),
        (timedelta(seconds=20), "1 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(hours=1), "1 giờ"),
        (timedelta(hours=47), "47 giờ"),
        (timedelta(days=2), "2 ngày"),
        (timedelta(days=1200), "1.200 ngày"),
    ],
)
def test_an_age_is_told_as_people_tell_it(span, words):
    assert age(span) == words


def test_what_needs_a_person_is_counted_and_what_waits_by_itself_is_not():
    assert to_see_to(standing(held_up=4)) == ""
    assert to_see_to(standing(flagged=1, proposed=1, refused=1, held_up=4)).startswith("3 mục")


def test_all_that_is_known_is_told_when_it_is_asked_for():
    traffic = Traffic(heard_at=MONDAY, next_at=MONDAY + timedelta(minutes=2))
    told = dict(facts(standing(traffic, **SEVEN, ahead=timedelta(minutes=-26))))
    assert told == {
        "Trả lời gần nhất": "09:30",
        "Chờ gửi": "23 mục nhật ký",
        "Lần gửi tới": "tự động lúc 09:32:00",
        "Đồng hồ của trung tâm": "ở đó 09:04, ở đây 09:30",
    }


def test_it_is_said_that_nothing_is_lost():
    assert "an toàn" in comfort(standing(**SEVEN))
    assert comfort(standing(Traffic(trouble=AWAY), **SEVEN)) == str(AWAY)
