"""What is done in the window while its pictures are drawn; whoever is named was made up."""

import os
from dataclasses import replace as with_changes
from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import Qt

from counter_app import settings
from counter_app.bootstrap import Opening
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.cli import demo_people
from counter_app.desktop import app
from counter_app.desktop.tour import Tour
from counter_app.domain.judgement import Reason, Verdict
from counter_app.keys.throttle import uptime
from counter_app.services.business_day import confirm_day
from counter_app.services.care import back_up_in_turn
from counter_app.services.opening import sign_in
from counter_app.services.registration import register_dossier
from counter_app.services.setting_up import set_up
from counter_app.services.status import desk_status
from tests.desktop.linked import acknowledge, link
from tests.desktop.sample import a_fortnight, receive, token_of
from tests.factories import VIETNAM
from tests.office import StillClock

K = Qt.Key
NOW = datetime(2026, 11, 23, 10, 12, tzinfo=VIETNAM)
FRIDAY = NOW - timedelta(days=3)
PASSWORD = "bảy con sếu bay"
OFFICE = (
    demo_people.OFFICE_CODE,
    demo_people.OFFICE_NAME,
    demo_people.DESK_NAME,
    demo_people.PARENT_NAME,
    None,  # filled in from the name
    None,
    demo_people.ADDRESS,
    demo_people.HOTLINE,
    demo_people.WORKING_HOURS,
)


def an_empty_desk(folder):
    """Set up a desk at which nothing has happened yet."""
    set_up(folder, replace(demo_people.new_desk(PASSWORD, "vi"), practice=False))
    return folder


def a_used_desk(folder):
    """Set up a desk that has been at work for a fortnight, and this morning."""
    an_empty_desk(folder)
    clock = StillClock(FRIDAY)
    desk = sign_in(
        folder,
        demo_people.OFFICER_ID,
        PASSWORD,
        catalogue=load_catalogue(),
        clock=clock,
        uptime=uptime(),
    )
    try:
        a_fortnight(confirm_day(desk, FRIDAY.date()), clock, 30)
        this_morning(desk, clock)
        back_up_in_turn(desk)
    finally:
        desk.store.close()
    when = (NOW - timedelta(minutes=12)).timestamp()
    for file in (folder / settings.BACKUPS).iterdir():
        os.utime(file, (when, when))
    return folder


def a_linked_desk(folder):
    """Connect a used desk with a centre that has answered this morning, and is gone since."""
    clock = StillClock(NOW - timedelta(hours=3, minutes=20))
    desk = sign_in(
        folder,
        demo_people.OFFICER_ID,
        PASSWORD,
        catalogue=load_catalogue(),
        clock=clock,
        uptime=uptime(),
    )
    try:
        desk = confirm_day(desk, NOW.date())
        link(desk)
        acknowledge(desk, what_the_centre_says(desk))
        clock.at = NOW - timedelta(hours=3)
        for number in range(7):
            clock.at += timedelta(minutes=20)
            receive(desk, 60 + number)
    finally:
        desk.store.close()
    return folder


def what_the_centre_says(desk):
    """Return verdicts that need a person, one for each that there is."""
    asked = (
        ("amended", Verdict.PROPOSED, Reason.VALUE_CHANGED),
        ("finished", Verdict.REFUSED, Reason.ILLEGAL_TRANSITION),
        ("received", Verdict.FLAGGED, Reason.CODE_CLASH),
    )
    with desk.store.read() as connection:
        query = "SELECT dossier_id FROM operation WHERE kind = ? ORDER BY position DESC LIMIT 1"
        for kind, verdict, reason in asked:
            found = connection.exec_driver_sql(query, (kind,)).scalar_one()
            yield UUID(bytes=found), kind, verdict, reason


def this_morning(desk, clock):
    """Receive what came in before ten."""
    many = len(demo_people.EARLIER)
    for number, intake in enumerate(demo_people.EARLIER):
        clock.at = NOW - timedelta(minutes=11 * (many - number))
        then = with_changes(desk, business_date=NOW.date())
        register_dossier(then, intake, token=token_of(700 + number))


class Story:
    """Tells one look of all screens: `drawn` are the pictures that were wanted."""

    def __init__(self, look, out, places):
        self._look = look
        self._out = out
        self._used, self._linked, self._empty, self._new = places
        self.drawn = []

    def tell(self):
        """Draw each screen that is wanted."""
        self._in_window(self._used, self._work)
        if self._wants("reports"):
            self._in_window(self._linked, self._centre)
        if self._wants("home-empty") or self._wants("enrolment"):
            self._in_window(self._empty, self._nothing_yet)
        if self._wants("first-run-welcome"):
            self._in_window(self._new, self._first_run)

    def _wants(self, name):
        return not self._look.screens or name in self._look.screens

    def _in_window(self, folder, act):
        chosen = settings.load(folder)
        look = self._look
        chosen = replace(chosen, language=look.language, scale=look.scale, dark=look.dark)
        if settings.has_desk(folder):
            settings.save(folder, chosen)
        running = app.start(Opening(folder, at=NOW), language=look.language)
        try:
            running.window.apply_settings(replace(chosen, window=""))
            act(_Hand(self, running))
        finally:
            running.window.leave()
            Tour(running.window, running.tasks).settle()
            running.close()
            running.window.deleteLater()

    def keep(self, tour, name):
        """Draw what the window shows, if it is wanted."""
        tour.settle()
        if self._wants(name):
            file = f"screen-{name}{self._look.ending}.png"
            tour.picture(self._out / file)
            self.drawn.append(file)

    def _work(self, hand):
        hand.keep("sign-in")
        hand.type("wrong")
        hand.press(K.Key_Return)
        hand.keep("sign-in-refused")
        hand.type(PASSWORD)
        hand.press(K.Key_Return)
        hand.keep("confirm-day")
        hand.press(K.Key_Return)
        hand.keep("home")
        self._receive(hand)
        self._look_back(hand)
        self._around(hand)

    def _receive(self, hand):
        hand.press(K.Key_F2)
        hand.keep("intake-empty")
        hand.press(K.Key_Return, ctrl=True)
        hand.keep("intake-errors-empty")
        hand.scan(demo_people.CARD)
        hand.settle()
        hand.type("dks")
        hand.keep("intake-procedure")
        hand.press(K.Key_Return)
        hand.settle()
        hand.press(K.Key_Return, ctrl=True)
        hand.keep("intake-errors")
        hand.press(K.Key_F9)
        hand.keep("intake")
        hand.press(K.Key_Return, ctrl=True)
        hand.keep("receipt")
        hand.press(K.Key_Escape)
        hand.keep("intake-registered")

    def _look_back(self, hand):
        hand.press(K.Key_F3)
        hand.keep("search-begin")
        hand.type("khong co ai")
        hand.keep("search-nothing")
        hand.press(K.Key_A, ctrl=True)
        hand.type("tran thi")
        hand.keep("search")
        hand.press(K.Key_Return)
        hand.keep("dossier")
        hand.press(K.Key_8, ctrl=True)
        hand.keep("lists")
        hand.press(K.Key_F7)
        hand.keep("summary")
        hand.press(K.Key_P, ctrl=True)
        hand.keep("summary-preview")

    def _around(self, hand):
        hand.press(K.Key_Comma, ctrl=True)
        hand.keep("preferences")
        hand.press(K.Key_F1)
        hand.keep("help")
        hand.press(K.Key_F12)
        hand.keep("lock")

    def _centre(self, hand):
        hand.settle()
        hand.type(PASSWORD)
        hand.press(K.Key_Return)
        hand.settle()
        hand.press(K.Key_Return)
        hand.settle()
        desk = hand.window.workplace.desk
        hand.wait(lambda: desk_status(desk).trouble, "the first way, which nobody answers")
        hand.press(K.Key_F8)
        hand.keep("reports")
        hand.press(K.Key_Tab)
        hand.press(K.Key_Return)
        hand.keep("dossier-flagged")

    def _nothing_yet(self, hand):
        hand.settle()
        hand.type(PASSWORD)
        hand.press(K.Key_Return)
        hand.settle()
        hand.press(K.Key_Return)
        hand.keep("home-empty")
        hand.press(K.Key_F7)
        hand.keep("summary-empty")
        hand.press(K.Key_F8)
        hand.keep("centre-none")
        hand.press(K.Key_Return)
        hand.keep("enrolment")
        hand.press(K.Key_Return)
        hand.keep("enrolment-errors")

    def _first_run(self, hand):
        hand.keep("first-run-welcome")
        hand.press(K.Key_Return)
        hand.keep("first-run-office-empty")
        hand.press(K.Key_Return)
        hand.keep("first-run-office-errors")
        for value in OFFICE:
            if value is not None:
                hand.type(value)
            hand.press(K.Key_Tab)
        hand.keep("first-run-office")
        hand.press(K.Key_Return)
        hand.settle()
        hand.type(demo_people.OFFICER_NAME)
        for value in (demo_people.OFFICER_ID, PASSWORD, PASSWORD):
            hand.press(K.Key_Tab)
            hand.press(K.Key_A, ctrl=True)
            hand.type(value)
        hand.keep("first-run-account")
        hand.press(K.Key_Return)
        hand.keep("first-run-recovery")


class _Hand(Tour):
    """Presses the keys of a story."""

    def __init__(self, story, running):
        super().__init__(running.window, running.tasks)
        self._story = story

    def keep(self, name):
        """Draw what the window shows, if it is wanted."""
        self._story.keep(self, name)
