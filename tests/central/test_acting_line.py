"""What is entered on the command line of a desk, as far as the centre and the citizen's phone."""

import json
from datetime import datetime

import httpx
import pytest
from click.testing import CliRunner

from counter_app.central.app import build_app
from counter_app.central.enrolment import make_enrol_code
from counter_app.central.serving import in_background
from counter_app.cli import main
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.services.setting_up import set_up
from counter_app.sync import enrolling
from counter_app.sync.client import client_for
from counter_app.sync.exchange import exchange
from tests.factories import AGENCY, EXAMPLES, VIETNAM
from tests.office import OFFICER, PASSWORD, a_new_desk, register


@pytest.fixture
def clock(clock):
    clock.at = datetime.now(VIETNAM)  # as the commands see it
    return clock


@pytest.fixture
def desk(enter, folder, clock):
    return confirm_day(enter(folder), clock.at.date())


@pytest.fixture
def url(database, centre, clock):
    with in_background(build_app(database, centre, now=clock.now)) as url:
        yield url


@pytest.fixture
def join(database, centre, clock, url):
    """Make a desk one of the centre's."""

    def join(desk):
        with database.begin() as connection:
            code = make_enrol_code(
                connection, centre, agency_code=AGENCY, desk_name="Quầy", now=clock.now()
            )
        enrolling.enrol(desk, enrolling.meet(desk, url, code))

    return join


@pytest.fixture
def run(folder):
    """Run a command on the first desk; return its exit code and its result."""
    env = {"COUNTER_APP_OFFICER": OFFICER.id, "COUNTER_APP_PASSWORD": PASSWORD}

    def run(*words):
        line = [*map(str, words), "--profile", str(folder), "--json"]
        done = CliRunner().invoke(main, line, env=env, catch_exceptions=False)
        return done.exit_code, json.loads(done.stdout)

    return run


def sent(desk):
    client = client_for(desk)
    try:
        return exchange(desk, client)
    finally:
        client.close()


def test_what_is_entered_moves_the_page_and_what_another_desk_has_overtaken_is_proposed(
    desk, enter, clock, join, url, run, tmp_path
):
    set_up(tmp_path / "second", a_new_desk(name="Quầy 2", codes=(5000, 8000)))
    second = confirm_day(enter(tmp_path / "second"), clock.at.date())
    dossier = register(desk)
    join(desk)
    join(second)
    sent(desk)
    desk.store.close()
    page = f"{url}/T/{dossier.received.receipt.rpartition('/')[2]}"
    before = httpx.get(page).text
    body = tmp_path / "body.json"
    body.write_text('{"unit": "Tư pháp"}', "utf-8")
    assert run("act", dossier.code, "forwarded", body)[1]["status"] == 4
    assert run("sync", "--once")[0] == 0
    worked_on = httpx.get(page).text
    assert worked_on != before

    act(second, dossier.id, EXAMPLES["withdrawal_requested"])
    sent(second)
    assert httpx.get(page).text not in {before, worked_on}
    body.write_text('{"missing": [{"name": "Giấy chứng sinh"}], "reason": "Thiếu"}', "utf-8")
    assert run("act", dossier.code, "supplement_requested", body)[1]["status"] == 5
    code, synced = run("sync", "--once")
    assert (code, synced["proposed"], synced["unsettled"]) == (7, 1, 1)
    # It has no effect any more, and can be entered again.
    assert run("act", dossier.code, "noted", write(body, '{"text": "x"}'))[1]["status"] == 4


def write(path, text):
    path.write_text(text, "utf-8")
    return path
