"""A labelled place to type or choose, with room below for what is wrong with it."""

from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from counter_app.desktop.widgets.basics import column, label, row, set_look

_LONG = 30  # letters of a caption


class Field(QWidget):
    """A label above an editor, and below it a problem or a hint when there is one."""

    def __init__(
        self,
        caption: str,
        editor: QWidget,
        *,
        required: bool = False,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.editor = editor
        self._caption = label("", "plain")
        self._required = required
        self._says_name = False
        self._below = label("", "problem", wrap=True)
        self._below.hide()
        line = row(editor, *([beside] if beside else []), spacing=6)
        column(self._caption, line, self._below, into=self, spacing=3)
        self._caption.setBuddy(editor)
        self.setFocusProxy(editor)
        self.set_caption(caption)

    def set_caption(self, caption: str) -> None:
        """Name the field; what must be filled in has a star."""
        self._caption.setText(f"{caption} *" if self._required else caption)
        self._caption.setWordWrap(len(caption) > _LONG)  # the law asks in sentences
        self.editor.setAccessibleName(caption.replace("&", ""))

    def hide_caption(self) -> None:
        """Leave the name to the head of a table; screen readers are told it all the same."""
        self._caption.hide()

    def name_in(self, place: QBoxLayout) -> None:
        """Say the field's name in `place`, in one line: beside it, or in a heading."""
        self._caption.setWordWrap(False)
        place.addWidget(self._caption)

    def say_in(self, place: QBoxLayout) -> None:
        """Say problems and hints in `place`, after the field's name: it is too narrow for them."""
        self._says_name = True
        place.addWidget(self._below)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the field, or nothing."""
        self._say(text, "problem")
        set_look(self.editor, "wrong", "true" if text else "false")

    def set_hint(self, text: str) -> None:
        """Say what to look at again, where nothing is wrong."""
        self._say(text, "hint")
        set_look(self.editor, "wrong", "false")

    def set_note(self, text: str) -> None:
        """Say what helps to fill the field in."""
        self._say(text, "muted")
        set_look(self.editor, "wrong", "false")

    def _say(self, text: str, role: str) -> None:
        set_look(self._below, "role", role)
        name = self.editor.accessibleName()
        self._below.setText(f"{name}: {text}" if self._says_name else text)
        self._below.setVisible(bool(text))


def set_text(edit: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Make `edit` say `text`, and leave the cursor and a half-typed syllable alone if it does."""
    if isinstance(edit, QLineEdit):
        if edit.text() != text:
            edit.setText(text)
    elif edit.toPlainText() != text:
        edit.setPlainText(text)


def set_choices(box: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
    """Fill `box` with (id, words) and choose one of them, without a signal."""
    blocked = box.blockSignals(True)
    if choices != [(box.itemData(i), box.itemText(i)) for i in range(box.count())]:
        box.clear()
        for identifier, words in choices:
            box.addItem(words, identifier)
    box.setCurrentIndex(box.findData(chosen))
    box.blockSignals(blocked)
