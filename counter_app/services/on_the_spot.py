"""The certification counter: papers copied, certified, paid and handed back while one waits.

A document with its pages and copies is one dossier; those of one citizen share a batch. Every
step may be asked for again: what was received, served and paid is not done twice.
"""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.channel import Channel
from counter_app.domain.dossier import Dossier
from counter_app.domain.fee import FeeLine, FeeRule, total_of
from counter_app.domain.intake import Intake, settled
from counter_app.domain.operation import PaymentMeans, Served
from counter_app.domain.party import Party
from counter_app.domain.payment import balance_of
from counter_app.domain.procedure import Procedure
from counter_app.domain.question import is_blank
from counter_app.domain.status import Status
from counter_app.services.acting import act
from counter_app.services.payments import Paid, pay
from counter_app.services.registration import fees_of, register_dossier

_FOR_EACH = frozenset({"page", "copy"})


class Counting(Struct, frozen=True, kw_only=True):
    """A procedure that is done at once, and the questions that its fee is reckoned by.

    `pages` is "" where the fee does not go by pages.
    """

    procedure: Procedure
    copies: str
    pages: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """One document to be certified; `token` was drawn when its line was begun."""

    token: bytes
    pages: int = 1
    copies: int = 1


class Counted(Struct, frozen=True, kw_only=True):
    """One document that was received and served, with its payment if it was paid here."""

    dossier: Dossier
    paid: Paid | None = None


def countings(desk: Desk) -> tuple[Counting, ...]:
    """Return the procedures that the counter is for, by field and name.

    They give their result at once, cost so much for a page or a copy, and ask for nothing else
    that must be answered.
    """
    forms = (file.form for file in desk.catalogue.procedures(desk.business_date))
    return tuple(found for form in forms if (found := counting_of(form)))


def counting_of(procedure: Procedure) -> Counting | None:
    """Return how a procedure's fee is counted, or None if the counter is not for it."""
    rule = _rule(procedure)
    if rule is None or not procedure.on_the_spot:
        return None
    known = {rule.copies, rule.pages}
    asked = (q for q in procedure.questions_of({}) if q.required and is_blank(q.default))
    if any(question.id not in known for question in asked):
        return None
    return Counting(procedure=procedure, copies=rule.copies, pages=rule.pages)


def intake_for(counting: Counting, person: Party, document: Document) -> Intake:
    """Return the application for one document; to enter it attests that its papers were seen."""
    answers = {counting.copies: document.copies}
    if counting.pages:
        answers[counting.pages] = document.pages
    intake = Intake(
        procedure=counting.procedure.code,
        channel=Channel.DIRECT,
        applicant=person,
        components="all",
        answers={**answers},
    )
    return settled(intake, counting.procedure)


def fees_for(counting: Counting, document: Document) -> tuple[FeeLine, ...]:
    """Return what one document costs."""
    return fees_of(intake_for(counting, Party(), document), counting.procedure)


def cost_of(counting: Counting, documents: Sequence[Document]) -> int | None:
    """Return what all of them cost in dong, or None where the office has entered no amount."""
    lines = [line for document in documents for line in fees_for(counting, document)]
    if any(line.amount is None for line in lines):
        return None
    return total_of(tuple(lines))


def serve(
    desk: Desk, counting: Counting, person: Party, document: Document, *, batch: UUID
) -> Dossier:
    """Receive one document and hand it back certified; what was done of that is not done again.

    Raises:
        RuleViolation: something that the procedure requires is empty, or no number is left.
    """
    intake = intake_for(counting, person, document)
    dossier = register_dossier(desk, intake, token=document.token, batch=batch)
    if dossier.status is not Status.RECEIVED:
        return dossier
    made = counting.procedure.result or counting.procedure.name
    return act(desk, dossier.id, Served(result=made, collector=dossier_person(dossier)))


def settle(desk: Desk, dossier: Dossier, means: PaymentMeans, *, tendered: int = 0) -> Counted:
    """Take what is owed for a dossier, if anything is; nothing is taken twice.

    Raises:
        NotPermitted: the officer takes no money; a cashier does.
    """
    owed = balance_of(dossier).owed
    if not owed:
        return Counted(dossier=dossier)
    payer = dossier_person(dossier).full_name
    paid = pay(desk, dossier.id, owed, means, tendered=tendered, payer=payer)
    return Counted(dossier=paid.dossier, paid=paid)


def dossier_person(dossier: Dossier) -> Party:
    """Return who stands at the desk for a dossier."""
    received = dossier.received
    assert received is not None
    return received.submitter or received.applicant


def _rule(procedure: Procedure) -> FeeRule | None:
    rules = [rule for rule in procedure.fee if rule.per in _FOR_EACH]
    return rules[0] if rules else None
