"""The pages that say what the code says: `python -m tests.documents --write` makes them anew."""

import json
import sys
from contextvars import copy_context
from pathlib import Path
from types import ModuleType

import msgspec

from counter_app.central import openapi
from counter_app.cli import (
    central_results,
    results,
    results_guidance,
    results_handing,
    results_law,
    results_lists,
    results_money,
    results_papers,
    results_prints,
    results_queue,
    results_scans,
)
from counter_app.domain.body import Body
from counter_app.domain.judgement import Reason, explain
from counter_app.domain.operation import BODIES, Header
from counter_app.domain.workflow import TRANSITIONS
from counter_app.i18n import speak
from counter_app.wire import messages
from counter_app.wire.intake import IntakeFile
from tests.law_page import law_page
from tests.wire import example

DOCS = Path(__file__).parents[1] / "docs"

HEAD = """# Operations

Every change at a desk is one operation: a header that all share, and a body for its kind.
The journal keeps the exact bytes of both; they are what is hashed, chained and sent. This page
is made from the code (`python -m tests.documents --write`), and a test compares them.

* **Facts** have happened on paper or in cash; the centre never refuses them. **Intents** can be
  overtaken by another's act, and be proposed or refused.
* **Scope** `dossier`: it enters the dossier's fold and its timeline. Scope `desk`: it is noted
  for the audit, counts for no dossier and enters no feed.
* **Status** is the national code that the operation leaves the dossier at; — leaves it where it
  stands. From which states a kind is possible, and who may do it, is the table `TRANSITIONS` in
  `counter_app/domain/workflow.py`, shown in the last two columns.
* `counter-app act CODE KIND BODY.json` enters one, and `counter-app act CODE --list` says what is
  possible. What the desk knows itself may be left out: `due_before`, the `old` value of a
  correction, and the hour that follows when the clock runs again.
* Amounts are whole dong. Instants are ISO 8601 with their offset, days ISO dates.
* Within a version fields are only ever added, each with a default. A kind or version that a
  program does not know is kept byte by byte, shown as “done by a newer program”, and blocks
  acting on that dossier only.

The schemas of header and bodies are in [schemas/operations.json](schemas/operations.json).

## Header

{header}

`op_hash = SHA-256(tag, header, SHA-256(tag, nonce, body))`, and each desk chains its operations
by `(epoch, seq)`: see `counter_app/wire/hashing.py`, whose test vectors fix the format.

## Kinds

| kind | version | nature | scope | status | fields | what it says | from | by |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def operations_page() -> str:
    """Return docs/operations.md."""
    header = ", ".join(f"`{field}`" for field in Header.__struct_fields__)
    return HEAD.format(header=header) + "".join(_line(body) for body in BODIES.values())


def _line(body: type[Body]) -> str:
    transition = TRANSITIONS[body.kind]
    fields = ", ".join(f"`{field}`" for field in body.__struct_fields__) or "none"
    says = (body.__doc__ or "").split("\n")[0]
    after = f"{transition.after.value}" if transition.after else "—"
    before = sorted(status.value for status in transition.before if status)
    known = ", ".join(map(str, before))
    start = known + (", not known here" if None in transition.before and known else "")
    by = ", ".join(sorted(role.value for role in transition.by))
    cells = (
        f"`{body.kind}`", body.version, body.nature.value, body.scope.value, after, fields, says,
        start or "—", by,
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |\n"


def protocol_page() -> str:
    """Return docs/protocol.md: what is written by hand, with what is made put in its places."""
    text = (DOCS / "protocol.md").read_text("utf-8")
    for place, made in {"reasons": _reasons(), "example": example.page()}.items():
        before, _old, after = _parted(text, place)
        text = f"{before}\n{made}\n{after}"
    return text


def _parted(text: str, place: str) -> tuple[str, str, str]:
    head, opening, rest = text.partition(f"<!-- {place} -->\n")
    old, closing, tail = rest.partition(f"<!-- end of {place} -->\n")
    if not opening or not closing:
        raise ValueError(f"docs/protocol.md has no place for {place}")
    return head + opening, old, closing + tail


def _reasons() -> str:
    english = copy_context()
    english.run(speak, "en")
    lines = [f"| `{reason}` | {english.run(explain, reason)} |" for reason in Reason]
    return "\n".join(["| reason | what it says to people |", "| --- | --- |", *lines, ""])


def schemas() -> dict[str, object]:
    """Return the JSON schemas by the name of their file."""
    bodies = [*BODIES.values()]
    return {
        "intake.json": msgspec.json.schema(IntakeFile),
        "messages.json": _together(_structs_of(messages)),
        "operations.json": _together([Header, *bodies]),
        "results.json": _together(
            _structs_of(
                results,
                central_results,
                results_guidance,
                results_handing,
                results_law,
                results_lists,
                results_money,
                results_papers,
                results_prints,
                results_queue,
                results_scans,
            )
        ),
    }


def _structs_of(*modules: ModuleType) -> list[type]:
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == module.__name__
    ]


def pages() -> dict[Path, str]:
    """Return every page that is made from the code."""
    made = {
        DOCS / "law.md": law_page(),
        DOCS / "operations.md": operations_page(),
        DOCS / "protocol.md": protocol_page(),
        DOCS / "openapi.json": openapi.text(),
    }
    for name, schema in schemas().items():
        made[DOCS / "schemas" / name] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return made


def _together(types: list[type]) -> dict[str, object]:
    _roots, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": components}


if __name__ == "__main__":
    for path, text in pages().items():
        if "--write" in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            print(f"{path} is not what the code says")
