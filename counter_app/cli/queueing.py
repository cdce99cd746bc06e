"""`queue`: numbers for those who wait."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.choices import Choices, Command, Commands, pass_choices
from counter_app.i18n import N_, _, format_count, law, ngettext

if TYPE_CHECKING:
    from counter_app.desk import Desk
    from counter_app.domain.queue import Ticket
    from counter_app.services.queue import Office
    from counter_app.sync.queue import OfficeLine

_MINUTE: Final = timedelta(minutes=1)
_number = click.option(
    "--number",
    metavar="NUMBER",
    help=N_("A number as it is printed, and not the one at this desk."),
)


@click.group(cls=Commands, invoke_without_command=True, help=N_("Numbers for those who wait."))
@click.pass_context
def queue(ctx: click.Context) -> None:
    """Lead to the commands about numbers."""
    if ctx.invoked_subcommand is None:
        ctx.fail(_("A command is missing."))


@queue.command("issue", cls=Command, help=N_("Give out a number of GROUP, by its letter or id."))
@click.argument("group")
@click.option(
    "--priority",
    default="",
    metavar="ID",
    help=N_("On what ground the law lets them be called first."),
)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PDF",
    help=N_("Write the ticket that is printed here."),
)
@pass_choices
def issue_number(choices: Choices, group: str, priority: str, sheet: Path | None) -> None:
    """Give out a number of GROUP, by its letter or id."""
    # `--help` does not wait for the database and the network.
    from counter_app.sync.queue import issue_together

    with _at_the_desk(choices) as (desk, line):
        ticket, office = issue_together(desk, line, group, priority=priority)
        if sheet is not None:
            _write(desk, ticket, office, sheet)
        _show(choices, desk, ticket, office, sheet=sheet)


@queue.command("call", cls=Command, help=N_("Call who is next, or the number that is named."))
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="GROUP",
    help=N_("For whom this desk calls; can be given several times. Without it, for all."),
)
@_number
@pass_choices
def call_number(choices: Choices, groups: tuple[str, ...], number: str | None) -> None:
    """Call who is next, or the number that is named."""
    # As above.
    from counter_app.services.queue import call
    from counter_app.sync.queue import call_together, look

    with _at_the_desk(choices) as (desk, line):
        if number is not None:
            office = look(desk, line)
            ticket = call(desk, _find(desk, number, office).id, office)
            office = look(desk, line, office)
            lost: Sequence[tuple[str, str]] = _lost(desk, ticket, office)
        else:
            called = call_together(desk, line, groups)
            ticket, office, lost = called.ticket, called.office, called.lost
        _show(choices, desk, ticket, office, lost=lost)


@queue.command("recall", cls=Command, help=N_("Call once more the number at this desk."))
@pass_choices
def recall_number(choices: Choices) -> None:
    """Call once more the number at this desk."""
    # As above.
    from counter_app.services.queue import recall
    from counter_app.sync.queue import look

    with _at_the_desk(choices) as (desk, line):
        office = look(desk, line)
        ticket = recall(desk, office)
        _show(choices, desk, ticket, look(desk, line, office))


@queue.command("move", cls=Command, help=N_("Have the number at this desk wait for GROUP."))
@click.argument("group")
@_number
@pass_choices
def move_number(choices: Choices, group: str, number: str | None) -> None:
    """Have the number at this desk wait for GROUP."""
    # As above.
    from counter_app.services.queue import move
    from counter_app.sync.queue import look

    with _at_the_desk(choices) as (desk, line):
        office = look(desk, line)
        chosen = None if number is None else _find(desk, number, office).id
        ticket = move(desk, group, office, ticket=chosen)
        _show(choices, desk, ticket, look(desk, line, office))


@queue.command("end", cls=Command, help=N_("Be done with the number at this desk."))
@click.argument("outcome", type=click.Choice(["served", "absent"]))
@_number
@pass_choices
def end_number(choices: Choices, outcome: str, number: str | None) -> None:
    """Be done with the number at this desk."""
    # As above.
    from counter_app.domain.operation import TicketEnd
    from counter_app.services.queue import end
    from counter_app.sync.queue import look

    with _at_the_desk(choices) as (desk, line):
        office = look(desk, line)
        chosen = None if number is None else _find(desk, number, office).id
        ticket = end(desk, TicketEnd(outcome), office, ticket=chosen)
        _show(choices, desk, ticket, look(desk, line, office))


@queue.command("list", cls=Command, help=N_("List the numbers of today; with --waiting, count."))
@click.option("--waiting", is_flag=True, help=N_("Only how many wait for each group."))
@pass_choices
def list_numbers(choices: Choices, waiting: bool) -> None:
    """List the numbers of today; with --waiting, count."""
    # As above.
    from counter_app.services.queue import queue_of
    from counter_app.sync.queue import look

    with _at_the_desk(choices) as (desk, line):
        office = look(desk, line)
        if waiting:
            _show_counts(choices, desk, office)
            return
        found = queue_of(desk, office).tickets.values()
        for ticket in found:
            _show(choices, desk, ticket, office)
    if not found and not choices.json:
        click.echo(_("No number was drawn today."), err=True)


@contextmanager
def _at_the_desk(choices: Choices) -> "Iterator[tuple[Desk, OfficeLine]]":
    # As above.
    from counter_app.bootstrap import open_desk
    from counter_app.sync.queue import OfficeLine

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        line = OfficeLine(desk)
        try:
            yield desk, line
        finally:
            line.close()


def _find(desk: "Desk", number: str, office: "Office") -> "Ticket":
    # As above.
    from counter_app.services.queue import find_ticket, queue_of

    return find_ticket(queue_of(desk, office), number)


def _lost(desk: "Desk", ticket: "Ticket", office: "Office") -> list[tuple[str, str]]:
    # As above.
    from counter_app.services.queue import lost_to, queue_of

    place = lost_to(desk, ticket.id, queue_of(desk, office))
    return [(ticket.number, place)] if place else []


def _write(desk: "Desk", ticket: "Ticket", office: "Office", sheet: Path) -> None:
    # As above.
    from counter_app.services.papers import ticket_sheet
    from counter_app.services.print_jobs import IN_A_FILE, note_sheet
    from counter_app.services.queue import queue_of, ticket_paper
    from counter_app.services.saving import save_pdf

    made = ticket_sheet(desk, ticket_paper(desk, ticket, queue_of(desk, office)))
    note_sheet(desk, made, to=IN_A_FILE)
    save_pdf(sheet, made.pdf)


def _show(
    choices: Choices,
    desk: "Desk",
    ticket: "Ticket",
    office: "Office",
    *,
    lost: Sequence[tuple[str, str]] = (),
    sheet: Path | None = None,
) -> None:
    # As above.
    from counter_app.cli.results_queue import TicketResult

    waited = ticket.waited(desk.now()) // _MINUTE
    result = TicketResult(
        id=str(ticket.id),
        number=ticket.number,
        group=ticket.group,
        priority=ticket.priority,
        state=ticket.state.value,
        place=ticket.place,
        issued_at=ticket.issued_at.astimezone(desk.catalogue.calendar.zone),
        waited_minutes=waited,
        together=office.together,
        lost=list(lost),
        sheet=None if sheet is None else str(sheet),
    )
    words = _("{place} has called number {number} already.")
    lines = [words.format(place=place, number=number) for number, place in lost]
    group = desk.catalogue.queue.find(ticket.group)
    told = (ticket.number, law(group.name) if group else ticket.group, f"{ticket.state}")
    lines.append("  ".join(filter(None, [*told, ticket.place])))
    if desk.sends and not office.together:
        lines.append(_("A queue of this desk's own: the centre does not answer"))
    choices.show(result, "\n".join(lines))


def _show_counts(choices: Choices, desk: "Desk", office: "Office") -> None:
    # As above.
    from counter_app.cli.results_queue import WaitingResult
    from counter_app.services.queue import overlook

    counts = overlook(desk, office=office).counts
    for group in desk.catalogue.queue.group:
        count, longest = counts[group.id].count, counts[group.id].longest // _MINUTE
        result = WaitingResult(
            group=group.id,
            letter=group.letter,
            name=law(group.name),
            waiting=count,
            longest_minutes=longest,
            together=office.together,
        )
        words = ngettext("{count} person · {minutes}", "{count} people · {minutes}", count)
        minutes = _("{count} min").format(count=format_count(longest))
        said = words.format(count=format_count(count), minutes=minutes)
        choices.show(result, f"{group.letter}  {result.name}  {said}")
