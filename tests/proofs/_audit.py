"""Holding a store against what it has said was done."""

from collections import Counter

from counter_app.domain.receipt_code import dossier_id_of
from counter_app.services.drafts import unfinished
from counter_app.store.verify import verify
from tests.proofs._papers import WHAT, look_at_papers

_TWICE = "SELECT code FROM dossier WHERE code <> '' GROUP BY code HAVING count(*) > 1"
_RECEIVED = "SELECT code, hex(dossier_id) FROM dossier"
_PRINTED = (
    "SELECT code, CAST(body AS TEXT) ->> '$.copy' FROM operation "
    "JOIN operation_body USING (position) JOIN dossier USING (dossier_id) "
    "WHERE kind = 'receipt_printed'"
)
_WITHOUT_FORM = (
    "SELECT dossier_id FROM operation JOIN operation_body USING (position), "
    "json_each(json_array(CAST(body AS TEXT) ->> '$.procedure.sha256', "
    "CAST(body AS TEXT) ->> '$.receipt_form.sha256')) "
    "WHERE kind = 'received' AND value NOT IN (SELECT sha256 FROM form_version)"
)


def audit(desk, said, note):
    """`note` what of the lines in `said` is not so, and what else is wrong with the store."""
    for finding in verify(desk.store).findings:
        note("unsound", f"{finding.problem.value} {finding.first}")
    with desk.store.read() as connection:

        def rows(query):
            return list(map(tuple, connection.exec_driver_sql(query)))

        received = {(code, dossier_id.lower()) for code, dossier_id in rows(_RECEIVED)}
        printed = Counter((code, str(copy)) for code, copy in rows(_PRINTED))
        twice, without_form = rows(_TWICE), rows(_WITHOUT_FORM)
    for code in twice:
        note("code twice", code)
    for dossier_id in without_form:
        note("form not kept", dossier_id)
    papers = [line for line in said if line.startswith(WHAT)]
    _hold_against([line for line in said if line not in {*papers}], received, printed, note)
    look_at_papers(desk, papers, note)
    known = {dossier_id for _code, dossier_id in received}
    for draft in unfinished(desk):
        if dossier_id_of(draft.token).hex in known:
            note("draft of a dossier", dossier_id_of(draft.token))


def _hold_against(said, received, printed, note):
    for line, times in Counter(said).items():
        what, code, rest = line.split()
        is_there = (code, rest) in received if what == "received" else printed[code, rest] == 1
        if not is_there:
            note("lost", line)
        if times > 1:
            note("said twice", line)
