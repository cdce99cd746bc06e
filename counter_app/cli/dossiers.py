"""A dossier as the command line prints it."""

from datetime import datetime, timedelta, timezone

from counter_app.cli.money_lines import unknown_words
from counter_app.cli.results import DossierResult, EntryResult, PaperResult, fee_results
from counter_app.domain.operation import Header
from counter_app.domain.payment import balance_of
from counter_app.domain.sentence import sentence
from counter_app.domain.workflow import Unknown
from counter_app.i18n import _, format_instant, format_money, law
from counter_app.services.viewing import OpenDossier
from counter_app.wire.delivery import DeliveryState


def dossier_result(shown: OpenDossier) -> DossierResult:
    """Return what `--json` prints."""
    dossier = shown.dossier
    received = dossier.received
    return DossierResult(
        id=str(dossier.id),
        code=dossier.code,
        status=int(dossier.status) if dossier.status else None,
        status_name=f"{dossier.status}" if dossier.status else "",
        procedure=received.procedure.code if received else "",
        procedure_name=received.procedure.name if received else "",
        case=received.case if received else None,
        channel=received.channel.value if received else "",
        applicant=received.applicant if received else None,
        submitter=received.submitter if received else None,
        papers=[
            PaperResult(id=p.id, name=p.name, originals=p.originals, copies=p.copies)
            for p in dossier.papers
        ],
        answers=received.answers if received else {},
        fees=fee_results(dossier.fees),
        exempted=dossier.exempted,
        paid=dossier.paid,
        owed=balance_of(dossier).owed,
        unknown=[line.id for line in balance_of(dossier).unknown],
        received_at=received.received_at if received else None,
        due_at=dossier.due_at,
        return_channel=received.return_channel.value if received else "",
        note=received.note if received else "",
        timeline=_entries(shown),
    )


def dossier_words(shown: OpenDossier) -> str:
    """Return what a person reads."""
    dossier = shown.dossier
    lines = [f"{dossier.code or dossier.id}  {dossier.status or Unknown()}"]
    if (received := dossier.received) is not None:
        due = format_instant(dossier.due_at) if dossier.due_at else _("no due date")
        lines += [
            f"{received.procedure.code}  {law(received.procedure.name)}",
            received.applicant.full_name,
            _("Received {received}, due {due}").format(
                received=format_instant(received.received_at), due=due
            ),
            _("Fees: {amount}").format(amount=format_money(dossier.charged)),
            *filter(None, [unknown_words(balance_of(dossier).unknown)]),
        ]
    lines += [
        f"  {format_instant(entry.at)}  {entry.actor}  {entry.sentence}"
        for entry in _entries(shown)
    ]
    return "\n".join(lines)


def _entries(shown: OpenDossier) -> list[EntryResult]:
    return [
        EntryResult(
            at=_local(entry.operation.header),
            kind=entry.operation.header.kind,
            actor=entry.operation.header.actor,
            sentence=sentence(entry.operation),
            sent=entry.state is DeliveryState.ACKED,
        )
        for entry in shown.entries
    ]


def _local(header: Header) -> datetime:
    return header.wall_utc.astimezone(timezone(timedelta(minutes=header.utc_offset)))
