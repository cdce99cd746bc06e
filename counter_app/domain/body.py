"""What every kind of operation has: a name, a version, its nature and its scope."""

from enum import Enum
from typing import ClassVar

from msgspec import Struct


class Nature(Enum):
    """Whether an operation tells what is so, or asks for what another's act can overtake."""

    FACT = "fact"
    INTENT = "intent"


class Scope(Enum):
    """What an operation is about: one dossier, or the desk itself."""

    DOSSIER = "dossier"
    DESK = "desk"


class Body(Struct, frozen=True, kw_only=True):
    """What an operation says. Its JSON carries no tag: (kind, version) in the header tells."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    nature: ClassVar[Nature] = Nature.FACT
    scope: ClassVar[Scope] = Scope.DOSSIER
