"""The wordings of the law under which something was done, byte by byte as they were."""

import sqlalchemy as sa

from counter_app.domain.dossier import Dossier
from counter_app.domain.form_file import FormRef
from counter_app.errors import StoreDamaged
from counter_app.i18n import _


def kept_form(connection: sa.Connection, ref: FormRef) -> bytes:
    """Return the bytes of a form as it was when it was used.

    Raises:
        StoreDamaged: what was kept for ever is not there.
    """
    content = kept_bytes(connection, ref)
    if content is None:
        raise StoreDamaged(reason=_("the form {form} is missing").format(form=ref.id))
    return content


def kept_bytes(connection: sa.Connection, ref: FormRef) -> bytes | None:
    """Return the bytes of a form as it was when it was used, or None if it was used elsewhere."""
    query = "SELECT bytes FROM form_version WHERE id = ? AND version = ? AND sha256 = ?"
    parameters = ref.id, ref.version, ref.sha256
    content: bytes | None = connection.exec_driver_sql(query, parameters).scalar()
    return content


def kept_procedure(connection: sa.Connection, dossier: Dossier) -> bytes:
    """Return the bytes of the procedure that a dossier was received under; none if not here.

    Raises:
        StoreDamaged: what was kept for ever is not there.
    """
    if dossier.received is None:
        return b""
    used = dossier.received.procedure
    return kept_form(connection, FormRef(id=used.code, version=used.version, sha256=used.sha256))
