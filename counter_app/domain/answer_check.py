"""What is wrong with the answers to a procedure's own questions, row by row."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from counter_app.domain.party import Party, PartyKind
from counter_app.domain.party_check import Wrong, of_party, wrong_date
from counter_app.domain.problem import LONGEST_LINE, LONGEST_NOTE, Problem, wrong_in_text
from counter_app.domain.question import (
    Answer,
    AnswerRow,
    Part,
    Question,
    asked_of,
    is_blank,
)
from counter_app.i18n import N_, law


def of_answers(
    answers: Mapping[str, Answer], questions: tuple[Question, ...], today: date
) -> Iterator[Problem]:
    """Walk through what is wrong with tidied answers.

    An answer to a question that is hidden by its condition is not looked at: it is not stored.
    One to a question that the procedure does not have is named.
    """
    for strange in sorted(answers.keys() - {question.id for question in questions}):
        yield _strange(f"answers.{strange}", strange)
    for question in asked_of(questions, answers):
        answer = answers.get(question.id, question.default)
        yield from _of_answer(question, answer, today)


def _of_answer(question: Question, answer: Answer | None, today: date) -> Iterator[Problem]:
    path = f"answers.{question.id}"
    at = partial(Problem, field=path, label=question.label)
    if is_blank(answer) or answer is None:
        if question.required or question.fewest:
            yield at()
    elif question.type == "group":
        if isinstance(answer, tuple):
            yield from _of_rows(question, answer)
        else:
            yield at(reason=N_("Rows are expected here."))
    elif question.type == "person":
        if isinstance(answer, Party) and answer.kind is PartyKind.PERSON:
            yield from of_party(path, answer, today, within=question.label)
        else:
            yield at(reason=N_("A person is expected here."))
    else:
        longest = LONGEST_NOTE if question.type == "text" else LONGEST_LINE
        for reason, values in _of_simple(question.type, question, answer, longest):
            yield at(reason=reason, values=values)


def _of_rows(question: Question, rows: tuple[AnswerRow, ...]) -> Iterator[Problem]:
    path = f"answers.{question.id}"
    given = [(place, row) for place, row in enumerate(rows) if not is_blank((row,))]
    at = partial(Problem, field=path, label=question.label)
    count: dict[str, object] = {"given": len(given)}
    if len(given) < question.fewest_rows:
        reason = N_("At least {least} rows are needed (there are {given}).")
        yield at(reason=reason, values=count | {"least": question.fewest_rows})
    if len(given) > question.most_rows:
        reason = N_("At most {most} rows fit (there are {given}).")
        yield at(reason=reason, values=count | {"most": question.most_rows})
    for place, row in given[: question.most_rows]:
        yield from _of_row(question, f"{path}[{place}]", row, place + 1)


def _of_row(question: Question, path: str, row: AnswerRow, number: int) -> Iterator[Problem]:
    for strange in sorted(row.keys() - {part.id for part in question.part}):
        yield _strange(f"{path}.{strange}", strange)
    for part in question.part:
        at = partial(
            Problem,
            field=f"{path}.{part.id}",
            label=part.label,
            within=question.label,
            row=number,
        )
        cell = row.get(part.id, "")
        if is_blank(cell):
            if part.required:
                yield at()
        else:
            for reason, values in _of_simple(part.type, part, cell, LONGEST_LINE):
                yield at(reason=reason, values=values)


def _of_simple(kind: str, asked: Question | Part, answer: Answer, longest: int) -> Iterator[Wrong]:
    match kind:
        case "number":
            wrong = _wrong_number(asked, answer)
        case "choice":
            wrong = _wrong_choice(asked, answer)
        case "date":
            plain = isinstance(answer, str | int)
            wrong = wrong_date(str(answer)) if plain else (N_("A date is expected here."), {})
        case _:
            wrong = None if isinstance(answer, str) else (N_("Words are expected here."), {})
    if wrong:
        yield wrong
    elif isinstance(answer, str):
        yield from wrong_in_text(answer, longest)


def _wrong_choice(asked: Question | Part, answer: Answer) -> Wrong | None:
    if isinstance(answer, str) and answer in {choice.id for choice in asked.choices}:
        return None
    choices = ", ".join(f"{choice.id} ({law(choice.label)})" for choice in asked.choices)
    return N_("Choose one of: {choices}."), {"choices": choices}


def _wrong_number(asked: Question | Part, answer: Answer) -> Wrong | None:
    if not isinstance(answer, int):
        return N_("A whole number is expected here."), {}
    if asked.minimum is not None and answer < asked.minimum:
        return N_("This is at least {minimum}."), {"minimum": asked.minimum}
    if asked.maximum is not None and answer > asked.maximum:
        return N_("This is at most {maximum}."), {"maximum": asked.maximum}
    return None


def _strange(path: str, name: str) -> Problem:
    reason = N_("This procedure asks no question “{question}”.")
    return Problem(field=path, label=name, reason=reason, values={"question": name})
