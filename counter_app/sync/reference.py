"""What all desks have from the centre: other desks, agencies, numbers, and newer law."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from counter_app.catalogue.from_centre import FOLDER, check_law, is_ours
from counter_app.desk import Desk
from counter_app.errors import InvalidForm
from counter_app.keys.durable import actionable, make_folder, put
from counter_app.store.contact import contact_of
from counter_app.sync.client import CentreClient
from counter_app.sync.note import keep_note
from counter_app.wire.messages import LawFile, Reference


def held(desk: Desk) -> int:
    """Return the version that the desk goes by; 0 before it has any."""
    with desk.store.read() as connection:
        return contact_of(connection).reference_held


def fetch(client: CentreClient, version: int) -> Reference | None:
    """Return what is newer than `version`, or nothing. Touches no database.

    Raises:
        CentreUnreachable: nothing came back that is proved to be the centre's.
        CentreRefused: it does not tell this desk.
    """
    return client.reference(version)


def keep(desk: Desk, reference: Reference) -> None:
    """Work by this reference data from here on; the law in it counts from the next sign-in.

    Law that this release cannot use is not kept, and the law before it holds; all the rest
    is. It is asked for again until it can be used.

    Raises:
        InvalidForm: with the file and the place in it that is wrong.
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    law = [file for file in reference.law if is_ours(file.path)]
    refused = _refused(law)
    if refused is None:  # before the version is noted: a power cut has it fetched again
        _keep_law(desk.store.folder / FOLDER, law)
    with desk.store.begin() as uow:
        uow.record_reference(reference, now=desk.clock.now(), whole=refused is None)
    keep_note(desk)
    if refused is not None:
        raise refused


def refresh(desk: Desk, client: CentreClient) -> int:
    """Fetch and keep what is new, and return the version that the desk goes by.

    Raises:
        InvalidForm: there is law that this release cannot use; the rest is kept.
        CentreUnreachable: nothing came back that is proved to be the centre's.
        CentreRefused: it does not tell this desk.
    """
    found = fetch(client, held(desk))
    if found is not None:
        keep(desk, found)
    else:
        with desk.store.begin() as uow:
            uow.record_contact(now=desk.clock.now())
    return held(desk)


def _refused(law: Sequence[LawFile]) -> InvalidForm | None:
    try:
        for file in law:
            if sha256(file.content).hexdigest() != file.sha256:
                raise InvalidForm(file=file.path, reason="it is not what its hash says")
        check_law((file.path, file.content) for file in law)
    except InvalidForm as error:
        return error
    return None


def _keep_law(folder: Path, law: Iterable[LawFile]) -> None:
    """Make the files in `folder` those of the centre. Durable on return."""
    wanted = {folder / file.path: file.content for file in law}
    for path, content in wanted.items():
        if not path.exists() or path.read_bytes() != content:
            make_folder(path.parent)
            put(path, content)
    with actionable():
        for path in set(folder.glob("*/*")) - wanted.keys():
            path.unlink()
