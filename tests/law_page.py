"""The page of all that a file of law may say: its keys, and what a paper can be filled with."""

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec
from msgspec import inspect as schema

from counter_app.domain.placeholders import KINDS
from counter_app.domain.print_form import _FORM_NAMES, PrintForm
from counter_app.domain.procedure import Procedure

HEAD = """# What a file of law may say

Every key of a procedure and of a printed form, and every name that may stand in braces. How they
are used is told, with examples, in [adding.md](adding.md). This page is made from the code
(`python -m tests.documents --write`), and a test compares them.

A key without a value in the last column has to be given. What stands in the column “is” as a
choice is written in quotation marks: `level = "commune"`.
"""

_PLAIN: dict[type, str] = {
    schema.StrType: "a text",
    schema.BoolType: "`true` or `false`",
    schema.DateType: "a day, without quotation marks",
}


def law_page() -> str:
    """Return docs/law.md."""
    parts = [HEAD, "## Procedures\n", *_tables(Procedure, "the file")]
    parts += ["## Printed forms\n", *_tables(PrintForm, "the file")]
    parts += ["## What a paper can be filled with\n", *_papers()]
    return "\n".join(parts)


def _tables(kind: type, name: str) -> Iterator[str]:
    """Walk through the tables of a struct and of all that stands in it, each once."""
    whole = schema.type_info(kind)
    assert isinstance(whole, schema.StructType)
    waiting, seen = [(name, whole)], {kind}
    while waiting:
        title, info = waiting.pop(0)
        yield f"### {title}\n\n{_said(info.cls)}\n"
        yield "| key | is | if it is not given |\n| --- | --- | --- |"
        if info.tag:
            yield f"| `{info.tag_field}` | `{info.tag}` | |"
        for field in info.fields:
            words, inner = _words(field.type)
            yield f"| `{field.encode_name}` | {words} | {_default(field)} |"
            for each in inner:
                if each.cls not in seen:
                    seen.add(each.cls)
                    tag = f', `type = "{each.tag}"`' if each.tag else ""
                    waiting.append((f"`{field.encode_name}`{tag}", each))
        yield ""


def _said(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "").split("\nRaises:")[0].strip()


def _words(kind: Any) -> tuple[str, list[schema.StructType]]:
    """Return what a key is, in words, and the structs in it."""
    while isinstance(kind, schema.Metadata):
        kind = kind.type
    if type(kind) in _PLAIN:
        return _PLAIN[type(kind)], []
    match kind:
        case schema.IntType() | schema.FloatType():
            return _number(kind), []
        case schema.LiteralType():
            return " or ".join(f"`{value}`" for value in kind.values), []
        case schema.EnumType():
            return " or ".join(f"`{member.value}`" for member in kind.cls), []
        case schema.StructType():
            return "a table of keys, see below", [kind]
        case schema.VarTupleType() | schema.ListType():
            words, inner = _words(kind.item_type)
            return ("tables of keys, see below" if inner else f"a list: {words}"), inner
        case schema.DictType():
            (key, _none), (words, inner) = _words(kind.key_type), _words(kind.value_type)
            return f"names ({key}), each with {words}", inner
        case schema.UnionType():
            told = [_words(each) for each in kind.types if not isinstance(each, schema.NoneType)]
            return " or ".join(dict.fromkeys(words for words, _inner in told)), [
                each for _words_, inner in told for each in inner
            ]
    raise TypeError(kind)


def _number(kind: schema.IntType | schema.FloatType) -> str:
    words = "a whole number" if isinstance(kind, schema.IntType) else "a number"
    least = f", at least {kind.ge:g}" if kind.ge is not None else ""
    least += f", above {kind.gt:g}" if kind.gt is not None else ""
    return words + least + (f", at most {kind.le:g}" if kind.le is not None else "")


def _default(field: schema.Field) -> str:
    if field.required:
        return ""
    value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    value = value.value if isinstance(value, Enum) else value
    if value in (None, "", ()) or value == {}:
        return "nothing"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _papers() -> Iterator[str]:
    yield f"Every form knows {_named(_FORM_NAMES)}. A table names one of the `rows`.\n"
    for name, kind in KINDS.items():
        yield f'### `paper = "{name}"`\n\n{_said(kind.of)}\n'
        yield f"* In braces: {_named(kind.values)}."
        for source, rows in kind.rows.items():
            yield f'* In the cells of a table with `rows = "{source}"`: {_named(rows.cells)}.'
        for asked, terms in kind.terms.items():
            words = ", ".join(f"`{term}`" for term in sorted(terms))
            yield f"* `{asked}` needs the form's words, in `[terms]`: {words}."
        yield ""


def _named(names: Any) -> str:
    return ", ".join(f"`{{{name}}}`" for name in sorted(names))
