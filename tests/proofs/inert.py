"""Whatever is typed into whatever field is kept as it is or refused by name, and acts nowhere.

Each string of a corpus goes through each field that takes words: of the application, and of all
that can be entered on a dossier. What is taken comes out of every outlet as it went in: lists,
search, timeline, papers, workbook, command line; it is in no log, no file's name and no QR code.
"""

import argparse
import logging
import re
import secrets
import sys
import tempfile
import unicodedata
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pypdfium2
from msgspec.structs import replace
from openpyxl import load_workbook

from counter_app.domain.officer import Role
from counter_app.domain.operation import (
    BODIES,
    ExemptionReversed,
    Extended,
    FeeAssessed,
    FeeExempted,
    FeePaid,
    FeeReversed,
    ObligationMet,
    PaymentMeans,
    ReceiptLinked,
    SupplementReceived,
)
from counter_app.domain.party import Authority, Party
from counter_app.domain.sentence import sentence
from counter_app.domain.text import tidy, tidy_lines, visible
from counter_app.errors import InvalidInput, RuleViolation
from counter_app.services.acting import BY_HAND, act
from counter_app.services.lists import as_workbook, register_of, register_rows
from counter_app.services.papers import papers_of, preview_paper
from counter_app.services.receipts import preview_receipt
from counter_app.services.registration import register_dossier
from counter_app.services.search import search
from counter_app.services.viewing import open_dossier
from counter_app.store.verify import verify
from tests.factories import EXAMPLES, an_intake
from tests.office import register, with_roles
from tests.proofs._corpus import CORPUS
from tests.proofs._desks import a_desk
from tests.proofs._roads import road_to
from tests.proofs._verdict import Verdict

_BUSINESS = {
    "procedure": "1.001612",
    "case": "individual",
    "answers": {"household_name": "Hộ kinh doanh Thử"},
}
_COPIES = {"procedure": "2.000815", "answers": {"copies": 2, "pages": 10}}
_WITH_FEES = {k for k in BY_HAND if k.startswith("fee_")} | {
    "served",
    "receipt_linked",
    "exemption_reversed",
}
_ACTIVE = (b"/JavaScript", b"/JS ", b"/OpenAction", b"/AA ", b"/Launch", b"/URI", b"/EmbeddedFile")


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove inert", description=__doc__)
    parser.add_argument("--strings", type=int, default=len(CORPUS))
    asked = parser.parse_args(arguments)
    verdict, told = Verdict("inert", 0), Counter()
    chosen = dict(list(CORPUS.items())[: asked.strings])
    with (
        tempfile.TemporaryDirectory(prefix="prove-inert-") as folder,
        _Log() as log,
        a_desk(Path(folder) / "desk") as desk,
    ):
        proof = _Proof(with_roles(desk, *Role), verdict, told)
        for name, text in chosen.items():
            proof.through_intake(name, text)
            proof.through_entries(name, text)
        proof.through_the_rest(Path(folder), log)
    return verdict.conclude(
        f"{len(chosen)} strings went through {told['fields']} fields: {told['taken']} times taken "
        f"and found again {told['found']} times, {told['refused']} times refused by name.",
        strings=len(chosen),
        **told,
    )


class _Log:
    """All that the program logs meanwhile, as text."""

    def __enter__(self):
        self.lines = []
        self._handler = logging.Handler()
        self._handler.emit = lambda record: self.lines.append(record.getMessage())
        logging.getLogger().addHandler(self._handler)
        return self

    def __exit__(self, *_what):
        logging.getLogger().removeHandler(self._handler)


def _party(field):
    def put(intake, who, text):
        person = getattr(intake, who) or Party(full_name="Lê Văn Thử", id_number="046085000456")
        return replace(intake, **{who: replace(person, **{field: text})})

    return put


_INTAKES = {
    "applicant": an_intake(),
    "submitter": an_intake(authority=Authority(document="Giấy số 1")),
    "collector": an_intake(),
}
INTAKE_FIELDS = {
    f"{who}.{field}": (who, field)
    for who in ("applicant", "submitter", "collector")
    for field in ("full_name", "id_number", "birth_date", "address", "phone", "email")
}


class _Proof:
    def __init__(self, desk, verdict, told):
        self._desk = desk
        self._verdict = verdict
        self._told = told
        self._taken = []

    def through_intake(self, name, text):
        for path, (who, field) in INTAKE_FIELDS.items():
            intake = _party(field)(_INTAKES[who], who, text)
            made = self._receive(name, path, intake)
            if made is not None:
                kept = getattr(getattr(made.received, who), field)
                self._compare(name, path, text, kept, tidy)
        self._through_plain(name, text)

    def _through_plain(self, name, text):
        birth = an_intake(note=text)
        made = self._receive(name, "note", birth)
        if made is not None:
            self._compare(name, "note", text, made.received.note, tidy_lines)
            self._through_outlets(name, made, text)
        business = an_intake(
            procedure="1.001612", case="individual", answers={"household_name": text}
        )
        made = self._receive(name, "answers.household_name", business)
        if made is not None:
            kept = made.received.answers["household_name"]
            self._compare(name, "answers.household_name", text, kept, tidy)

    def through_entries(self, name, text):
        for kind in BY_HAND:
            for path in _text_fields(EXAMPLES[kind]):
                if path == "number" or (path == "line" and not tidy(text)):
                    continue  # which the desk counts or fills in itself
                self._told["fields"] += 1
                body = _with(EXAMPLES[kind], path, text)
                if body is None:
                    continue
                self._enter(name, kind, path, body, text)

    def through_the_rest(self, folder, log):
        """Look at what no string may have come into, and at the store as a whole."""
        names = [path.name for path in folder.rglob("*")]
        told = "\n".join(log.lines)
        for text in {t for t in CORPUS.values() if len(visible(t).strip()) > 3}:
            if any(visible(text).strip() in name for name in names):
                self._verdict.note("in the name of a file", text)
            if visible(text).strip() in told:
                self._verdict.note("in the log", text)
        if found := verify(self._desk.store).findings:
            self._verdict.note("not as written", found)

    def _receive(self, name, path, intake):
        self._told["fields"] += 1
        try:
            return register_dossier(self._desk, intake, token=secrets.token_bytes(16))
        except RuleViolation as error:
            self._refused(name, path, error)
        return None

    def _enter(self, name, kind, path, body, text):
        made = self._made_for(kind)
        try:
            after = act(self._desk, made.id, self._fitted(made, body))
        except (RuleViolation, InvalidInput) as error:
            self._refused(name, f"{kind}.{path}", error)
            return
        self._told["taken"] += 1
        opened = open_dossier(self._desk, after.id)
        said = next(e.operation for e in opened.entries if e.operation.header.kind == kind)
        kept = _value(said.body, path)
        self._compare(name, f"{kind}.{path}", text, kept, _tidier(path), counted=False)
        if not isinstance(sentence(said), str):
            self._verdict.note("no sentence", kind)
        for offer in papers_of(self._desk, after.id):
            sheet = preview_paper(self._desk, after.id, offer.form, about=offer.about, size="a4")
            self._inert_pdf(f"{kind}.{path} on {offer.form}", sheet.pdf)

    def _made_for(self, kind):
        """Return a dossier that stands where an entry of `kind` is possible."""
        made = register(self._desk, **(_COPIES if kind in _WITH_FEES else _BUSINESS))
        for step in road_to(kind):
            made = act(self._desk, made.id, EXAMPLES[step])
        if kind in {"fee_reversed", "receipt_linked"}:
            paid = FeePaid(amount=made.charged, means=PaymentMeans.CASH)
            made = act(self._desk, made.id, paid)
        if kind == "exemption_reversed":
            made = act(self._desk, made.id, self._fitted(made, EXAMPLES["fee_exempted"]))
        return made

    def _fitted(self, made, body):
        """Return an example as it fits this dossier."""
        match body:
            case Extended() | SupplementReceived() | ObligationMet():
                return replace(body, due_at=self._desk.now() + timedelta(days=90))
            case FeeReversed() | ReceiptLinked():
                return replace(body, payment=made.payments[0].id)
            case ExemptionReversed():
                return replace(body, exemption=made.exemptions[0].id, amount=None)
            case FeeExempted() | FeeAssessed():
                line = made.fees[0].id if body.line in {"", EXAMPLES[body.kind].line} else body.line
                return replace(body, line=line)
            case _:
                return body

    def _refused(self, name, path, error):
        self._told["refused"] += 1
        if not f"{error}" or ("{" in type(error).message and not error.values):
            self._verdict.note("refused without words", f"{path}: {name}")

    def _compare(self, name, path, text, kept, tidier, *, counted=True):
        self._told["taken"] += counted
        expected = tidier(unicodedata.normalize("NFC", text))
        if kept != expected and path.rpartition(".")[2] not in {"id_number", "birth_date", "phone"}:
            self._verdict.note("kept otherwise", f"{path}: {name}: {kept!r}")

    def _through_outlets(self, name, made, text):
        """Find a taken note again: list, workbook, command's line, papers, QR."""
        day = self._desk.business_date
        rows = register_rows(self._desk, register_of(day, day))
        row = next(row for row in rows if row.code == made.code)
        book = load_workbook(BytesIO(as_workbook(self._desk, [row], title="x")))
        cells = [cell for line in book.active.iter_rows() for cell in line]
        if any(cell.data_type == "f" for cell in cells):
            self._verdict.note("a formula", name)
        said = str(cells[-1].value or "")
        # A spreadsheet has one kind of line end, and writes what is no XML in its own way.
        if tidy_lines(text) != said.replace("\r\n", "\n") and text.isprintable():
            self._verdict.note("another cell", f"{name}: {said!r}")
        if msgspec.json.decode(msgspec.json.encode(row)) is None:
            self._verdict.note("no JSON", name)
        self._inert_pdf(f"the receipt with {name}", self._receipt(made))
        found = search(self._desk, made.code).rows
        if [each.code for each in found] != [made.code]:
            self._verdict.note("not found", made.code)
        if not re.fullmatch(r"(?:[A-Z0-9:/.-]*/T/)?[0-9]+", made.received.receipt):
            self._verdict.note("in the QR", made.received.receipt)
        self._told["found"] += 1

    def _receipt(self, made):
        return preview_receipt(self._desk, made.id, size="a5").pdf

    def _inert_pdf(self, where, pdf):
        if any(word in pdf for word in _ACTIVE):
            self._verdict.note("an acting PDF", where)
        pages = pypdfium2.PdfDocument(pdf)
        if not 1 <= len(pages) <= 9:
            self._verdict.note("so many pages", f"{where}: {len(pages)}")
        pages.close()


def _text_fields(body):
    """Return where a body has words, as "collector.full_name"."""
    plain = msgspec.to_builtins(body)
    found = []

    def walk(path, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{path}.{key}" if path else key, inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value[:1]):
                walk(f"{path}.{number}", inner)
        elif isinstance(value, str):
            found.append(path)

    walk("", plain)
    return found


def _with(body, path, text):
    """Return a body with `text` at `path`, or None where no such thing can be said."""
    plain = msgspec.to_builtins(body)
    *way, last = path.split(".")
    inner = plain
    for key in way:
        inner = inner[int(key) if isinstance(inner, list) else key]
    inner[int(last) if isinstance(inner, list) else last] = text
    try:
        return msgspec.convert(plain, BODIES[body.kind, body.version])
    except (msgspec.ValidationError, UnicodeEncodeError):  # as the file that it came in
        return None


def _value(body, path):
    value = msgspec.to_builtins(body)
    for key in path.split("."):
        value = value[int(key)] if isinstance(value, list) else value.get(key, "")
    return value


def _tidier(path):
    name = path.rpartition(".")[2]
    return tidy_lines if name in {"reason", "text", "old", "new"} else tidy


if __name__ == "__main__":
    sys.exit(main())
