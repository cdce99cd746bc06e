"""After the power came back: is all there that was said, and does the desk go on?"""

from hashlib import sha256
from random import Random

from counter_app import settings
from counter_app.domain.print_job import JobState
from counter_app.errors import CounterError, NotConfigured, SignInRefused
from counter_app.keys.keyfile import read_keys
from counter_app.services.print_jobs import pending
from counter_app.settings import BACKUPS, STORE_NAME, has_desk
from counter_app.store.backup import manifest_in, opened_backup
from tests.proofs._audit import audit
from tests.proofs._day import LAST_SECOND, password
from tests.proofs._office import Counter, an_application, enter, set_up_desk
from tests.proofs._papers import WHAT, Papers

_LATER = LAST_SECOND + 3600
_ELSEWHERE = "elsewhere "


def look_for(said, to_come, folder, note):
    """`note` what is broken in the profile `folder`: lost, unreadable, or given twice.

    `said` are the lines before the power went, `to_come` those after.
    """
    try:
        desk = _enter_again(folder, said, to_come)
    except NotConfigured:
        if said:
            note("lost", said[0])
        _set_up_again(folder, note)
        return
    except CounterError as error:
        note("unreadable", repr(error))
        return
    try:
        _look_at_small_files(said, to_come, folder, note)
        told = [line for line in said if line.startswith(("received", "printed", *WHAT))]
        _look_at_store(told, desk, note, before=_received(told))
    finally:
        desk.store.close()


def look_elsewhere(said, folder, note):
    """`note` what is broken in the profile on another PC, which went on from a backup."""
    if not has_desk(folder):  # then the same backup is taken once more
        if any(line.startswith("restored") for line in said):
            note("lost", "restored")
        return
    try:
        desk = enter(folder, seconds=_LATER)
    except CounterError as error:
        note("stuck", repr(error))
        return
    try:
        _ask_for_every_paper(desk, note)
        told = [line.removeprefix(_ELSEWHERE) for line in said if line.startswith(_ELSEWHERE)]
        # Who printed what was in the backup stood at the first PC.
        told += [line for line in said if line.startswith(("sent", "marked", "seen", "asked"))]
        _look_at_store(told, desk, note, before=_received(said))
    finally:
        desk.store.close()


def _enter_again(folder, said, to_come):
    """Sign in by the password last said, or by the one that was just being given."""
    last = max((int(_about(line)) for line in said if line.startswith("password")), default=0)
    if f"password {last + 1}" not in to_come:
        return enter(folder, seconds=_LATER, password=password(last))
    try:
        return enter(folder, seconds=_LATER, password=password(last))
    except SignInRefused:
        return enter(folder, seconds=_LATER, password=password(last + 1))


def _set_up_again(folder, note):
    """Begin from the beginning, as is right when no desk is there yet."""
    try:
        set_up_desk(folder)
        enter(folder).store.close()
    except CounterError as error:
        note("stuck", repr(error))


def _look_at_small_files(said, to_come, folder, note):
    reading = read_keys(folder)
    for finding in reading.findings:
        note("unreadable", repr(finding))
    kept = settings.load(folder)  # as they were saved, or as they were before
    if kept.printer and f"settings {kept.printer}" not in {*said, *to_come}:
        note("unreadable", repr(kept))
    for line in said:
        what, about = line.split()[0], _about(line)
        if what == "officer" and reading.keys.find(about) is None:
            note("lost", line)
        if what == "backup" and not _is_whole(folder / BACKUPS / about):
            note("lost", line)


def _look_at_store(told, desk, note, *, before):
    """Hold the store against what was `told`; `before` are the codes that paper bears."""
    codes = []
    Papers(desk, codes.append).go_on(lambda: True)
    dossier = Counter(desk, codes.append).receive(an_application(Random(0)))
    if dossier.code in before:
        note("code twice", dossier.code)
    audit(desk, told + codes, note)


def _ask_for_every_paper(desk, note):
    """`note` a paper of a backup that would be printed unasked: it may have come out since."""
    for job in pending(desk):
        if job.state is not JobState.UNKNOWN:
            note("not asked for", f"{job.id} {job.state.value}")


def _received(said):
    words = [line.removeprefix(_ELSEWHERE).split() for line in said]
    return {about for what, about, *_rest in words if what == "received"}


def _is_whole(file):
    try:
        with opened_backup(file) as packed:
            content = packed.read(STORE_NAME)
            return sha256(content).hexdigest() == manifest_in(packed, file).sha256
    except CounterError:
        return False


def _about(line):
    return line.split()[1]
