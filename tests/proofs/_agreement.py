"""Whether the centre holds what its desks have done: all of it, once, and in their order."""

from collections import Counter, defaultdict
from typing import NamedTuple
from uuid import UUID

from counter_app.wire.hashing import START, FeedEntry, chain_hash, feed_hash, op_hash

_AT_DESK = (
    "SELECT seq, hex(op_id), hex(op_hash), hex(hash), kind, state, verdict, dossier_version "
    "FROM chain JOIN operation USING (position) JOIN delivery USING (position) "
    "WHERE chain.epoch = ? ORDER BY seq"
)
_CHAIN = (
    "SELECT seq, chain.op_id, hash, header, nonce, body, op_hash, verdict, dossier_version "
    "FROM chain LEFT JOIN operation USING (home, op_id) "
    "LEFT JOIN operation_body USING (home, op_id) "
    "WHERE chain.desk_id = %s AND epoch = %s ORDER BY seq"
)
_OWN_DOSSIERS = "SELECT code, hex(dossier_id), status, version FROM dossier"
_END = "SELECT high_water, head FROM epoch WHERE desk_id = %s AND epoch = %s"
_OPERATIONS = "SELECT desk_id, op_id, kind, dossier_id, dossier_version, verdict FROM operation"
_DOSSIERS = "SELECT dossier_id, code, status, version FROM dossier"
_FEEDS = (
    "SELECT agency_id, seq, feed.op_id, op_hash, feed.dossier_version, feed.verdict, whole, hash "
    "FROM feed LEFT JOIN operation USING (home, op_id) ORDER BY 1, 2"
)
_FEED_ENDS = "SELECT id, code, feed_seq, feed_hash FROM agency"
_QUARANTINED = "SELECT desk_id, reason FROM quarantine"


class AtDesk(NamedTuple):
    """What one desk has in its journal under its present epoch, row by row."""

    desk_id: UUID
    epoch: int
    rows: tuple
    dossiers: dict

    @property
    def head(self):
        """The hash of the last row."""
        return bytes.fromhex(self.rows[-1][3]) if self.rows else START


def at_desk(store):
    """Read the journal of a desk."""
    profile = store.profile
    with store.read() as connection:
        rows = connection.exec_driver_sql(_AT_DESK, (profile.epoch.to_bytes(8),))
        own = connection.exec_driver_sql(_OWN_DOSSIERS)
        dossiers = {(code, id_.lower()): tuple(stand) for code, id_, *stand in own}
        return AtDesk(profile.id, profile.epoch, tuple(map(tuple, rows)), dossiers)


class Agreement:
    """Compares what `connection` shows of the centre; `note` is told of each difference."""

    def __init__(self, connection, note):
        self._ask = lambda query, *values: connection.execute(query, values).fetchall()
        self._note = note

    def check(self, desks, said, expected):
        """Hold the centre against its desks and what they have said.

        `said` are the code and identity of each dossier, `expected` the verdicts on operations.
        """
        for desk in desks:
            self._chain(desk)
        self._operations(desks, expected)
        self._dossiers(desks, said)
        self._versions()
        self._feeds()
        for desk_id, reason in self._ask(_QUARANTINED):
            self._note("quarantined", f"{desk_id} {reason}")

    def _chain(self, desk):
        """The rows are the desk's, none is missing, and each follows the one before."""
        place = desk.desk_id, desk.epoch.to_bytes(8)
        rows, prev_hash = self._ask(_CHAIN, *place), START
        for number, (seq, op_id, linked, header, nonce, body, digest, *_judged) in enumerate(rows):
            where = f"{desk.desk_id} {seq}"
            if seq != number + 1:
                self._note("gap in a chain", where)
            if header is None or op_hash(header, nonce, body) != digest:
                self._note("operation is not what it was", where)
            elif chain_hash(*place[:1], desk.epoch, seq, prev_hash, digest) != linked:
                self._note("chain does not hold", where)
            prev_hash = linked
            self._row(desk, number, UUID(str(op_id)), digest, linked, _judged)
        if len(rows) < len(desk.rows):
            self._note("lost", f"{desk.desk_id} rows {len(rows) + 1} to {len(desk.rows)}")
        if self._ask(_END, *place) != [(len(desk.rows), desk.head)]:
            self._note("another end of a chain", desk.desk_id)

    def _row(self, desk, number, op_id, digest, linked, judged):
        where = f"{desk.desk_id} {number + 1}"
        if number >= len(desk.rows):
            self._note("not of this desk", where)
            return
        _seq, own_id, own_digest, own_link, _kind, state, verdict, version = desk.rows[number]
        if (own_id.lower(), own_digest.lower()) != (op_id.hex, digest and digest.hex()):
            self._note("another operation", where)
        if own_link.lower() != linked.hex():
            self._note("another chain", where)
        if state != "acked":
            self._note("still to be sent", where)
        elif (verdict, version) != tuple(judged):
            self._note("another verdict", f"{where}: {(verdict, version)}, {tuple(judged)}")

    def _operations(self, desks, expected):
        """Each operation is there once, and what had to be flagged or refused was."""
        verdicts = defaultdict(list)
        for _desk_id, op_id, *_what, verdict in self._ask(_OPERATIONS):
            verdicts[UUID(str(op_id)).hex].append(verdict)
        own = {row[1].lower() for desk in desks for row in desk.rows}
        for op_id in verdicts.keys() - own:
            self._note("nobody's operation", op_id)
        for op_id, found in verdicts.items():
            if len(found) > 1:
                self._note("operation twice", op_id)
        for op_id, verdict in expected.items():
            if verdicts[op_id] != [verdict]:
                self._note("judged otherwise", f"{op_id}: {verdicts[op_id]}, not {verdict}")

    def _dossiers(self, desks, said):
        """Each dossier is there once, and stands where its desk shows it."""
        there = {
            (code, UUID(str(dossier_id)).hex): (status, version)
            for dossier_id, code, status, version in self._ask(_DOSSIERS)
        }
        own = {one: stand for desk in desks for one, stand in desk.dossiers.items()}
        for one in said - own.keys():
            self._note("lost at its desk", " ".join(one))
        for one in own.keys() - there.keys():
            self._note("lost", " ".join(one))
        for one in there.keys() - own.keys():
            self._note("nobody's dossier", " ".join(one))
        for one in there.keys() & own.keys():
            if there[one] != own[one]:
                self._note("stands elsewhere", f"{one[0]}: {there[one]}, at its desk {own[one]}")
        for code, times in Counter(code for code, _dossier_id in there).items():
            if times > 1:
                self._note("code twice", code)

    def _versions(self):
        """Each dossier's versions run from 1 to its own without a gap."""
        versions = defaultdict(list)
        for *_who, dossier_id, version, _verdict in self._ask(_OPERATIONS):
            if version is not None:
                versions[dossier_id].append(version)
        for dossier_id, _code, _status, last in self._ask(_DOSSIERS):
            if sorted(versions.pop(dossier_id, [])) != list(range(1, last + 1)):
                self._note("versions have a gap", dossier_id)
        for dossier_id in versions:
            self._note("versions of no dossier", dossier_id)

    def _feeds(self):
        """Each feed has no gap, its hashes hold, and it tells each operation once."""
        feeds, told = defaultdict(list), Counter()
        for agency_id, *row in self._ask(_FEEDS):
            feeds[agency_id].append(row)
            told[row[1]] += 1
        for agency_id, code, last, end in self._ask(_FEED_ENDS):
            rows, prev_hash = feeds[agency_id], START
            if [row[0] for row in rows] != list(range(1, last + 1)):
                self._note("feed has a gap", code)
            for seq, op_id, digest, version, verdict, whole, linked in rows:
                entry = FeedEntry(
                    seq=seq,
                    op_id=UUID(str(op_id)),
                    op_hash=digest,
                    dossier_version=version or 0,
                    verdict=verdict,
                    whole=whole,
                )
                prev_hash = feed_hash(code, prev_hash, entry)
                if prev_hash != linked:
                    self._note("feed does not hold", f"{code} {seq}")
            if prev_hash != end:
                self._note("another end of a feed", code)
        for _desk_id, op_id, kind, dossier_id, _version, verdict in self._ask(_OPERATIONS):
            if told[op_id] != (dossier_id is not None):
                self._note("feed tells it another number of times", f"{kind} {verdict}")
