"""The command line in this process: `run("search", "lan")` on the profile `folder`."""

import json
from datetime import datetime, timedelta

import msgspec
import pytest
from click.testing import CliRunner

from counter_app.cli import main
from tests.factories import VIETNAM, an_intake
from tests.office import OFFICER, PASSWORD


class Outcome:
    """What a command has printed, and what it exited with."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    @property
    def results(self):
        """The objects that were printed, one for each line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def result(self):
        """The only object that was printed."""
        (only,) = self.results
        return only

    @property
    def error(self):
        """Code and message of the error, which is the last that was printed."""
        error = self.results[-1]["error"]
        assert error.keys() == {"code", "message"}
        return error["code"], error["message"]


@pytest.fixture
def variables(folder):
    """What stands in the environment of a command."""
    return {
        "COUNTER_APP_PROFILE": str(folder),
        "COUNTER_APP_OFFICER": OFFICER.id,
        "COUNTER_APP_PASSWORD": PASSWORD,
    }


@pytest.fixture
def run(variables):
    """Run a command; with `json=False` its words for people are printed."""
    runner = CliRunner()

    def run(*words, json=True, typed=None, **env):
        line = [str(word) for word in words] + ["--json"] * json
        result = runner.invoke(main, line, env=variables | env, input=typed, catch_exceptions=False)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def intake(tmp_path):
    """Write an application to a file, with these changes to its JSON; return the path."""

    def write(**changes):
        whole = json.loads(msgspec.json.encode(an_intake()))
        path = tmp_path / "intake.json"
        path.write_text(json.dumps(whole | changes), "utf-8")
        return path

    return write


@pytest.fixture
def applicant():
    """Return an applicant in JSON, with these changes."""

    def change(**changes):
        return json.loads(msgspec.json.encode(an_intake().applicant)) | changes

    return change


@pytest.fixture
def tomorrow():
    """The day after today at the offices, as the commands see it."""
    return datetime.now(VIETNAM).date() + timedelta(days=1)
