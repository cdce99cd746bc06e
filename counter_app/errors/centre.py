"""What stands between a desk and the centre."""

from counter_app.errors.base import CounterError
from counter_app.i18n import N_


class CentreUnreachable(CounterError):
    """Nothing that is proved to be the centre's has answered."""

    message = N_(
        "The centre could not be reached: {reason}. Nothing is lost: all that was registered is "
        "safe at this desk and is sent by itself as soon as the centre answers."
    )
    exit_code = 6


class CentreNotTrusted(CentreUnreachable):
    """Somebody else answers at the centre's address, or the link is not safe."""

    message = N_(
        "What answers at {address} is not proved to be the centre: {reason}. Nothing was sent "
        "that it could read, and nothing counts as sent. Tell the administrator."
    )


class CertificateNotInForce(CentreNotTrusted):
    """The certificate at the centre's address is not valid at the time that this PC shows."""

    message = N_(
        "The certificate at {address} is not valid at the time that the clock of this PC shows, "
        "{here}. Nothing was sent, and nothing is lost. Set the clock right; if it is right, "
        "tell the administrator."
    )


class ClockWrong(CentreUnreachable):
    """The clock of this PC is so far off that nobody's certificate can be checked."""

    message = N_(
        "The clock of this PC says {here}, the centre's says {there}: while it is wrong, nothing "
        "can be sent. All that was registered is safe at this desk. Set the clock right."
    )


class CentreRefused(CounterError):
    """The centre has answered, and did not take what was sent."""

    message = N_(
        "The centre did not take what was sent: {reason}. All of it is safe at this desk. "
        "Tell the administrator."
    )
    exit_code = 7


class EnrolCodeRefused(CentreRefused):
    """The enrolment code is used up, too old, or another centre's."""

    message = N_(
        "The centre does not take this enrolment code: it was used already, is older than a day, "
        "or was made for another agency or centre. Nothing was changed; ask for a new code."
    )


class DeskRevoked(CentreRefused):
    """The centre no longer takes this desk's word."""

    message = N_(
        "The centre has revoked this desk. What is sent is kept apart there, and all of it is "
        "safe here. Do not go on registering at this desk; call the centre."
    )


class DeskUnknown(CentreRefused):
    """The centre has lost this desk: it was put back to a day before the enrolment."""

    message = N_(
        "The centre does not know this desk, perhaps because its data were put back to an earlier "
        "day. All that was registered is safe here. Ask the centre for a new enrolment code, and "
        "connect this desk again."
    )


class ChainForked(CentreRefused):
    """Two desks go on from the same journal: one of them is a copy."""

    message = N_(
        "Another PC has gone on from a copy of this desk's data. Both copies are kept at the "
        "centre, and nothing is lost. Call the centre before registering more."
    )


class ProgramTooOld(CentreRefused):
    """The centre no longer understands this release."""

    message = N_(
        "The centre no longer understands this release of the program ({reason}). All that was "
        "registered is safe at this desk; install the newest release, and it is sent."
    )


class NoNumbersLeft(CentreRefused):
    """Other desks of the agency hold all its dossier numbers."""

    message = N_(
        "All dossier numbers of {agency} from {date} on are leased to other desks. Nothing was "
        "changed. Revoke a desk that is no longer used, or lease fewer numbers to each."
    )


class UnknownDesk(CentreRefused):
    """No such desk was ever enrolled at this centre."""

    message = N_("No desk {desk} was enrolled at this centre. Compare it with “central status”.")
    exit_code = 2
