"""What the centre tells all desks: keys, agencies, numbers and law, by version."""

from dataclasses import replace as copy
from datetime import timedelta
from hashlib import sha256

import pytest
from msgspec.structs import replace

from counter_app import assets
from counter_app.bootstrap import Opening, catalogue_of
from counter_app.catalogue.from_centre import FOLDER
from counter_app.domain.lease import Lease
from counter_app.domain.officer import Officer, Role
from counter_app.errors import InvalidForm
from counter_app.keys.officers import add_officer
from counter_app.keys.throttle import Uptime
from counter_app.services.doctor import examine
from counter_app.services.opening import take_over
from counter_app.services.scanning import read_scan
from counter_app.services.setting_up import set_up
from counter_app.services.status import centre_contact
from counter_app.store.codes import leases_of
from counter_app.store.known import known_agencies
from counter_app.sync.reference import held, refresh
from counter_app.wire.messages import KnownDesk, LawFile, Reference
from counter_app.wire.signing import ReceiptVerdict
from tests.factories import AGENCY, an_office
from tests.office import MONDAY, OFFICER, PASSWORD, a_new_desk, is_sound, register

DAY = MONDAY.date()
CLERK = Officer(id="binh", name="Lê Văn Thử", roles=frozenset({Role.RECEPTION}))
NOW = Uptime(boot="test", seconds=1000)
SHIPPED = next(iter(sorted((assets.FORMS / "procedures").glob("*.toml"))))


def law(path, text):
    content = text.encode()
    return LawFile(path=path, sha256=sha256(content).hexdigest(), content=content)


def a_calendar(version=99, due_mode="end_of_day"):
    text = (assets.FORMS / "rules" / "calendar.toml").read_text("utf-8")
    text = text.replace("version = 1", f"version = {version}", 1)
    return law("rules/calendar.toml", text.replace('"same_time"', f'"{due_mode}"', 1))


@pytest.fixture
def told(enrolled, client, centre):
    """Have the centre tell this, and the desk fetch it."""

    def told(*files, version=7, **changes):
        whole = Reference(
            version=version, standing=centre.standing(), leases=(), desks=(), agencies=(), law=files
        )
        centre.reference = replace(whole, **changes)
        return refresh(enrolled, client)

    return told


def test_it_is_fetched_once_for_each_version(enrolled, client, told, centre):
    assert told() == 7
    before = centre.requests[-1]
    assert "if-none-match" not in before.headers
    refresh(enrolled, client)
    assert centre.requests[-1].headers["if-none-match"] == '"7"'
    assert held(enrolled) == 7
    assert told(version=8) == 8


def test_agencies_are_kept(enrolled, told):
    told(agencies=(an_office(code="H57.133"), an_office()))
    with enrolled.store.read() as connection:
        assert [agency.code for agency in known_agencies(connection)] == [AGENCY, "H57.133"]
    told(version=8, agencies=(an_office(),))
    with enrolled.store.read() as connection:
        assert [agency.code for agency in known_agencies(connection)] == [AGENCY]


@pytest.mark.parametrize("lo, hi", [(0, 5), (-5, -1), (7, 6), (10**6, 10**7), (1, 10**30)])
def test_numbers_that_no_code_can_bear_are_not_kept(enrolled, told, lo, hi):
    def numbers(lo, hi):
        return Lease(agency=AGENCY, lo=lo, hi=hi, from_date=DAY, to_date=DAY)

    told(leases=(numbers(lo, hi), numbers(100, 200)))
    with enrolled.store.read() as connection:
        kept = [each for each in leases_of(connection) if each.from_date == DAY]
    assert kept == [numbers(100, 200)]


def test_a_lease_is_renewed_and_never_shortened(enrolled, told):
    def until(days, hi):
        return Lease(agency=AGENCY, lo=1, hi=hi, from_date=DAY, to_date=DAY + timedelta(days=days))

    told(leases=(until(10, 100),))
    told(version=8, leases=(until(40, 100),))
    told(version=9, leases=(until(5, 50),))
    with enrolled.store.read() as connection:
        [lease] = [each for each in leases_of(connection) if each.from_date == DAY]
    assert lease == until(40, 100)


@pytest.fixture
def other(enter, tmp_path):
    """Another desk of the office."""
    set_up(tmp_path / "other", a_new_desk(name="Quầy 2"))
    return enter(tmp_path / "other")


def known(desk, **changes):
    return KnownDesk(
        **{"public_key": desk.key.public, "desk_name": "Quầy 2", "agency": AGENCY} | changes
    )


def test_receipts_of_the_other_desks_are_told_from_forged_ones(enrolled, told, other):
    receipt = register(other).received.receipt
    assert read_scan(enrolled, receipt).verdict is ReceiptVerdict.UNKNOWN_KEY
    told(desks=(known(other),))
    scanned = read_scan(enrolled, receipt)
    assert scanned.verdict is ReceiptVerdict.GENUINE
    assert (scanned.issuer.desk_name, scanned.issuer.agency) == ("Quầy 2", AGENCY)
    assert not scanned.revoked
    assert scanned.dossier_id is None
    forged = receipt[:-9] + str((int(receipt[-9]) + 1) % 10) + receipt[-8:]
    assert read_scan(enrolled, forged).verdict is ReceiptVerdict.FORGED
    assert read_scan(enrolled, forged).issuer is None


def test_that_a_desk_was_revoked_is_said_of_its_receipts(enrolled, told, other):
    told(desks=(known(other, revoked=True),))
    scanned = read_scan(enrolled, register(other).received.receipt)
    assert scanned.verdict is ReceiptVerdict.GENUINE
    assert scanned.revoked


def test_ones_own_receipts_need_no_centre_to_be_known(enrolled, told):
    told(desks=(known(enrolled),))
    scanned = read_scan(enrolled, register(enrolled).received.receipt)
    assert (scanned.verdict, scanned.issuer) == (ReceiptVerdict.GENUINE, None)


def test_newer_law_wins_over_the_shipped_from_the_next_sign_in(enrolled, told, folder):
    told(a_calendar())
    assert enrolled.catalogue.calendar.due_mode == "same_time"
    assert catalogue_of(folder).calendar.due_mode == "end_of_day"
    assert catalogue_of(folder).calendar.version == 99


def test_the_next_officer_at_an_open_desk_works_by_the_newer_law(enrolled, told, folder):
    opening = Opening(folder)
    assert opening.law() is opening.law()
    before = opening.law()
    told(a_calendar())
    assert opening.law().calendar.due_mode == "end_of_day" != before.calendar.due_mode
    add_officer(folder, enrolled.store.key, CLERK, PASSWORD)
    after = take_over(enrolled, CLERK.id, PASSWORD, uptime=NOW, catalogue=opening.law())
    assert after.catalogue.calendar.due_mode == "end_of_day"
    same = take_over(enrolled, OFFICER.id, PASSWORD, uptime=NOW, catalogue=opening.law())
    assert same is enrolled


def test_the_offices_own_hours_hold_before_the_centres_of_the_same_version(told, folder):
    told(a_calendar(version=5))
    own = folder / "forms" / "rules"
    own.mkdir(parents=True)
    (own / "calendar.toml").write_bytes(a_calendar(5, "end_of_session").content)
    assert catalogue_of(folder).calendar.due_mode == "end_of_session"
    (own / "calendar.toml").write_bytes(a_calendar(4, "end_of_session").content)
    assert catalogue_of(folder).calendar.due_mode == "end_of_day"


def test_a_procedure_from_the_centre_is_offered_under_its_own_version(told, folder):
    text = SHIPPED.read_text("utf-8").replace("version = 1", "version = 50", 1)
    told(law(f"procedures/{SHIPPED.name}", text))
    catalogue = catalogue_of(folder)
    code = SHIPPED.stem.partition("-")[0]
    file = next(f for f in catalogue.procedures(DAY) if f.ref.version == 50)
    assert file.ref.code.startswith(code[:5])
    assert len(catalogue.versions[file.ref.code]) > 1


def test_law_that_the_centre_has_taken_back_is_gone(told, folder):
    told(a_calendar())
    told(version=8)
    assert list((folder / FOLDER).glob("*/*")) == []
    assert catalogue_of(folder).calendar.due_mode == "same_time"


@pytest.mark.parametrize(
    "bad",
    [
        law("rules/calendar.toml", "version = 'x'"),
        law("procedures/a.toml", "["),
        law("print/receipt.toml", "id = 'receipt'"),
        LawFile(path="rules/calendar.toml", sha256="00" * 32, content=a_calendar().content),
    ],
    ids=["rules", "procedure", "print", "hash"],
)
def test_law_that_cannot_be_used_is_refused_whole_and_the_rest_is_kept(enrolled, told, folder, bad):
    with pytest.raises(InvalidForm):
        told(a_calendar() if "calendar" not in bad.path else bad, bad, agencies=(an_office(),))
    assert not (folder / FOLDER).exists()
    with enrolled.store.read() as connection:
        assert known_agencies(connection) != []
    assert held(enrolled) == 0
    assert told(version=8) == 8


@pytest.mark.parametrize(
    "path",
    [
        "../forms/rules/calendar.toml",
        "/etc/x.toml",
        "rules/../../x.toml",
        "rules/leases.toml",
        "x",
        "procedures/con.toml",
        "print/com1.x.toml",
    ],
)
def test_a_file_for_another_place_is_left_alone(told, folder, path):
    told(law(path, "version = 1"))
    assert list((folder / FOLDER).rglob("*.toml")) == []
    assert not (folder / "forms").exists()


def test_law_that_this_release_cannot_read_any_more_stops_no_sign_in(told, folder):
    told(a_calendar())
    (folder / FOLDER / "rules" / "calendar.toml").write_text("version = 3")
    assert catalogue_of(folder).calendar.due_mode == "same_time"


def test_the_doctor_says_when_the_centre_was_heard_last(enrolled, client, clock, folder):
    refresh(enrolled, client)
    looked = {each.check: each for each in examine(folder, MONDAY)}
    assert looked["centre"].ok
    assert looked["unsent"].ok
    later = {each.check: each for each in examine(folder, MONDAY + timedelta(days=5))}
    assert not later["centre"].ok
    assert not later["unsent"].ok


def test_the_doctor_says_nothing_of_a_centre_at_a_desk_that_has_none(desk, folder):
    assert "centre" not in {each.check for each in examine(folder, MONDAY)}


def test_the_clock_of_the_centre_is_compared(enrolled, client, centre):
    centre.now = MONDAY + timedelta(minutes=9)
    told = replace(
        Reference(version=3, standing=centre.standing(), leases=(), desks=(), agencies=(), law=()),
        standing=centre.standing(),
    )
    centre.reference = told
    refresh(enrolled, client)
    assert centre_contact(enrolled).ahead == timedelta(minutes=9)
    assert is_sound(copy(enrolled))
