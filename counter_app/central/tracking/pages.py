"""The pages as bytes: all that can be written beforehand is, once for each language.

A page is one file: style and all in less than 14 KiB, which a phone has after one exchange even
over a slow link. There is no script, and nothing comes from elsewhere.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from contextvars import copy_context
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from counter_app import assets, i18n
from counter_app.central.tracking import wording
from counter_app.domain.agency import Agency
from counter_app.domain.phone import format_phone, parse_phone
from counter_app.domain.tracking import STEPS, VIETNAM, PageState, Step
from counter_app.i18n import _

_SPACES: Final = re.compile(r"\s*\n\s*")
STYLE: Final = _SPACES.sub("", (assets.RESOURCES / "web" / "style.css").read_text("utf-8"))
STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""Names the style in the Content-Security-Policy: no other is let in."""

_OFFICES: Final = 1024


class Facts(Struct, frozen=True, kw_only=True):
    """What a page says besides its state; what is empty or False is left out.

    `received_on` stands for `received_at` where only the receipt is known, and `due_on` for
    `due_at`. `profile` is the agency in JSON, as the database has it.
    """

    code: str
    received_at: datetime | None = None
    received_on: date
    due_at: datetime | None = None
    due_on: date | None = None
    moved: bool = False
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    reported: bool = True
    last_report: datetime | None = None
    overdue: bool = False
    practice: bool = False
    news_not_read: bool = False
    profile: bytes


class Typed(Struct, frozen=True, kw_only=True):
    """What came from the form, for the link to the other language; `code` is shown again."""

    code: str = ""
    pin: str = ""


class _Head(NamedTuple):
    """What the beginning of a page depends on."""

    state: PageState
    up: str
    overdue: bool = False


class Pages:
    """All pages in one language; `host` is where the pages are, to be read off a print."""

    def __init__(self, language: str, tracking_url: str) -> None:
        self._language = language
        self._host = _shown(urlsplit(tracking_url).netloc)
        self._heads: dict[_Head, bytes] = {}
        self._office = lru_cache(maxsize=_OFFICES)(self._made_office)
        context = copy_context()
        context.run(i18n.speak, language)
        context.run(self._prepare)

    def shown(
        self, state: PageState, facts: Facts, *, up: str, now: datetime, typed: Typed | None = None
    ) -> bytes:
        """Return the page of a receipt that was recognised; `up` leads from it to “/”."""
        parts = [self._head(_Head(state, up, facts.overdue), typed)]
        if facts.practice:
            parts.append(self._practice)
        if facts.news_not_read:
            parts.append(self._news_not_read)
        parts += (
            self._steps.get(state, b""),
            self._facts(state, facts).encode(),
            self._office(facts.profile),
            self._foot(up, now),
        )
        return b"".join(parts)

    def said(
        self,
        state: PageState,
        *,
        up: str,
        now: datetime,
        profile: bytes | None = None,
        typed: Typed | None = None,
    ) -> bytes:
        """Return a page without a dossier: its words, whom to call, and the form."""
        office = b"" if profile is None else self._office(profile)
        form = self._form.format(up=up, code=_shown(typed.code if typed else ""))
        return self._head(_Head(state, up), None) + office + form.encode() + self._foot("", now)

    def _prepare(self) -> None:
        self._weekdays = [i18n.format_weekday(date(2024, 1, day)) for day in range(1, 8)]
        self._texts: dict[str, str] = {
            text: escape(_(text))
            for text in vars(wording).values()
            if isinstance(text, str) and text
        }
        self._words = {
            state: [_(text) for text in (words.headline, words.meaning, words.advice)]
            for state, words in wording.WORDS.items()
        }
        self._steps = {state: _steps(step) for state, step in STEPS.items()}
        self._practice = _note(wording.PRACTICE)
        self._news_not_read = _note(wording.NEWS_NOT_READ)
        self._form = _form(self._language)

    def _head(self, head: _Head, typed: Typed | None) -> bytes:
        if typed is not None:
            return self._made_head(head, typed)
        if (known := self._heads.get(head)) is None:
            known = self._heads[head] = self._made_head(head, None)
        return known

    def _made_head(self, head: _Head, typed: Typed | None) -> bytes:
        headline, meaning, advice = (escape(text) for text in self._words[head.state])
        tone = wording.WORDS[head.state].tone
        if head.overdue:
            headline, meaning = self._texts[wording.LATE], f"{headline}."
            advice, tone = self._texts[wording.OVERDUE], "ask"
        other, name = wording.OTHER_LANGUAGE[self._language]
        site = self._texts[wording.SITE]
        return (
            f'<!doctype html><html lang="{self._language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            '<meta name="robots" content="noindex,nofollow">'
            f"<title>{headline} – {site}</title>"
            f'<link rel="icon" href="{head.up}favicon.svg" type="image/svg+xml">'
            f"<style>{STYLE}</style></head><body>"
            f"<header><p>{site}</p>{_to_language(other, name, typed)}</header><main>"
            f'<div class="lead {tone}"><h1>{headline}</h1><p>{meaning}</p>'
            f"{f'<p>{advice}</p>' if advice else ''}</div>"
        ).encode()

    def _facts(self, state: PageState, facts: Facts) -> str:
        texts = self._texts
        heading = wording.FACTS_HEADING if facts.reported else wording.PRINTED_HEADING
        received = facts.received_at or facts.received_on
        rows = [
            f"<section><h2>{texts[heading]}</h2><dl>",
            f"<dt>{texts[wording.CODE]}</dt><dd>{_shown(facts.code)}</dd>",
            f"<dt>{texts[wording.RECEIVED_ON]}</dt>{self._moment(received, wording.AT_HOUR)}",
        ]
        if state in _PROMISED:
            rows.append(self._due(state, facts))
        if facts.finished_at is not None and state is PageState.READY:
            moment = self._moment(facts.finished_at, wording.AT_HOUR)
            rows.append(f"<dt>{texts[wording.READY_SINCE]}</dt>{moment}")
        if facts.returned_at is not None and state is PageState.RETURNED:
            moment = self._moment(facts.returned_at, wording.AT_HOUR)
            rows.append(f"<dt>{texts[wording.RETURNED_ON]}</dt>{moment}")
        if not facts.reported:
            rows.append(f"<dt>{texts[wording.LAST_REPORT]}</dt>{self._last_report(facts)}")
        return "".join((*rows, "</dl></section>"))

    def _due(self, state: PageState, facts: Facts) -> str:
        due = facts.due_at or facts.due_on
        if due is None:
            return f"<dt>{self._texts[wording.DUE]}</dt><dd>{self._texts[wording.NO_DUE]}</dd>"
        more = f"<span>{self._texts[wording.PAUSED]}</span>" if state in _PAUSED else ""
        if facts.moved and facts.due_on is not None:
            day = i18n.format_date(facts.due_on)
            more += f"<span>{self._texts[wording.FIRST_DUE].format(date=day)}</span>"
        label = wording.NEW_DUE if facts.moved else wording.DUE
        moment = self._moment(due, wording.BY_HOUR, "big", more)
        return f"<dt>{self._texts[label]}</dt>{moment}"

    def _last_report(self, facts: Facts) -> str:
        if facts.last_report is None:
            return f"<dd>{self._texts[wording.NEVER_REPORTED]}</dd>"
        return self._moment(facts.last_report, wording.AT_HOUR)

    def _moment(self, moment: date | datetime, hour: str, size: str = "", more: str = "") -> str:
        opened = f'<dd class="{size}">' if size else "<dd>"
        if not isinstance(moment, datetime):
            weekday = self._weekdays[moment.weekday()]
            return f"{opened}{i18n.format_date(moment)}<span>{weekday}</span>{more}</dd>"
        local = moment.astimezone(VIETNAM)
        weekday = self._weekdays[local.weekday()]
        said = self._texts[hour].format(weekday=weekday, time=f"{local.hour:02}:{local.minute:02}")
        return f"{opened}{i18n.format_date(local)}<span>{said}</span>{more}</dd>"

    def _made_office(self, profile: bytes) -> bytes:
        texts = self._texts
        office = msgspec.json.decode(profile, type=Agency)
        known = [line for line in (office.unit, office.name, office.address) if line]
        first, *others = known or [office.code]
        lines = [
            f"<strong>{_shown(first)}</strong>",
            *(f"<p>{_shown(line)}</p>" for line in others),
        ]
        rows = [
            f"<section><h2>{texts[wording.OFFICE_HEADING]}</h2>",
            f'<address lang="vi">{"".join(lines)}</address>',
        ]
        if office.working_hours:
            hours = f'<span lang="vi">{_shown(office.working_hours)}</span>'
            rows.append(f"<p><small>{texts[wording.HOURS]}</small>{hours}</p>")
        if office.hotline:
            rows.append(f"<p><small>{texts[wording.HOTLINE]}</small>{_to_call(office.hotline)}</p>")
        else:
            rows.append(f"<p>{texts[wording.NO_HOTLINE]}</p>")
        return "".join((*rows, "</section>")).encode()

    def _foot(self, up: str, now: datetime) -> bytes:
        texts = self._texts
        said = texts[wording.AS_OF].format(time=i18n.format_instant(now.astimezone(VIETNAM)))
        link = f'<p class="screen"><a href="{up}?lang={self._language}">{{}}</a></p>' if up else ""
        return (
            f"</main><footer>{link.format(texts[wording.OTHER_DOSSIER])}<p>{said} "
            f"{texts[wording.NOTHING_PERSONAL]}</p><p>{self._host}</p></footer></body></html>"
        ).encode()


_PROMISED: Final = frozenset(
    {
        PageState.RECEIVED,
        PageState.WORKED_ON,
        PageState.SUPPLEMENT,
        PageState.OBLIGATION,
        PageState.READY,
        PageState.UNCLEAR,
        PageState.NOT_YET,
    }
)
_PAUSED: Final = frozenset({PageState.SUPPLEMENT, PageState.OBLIGATION})


def every_language(tracking_url: str) -> Mapping[str, Pages]:
    """Return the pages by language, the default one first."""
    return {language: Pages(language, tracking_url) for language in i18n.languages()}


def _shown(text: str) -> str:
    # Marks that turn the direction of writing would reach beyond the line they stand in.
    if text.isprintable():
        return escape(text)
    return escape("".join(c if c.isprintable() else " " for c in text))


def _note(text: str) -> bytes:
    return f'<p class="note">{escape(_(text))}</p>'.encode()


def _to_language(language: str, name: str, typed: Typed | None) -> str:
    if typed is None:  # relative, so that the digits stay
        return f'<a href="?lang={language}" lang="{language}" hreflang="{language}">{name}</a>'
    return (
        f'<form method="post" action="./"><input type="hidden" name="lang" value="{language}">'
        f'<input type="hidden" name="code" value="{_shown(typed.code)}">'
        f'<input type="hidden" name="pin" value="{_shown(typed.pin)}">'
        f'<button lang="{language}">{name}</button></form>'
    )


def _to_call(hotline: str) -> str:
    digits = parse_phone(hotline)
    if digits is None:  # two numbers, or words with one: shown as it was entered
        return f'<strong lang="vi">{_shown(hotline)}</strong>'
    return f'<a class="call" href="tel:{digits}">{format_phone(digits)}</a>'


def _steps(present: Step) -> bytes:
    rows = [f'<section><h2>{escape(_(wording.STEPS_HEADING))}</h2><ol class="steps" role="list">']
    for step in Step:
        said = escape(_(wording.STEP_WORDS[step]))
        if step is present:
            where = wording.ALL_DONE if step is Step.RETURNED else wording.NOW
            small = f"<small>← {escape(_(where))}</small>"
            rows.append(f'<li class="now" aria-current="step">{said}{small}</li>')
        elif step is Step.ASKED:
            rows.append(f"<li>{said}<small>({escape(_(wording.ONLY_IF_NEEDED))})</small></li>")
        elif step < present:
            small = f"<small>({escape(_(wording.DONE))})</small>"
            rows.append(f'<li class="done">{said}{small}</li>')
        else:
            rows.append(f"<li>{said}</li>")
    return "".join((*rows, "</ol></section>")).encode()


def _form(language: str) -> str:
    texts = {name: escape(_(text)) for name, text in vars(wording).items() if isinstance(text, str)}
    return (
        '<section class="screen"><h2>{FORM_HEADING}</h2>'
        '<form method="post" action="{{up}}">'
        '<input type="hidden" name="lang" value="{language}">'
        '<label for="code">{CODE}</label><p class="hint" id="code-hint">{CODE_HINT}</p>'
        '<input id="code" name="code" value="{{code}}" maxlength="64" required '
        'autocomplete="off" autocapitalize="characters" spellcheck="false" '
        'aria-describedby="code-hint">'
        '<label for="pin">{PIN}</label><p class="hint" id="pin-hint">{PIN_HINT}</p>'
        '<input id="pin" name="pin" maxlength="16" required autocomplete="off" '
        'autocapitalize="characters" spellcheck="false" aria-describedby="pin-hint">'
        "<button>{LOOK_UP}</button></form></section>"
    ).format(language=language, **texts)
