"""What was answered to a procedure's own questions, in words."""

from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Party
from counter_app.domain.procedure import Answer, Question
from counter_app.errors import ImpossibleDate
from counter_app.i18n import law


def answer_in_words(answer: Answer, question: Question | None) -> str:
    """Return an answer as screens and papers show it: choices by name, rows by semicolons."""
    match answer:
        case Party():
            return ", ".join(part for part in (answer.full_name, answer.id_number) if part)
        case tuple():
            return "; ".join(", ".join(str(cell) for cell in row.values()) for row in answer)
        case int():
            return str(answer)
    labels = {choice.id: choice.label for choice in question.choices} if question else {}
    if question is not None and question.type == "date":
        return _date(answer)
    return law(labels[answer]) if answer in labels else answer


def _date(answer: str) -> str:
    try:
        return f"{parse_partial_date(answer)}"
    except ImpossibleDate:
        return answer
