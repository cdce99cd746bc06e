"""What language the officer reads, and how words, dates and money are written in it."""

import contextlib
import gettext
import io
import os
import threading
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Final

from counter_app import assets

DEFAULT: Final = "vi"

_spoken: ContextVar[str] = ContextVar("spoken", default=DEFAULT)
_catalogues: dict[tuple[str, str], gettext.NullTranslations] = {}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `text` for translation where it is written; it is translated where it is shown."""
    return text


def _(text: str) -> str:
    """Return `text` in the language spoken in this context."""
    return _catalogue("app").gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, as the language spoken counts."""
    return _catalogue("app").ngettext(one, many, count)


def law(text: str) -> str:
    """Return a Vietnamese text of the law (a form's caption, a procedure's name) as spoken."""
    return _catalogue("forms").gettext(text) if text else ""


def speak(language: str) -> None:
    """Speak `language` from here on, in this context and those copied from it."""
    _spoken.set(language)


def spoken() -> str:
    """Return the language spoken in this context."""
    return _spoken.get()


def languages() -> list[str]:
    """Return the languages there are, by their folders; the default first."""
    found = sorted(path.name for path in (assets.RESOURCES / "locale").iterdir() if path.is_dir())
    return sorted(found, key=lambda name: name != DEFAULT)


_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


_WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def format_weekday(day: date) -> str:
    """Return which day of the week it is: “Thứ Năm”, “Thursday”."""
    return _(_WEEKDAYS[day.weekday()])


def format_date(day: date) -> str:
    """Return `day` as dd/MM/yyyy, which is how both languages write it here."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"  # strftime takes ten times as long


def format_instant(instant: datetime) -> str:
    """Return `instant` as HH:mm dd/MM/yyyy, by the clock of the offset that it carries."""
    return f"{instant.hour:02}:{instant.minute:02} {format_date(instant)}"


def format_long_date(day: date) -> str:
    """Return `day` in words: “ngày 05 tháng 3 năm 2026”, “5 March 2026”.

    A zero stands before days under 10 and before the months 1 and 2, so that nobody can add
    a digit (Decree 30/2020/NĐ-CP, annex I); both zeros are in the Vietnamese texts.
    """
    month = _(_MONTHS[day.month - 1])
    return _("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


def format_money(amount: int) -> str:
    """Return `amount`, in đồng: “150.000 ₫”, “₫150,000”."""
    sign = "−" if amount < 0 else ""
    return sign + _("₫{amount}").format(amount=format_count(abs(amount)))


def format_count(count: int) -> str:
    """Return `count` with its thousands apart: “1.234”, “1,234”."""
    return f"{count:,}".replace(",", _(","))


def format_size(size: int) -> str:
    """Return so many bytes, in kB or MB of 1,024: “320 kB”, “1,5 MB”."""
    kilobytes = -(-size // 1024)
    if kilobytes < 1000:
        return f"{kilobytes} kB"
    tenths = f"{kilobytes / 1024:.1f}".removesuffix(".0")
    return f"{tenths} MB".replace(".", _("."))


def compile_catalogues() -> None:
    """Leave a compiled catalogue beside every text that has none or an older one."""
    for source in (assets.RESOURCES / "locale").glob("*/*.po"):
        _compiled(source)


def _catalogue(domain: str) -> gettext.NullTranslations:
    key = (_spoken.get(), domain)
    if (known := _catalogues.get(key)) is not None:
        return known
    return _catalogues.setdefault(key, _read(*key))


def _read(language: str, domain: str) -> gettext.NullTranslations:
    source = assets.RESOURCES / "locale" / language / f"{domain}.po"
    if not source.exists():  # this language is the one that the msgids are written in
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(_compiled(source)))


def _compiled(source: Path) -> bytes:
    target = source.with_suffix(".mo")
    # In a wheel the times are those of the unpacking, and say nothing.
    if target.exists() and (assets.INSTALLED or _made_at(target) >= _made_at(source)):
        return target.read_bytes()
    # Not at every start: this import takes longer than all else here together.
    from babel.messages import mofile, pofile

    buffer = io.BytesIO()
    with source.open("rb") as file:
        mofile.write_mo(buffer, pofile.read_po(file))
    with contextlib.suppress(OSError):  # a place that cannot be written: compiled every time
        _write_whole(target, buffer.getvalue())
    return buffer.getvalue()


def _made_at(path: Path) -> int:
    return path.stat().st_mtime_ns


def _write_whole(target: Path, content: bytes) -> None:
    # Two programs may start at once, and neither may read the half of what the other writes.
    unfinished = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.mo")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
