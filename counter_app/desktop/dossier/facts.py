"""What is told of a dossier, caption by caption, in the language spoken; without Qt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from counter_app.desktop.wording import local_time, masked, sentence_case
from counter_app.domain.answer import answer_in_words
from counter_app.domain.channel import Channel
from counter_app.domain.corrected import corrected as right_now
from counter_app.domain.deadline import StepKind
from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import Received
from counter_app.domain.party import Authority, Party, PartyKind, Sex
from counter_app.domain.procedure import Answer, Procedure, Question
from counter_app.i18n import N_, _, format_count, format_instant, format_money, law
from counter_app.services.viewing import OpenDossier

_SEXES: Final = {Sex.MALE: N_("Male"), Sex.FEMALE: N_("Female")}
_NUMBERS: Final = {
    PartyKind.PERSON: N_("ID number"),
    PartyKind.BUSINESS: N_("Tax code"),
    PartyKind.AGENCY: N_("Agency code"),
}


class Fact(NamedTuple):
    """One line: a caption, what it is now, and what was written before it was corrected."""

    caption: str
    value: str
    was: str = ""


class Section(NamedTuple):
    """A few facts that belong together."""

    title: str
    facts: Sequence[Fact]


class _Corrected:
    """Reads fields of what was received as they stand after all corrections."""

    def __init__(self, dossier: Dossier) -> None:
        self._last = {amended.field: amended for amended in dossier.amendments}

    def fact(self, field: str, caption: str, value: str) -> Fact:
        amended = self._last.get(field)
        caption = sentence_case(caption)
        return Fact(caption, amended.new, amended.old) if amended else Fact(caption, value)


def sections(opened: OpenDossier, *, numbers_shown: bool) -> list[Section]:
    """Return all that is known about people, request and channels; empty facts are left out.

    Nothing but what was noted here can be told of a dossier whose reception is not known.
    """
    dossier, received = opened.dossier, opened.dossier.received
    if received is None:
        return [_known_here(opened)]
    corrected = _Corrected(dossier)
    applicant = _person("applicant", received.applicant, corrected, shown=numbers_shown)
    submitter, collector = received.submitter, received.collector
    told = [
        Section(_("Applicant"), applicant),
        Section(
            _("Handed in by"),
            [
                *_person("submitter", submitter, corrected, shown=numbers_shown),
                Fact(_("Acts"), _authority(received.authority)),
            ]
            if submitter
            else [],
        ),
        Section(
            _("Named to collect"),
            _person("collector", collector, corrected, shown=numbers_shown) if collector else [],
        ),
        Section(
            _("Request"),
            _request(
                received, right_now(dossier), opened.procedure, corrected, shown=numbers_shown
            ),
        ),
        Section(_("Reception"), _reception(dossier, received, corrected)),
    ]
    kept = [Section(title, [fact for fact in facts if fact.value]) for title, facts in told]
    return [section for section in kept if section.facts]


def _known_here(opened: OpenDossier) -> Section:
    paid, last = opened.dossier.paid, opened.entries[0].operation.header
    return Section(
        _("Known at this desk"),
        [
            Fact(_("Last noted"), format_instant(local_time(last))),
            Fact(_("Paid"), format_money(paid)),
        ],
    )


def _person(field: str, party: Party, corrected: _Corrected, *, shown: bool) -> list[Fact]:
    number = corrected.fact(f"{field}.id_number", _(_NUMBERS[party.kind]), party.id_number)
    if not shown and party.kind is PartyKind.PERSON:
        number = number._replace(value=masked(number.value), was=masked(number.was))
    return [
        corrected.fact(f"{field}.full_name", _("Name"), party.full_name),
        number,
        corrected.fact(f"{field}.birth_date", _("Born"), _on_paper(party.birth_date)),
        corrected.fact(f"{field}.sex", _("Sex"), _(_SEXES[party.sex]) if party.sex else ""),
        corrected.fact(f"{field}.phone", _("Phone"), party.phone),
        corrected.fact(f"{field}.address", _("Address"), party.address),
        corrected.fact(f"{field}.email", _("E-mail"), party.email),
    ]


def _request(
    received: Received,
    said: Received | None,
    procedure: Procedure | None,
    corrected: _Corrected,
    *,
    shown: bool,
) -> list[Fact]:
    questions = {question.id: question for question in procedure.question} if procedure else {}
    return [
        Fact(_("Case"), law(received.case_name)),
        *_answers(
            _readable(received.answers, shown=shown),
            _readable((said or received).answers, shown=shown),
            questions,
        ),
        corrected.fact("note", _("Note"), received.note),
    ]


def _readable(answers: Mapping[str, Answer], *, shown: bool) -> dict[str, Answer]:
    """Return answers as they may be seen: of the numbers of persons only the end, unless shown."""
    return {
        name: replace(answer, id_number=masked(answer.id_number))
        if isinstance(answer, Party) and answer.id_number and not shown
        else answer
        for name, answer in answers.items()
    }


def _answers(
    first: Mapping[str, Answer], now: Mapping[str, Answer], questions: Mapping[str, Question]
) -> Iterator[Fact]:
    """Tell what was answered, as it stands after all corrections, and what was said at first."""
    for identifier, answer in first.items():
        question = questions.get(identifier)
        caption = sentence_case(law(question.label) if question else identifier)
        said, was = (answer_in_words(each, question) for each in (now[identifier], answer))
        yield Fact(caption, said, was if was != said else "")


def _reception(dossier: Dossier, received: Received, corrected: _Corrected) -> list[Fact]:
    office = received.office
    decides = dossier.competent_agency
    in_person = received.channel is Channel.DIRECT and received.submitter is None
    reasons = [str(step) for step in received.due_steps if step.kind is not StepKind.REST_DAY]
    return [
        Fact(_("Received"), format_instant(received.received_at)),
        Fact(_("In the register"), _register(received.register_entry)),
        Fact(_("Result"), _("at once, at the desk") if received.on_the_spot else ""),
        Fact(_("Received by"), f"{received.officer_name}, {received.desk_name}"),
        Fact(_("Receiving agency"), f"{office.name} ({office.code})"),
        Fact(_("Handed in at"), _elsewhere(received.helped_by, office.code)),
        Fact(_("Deciding agency"), office.name if decides == office.code else decides),
        Fact(_("Handed in"), sentence_case(f"{received.channel}")),
        Fact(_("Handed in by"), _("The applicant in person") if in_person else ""),
        corrected.fact(
            "return_channel", _("Result goes back"), sentence_case(f"{received.return_channel}")
        ),
        Fact(_("Why this date?"), " ".join(reasons)),
    ]


def _register(entry: int) -> str:
    return _("line {number}").format(number=format_count(entry)) if entry else ""


def _authority(authority: Authority | None) -> str:
    """Return on what ground somebody acts for another, and the paper that shows it."""
    if authority is None:
        return ""
    ground = sentence_case(f"{authority.kind}")
    shown = [authority.document, _on_paper(authority.issued_on)]
    paper = ", ".join(each for each in shown if each)
    return _("{ground}: {paper}").format(ground=ground, paper=paper) if paper else ground


def _elsewhere(agency: str, office: str) -> str:
    """Return at whose desk it was handed in, where that is another than the agency's own."""
    return agency if agency != office else ""


def _on_paper(iso: str) -> str:
    """Return an ISO date, or the part of one that is known, as it is written on paper."""
    return "/".join(reversed(iso.split("-")))
