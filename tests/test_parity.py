"""A kind of operation that somewhere was forgotten is one red line that names it."""

from pathlib import Path

import pytest

from counter_app.domain.body import Nature, Scope
from counter_app.domain.dossier import Dossier, step
from counter_app.domain.kind_name import kind_name
from counter_app.domain.operation import BODIES
from counter_app.domain.sentence import sentence
from counter_app.domain.workflow import TRANSITIONS
from counter_app.i18n import languages, speak
from counter_app.services.acting import BY_HAND
from counter_app.wire.codec import decode_body, encode
from counter_app.wire.entry import decode_entry
from tests.factories import DOSSIER_ID, EXAMPLES, an_operation

KINDS = sorted({kind for kind, _version in BODIES})
OPERATIONS = Path(__file__).parents[1] / "docs" / "operations.md"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_everywhere(kind):
    example = EXAMPLES[kind]
    assert decode_body(kind, example.version, encode(example)) == example
    after = step(Dossier(id=DOSSIER_ID), an_operation(example))
    assert after.status == TRANSITIONS[kind].after


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_sentence_in_both_languages(kind):
    said = set()
    for language in languages():
        speak(language)
        said.add(sentence(an_operation(EXAMPLES[kind])))
    assert len(said) == len(languages())


@pytest.mark.parametrize("kind", BY_HAND)
def test_every_entry_has_its_name_in_both_languages_and_is_read_from_a_file(kind):
    said = set()
    for language in languages():
        speak(language)
        said.add(kind_name(kind))
    assert len(said) == len(languages())
    assert decode_entry(kind, encode(EXAMPLES[kind]), "body.json") == EXAMPLES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_docs_say_what_every_kind_is(kind):
    body = next(body for (name, _version), body in BODIES.items() if name == kind)
    line = next(
        (line for line in OPERATIONS.read_text("utf-8").splitlines() if f"| `{kind}` |" in line), ""
    )
    assert ("intent" if body.nature is Nature.INTENT else "fact") in line
    assert ("desk" if body.scope is Scope.DESK else "dossier") in line
    for field in body.__struct_fields__:
        assert f"`{field}`" in line
    after = TRANSITIONS[kind].after
    assert (f"{after.value}" if after else "—") in line.split("|")[5]
