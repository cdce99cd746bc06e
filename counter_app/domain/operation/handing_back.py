"""Giving back results and papers."""

from counter_app.domain.body import Body
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.papers import PaperTaken
from counter_app.domain.party import Authority, Party


class ResultReturned(Body, frozen=True, kw_only=True):
    """Somebody has taken the result away, and signed for it.

    `identified`: the collector's card was scanned and is that of somebody whom the dossier
    names; `authority` lets another one collect. `receipt_shown`: the receipt was there.
    `number` is that of the post's consignment.
    """

    kind = "result_returned"

    collector: Party
    channel: ReturnChannel
    documents: tuple[str, ...] = ()
    authority: Authority | None = None
    identified: bool = False
    receipt_shown: bool = False
    number: str = ""


class PapersReturned(Body, frozen=True, kw_only=True):
    """Papers of the applicant were handed back."""

    kind = "papers_returned"

    papers: tuple[PaperTaken, ...]
    to: str = ""
