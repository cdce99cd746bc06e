"""Whatever is done at a desk, in whatever order: no code comes twice, and all verifies."""

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.operation import Noted, Voided
from counter_app.errors import IllegalTransition, InvalidField
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.services.drafts import keep_draft, unfinished
from counter_app.services.numbers import open_reserve
from counter_app.services.receipts import preview_receipt, print_receipt
from counter_app.services.registration import register_dossier
from counter_app.services.scanning import read_scan
from counter_app.services.viewing import open_dossier
from tests.factories import a_party, an_intake
from tests.office import MONDAY, is_sound

DOINGS = (
    "register register register again refused draft view print preview scan note void day clock "
    "reserve"
).split()


class Worker:
    """Does one thing after another at a desk, and remembers what was acknowledged."""

    def __init__(self, desk, clock):
        self.desk = desk
        self._clock = clock
        self.received = {}

    def register(self, number):
        self._receive(secrets.token_bytes(16))

    def again(self, number):
        self._receive(self._token(number))

    def refused(self, number):
        wrong = an_intake(applicant=a_party(birth_date="30/02/1990"))
        with pytest.raises(InvalidField):
            register_dossier(self.desk, wrong, token=secrets.token_bytes(16))

    def draft(self, number):
        keep_draft(self.desk, an_intake(note=str(number)), token=secrets.token_bytes(16))
        draft = unfinished(self.desk)[0]
        if number % 2:
            self._receive(draft.token)

    def view(self, number):
        for dossier in self._one(number):
            open_dossier(self.desk, dossier.id)

    def print(self, number):
        for dossier in self._one(number)[: number % 3 == 0]:  # drawing takes its time
            print_receipt(self.desk, dossier.id, size="a5", to="pdf")

    def preview(self, number):
        for dossier in self._one(number)[: number % 5 == 0]:
            preview_receipt(self.desk, dossier.id, size="a5")

    def scan(self, number):
        for dossier in self._one(number):
            assert read_scan(self.desk, dossier.received.receipt).dossier_id == dossier.id

    def note(self, number):
        for dossier in self._one(number):
            act(self.desk, dossier.id, Noted(text=f"ghi chú {number}"))

    def void(self, number):
        for dossier in self._one(number):
            with suppress(IllegalTransition):  # it was voided before
                act(self.desk, dossier.id, Voided(reason="Nhập hai lần"))

    def day(self, number):
        self.desk = confirm_day(self.desk, MONDAY.date() + timedelta(days=number % 3))

    def clock(self, number):
        self._clock.at = MONDAY + timedelta(days=number * 97 - 3000)

    def reserve(self, number):
        open_reserve(self.desk)

    def _receive(self, token):
        dossier = register_dossier(self.desk, an_intake(), token=token)
        before = self.received.setdefault(token, dossier)
        assert before.received == dossier.received

    def _token(self, number):
        tokens = sorted(self.received)
        return tokens[number % len(tokens)] if tokens else secrets.token_bytes(16)

    def _one(self, number):
        dossiers = list(self.received.values())
        return [dossiers[number % len(dossiers)]] if dossiers else []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 60)), max_size=25))
def test_any_day_at_the_desk_verifies_and_gives_no_code_twice(desk, clock, history):
    worker = Worker(replace(desk), clock)
    for doing, number in history:
        getattr(Worker, doing)(worker, number)
    codes = [dossier.code for dossier in worker.received.values()]
    assert len(set(codes)) == len(codes)
    assert is_sound(desk)
