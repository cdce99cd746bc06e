"""Reasons that are given again and again: chosen instead of typed, and printed as they stand."""

from msgspec import Struct

from counter_app.domain.form_file import FormFile


class UsualReason(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reason, and the kind of entry that it is given for."""

    kind: str
    text: str


class Reasons(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/reasons.toml."""

    reason: tuple[UsualReason, ...] = ()

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the usual reasons for an entry of `kind`, the likeliest first."""
        return tuple(each.text for each in self.reason if each.kind == kind)
