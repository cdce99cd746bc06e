"""The public page as a page: small, whole, guarded, escaped, and firm with odd requests."""

from html.parser import HTMLParser

import pytest

from counter_app.central.tracking.pages import every_language
from counter_app.central.tracking.wording import WORDS
from counter_app.domain.tracking import PageState
from tests.central.public import REPORTED, Office, Visitor, a_runner, forget_all
from tests.factories import an_office

MOST_BYTES = 14 * 1024


@pytest.fixture(scope="module")
def runner():
    with a_runner() as runner:
        yield runner


@pytest.fixture
def database(shared_database):
    forget_all(shared_database)
    return shared_database


@pytest.fixture
def office(database):
    return Office(database)


@pytest.fixture
def visitor(runner, database, centre):
    visitor = Visitor(runner, database.url, centre)
    yield visitor
    visitor.leave()


class _Outline(HTMLParser):
    """Notes which elements are open, and what a page asks for from elsewhere."""

    VOID = {"meta", "link", "input", "br"}

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src", "action"}]
        assert not any(name.startswith("on") or name == "style" for name, _value in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(text):
    parser = _Outline()
    parser.feed(text)
    assert parser.open == []
    return parser


def every_page(office, visitor):
    yield visitor.get("/")
    yield visitor.scan("1" * 240)
    yield visitor.scan(office.receipt(token=bytes(16)))
    yield visitor.ask("H57.132-260803-0001", "000000")
    for number, changes in enumerate(REPORTED.values()):
        receipt = office.receipt(serial=100 + number, token=bytes([number]) * 16)
        office.report(receipt, **changes)
        yield visitor.scan(receipt)
        yield visitor.scan(receipt, language="en")
        yield visitor.ask(receipt.dossier_code, receipt.pin)


def test_every_page_is_small_whole_and_keeps_to_itself(office, visitor):
    for answer in every_page(office, visitor):
        assert len(answer.content) < MOST_BYTES - 1500  # the headers travel too
        found = outline(answer.text)
        assert found.tags.count("h1") == found.tags.count("main") == 1
        assert "script" not in found.tags
        assert all(link.startswith(("./", "../", "?lang=", "tel:")) for link in found.links)


def test_every_page_carries_its_guards(office, visitor):
    for answer in every_page(office, visitor):
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "strict-transport-security" not in headers


def test_a_page_that_came_over_tls_asks_for_tls_from_then_on(visitor):
    answer = visitor.get("/", base="https://tracking.example")
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_all_that_is_shown_is_escaped(database, visitor):
    evil = "<script>alert(1)</script>\"'&\u202e"
    office = Office(
        database,
        profile=an_office(name=evil, unit=evil, address=evil, hotline=evil, working_hours=evil),
    )
    for answer in (
        visitor.scan(office.report(office.receipt())),
        visitor.scan(office.receipt(token=bytes(16))),
        visitor.ask(evil, evil),
    ):
        assert "script" not in outline(answer.text).tags
        assert "\u202e" not in answer.text


def test_an_office_that_has_told_nothing_but_its_code_is_shown_by_it(database, visitor):
    office = Office(database, profile=an_office(name=""))
    answer = visitor.scan(office.report(office.receipt()))
    assert f"<strong>{office.profile.code}</strong>" in answer.text
    assert "số điện thoại có trên giấy tiếp nhận" in answer.text


def test_head_says_as_much_as_get_and_sends_nothing(office, visitor):
    receipt = office.report(office.receipt())
    got, asked = visitor.scan(receipt), visitor.request("HEAD", f"/T/{receipt.digits}")
    assert asked.content == b""
    assert asked.headers["content-length"] == str(len(got.content))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_not_allowed(visitor, method):
    assert visitor.request(method, "/").status_code == 405
    assert visitor.request("POST", "/T/1").status_code == 405


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"x" * 3000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"code=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 50), "application/x-www-form-urlencoded", 400),
        (b"code=%00&pin=%ff", "application/x-www-form-urlencoded", 404),
        (b"", "application/x-www-form-urlencoded", 404),
    ],
)
def test_a_form_that_no_browser_sends_does_no_harm(visitor, content, kind, status):
    answer = visitor.request("POST", "/", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status


def test_robots_are_sent_away_and_the_icon_is_there(visitor):
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert visitor.get("/favicon.svg").headers["content-type"] == "image/svg+xml"


def test_every_state_has_words_of_its_own_in_both_languages():
    pages = every_language("")
    said = [words[0] for each in pages.values() for words in each._words.values()]
    assert set(WORDS) == set(PageState)
    assert len(said) - len(set(said)) <= 0
