"""What the summary of a day may say."""

from collections.abc import Mapping
from typing import Final

from counter_app.domain.money_words import money_words
from counter_app.domain.paper import SummaryPaper
from counter_app.domain.placeholders.common import CHANNELS, office, place_date, row_number
from counter_app.domain.placeholders.kind import Cell, Kind, Rows, Terms, plain
from counter_app.domain.reports.daily import Figure
from counter_app.i18n import _, format_count, format_date, format_instant, format_long_date

_FIGURE_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "label": lambda _n, figure, terms: _figure_label(figure, terms),
    "value": lambda _n, figure, terms: _figure_value(figure, terms),
}
_SHARE_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "name": lambda _n, share, _terms: share.name,
    "received": lambda _n, share, _terms: format_count(share.received),
    "charged": lambda _n, share, terms: _charged(share.charged, share.unknown, terms),
}
_DOSSIER_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "code": lambda _n, fact, _terms: fact.code,
    "applicant": lambda _n, fact, _terms: fact.applicant,
    "procedure": lambda _n, fact, _terms: fact.procedure,
    "field": lambda _n, fact, _terms: fact.field,
    "channel": lambda _n, fact, terms: terms["channel"][fact.channel.value],
    "officer": lambda _n, fact, _terms: fact.officer,
    "received": lambda _n, fact, _terms: f"{fact.received_at:%H:%M}",
    "due": lambda _n, fact, _terms: f"{fact.due_at:%H:%M %d/%m/%Y}" if fact.due_at else "",
    "charged": lambda _n, fact, terms: _charged(fact.charged, int(fact.unknown), terms),
    "remark": lambda _n, fact, terms: terms["remark"]["voided"] if fact.voided else "",
}


def _figure_label(figure: Figure, terms: Terms) -> str:
    """Return what the form calls a figure, or else what the screen does."""
    label = terms.get("figure", {}).get(figure.id) or _(figure.label)
    return f"– {label}" if figure.within else label


def _charged(amount: int, unknown: int, terms: Terms) -> str:
    """Return what is charged; of dossiers with a fee that nobody has entered, how many besides."""
    if not unknown:
        return format_count(amount)
    words = terms.get("money", {}).get("unknown") or _("not entered")
    return f"{format_count(amount)} + {unknown} {words}"


def _figure_value(figure: Figure, terms: Terms) -> str:
    value = format_count(figure.value)
    return f"{value} {terms['money']['unit']}" if figure.money else value


SUMMARY: Final = Kind(
    of=SummaryPaper,
    values={
        **office(lambda paper: paper.office, lambda paper: paper.desk_name),
        "place_date": plain(lambda p: place_date(p.office.place, p.summary.day)),
        "day": plain(lambda p: format_date(p.summary.day)),
        "day_in_words": plain(lambda p: format_long_date(p.summary.day)),
        "received": plain(lambda p: format_count(p.summary.value("received"))),
        "charged": plain(lambda p: format_count(p.summary.value("charged"))),
        "charged_words": plain(lambda p: money_words(p.summary.value("charged"))),
        "paid": plain(lambda p: format_count(p.summary.value("paid"))),
        "paid_words": plain(lambda p: money_words(p.summary.value("paid"))),
        "first_payment": plain(lambda p: p.summary.first_payment),
        "last_payment": plain(lambda p: p.summary.last_payment),
        "receipts": plain(lambda p: ", ".join(p.summary.receipts)),
        "first_code": plain(lambda p: p.summary.first_code or ""),
        "last_code": plain(lambda p: p.summary.last_code or ""),
        "officer": plain(lambda p: p.officer_name),
        "printed_at": plain(lambda p: format_instant(p.printed_at)),
    },
    rows={
        "figures": Rows(
            lambda paper: tuple(f for f in paper.summary.figures if f.is_told), _FIGURE_CELLS
        ),
        "procedures": Rows(lambda paper: paper.summary.by_procedure, _SHARE_CELLS),
        "fields": Rows(lambda paper: paper.summary.by_field, _SHARE_CELLS),
        "officers": Rows(lambda paper: paper.summary.by_officer, _SHARE_CELLS),
        "channels": Rows(
            lambda paper: paper.summary.by_channel,
            {**_SHARE_CELLS, "name": lambda _n, share, terms: terms["channel"][share.name]},
        ),
        "dossiers": Rows(lambda paper: paper.summary.dossiers, _DOSSIER_CELLS),
    },
    terms={
        "channels.name": CHANNELS,
        "dossiers.channel": CHANNELS,
        "dossiers.remark": frozenset({"remark.voided"}),
        "figures.value": frozenset({"money.unit"}),
    },
)
