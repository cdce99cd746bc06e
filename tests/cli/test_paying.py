"""`pay`, `fees`, `transfer`, and what `act` refuses about money."""

import json

import msgspec
import pytest

from counter_app import assets
from counter_app.cli import results_money
from counter_app.domain.vietqr import parse_vietqr

ACCOUNT = """
[account]
bank = "Ngân hàng Thử Nghiệm"
bin = "970436"
number = "1023456789"
holder = "UBND phường Phú Thử"
"""


@pytest.fixture
def certified(run, intake):
    """Receive an application for two certified copies of three pages: 10.000 dong."""
    answers = {"copies": 2, "pages": 3}
    return run("register", intake(procedure="2.000815", answers=answers)).result["code"]


@pytest.fixture
def remarried(run, intake):
    """Receive an application whose fee nobody has entered."""
    return run("register", intake(procedure="1.004746")).result["code"]


@pytest.fixture
def account(folder):
    """Name an account of the office."""
    rules = folder / "forms" / "rules"
    rules.mkdir(parents=True)
    shipped = (assets.FORMS / "rules" / "payment.toml").read_text("utf-8")
    (rules / "payment.toml").write_text(shipped + ACCOUNT, "utf-8")


@pytest.fixture
def act(run, tmp_path):
    """Enter something on a dossier."""

    def act(code, kind, **said):
        (tmp_path / "body.json").write_text(json.dumps(said), "utf-8")
        return run("act", code, kind, tmp_path / "body.json")

    return act


def money(run, code):
    return msgspec.convert(run("fees", code).result, results_money.FeesResult)


def refused(outcome):
    assert outcome.code == 10, outcome.out
    return outcome.error[0]


def test_all_that_is_owed_is_paid_in_cash_and_the_change_is_told(run, certified):
    paid = run("pay", certified, "--means", "cash", "--tendered", "50.000").result
    assert msgspec.convert(paid, results_money.PaidResult).change == 40_000
    assert (paid["owed"], paid["payment"]["payer"]) == (0, "Trần Văn Thử")
    stands = money(run, certified)
    assert (stands.state, stands.paid, stands.owed) == ("paid", 10_000, 0)
    assert stands.payments[0].number.endswith("-000001")
    again = run("pay", certified, "--means", "cash")
    assert refused(again) == "NothingOwed"


def test_a_part_is_paid_and_the_rest_is_told(run, certified):
    run("pay", certified, "--means", "post", "--amount", "4k", "--payer", "Bưu tá Thử")
    stands = money(run, certified)
    assert (stands.state, stands.owed) == ("owed", 6000)
    assert (stands.payments[0].payer, stands.payments[0].means) == ("Bưu tá Thử", "post")
    words = run("fees", certified, "--lang", "en", json=False).out
    assert "still to pay ₫6,000" in words


def test_what_nobody_has_entered_is_told_with_every_sum(run, remarried, act):
    stands = money(run, remarried)
    assert (stands.state, stands.owed, stands.unknown) == ("unknown", 0, ["registration"])
    assert [ground.id for ground in stands.grounds] == ["merit_family", "poor", "disabled"]
    for language, words in (("vi", "chưa nhập"), ("en", "not entered")):
        for command in ("fees", "dossier"):
            said = run(command, remarried, "--lang", language, json=False).out
            assert words in said.lower(), (command, language)
    assert refused(run("pay", remarried, "--means", "cash")) == "FeeNotEntered"
    assert refused(run("pay", remarried, "--means", "cash", "--amount", 1000)) == "FeeNotEntered"
    assert act(remarried, "fee_assessed", line="registration", unit_amount=30_000).code == 0
    assert run("pay", remarried, "--means", "cash").result["owed"] == 0


@pytest.mark.parametrize(
    ("kind", "said", "error"),
    [
        ("fee_paid", {"amount": 8000, "means": "cash", "tendered": 5000}, "TenderedTooLittle"),
        ("fee_paid", {"amount": 8000, "means": "post", "tendered": 9000}, "InvalidField"),
        ("fee_paid", {"amount": 8000, "means": "cash", "receipt_number": "A1"}, "InvalidField"),
        ("fee_reversed", {"amount": 10_001, "reason": "x"}, "MoreThanIsLeft"),
        (
            "fee_reversed",
            {"amount": 1, "reason": "x", "payment": "00000000-0000-0000-0000-000000000001"},
            "UnknownPayment",
        ),
        (
            "receipt_linked",
            {"payment": "00000000-0000-0000-0000-000000000001", "receipt_number": "1"},
            "UnknownPayment",
        ),
        ("fee_paid", {"amount": 1, "means": "cash"}, "MoreThanOwed"),
        ("exemption_reversed", {"reason": "x"}, "UnknownExemption"),
        ("fee_exempted", {"amount": 10_001, "ground": "x", "evidence": "x"}, "ExemptTooMuch"),
        ("fee_assessed", {"line": "strange", "unit_amount": 1}, "UnknownFee"),
        ("fee_assessed", {"line": "certification", "unit_amount": 1}, "IncompleteEntry"),
    ],
)
def test_by_hand_the_same_rules_hold(run, certified, act, kind, said, error):
    run("pay", certified, "--means", "cash")
    before = money(run, certified)
    assert refused(act(certified, kind, **said)) == error
    assert money(run, certified) == before


def test_an_exemption_is_taken_back_once_and_the_list_names_it(run, certified, act):
    act(certified, "fee_exempted", amount=4000, ground="Hộ nghèo", evidence="Giấy số 1")
    (granted,) = money(run, certified).exemptions
    assert granted.id in run("fees", certified, json=False).out
    said = {"exemption": granted.id, "reason": "Giấy của người khác"}
    assert act(certified, "exemption_reversed", **said).code == 0
    assert refused(act(certified, "exemption_reversed", **said)) == "ExemptionGone"
    stands = money(run, certified)
    assert (stands.owed, stands.exempted) == (10_000, 0)
    assert stands.exemptions[0].taken_back == "Giấy của người khác"
    assert "Giấy của người khác" in run("fees", certified, json=False).out
    assert "4.000" in run("dossier", certified).result["timeline"][0]["sentence"]


def test_what_was_served_by_mistake_is_voided_once_the_money_is_back(run, certified, act):
    served = {"result": "Bản sao", "collector": {"full_name": "Trần Văn Thử"}}
    assert act(certified, "served", **served).code == 0
    run("pay", certified, "--means", "cash")
    assert refused(act(certified, "voided", reason="Nhầm người")) == "MoneyTaken"
    assert act(certified, "fee_reversed", amount=10_000, reason="Nhầm người").code == 0
    voided = act(certified, "voided", reason="Nhầm người").result
    assert (voided["code"], voided["status"]) == (certified, 8)
    assert refused(act(certified, "voided", reason="Nhầm người")) == "IllegalTransition"


def test_money_that_went_back_is_owed_again(run, certified, act):
    run("pay", certified, "--means", "cash")
    assert act(certified, "fee_reversed", amount=4000, reason="Thu nhầm").code == 0
    stands = money(run, certified)
    assert (stands.owed, stands.payments[0].left) == (4000, 6000)
    assert stands.payments[0].reversals[0].number.startswith("PC")


def test_a_transfer_is_asked_for_as_text_and_picture_and_pays_nothing(
    run, certified, account, tmp_path
):
    from PIL import Image

    picture = tmp_path / "transfer.png"
    asked = run("transfer", certified, "--png", picture).result
    assert msgspec.convert(asked, results_money.TransferResult).amount == 10_000
    assert parse_vietqr(asked["text"]).purpose == certified.replace("-", "")
    zxing = pytest.importorskip("zxingcpp")
    with Image.open(picture) as image:
        (found,) = zxing.read_barcodes(image.convert("L"))
    assert found.text == asked["text"]
    stands = money(run, certified)
    assert (stands.state, stands.paid, stands.requested) == ("waiting", 0, 10_000)
    run("pay", certified, "--means", "transfer")
    assert money(run, certified).state == "paid"
    assert refused(run("transfer", certified)) == "NothingOwed"


def test_without_an_account_the_words_say_where_it_is_written(run, certified):
    outcome = run("transfer", certified)
    assert (outcome.code, outcome.error[0]) == (3, "NoAccount")
    assert "payment.toml" in outcome.error[1]
    assert money(run, certified).transfer is False


def test_more_than_is_owed_is_booked_only_if_it_is_meant(run, certified):
    much = ("pay", certified, "--means", "cash", "--amount", "100000")
    assert refused(run(*much)) == "MoreThanOwed"
    assert run(*much, "--beyond").code == 0
    assert money(run, certified).excess == 90_000


def test_a_slip_is_written_or_nothing_is_booked(run, certified, tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    nowhere = run("pay", certified, "--means", "cash", "--paper", tmp_path / "file" / "slip.pdf")
    assert (nowhere.code, nowhere.error[0]) == (2, "UnwritableFile")
    assert money(run, certified).paid == 0
    paid = run("pay", certified, "--means", "cash", "--paper", tmp_path / "slip.pdf").result
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert paid["paper"].endswith("slip.pdf")


@pytest.mark.parametrize("line", [("--means", "gold"), ("--means", "cash", "--amount", "1.6"), ()])
def test_a_line_that_cannot_be_read_says_so(run, line):
    outcome = run("pay", "x", *line)
    assert (outcome.code, outcome.error[0]) == (2, "UsageError")


def test_what_is_not_there_is_said(run):
    for command in (("fees", "x"), ("transfer", "x"), ("pay", "x", "--means", "cash")):
        assert run(*command).error[0] == "UnknownDossier"
