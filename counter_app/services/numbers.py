"""The dossier numbers of the day: what to do when the last of them has been given out."""

from counter_app.desk import Desk
from counter_app.domain.business_date import check_business_date
from counter_app.domain.operation import ReserveOpened
from counter_app.domain.workflow import check
from counter_app.store import codes
from counter_app.store.codes import CodesLeft, Reserve


def codes_left(desk: Desk) -> CodesLeft:
    """Return how many numbers are left for the business date, and where from."""
    with desk.store.read() as connection:
        return codes.codes_left(connection, desk.agency, desk.business_date)


def open_reserve(desk: Desk) -> Reserve:
    """Let the reserve be used for the business date, and return which numbers that sets free.

    Opening it a second time changes nothing and is not noted again.

    Raises:
        NotPermitted: it is a supervisor's work.
        ImpossibleClock: no dossier could be numbered on the business date.
        NoReserve: there is no reserve, or it is used up too.
    """
    role = check(ReserveOpened.kind, None, desk.officer.roles)
    day = desk.business_date
    check_business_date(day)
    with desk.store.begin() as uow:
        was_open = uow.codes_left(day).reserve_open
        reserve = uow.open_reserve(day)
        if not was_open:
            body = ReserveOpened(day=day, first=reserve.first, last=reserve.last)
            uow.append(desk.operation(body, role=role))
    return reserve
