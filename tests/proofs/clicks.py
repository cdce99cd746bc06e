"""Everything in the window does something, and nothing that anybody does there breaks it.

The real window of an office in full work is driven by a person who clicks, chooses, types, scans
and presses whatever is there, while answers come in any order, printers and centre fail, the clock
goes on, and officers come and go. After each step the window is looked at: no bug, no warning of
Qt, no standstill, keys that go somewhere, and no words that are not meant for people. In the end
it closes, and the store is what was written.
"""

import argparse
import faulthandler
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from zlib import crc32

os.environ.setdefault(
    "QT_QPA_PLATFORM", f"offscreen:configfile={Path(__file__).parents[1] / 'screen.json'}"
)

from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from counter_app.desktop import theme, translator
from counter_app.desktop.incidents import Incidents
from counter_app.desktop.main_window import MainWindow
from counter_app.i18n import speak
from counter_app.services.care import look_over
from counter_app.settings import load
from tests.office import OFFICER, PASSWORD
from tests.proofs._eyes import Eyes, focus_trouble, is_alive
from tests.proofs._hands import Action, Hands
from tests.proofs._reception import Lanes, Printers, Way, a_copy, an_office, files_in
from tests.proofs._verdict import Verdict

MUTANTS = ("printer",)
SLOW_S = 8.0  # of the processor's time, whatever else the machine does
_TOLD = 15  # steps before a finding
_QUIET = "This plugin does not support"
_RETURN, _9, _NONE, _CTRL = 0x01000004, 0x39, 0, 0x04000000  # as Qt numbers keys
_BEGIN = (
    Action("enter", "", (OFFICER.id, PASSWORD)),  # and a paper that waits is sent to its printer
    *(Action("key", "", key) for key in ((_9, _CTRL), (_RETURN, _NONE), (_RETURN, _NONE))),
)


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove clicks", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--walks", type=int, default=1, help="one seed after the other")
    parser.add_argument("--steps", type=int, default=400, help="of each walk")
    parser.add_argument("--seconds", type=float, default=3600, help="begin no step after these")
    parser.add_argument("--mutant", choices=MUTANTS)
    parser.add_argument("--shorten", action="store_true", help="look for the fewest steps")
    parser.add_argument("--pressed", type=Path, metavar="FILE", help="keep what was pressed")
    asked = parser.parse_args(arguments)
    faulthandler.enable()
    verdict = Verdict("clicks", asked.seed, asked.mutant)
    with tempfile.TemporaryDirectory(prefix="prove-clicks-") as folder:
        walks = _Walks(Path(folder), asked, verdict)
        for seed in range(asked.seed, asked.seed + asked.walks):
            walks.walk(seed)
            if asked.pressed:
                walks.keep(asked.pressed)
    return verdict.conclude(
        f"{walks.steps} steps in {asked.walks} walks; of {len(walks.offered)} buttons in sight "
        f"{len(walks.pressed)} were pressed, and {len(walks.idle)} of them never did anything.",
        **walks.figures,
    )


class _Walks:
    def __init__(self, folder, asked, verdict):
        self._folder = folder
        self._asked = asked
        self._verdict = verdict
        self._end = time.monotonic() + asked.seconds
        self._offices = {}
        self._copies = 0
        self.steps = 0
        self._way = 0
        self.pressed, self.offered, self.effects = Counter(), set(), Counter()
        self.nested = set()
        self.app = _an_application()

    @property
    def idle(self):
        """The buttons that were pressed and never changed anything."""
        return sorted(name for name in self.pressed if name[0] != "menu" and not self.effects[name])

    @property
    def figures(self):
        return {
            "walks": self._asked.walks,
            "steps": self.steps,
            "way": f"{self._way:08x}",
            "pressed": len(self.pressed),
            "offered": len(self.offered),
        }

    def walk(self, seed):
        """Go one way through the window, and tell what was found."""
        dice = (Random(f"{seed}/{number}") for number in range(self._asked.steps))
        walk, done, known = self._begin(seed), [], 0
        for each in dice:
            if time.monotonic() > self._end:
                break
            action = walk.hands.choose(each)
            done.append((action, each.random()))
            walk.step(action, Random(done[-1][1]))
            self._tell(seed, done, walk.found[known:])
            known = len(walk.found)
        walk.close()
        self._tell(seed, done, walk.found[known:])
        self.steps += len(done)
        self._way = crc32(repr([self._way, *(action for action, _rest in done)]).encode())
        self._take(walk)

    def keep(self, file):
        """Leave what was pressed, and what never was, in `file`."""
        told = {
            "pressed": sorted([*name, count] for name, count in self.pressed.items()),
            "never pressed": sorted(map(list, self.offered - set(self.pressed))),
            "never did anything": list(map(list, self.idle)),
            "loops of their own": sorted(self.nested),
        }
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")

    def _take(self, walk):
        self.pressed.update(walk.hands.pressed)
        self.offered |= walk.hands.offered
        self.effects.update(walk.effects)
        self.nested |= walk.hands.nested

    def _begin(self, seed):
        linked = bool(seed % 2)
        if linked not in self._offices:
            place = self._folder / f"office-{linked:d}"
            self._offices[linked] = place, an_office(place, linked=linked)
        office, payloads = self._offices[linked]
        self._copies += 1
        place = self._folder / f"walk-{self._copies}"
        place.mkdir()
        profile = a_copy(office, place / "profile")
        return _Walk(self.app, profile, payloads, files_in(place / "files"), self._asked.mutant)

    def _tell(self, seed, done, found):
        """Say how it came to this, in the fewest steps if that is asked for."""
        for what, where in found:
            self._verdict.note(what, f"seed {seed}, step {len(done)}: {where}")
        if not found:
            return
        print(f"Seed {seed}, step {len(done)}, found: {found}", file=sys.stderr)
        if self._asked.shorten:
            done = self._shortened(seed, done, {what for what, _where in found})
        for action, _rest in done[-_TOLD:]:
            print(f"  {action}", file=sys.stderr, flush=True)

    def _shortened(self, seed, done, kinds):
        """Leave out whatever the finding does not need; each try is a walk of its own."""
        size = max(len(done) // 2, 1)
        tries = 40
        while size and tries:
            at = 0
            while at < len(done) - 1 and tries:
                fewer = done[:at] + done[at + size :]
                tries -= 1
                if fewer and self._shows(seed, fewer, kinds):
                    done = fewer
                else:
                    at += size
            size //= 2
        return done

    def _shows(self, seed, done, kinds):
        walk = self._begin(seed)
        for action, rest in done:
            walk.step(action, Random(rest))
            if walk.found:
                break
        walk.close()
        return bool(kinds & {what for what, _where in walk.found})


class _Walk:
    """One window, from its opening to its end."""

    def __init__(self, app, profile, payloads, files, mutant):
        self._app = app
        self.found, self.effects = [], Counter()
        self._way, self._lanes = Way(profile), Lanes()
        self._printers = Printers(fault=mutant == "printer")
        self._incidents = Incidents(app)
        self._incidents.watch()
        self._incidents.happened.connect(self._note_incident)
        qInstallMessageHandler(self._note_warning)
        settings = load(profile)
        speak(settings.language)
        theme.choose(app, dark=settings.dark, scale=settings.scale)
        self.window = MainWindow(self._way, settings, self._lanes, lambda: self._printers)
        theme.dress(self.window, scale=settings.scale)
        self.window.open()
        self.window.activateWindow()
        while not hasattr(self.window, "wedge"):  # it comes after the first paint
            app.processEvents()
        self._eyes = Eyes()
        self.hands = Hands(
            self.window,
            self._way,
            self._lanes,
            self._printers,
            payloads=payloads,
            files=files,
        )
        for action in _BEGIN:
            self._settle()
            self.hands.do(action)
        self._settle()

    def step(self, action, dice):
        """Do something, let happen what comes of it, and look."""
        began, worked = time.thread_time(), self._lanes.working_s
        before, asked, screen = self._eyes.seen, self._lanes.asked, self.hands.screen
        self.hands.do(action)
        self._app.processEvents()
        self._come_back()
        quiet = dice.random() < 0.6
        if quiet:
            self._settle()
        else:
            self._go_on(dice)
        took = time.thread_time() - began - (self._lanes.working_s - worked)
        if took > SLOW_S:
            self._note("a standstill", f"{action}: {took:.1f} s")
        self._look(quiet=quiet)
        changed = self._eyes.seen != before or self._lanes.asked != asked
        if action.verb == "click" and changed:
            self.effects[screen, action.target.split("|")[1]] += 1

    def close(self):
        """Close the window, and see whether all is as it was written."""
        self._lanes.stuck.clear()
        while (front := _in_front()) is not None:
            front.close()
            self._settle()
        ended = []
        self.window.closed.connect(lambda: ended.append(True))
        self.window.close()
        for _turn in range(200):
            self._settle()
            if ended:
                break
        else:
            self._note("it does not close", self.hands.screen)
        self.hands.rest()
        self.window.rest()
        self._incidents.rest()
        for part in (self.window.wedge, self.window.idle, self.window, self._incidents):
            part.deleteLater()
        self._let_go()
        self._verify()
        qInstallMessageHandler(None)

    def _verify(self):
        for desk in self._way.opened:
            desk.store.close()
        desk = self._way.enter(OFFICER.id, PASSWORD)
        try:
            for finding in look_over(desk).findings:
                self._note("not as written", f"{finding.problem}: {finding.first}")
        finally:
            desk.store.close()

    def _settle(self):
        for _turn in range(3):
            self._lanes.settle()
            self._app.processEvents()
            self.hands.let_timers_ring()
            self._let_go()
        self._lanes.settle()
        self._app.processEvents()

    def _come_back(self):
        """Give the keys to the window when a dialog has gone: no desktop is there to do it."""
        if QApplication.activeWindow() is None:
            (QApplication.activeModalWidget() or self.window).activateWindow()
            self._app.processEvents()

    def _go_on(self, dice):
        for _piece in range(dice.randrange(4)):
            if ready := self._lanes.ready:
                self._lanes.go_on(dice.choice(ready))
            self._app.processEvents()
        self._let_go()

    def _let_go(self):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._app.processEvents()

    def _look(self, *, quiet):
        for what, where in self._eyes.look(self.hands.in_sight(), quiet=quiet):
            self._note(what, f"{where} ({self.hands.screen})")
        if not is_alive(self._app):
            self._note("a standstill", "the event loop does not turn")
        self._come_back()
        if quiet and (trouble := focus_trouble(self.window)):
            self._note("keys go nowhere", f"{trouble} ({self.hands.screen})")

    def _note(self, what, where):
        if (what, where) not in self.found:
            self.found.append((what, where))

    def _note_incident(self, incident):
        self._note("a bug", " ".join(str(incident).split()))

    def _note_warning(self, kind, _context, text):
        if kind != QtMsgType.QtDebugMsg and not text.startswith(_QUIET):
            self._note("a warning of Qt", text)


def _in_front():
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def _an_application():
    app = QApplication.instance() or QApplication([sys.argv[0]])
    app.setQuitOnLastWindowClosed(False)
    theme.load_fonts()
    app.installTranslator(translator.installed_on(app))
    return app


if __name__ == "__main__":
    sys.exit(main())
