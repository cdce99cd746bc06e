"""The desk's register after a restore: no line of it that paper may bear is given out again.

Each line belongs to one dossier, so there were never more lines than dossier codes: from the
last code on paper it is known how many, or at most as many as a day has codes.
"""

from datetime import date
from typing import Final

from counter_app.domain.dossier_code import DossierCode, parts
from counter_app.store import UnitOfWork
from counter_app.store.clock import last_business_day
from counter_app.store.search import last_code
from counter_app.store.serials import Series

_MOST_DAYS: Final = 45
"""What is longer ago than this comes of a wrong clock."""


def pass_register(
    uow: UnitOfWork, highest: DossierCode | None, today: date, *, codes_a_day: int
) -> int:
    """Pass the lines that receipts may bear, and return with which the register goes on.

    `highest` is the last code on paper, where somebody knows it, `today` the day on which the
    desk goes on, and `codes_a_day` how many dossiers a day can have.
    """
    last = last_business_day(uow.connection) or today
    held = last_code(uow.connection)
    if highest and held and _is_known(uow, highest, held, last):
        lines = parts(highest).serial - parts(held).serial
    else:
        lines = codes_a_day * (min(abs((today - last).days), _MOST_DAYS) + 1)
    years = {last.year, today.year}
    entries = {year: uow.pass_serials(Series.REGISTER, year, lines) for year in years}
    return entries[today.year]


def _is_known(uow: UnitOfWork, highest: DossierCode, held: DossierCode, last: date) -> bool:
    """Say whether all dossiers that the backup does not know are of the day on which it ends."""
    day, until = parts(held).date, parts(highest).date
    return uow.may_give_out(held) and day == until == last and parts(highest) >= parts(held)
