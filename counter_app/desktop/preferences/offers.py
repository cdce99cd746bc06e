"""What a printer and a paper can be chosen for; without Qt."""

from msgspec import Struct

from counter_app.settings import PaperName


class FormOffer(Struct, frozen=True, kw_only=True):
    """A form for which a printer and a paper can be chosen; `sizes` are those it is made for."""

    id: str
    title: str
    sizes: tuple[PaperName, ...]
