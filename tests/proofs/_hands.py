"""What a person can do at the window: find something in sight, and click, choose, type or scan."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt, QThread, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from counter_app.settings import SCALES
from tests.desktop.typing import press, type_text
from tests.office import OFFICER, PASSWORD
from tests.proofs._corpus import CORPUS
from tests.proofs._eyes import columns_of, name_of
from tests.proofs._reception import CARDS, COLLEAGUES, MOODS

K = Qt.Key
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PLACES = (
    *((K[f"Key_F{number}"], NONE) for number in (1, 2, 3, 4, 6, 7, 8, 10, 11)),
    *((key, CTRL) for key in (K.Key_B, K.Key_8, K.Key_9)),
)
KEYS = (
    *PLACES,
    *((key, NONE) for key in (K.Key_F5, K.Key_F9, K.Key_F12, K.Key_Escape, K.Key_Escape)),
    *((key, NONE) for key in (K.Key_Return, K.Key_Return, K.Key_Tab, K.Key_Tab, K.Key_Space)),
    *((key, NONE) for key in (K.Key_Up, K.Key_Down, K.Key_Left, K.Key_Right, K.Key_Delete)),
    *((key, NONE) for key in (K.Key_Home, K.Key_End, K.Key_PageDown, K.Key_R, K.Key_S, K.Key_V)),
    *((key, CTRL) for key in (K.Key_Return,) * 8),
    *((key, CTRL) for key in map(K, range(K.Key_A, K.Key_Z + 1)) if key != K.Key_Q),
    *((key, CTRL) for key in map(K, range(K.Key_1, K.Key_9 + 1))),
    *((key, CTRL) for key in (K.Key_Up, K.Key_Down, K.Key_Delete, K.Key_Comma, K.Key_Plus)),
    *((key, ALT) for key in map(K, range(K.Key_1, K.Key_9 + 1))),
    *((key, ALT) for key in (K.Key_Up, K.Key_Down)),
    (K.Key_Tab, SHIFT),
)
ORDINARY = (
    *(
        "Trần Văn Thử",
        "tran thi",
        "001090000001",
        "0912345678",
        "15/03/1990",
        "1990",
        "1",
        "2",
        "10",
    ),
    *("8000", "30k", "50000", "999999999999999999999", "-1", "dks", "ctck", "xntthn", "A", "0"),
    *("Số 1 ngõ Thử", "01012022", "31/12/2026", "Bản nộp bị mờ.", "http://127.0.0.1:9", "7:30"),
)
NASTY = tuple(text for name, text in CORPUS.items() if name != "half a character")
ENTER, DO, ALL = (K.Key_Return, NONE), (K.Key_Return, CTRL), (K.Key_F9, NONE)
CARD, CODE = "a card", "a code"  # to be scanned, whichever there is
FLOWS = (
    (CARD, "dks", ENTER, ALL, DO),
    (CARD, "ctck", ENTER, ALL, DO, (K.Key_T, CTRL)),
    (CARD, "dks", ENTER, (K.Key_F10, NONE), DO),
    ((K.Key_B, CTRL), CARD, "2", DO, "3", ENTER),
    ((K.Key_F4, NONE), CODE, CARD, DO),
    ((K.Key_F4, NONE), CODE, CODE, CODE),
    (CODE, (K.Key_U, CTRL), (K.Key_Space, NONE), DO),
    (CODE, (K.Key_1, ALT), DO),
    (CODE, (K.Key_Right, NONE), (K.Key_Right, NONE), DO),
    (CODE, (K.Key_M, CTRL), DO),
    ((K.Key_G, CTRL), DO),
    ((K.Key_F11, NONE), (K.Key_A, NONE), (K.Key_Space, NONE), (K.Key_S, NONE)),
    ((K.Key_F3, NONE), "thu", (K.Key_Down, NONE), ENTER),
    ((K.Key_8, CTRL), (K.Key_Down, NONE), ENTER),
    ((K.Key_F7, NONE), (K.Key_P, CTRL)),
    ((K.Key_F10, NONE), ENTER),
)
_WEIGHTS = {
    "click": 52,
    "key": 13,
    "type": 18,
    "row": 8,
    "choose": 5,
    "scan": 4,
    "flow": 4,
    "printer": 1,
    "centre": 1,
    "time": 1,
    "look": 1,
    "idle": 0.4,
    "resize": 0.6,
}
_PATIENCE_MS = 40


class Action(NamedTuple):
    """What is done: `target` is found again by its name, or not at all.

    What is scanned is told by its place: its signature is another in each office.
    """

    verb: str
    target: str = ""
    value: object = None

    def __str__(self):
        return " ".join(str(each) for each in self if each not in {"", None})


class Hands:
    """Somebody at the window; `pressed` and `offered` count buttons by (screen, name)."""

    def __init__(self, window, way, lanes, printers, *, payloads, files):
        self._window = window
        self._way = way
        self._lanes = lanes
        self._printers = printers
        self._payloads = payloads
        self._files = files
        self._at = 60_000
        self._saved = 0
        self.pressed, self.offered = Counter(), set()
        self._pick = 0.0
        self.nested = set()
        self._watch = QTimer(interval=_PATIENCE_MS)
        self._watch.timeout.connect(self._free)
        self._watch.start()

    @property
    def screen(self):
        """Where one is, by name."""
        if self._window.is_working:
            return self._window.workplace._here
        return type(self._window._pages.currentWidget()).__name__

    def in_sight(self):
        """Return all widgets that can be seen now, what is in front first."""
        seen = []
        for root in QApplication.topLevelWidgets():
            if root.isVisible():
                seen += [root, *(each for each in root.findChildren(QWidget) if each.isVisible())]
        return seen

    def choose(self, dice):
        """Return what is done next, as the dice say."""
        self._pick = dice.random()
        front = self._front(dice)
        if isinstance(front, QMenu):
            names = [a.text() for a in front.actions() if a.isEnabled() and a.text()]
            return Action("menu", "", dice.choice([*names * 3, ""]) if names else "")
        if isinstance(front, QFileDialog):
            return Action(
                "file", "", dice.choice([*(f.name for f in self._files), "neu", "neu", ""])
            )
        if not self._window.is_working and dice.random() < 0.5:
            return Action("enter", "", self._who(dice))
        verbs = list(_WEIGHTS)
        verb = dice.choices(verbs, [_WEIGHTS[each] for each in verbs])[0]
        return getattr(self, f"_choose_{verb}")(dice, front)

    def do(self, action):
        """Do it, if what it was done to is there; return whether it was."""
        if action.target:
            target = self._find(action.target)
            if target is None:
                return False
            target.window().activateWindow()  # as a click does, and no key
            getattr(self, f"_{action.verb}")(target, action.value)
        else:
            getattr(self, f"_{action.verb}")(action.value)
        return True

    def rest(self):
        """Look after nothing any more."""
        self._watch.stop()

    # Finding

    def _front(self, dice):
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not None:
            return front
        others = [
            each
            for each in QApplication.topLevelWidgets()
            if each.isVisible() and each is not self._window and each.isWindow()
        ]
        return dice.choice(others) if others and dice.random() < 0.05 else self._window

    def _of(self, front, *kinds, unless=()):
        return [
            each
            for each in (front, *front.findChildren(QWidget))
            if isinstance(each, kinds)
            and not isinstance(each, unless)
            and each.isVisible()
            and each.isEnabled()
        ]

    def _label(self, front, widget):
        """Return how a widget is found again: by class, name, and which of those it is."""
        name = _name(widget)
        same = [each for each in self._of(front, type(widget)) if _name(each) == name]
        return f"{type(widget).__name__}|{name}|{same.index(widget)}"

    def _find(self, target):
        kind, name, number = target.split("|")
        fronts = [QApplication.activePopupWidget() or QApplication.activeModalWidget()]
        fronts += [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        for front in fronts if fronts[0] is None else fronts[:1]:
            if front is None:
                continue
            same = [
                each
                for each in self._of(front, QWidget)
                if type(each).__name__ == kind and _name(each) == name
            ]
            if int(number) < len(same):
                return same[int(number)]
        return None

    # Choosing

    def _choose_click(self, dice, front):
        buttons = self._of(front, QAbstractButton, QTabBar)
        for each in buttons:
            self.offered.add((self.screen, _name(each)))
        if not buttons:
            return Action("key", "", self._some_key(dice))
        weights = [self._weight(each) for each in buttons]
        chosen = dice.choices(buttons, weights)[0]
        return Action("click", self._label(front, chosen), dice.randrange(1000))

    def _weight(self, button):
        """Return how much a button draws: less each time, and what leads away from here less."""
        name = (self.screen, _name(button))
        away = button.property("role") == "nav"
        return (0.15 if away else 1) / (1 + self.pressed[name])

    def _choose_key(self, dice, _front):
        return Action("key", "", self._some_key(dice))

    def _some_key(self, dice):
        key, modifier = dice.choice(KEYS)
        return key.value, modifier.value

    def _choose_type(self, dice, front):
        fields = [
            each
            for each in self._of(front, QLineEdit, QPlainTextEdit, QTextEdit)
            if not each.isReadOnly()
        ]
        text = dice.choice(NASTY if dice.random() < 0.35 else ORDINARY)
        if dice.random() < 0.1:
            text = dice.randrange(len(self._payloads))
        ending = dice.choice(("", "", "tab", "enter", "do"))
        if not fields:
            return Action("key", "", self._some_key(dice))
        return Action("type", self._label(front, dice.choice(fields)), (text, ending))

    def _choose_row(self, dice, front):
        views = [
            each
            for each in self._of(front, QAbstractItemView, unless=QHeaderView)
            if each.model() is not None and each.model().rowCount()
        ]
        how = dice.choice(("click", "click", "double", "enter", "header"))
        row, column = dice.randrange(10_000), dice.randrange(100)
        if not views:
            return self._choose_click(dice, front)
        return Action("row", self._label(front, dice.choice(views)), (how, row, column))

    def _choose_choose(self, dice, front):
        boxes = [each for each in self._of(front, QComboBox) if each.count()]
        at = dice.randrange(1000)
        if not boxes:
            return self._choose_click(dice, front)
        return Action("choose", self._label(front, dice.choice(boxes)), at)

    def _choose_scan(self, dice, _front):
        return Action("scan", "", dice.randrange(len(self._payloads)))

    def _choose_flow(self, dice, _front):
        return Action("flow", "", (dice.randrange(len(FLOWS)), dice.randrange(1000)))

    def _choose_printer(self, dice, _front):
        return Action("printer", "", dice.choice(MOODS))

    def _choose_centre(self, dice, _front):
        return Action("centre", "", dice.choice(("away", "hanging")))

    def _choose_time(self, dice, _front):
        return Action("time", "", dice.choice((1, 7, 25, 90, 240, 24 * 60)))

    def _choose_look(self, dice, _front):
        return Action(
            "look", "", (dice.choice(("vi", "vi", "en")), dice.choice(SCALES), dice.random() < 0.5)
        )

    def _choose_idle(self, dice, _front):
        return Action("idle", "", dice.choice(("warned", "expired")))

    def _choose_resize(self, dice, _front):
        return Action("resize", "", dice.choice(((1366, 728), (1024, 700), (1920, 1040))))

    def _who(self, dice):
        officer = dice.choice((OFFICER.id, OFFICER.id, *(each.id for each in COLLEAGUES)))
        return officer, dice.choice((PASSWORD, PASSWORD, PASSWORD, PASSWORD + " 2", "sai mật khẩu"))

    # Doing

    def _click(self, button, value):
        self.pressed[self.screen, _name(button)] += 1
        if isinstance(button, QTabBar):
            at = button.tabRect(value % max(button.count(), 1)).center()
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, at)
            return
        _bring_into_sight(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, _hit(button))

    def _key(self, value):
        key, modifier = value
        window = QGuiApplication.focusWindow() or self._window.windowHandle()
        QTest.keyClick(window, K(key), Qt.KeyboardModifier(modifier))

    def _type(self, field, value):
        text, ending = value
        _bring_into_sight(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        if hasattr(field, "selectAll"):
            field.selectAll()
        type_text(field, self._payloads[text] if isinstance(text, int) else text)
        after = {
            "tab": (K.Key_Tab, NONE),
            "enter": (K.Key_Return, NONE),
            "do": (K.Key_Return, CTRL),
        }
        if ending:
            self._key(tuple(each.value for each in after[ending]))

    def _row(self, view, value):
        how, row, column = value
        model = view.model()
        columns = columns_of(model)
        if not model.rowCount() or not columns:
            return
        if how == "header":
            heads = [h for h in view.findChildren(QHeaderView) if h.isVisible()]
            if heads and heads[0].count():
                at = heads[0].sectionViewportPosition(column % heads[0].count())
                where = QPoint(at + 8, heads[0].height() // 2)
                QTest.mouseClick(heads[0].viewport(), Qt.MouseButton.LeftButton, NONE, where)
            return
        index = model.index(row % model.rowCount(), column % columns)
        view.scrollTo(index)
        place = view.visualRect(index).center()
        press = QTest.mouseDClick if how == "double" else QTest.mouseClick
        press(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
        if how == "enter":
            self._key((K.Key_Return.value, NONE.value))

    def _choose(self, box, at):
        box.setFocus(Qt.FocusReason.TabFocusReason)
        at %= max(box.count(), 1)
        box.setCurrentIndex(at)
        box.activated.emit(at)
        if box.isEditable():
            box.textActivated.emit(box.itemText(at))

    def _scan(self, which):
        self._at += 60_000
        for character in self._payloads[which]:
            press(self._where_the_keys_go(), K.Key_unknown, character, self._at)
            self._at += 4
        press(self._where_the_keys_go(), K.Key_Return, "\r", self._at)
        self.let_timers_ring()

    def _flow(self, value):
        """Do what is done every day, one thing after the other."""
        flow, which = value
        codes = range(len(CARDS), len(self._payloads))
        for number, part in enumerate(FLOWS[flow]):
            if part is CARD:
                self._scan(which % len(CARDS))
            elif part is CODE:
                self._scan(codes[(which + number) % len(codes)])
            elif isinstance(part, str):
                type_text(self._where_the_keys_go(), part)
            else:
                self._key(tuple(each.value for each in part))
            self._lanes.settle()
            self.let_timers_ring()
            QApplication.processEvents()

    def _where_the_keys_go(self):
        popup = QApplication.activePopupWidget()
        inner = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        return inner or popup or QApplication.activeWindow() or self._window

    def _menu(self, words):
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        for action in menu.actions():
            if words and action.text() == words and action.isEnabled():
                self.pressed["menu", _words(words)] += 1
                menu.close()
                action.trigger()
                return
        menu.close()

    def _file(self, name):
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            return
        folder = self._files[0].parent
        if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave:
            self._saved += 1
            suffix = dialog.defaultSuffix().removeprefix(".")
            chosen = folder.parent / f"{name if name != 'neu' else self._saved}.{suffix}"
        elif dialog.fileMode() == QFileDialog.FileMode.Directory:
            chosen = folder
        else:
            chosen = folder / name
        dialog.reject() if not name else dialog.done(QDialog.DialogCode.Accepted)
        if name:  # said as the dialog says it: its own list of files is read by another thread
            dialog.fileSelected.emit(str(chosen))
            dialog.filesSelected.emit([str(chosen)])

    def _enter(self, value):
        officer, password = value
        step = self._window._pages.currentWidget()
        for box in self._of(step, QComboBox):
            at = next((i for i in range(box.count()) if str(box.itemData(i)) == officer), -1)
            if at >= 0:
                self._choose(box, at)
        fields = [
            each
            for each in self._of(step, QLineEdit)
            if each.echoMode() == QLineEdit.EchoMode.Password
        ]
        for number, field in enumerate(fields):
            field.setFocus()
            field.selectAll()
            type_text(field, password if len(fields) == 1 else f"{PASSWORD} 2"[: 99 - 0 * number])
        self._key((K.Key_Return.value, NONE.value))

    def _printer(self, mood):
        self._printers.mood = "ok" if mood == "hanging" else mood
        self._lanes.stuck.discard("printer ")
        if mood == "hanging":
            self._lanes.stuck.add("printer ")

    def _centre(self, mood):
        for lane in ("away", "quick"):
            (self._lanes.stuck.add if mood == "hanging" else self._lanes.stuck.discard)(lane)

    def _time(self, minutes):
        self._way.clock.at += timedelta(minutes=minutes)
        if self._window.workplace is not None:
            self._window.workplace.changed()

    def _look(self, value):
        language, scale, dark = value
        chosen = replace(self._window.settings, language=language, scale=scale, dark=dark)
        self._window.apply_settings(chosen)

    def _idle(self, what):
        if what == "expired":
            self._window.idle.expired.emit()
        else:
            self._window.idle.warned.emit(20)

    def _resize(self, size):
        self._window.showNormal()
        self._window.resize(*size)

    def let_timers_ring(self):
        """Let pass what is waited for after a key: a search, a page, a scanner's silence."""
        for timer in [*self._window.findChildren(QTimer), self._window.wedge._patience]:
            if timer.isActive() and timer.isSingleShot() and timer.interval() <= 1000:
                interval = timer.interval()
                timer.start(0)
                QApplication.processEvents()
                timer.setInterval(interval)

    def _free(self):
        """Close what has begun a loop of its own: nobody comes back from it by himself."""
        if QThread.currentThread().loopLevel() == 0:
            return
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            actions = [each for each in popup.actions() if each.isEnabled() and each.text()]
            chosen = actions[int(self._pick * len(actions))] if actions else None
            popup.close()
            if chosen is not None:
                self.pressed["menu", _words(chosen.text())] += 1
                chosen.trigger()
        elif popup is not None:
            popup.close()
        elif modal is not None:
            self.nested.add(type(modal).__name__)
            modal.reject() if isinstance(modal, QDialog) else modal.close()


def _name(widget):
    """Return a name that can stand in a target."""
    return (name_of(widget) or widget.objectName()).replace("|", "/")


def _words(text):
    return name_of(_Said(text))


class _Said:
    """Words that stand for a widget."""

    def __init__(self, text):
        self._text = text

    def accessibleName(self):
        return self._text


def _bring_into_sight(widget):
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        area = area.parentWidget()


def _hit(button):
    """Return a point that belongs to a button; a tick box is hit on its words."""
    seen = button.visibleRegion().boundingRect()
    middle = (seen if not seen.isEmpty() else QRect(QPoint(), button.size())).center()
    return middle if button.hitButton(middle) else QPoint(8, button.height() // 2)
