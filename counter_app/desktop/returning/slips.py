"""The results that are asked for, one card each: what goes out, what is owed, or where it is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QSizePolicy, QWidget

from counter_app.desktop.returning.state import ReturningState, Slip, where_it_is
from counter_app.desktop.widgets.basics import button, clear, column, label, row, scrolled, tag
from counter_app.desktop.wording import status_tag
from counter_app.domain.collecting import Collector
from counter_app.i18n import _, format_money, law


class SlipList(QWidget):
    """Shows the stack, the last on top of what was scanned before."""

    opened = Signal(object)
    left_out = Signal(object)
    paid = Signal(object)
    document_ticked = Signal(object, str, bool)
    receipt_ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[object] = ()
        inside = QWidget()
        self._list = column(into=inside, spacing=10)
        self._list.setContentsMargins(0, 0, 6, 0)
        self.cards: list[SlipCard] = []
        column(scrolled(inside), into=self)

    def show_state(self, state: ReturningState) -> None:
        """Make the cards say what `state` says."""
        told = [(slip, state.who(slip) if slip.ready else None) for slip in state.slips]
        if told == self._shown and self.cards:
            return
        self._shown = told
        clear(self._list)
        self.cards = []
        for slip, who in reversed(told):
            card = SlipCard(slip, who, strange=slip in state.strange_to)
            card.opened.connect(self.opened)
            card.left_out.connect(self.left_out)
            card.paid.connect(self.paid)
            card.document_ticked.connect(self.document_ticked)
            card.receipt_ticked.connect(self.receipt_ticked)
            self._list.addWidget(card)
            self.cards.append(card)
        self._list.addStretch(1)


class SlipCard(QFrame):
    """One result, ready to go out or not."""

    opened = Signal(object)
    left_out = Signal(object)
    paid = Signal(object)
    document_ticked = Signal(object, str, bool)
    receipt_ticked = Signal(object, bool)

    def __init__(self, slip: Slip, who: Collector | None, *, strange: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._id = slip.dossier.id
        received = slip.dossier.received
        standing = status_tag(slip.dossier.status, voided=slip.dossier.voided)
        code = label(slip.dossier.code or _("Code not known here"), "heading")
        away = button("", lambda: self.left_out.emit(self._id), role="link", symbol="x")
        away.setToolTip(_("Take it off the list"))
        away.setAccessibleName(_("Take it off the list"))
        look = button(_("Open"), lambda: self.opened.emit(self._id), role="link")
        head = row(code, tag(standing.text, standing.tone), 1, look, away)
        parts: list[QWidget] = []
        if received is not None:
            parts.append(label(law(received.procedure.name), wrap=True))
            parts.append(label(_("Applicant: {name}").format(name=received.applicant.full_name)))
        else:
            parts.append(_not_known_here())
        parts += self._ready(slip) if slip.ready else [_problem(where_it_is(slip))]
        whole = column(head, *parts, into=self, margin=12, spacing=6)
        if slip.ready and who is not None and received is not None:
            whole.addWidget(_stands_as(who, strange=strange))
        if slip.ready:
            self._add_money(slip)

    def _ready(self, slip: Slip) -> list[QWidget]:
        boxes: list[QWidget] = []
        for document in slip.documents:
            box = QCheckBox(document)
            box.setMinimumWidth(1)  # a long name is cut, and does not push the collector away
            box.setToolTip(document)
            box.setChecked(document not in slip.left_out)
            box.toggled.connect(
                lambda on, name=document: self.document_ticked.emit(self._id, name, on)
            )
            boxes.append(box)
        shown = QCheckBox(_("The receipt was shown"))
        shown.setChecked(slip.receipt_shown)
        shown.toggled.connect(lambda on: self.receipt_ticked.emit(self._id, on))
        return [*boxes, shown]

    def _add_money(self, slip: Slip) -> None:
        layout = self.layout()
        owed = slip.dossier.owed
        if not owed and not slip.owes_unknown:
            return
        words = _("Still to pay: {amount}").format(amount=format_money(owed))
        unknown = _("A fee has no amount yet: ask the cashier.")
        said = tag(words if owed else unknown, "danger")
        said.setProperty("size", "large")
        pay = button(_("Take the money"), lambda: self.paid.emit(self._id), symbol="banknote")
        line = QWidget()
        row(_wrapping(said), pay, into=line).setStretch(0, 1)
        if layout is not None:
            layout.addWidget(line)


def _stands_as(who: Collector, *, strange: bool) -> QWidget:
    if strange:
        words = _("The collector is not named in this dossier: a paper is needed.")
        return _wrapping(tag(words, "warning"))
    if who is Collector.OTHER:
        return label("")
    return tag(_("Collector: {who}").format(who=words_for(who)), "good")


def _wrapping(words: QLabel) -> QLabel:
    words.setWordWrap(True)
    words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return words


def words_for(who: Collector) -> str:
    """Return as whom somebody collects."""
    return {
        Collector.APPLICANT: _("Applicant"),
        Collector.SUBMITTER: _("Handed in by"),
        Collector.NAMED: _("Named to collect"),
        Collector.OTHER: _("Another person"),
    }[who]


def _not_known_here() -> QWidget:
    words = _(
        "Its reception is not known at this desk; the receipt is genuine. The result can be "
        "handed out: look at the paper whose it is."
    )
    return label(words, "hint", wrap=True)


def _problem(words: str) -> QWidget:
    return label(words, "problem", wrap=True)
