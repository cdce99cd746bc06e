"""By which way an application comes, and by which way its result goes back."""

from enum import StrEnum
from typing import Final

from counter_app.i18n import N_, _


class Channel(StrEnum):
    """How an application was handed in; the nation numbers these 1, 2, 3."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"

    def __format__(self, spec: str) -> str:
        """Return the channel in the language spoken."""
        return format(_(_CHANNELS[self]), spec)


class ReturnChannel(StrEnum):
    """Where the applicant wants to have the result."""

    DESK = "desk"
    POST = "post"
    ELECTRONIC = "electronic"

    def __format__(self, spec: str) -> str:
        """Return the channel in the language spoken."""
        return format(_(_RETURN_CHANNELS[self]), spec)


_CHANNELS: Final = {
    Channel.DIRECT: N_("at the desk"),
    Channel.ONLINE: N_("online"),
    Channel.POST: N_("by public post"),
}
_RETURN_CHANNELS: Final = {
    ReturnChannel.DESK: N_("at the desk"),
    ReturnChannel.POST: N_("by public post"),
    ReturnChannel.ELECTRONIC: N_("electronically"),
}
