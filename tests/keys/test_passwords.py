import pytest

from counter_app.domain.officer import Officer, Role
from counter_app.errors import WeakPassword
from counter_app.i18n import speak
from counter_app.keys.passwords import check_password

OFFICER = Officer(id="van.an", name="Trần Văn An Thử", roles=frozenset({Role.RECEPTION}))


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "short"),
        ("ngắn quá", None),
        ("ngắn.qu", "short"),
        ("e\u0302\u0301" * 3 + "abcd", "short"),  # seven characters, however many were sent
        ("x" * 5 + "abc" * 100, "long"),
        ("aaaaaaaaaaaa", "uniform"),
        ("12121212", "uniform"),
        (" " * 12, "uniform"),
        ("12345678", "common"),
        ("password", "common"),
        ("Password123!", "common"),
        ("Mật khẩu 2025", "common"),
        ("matkhau@123", "common"),
        ("MOTCUA-2025", "common"),
        ("1q2w3e4r", "common"),
        ("abcdefgh", "common"),
        ("đăng nhập một cửa", None),
        ("Van.An12", "name"),
        ("tran van an thu", "name"),
        ("Trần Văn An Thử", "name"),
        ("van.an ở quầy ba", None),
        ("correct horse battery", None),
    ],
)
def test_what_is_guessed_first_is_no_password(password, reason):
    if reason is None:
        check_password(password, OFFICER)
        return
    with pytest.raises(WeakPassword) as weak:
        check_password(password, OFFICER)
    assert weak.value.values["reason"] == reason


def test_the_refusal_says_what_to_do():
    speak("en")
    with pytest.raises(WeakPassword, match=r"it is too short\. Choose 8 to 256 characters"):
        check_password("short", OFFICER)
