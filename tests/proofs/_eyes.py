"""What somebody sees who looks at a window closely: words, and what is wrong with them."""

import re
from functools import cache

from babel.messages import pofile
from PySide6.QtCore import QAbstractListModel, QDate, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from counter_app import assets
from counter_app.desktop.navigation import Navigation
from counter_app.desktop.sign_in.view import SignInView
from counter_app.desktop.statusbar import StatusBar
from counter_app.desktop.topbar import TopBar
from counter_app.i18n import spoken
from tests.proofs._corpus import CORPUS

_ROWS, _COLUMNS = 8, 12
_BRACES = re.compile(r"\{[a-z_]+\}")
_NONE = re.compile(r"\bNone\b")
_REPRS = re.compile(r"Struct\(|<[a-z_.]+ object at|\b[A-Z]\w+\.[A-Z_]{3,}\b|UUID\(")
_TYPED = set(_BRACES.findall(" ".join(CORPUS.values()))) | {"{full_name}"}
_SENTENCE = 30
_KEYCAPS = {"Enter", "Esc", "Tab", "Space", "Delete", "Del"}
_LETTERS = re.compile(r"[^\W\d_]")


@cache
def messages():
    """Return the texts of the program, each with its Vietnamese."""
    with (assets.RESOURCES / "locale" / "vi" / "app.po").open("rb") as file:
        catalogue = pofile.read_po(file)
    pairs = {}
    for message in catalogue:
        ids, texts = message.id, message.string
        if isinstance(ids, str):
            ids, texts = (ids,), (texts,)
        else:
            texts = (texts[0],) * len(ids)
        pairs |= {plain(one): plain(text) for one, text in zip(ids, texts, strict=True) if one}
    return pairs


@cache
def _foreign(language):
    """Return what may not be seen in a language: whole texts, and those with a place in them."""
    pairs = [(a, b) for a, b in messages().items() if a != b and len(_LETTERS.findall(a)) > 2]
    texts = [a if language == "vi" else b for a, b in pairs]
    own = {b if language == "vi" else a for a, b in messages().items()}
    whole = {text for text in texts if "{" not in text and text not in own} - _KEYCAPS
    if language != "vi":  # the law speaks Vietnamese everywhere, in few words the same
        whole = {text for text in whole if len(text) > _SENTENCE}
    with_places = [
        re.compile(re.sub(r"\\\{.*?\\\}", ".+?", re.escape(text)))
        for text in texts
        if "{" in text and len(_LETTERS.findall(re.sub(r"\{.*?\}", "", text))) > 12
    ]
    return whole, with_places


def plain(text):
    """Return words without the mark of their key, and without what Qt writes after a tab."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def name_of(widget):
    """Return what a person calls a widget, in the language of the source; "" if nothing is said."""
    said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    said = plain(said or widget.toolTip() or "")
    return _in_source().get(said, re.sub(r"\d+", "#", said))[:60]


@cache
def _in_source():
    return {text: one for one, text in messages().items()}


class Eyes:
    """Looks at windows; `seen` is what was in sight the last time."""

    def __init__(self):
        self.seen = ()
        self._known = set()

    def look(self, widgets, *, quiet):
        """Return what is wrong with what `widgets` show, as (what, where).

        Unless it is `quiet`, some do not know yet what they shall say.
        """
        found, seen = [], []
        for widget in widgets:
            texts = tuple(_texts(widget))
            seen.append((id(widget), widget.isEnabled(), *_state(widget), *texts))
            if quiet and isinstance(widget, QAbstractButton) and not _is_named(widget):
                found.append(("a button without words", f"{type(widget).__name__} {where(widget)}"))
            for text in texts:
                if text not in self._known:  # what was said before is let stand in another language
                    self._known.add(text)
                    found += [(what, f"{text!r} in {where(widget)}") for what in _wrong(text)]
        self.seen = tuple(seen)
        return found


def _is_named(button):
    if isinstance(button.parent(), QTabBar | QLineEdit | QHeaderView | QAbstractItemView):
        return True  # Qt's own
    return bool(plain(button.text()) or button.accessibleName() or button.toolTip())


def where(widget):
    """Return which widget it is, by the classes around it."""
    path = []
    while widget is not None and len(path) < 4:
        path.append(type(widget).__name__)
        widget = widget.parentWidget()
    return "<".join(path)


def _wrong(text):
    if _REPRS.search(text) or (spoken() == "vi" and _NONE.search(text)):
        yield "a value that is meant for programs"
    if set(_BRACES.findall(text)) - _TYPED:
        yield "a place that nothing was put into"
    if text.startswith(" "):
        return  # typed
    whole, with_places = _foreign(spoken())
    if plain(text) in whole or any(each.fullmatch(plain(text)) for each in with_places):
        yield "words in another language"


def _texts(widget):
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        yield f" {widget.text()}"  # with a blank before it: typed, and in no language
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
        yield f" {widget.toPlainText()[:200]}"
    elif isinstance(widget, QComboBox):
        for at in range(min(widget.count(), 30)):
            yield widget.itemText(at)
    elif isinstance(widget, QTabBar):
        for at in range(widget.count()):
            yield widget.tabText(at)
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget)


def columns_of(model):
    """Return how many columns there are; a list does not tell."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def _cells(view):
    model = view.model()
    columns = range(min(columns_of(model), _COLUMNS))
    for column in columns:
        head = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(head, str):
            yield head
    for row in range(min(model.rowCount(), _ROWS)):
        for column in columns:
            said = model.index(row, column).data()
            if isinstance(said, str):
                yield said
            elif said is not None and not isinstance(said, int | float | QDate):
                yield f"{type(said).__name__}(None) in a table"


def _state(widget):
    if isinstance(widget, QAbstractButton):
        yield widget.isChecked()
    elif isinstance(widget, QLabel):
        yield widget.pixmap().cacheKey()
    elif isinstance(widget, QComboBox | QTabBar):
        yield widget.currentIndex()
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield widget.model().rowCount()
        yield widget.currentIndex().row()


def focus_trouble(window):
    """Return what is the matter with where the keys go; "" if nothing is."""
    if QApplication.activePopupWidget() is not None:
        return ""
    if QApplication.activeWindow() not in {window, QApplication.activeModalWidget()}:
        return ""  # the hall's display: nobody types there
    focus = QApplication.focusWidget()
    if focus is None:
        step = window._pages.currentWidget()
        if isinstance(step, SignInView) and not step.password.isEnabled():
            return ""  # nobody may type for a while: too many passwords were wrong
        stops = [each for each in window.findChildren(QWidget) if _is_stop(each)]
        return f"nowhere, and not to {where(stops[0])}" if stops else ""
    if not focus.isVisible() or not focus.isEnabled():
        return f"in a {type(focus).__name__} that is not there: {where(focus)}"
    modal = QApplication.activeModalWidget()
    if modal is not None and not modal.isAncestorOf(focus) and focus is not modal:
        return f"behind a dialog: {where(focus)}"
    if focus is window:
        return "in the window itself"
    return ""


def _is_stop(widget):
    """Say whether Tab stops at a widget of the screen in sight."""
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(widget.parent(), StatusBar | TopBar | Navigation)
        and not isinstance(widget, QScrollArea)
    )


def is_alive(app):
    """Say whether the event loop still turns."""
    turned = []
    QTimer.singleShot(0, lambda: turned.append(True))
    for _turn in range(50):
        app.processEvents()
        if turned:
            return True
    return False
