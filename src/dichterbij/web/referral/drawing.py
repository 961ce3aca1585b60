"""Rows of a list, drawn once for each kind of row and then filled in.

The rows of a page, with their forms, are most of what a list costs, and differ in a few words. So the template of a row
is drawn with marks in place of everything that is somebody's own, kept, and every row filled in from its own words.
Whatever is not replaced by a mark is part of what a drawing is kept by: a row is never filled into another one's form.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dichterbij.domains.referral.queries import HandoverRow, Tab
from dichterbij.domains.referral.rules import Ball, Level
from dichterbij.web.referral.present import About, Row
from dichterbij.web.site.templatetags.ui import options

# Nobody who types a text knows them; and a text that is filled in is not looked at again.
_SECRET = secrets.token_hex(12)
_ID, _OTHER = uuid4(), uuid4()
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_MARKED = re.compile(f'({_ID}|<option value="{_SECRET}[a-z]+">{_SECRET}[a-z]+</option>|{_SECRET}[a-z]+)')


def _mark(name: str) -> str:
    return f"{_SECRET}{name}"


def _options(name: str) -> str:
    return f'<option value="{_mark(name)}">{_mark(name)}</option>'


def drawn(template: str, rows: Iterable[Row], context: Context) -> SafeString:
    """The rows of a page. The one whose move failed is drawn by itself, with what was typed."""
    known: dict[Any, Any] = context.flatten()
    failed, tab, language = known.get("failed"), known.get("tab"), get_language()
    page = {
        _mark("csrf"): conditional_escape(known.get("csrf_token", "")),
        _options("to"): options(known.get("to", ())),
    }
    drawn_rows = [
        render_to_string(template, known | {"row": row})
        if failed is not None and failed.handover == row.id
        else _filled(_stencil(template, language, tab, _blank(row)), row, page)
        for row in rows
    ]
    return SafeString("".join(drawn_rows))  # nosec B703 - what a template drew, and what is escaped below


def _filled(stencil: tuple[str, ...], row: Row, page: Mapping[str, str]) -> str:
    """Every second part is a mark; one that stands there often is looked up once."""
    words = dict(page)
    parts = list(stencil)
    for place in range(1, len(parts), 2):
        mark = parts[place]
        if mark not in words:
            words[mark] = conditional_escape(_WORDS[mark](row))
        parts[place] = words[mark]
    return "".join(parts)


@lru_cache(maxsize=512)
def _stencil(template: str, _language: str | None, tab: Tab | None, row: Row) -> tuple[str, ...]:
    """What stands in a row of this kind, and in between the marks."""
    mark = _mark("to")
    context = {"row": row, "tab": tab, "to": [(mark, mark)], "csrf_token": _mark("csrf"), "failed": None}
    return tuple(_MARKED.split(get_template(template).render(context)))


# What stands in place of each mark.
_WORDS: Mapping[str, Callable[[Row], str]] = {
    str(_ID): lambda row: str(row.id),
    _options("colleagues"): lambda row: options(row.colleagues),
    _mark("version"): lambda row: row.version,
    _mark("name"): lambda row: row.about.name,
    _mark("question"): lambda row: row.about.question,
    _mark("topic"): lambda row: row.about.topic,
    _mark("reference"): lambda row: row.about.reference,
    _mark("sender"): lambda row: row.sender,
    _mark("holder"): lambda row: row.holder_name,
    _mark("phone"): lambda row: row.holder_phone,
    _mark("ending"): lambda row: row.ending,
    _mark("colleague"): lambda row: row.colleague,
    _mark("by"): lambda row: row.answer_by,
    _mark("accepted"): lambda row: row.accepted_on,
    _mark("ended"): lambda row: row.ended_on,
}


def _blank(row: Row) -> Row:
    """The same kind of row, of nobody."""
    colleagues = (_mark("colleagues"), _mark("colleagues"))
    return replace(
        row,
        handover=_blank_handover(row.handover),
        about=About(_there(row.about.name, "name"), _mark("question"), _mark("topic"), _mark("reference"),
                    row.about.ways),
        version=_mark("version"),
        sender=_mark("sender"),
        holder_name=_mark("holder"),
        holder_phone=_there(row.holder_phone, "phone"),
        ending=_there(row.ending, "ending"),
        colleague=_there(row.colleague, "colleague"),
        colleagues=(colleagues,) if row.colleagues else (),
        answer_by=_mark("by"),
        accepted_on=_mark("accepted"),
        ended_on=_mark("ended"),
    )  # fmt: skip


def _there(text: str, name: str) -> str:
    return _mark(name) if text else ""


def _blank_handover(row: HandoverRow) -> HandoverRow:
    """Only what decides which words and forms there are."""
    return HandoverRow(
        id=_ID, reference="", person=None, message=_mark("message") if row.is_employer else "", region="", topic="",
        from_organisation=None, ball=_blank_ball(row.ball), version=0, answer_by=date.min, question="",
        sender_words="", language="", ending=None, onward=None, result_goes_along=row.result_goes_along,
        made_at=_NEVER, moved_at=_NEVER, accepted_at=None, ended_at=None, invented=False,
    )  # fmt: skip


def _blank_ball(ball: Ball) -> Ball:
    """Of nobody; it came back, and is at the owner, where the real one did and is."""
    level = Level.REGION if ball.is_at_the_owner else Level.DESK
    return Ball(ball.state, level, _ID, _ID if ball.is_at_the_owner else _OTHER, min(1, ball.bounces))
