"""`hand-over`: what waits, one numbered list, and what cannot go."""

from counter_app.domain.status import Status

UNIT = "Bộ phận tư pháp - hộ tịch"


def test_what_waits_is_listed_and_goes_on_one_numbered_list(run, intake, tmp_path):
    codes = [run("register", intake()).result["code"] for _each in range(2)]
    waiting = run("hand-over", "--list").results
    assert [each["code"] for each in waiting] == codes
    pdf = tmp_path / "list.pdf"
    if all(each["tomorrow"] for each in waiting):  # whoever runs this after three o'clock
        done = run("hand-over", *codes, "--unit", UNIT, "--pdf", pdf).result
    else:
        done = run("hand-over", "--unit", UNIT, "--receiver", "Bùi Văn Thử", "--pdf", pdf).result
    assert (done["unit"], done["codes"]) == (UNIT, codes)
    assert done["number"].startswith("01/")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("dossier", codes[0]).result["status"] == Status.PROCESSING
    assert run("hand-over", "--list").results == []


def test_nothing_to_hand_over_is_said(run):
    nothing = run("hand-over", "--unit", UNIT)
    assert (nothing.code, nothing.error[0]) == (10, "NothingToHandOver")


def test_of_what_has_gone_already_nothing_goes_a_second_time(run, intake):
    code = run("register", intake()).result["code"]
    run("hand-over", code, "--unit", UNIT)
    again = run("hand-over", code, "--unit", UNIT)
    assert (again.code, again.error[0]) == (10, "IllegalTransition")


def test_a_line_that_cannot_be_read_says_so(run):
    assert run("hand-over").error[0] == "UsageError"
    assert run("hand-over", "--list", "--unit", UNIT).error[0] == "UsageError"
    assert run("hand-over", "x", "--unit", UNIT).error[0] == "UnknownDossier"


def test_what_waits_is_told_in_words(run, intake):
    code = run("register", intake()).result["code"]
    assert code in run("hand-over", "--list", json=False).out
    said = run("hand-over", code, "--unit", UNIT, "--lang", "en", json=False).out
    assert said.startswith("List 01/")
