"""What waited for a newer program, judged once this one can read it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from counter_app.central.database import Database
from counter_app.central.dossiers import handle_again
from counter_app.central.driver import Raw, driver
from counter_app.central.feeds import feed_rows, lock_feeds
from counter_app.central.judging import Bench, latest_date
from counter_app.central.reading import waiting_dossiers, waiting_matters
from counter_app.central.writing import judge_again, tell
from counter_app.domain.judgement import Verdict

_AT_A_TIME: Final = 200


def reconsider(database: Database, now: datetime) -> int:
    """Judge again what waits and can be read now; return how many verdicts have changed.

    For when a newer release begins to serve. What still waits is left as it is.

    Raises:
        DatabaseUnusable: PostgreSQL cannot be reached.
    """
    with database.begin() as connection, driver(connection) as raw:
        matters = [replace(one, verdict=Verdict.APPLIED, reason="") for one in waiting_matters(raw)]
        changed = len(matters)
        if matters:
            judge_again(raw, matters)
            theirs = {one.operation.header.dossier_id for one in matters} - {None}
            # Where nothing else waits, nobody would say that all can be read now.
            changed += _reconsider(raw, sorted(one for one in theirs if one), now)
    after = UUID(int=0)
    while True:
        with database.begin() as connection, driver(connection) as raw:
            dossiers = waiting_dossiers(raw, after, _AT_A_TIME)
            if not dossiers:
                return changed
            changed += _reconsider(raw, dossiers, now)
            after = dossiers[-1]


def _reconsider(raw: Raw, dossiers: list[UUID], now: datetime) -> int:
    bench = Bench(key_id=b"", leases=(), latest=latest_date(now))
    handled = handle_again(raw, dossiers, bench)
    entries = [entry for one in handled for entry in one.turn.judged]
    if not entries:
        return 0
    told = [news for one in handled for news in one.told]
    feeds = lock_feeds(raw, {agency for one in told for agency in one.agencies})
    judge_again(raw, list({entry.op_id: entry for entry in entries}.values()))
    rows, ends = feed_rows(feeds, told)
    tell(raw, rows, ends)
    return len(entries)
