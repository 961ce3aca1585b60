"""HTML and formulas in every text field of every form that can be reached, and then every page and every file again."""

import csv
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.referral.queries import Tab
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from support.people import as_the_site
from support.roles import browser_of, make_somebody
from support.routes import routes

pytestmark = pytest.mark.long  # some hundreds of pages
REGION = "AM05"
HTML = '"><script>alert(7)</script><b onmouseover=alert(7)>'
WORDS = (f"=1+1{HTML}", f"@SUM(1){HTML}", f"-2+3{HTML}", "{{ 7*7 }}{% now 'Y' %}")
TYPED = {"text", "search", "tel", "url", "email", "textarea"}
GIVEN = {
    "region": REGION,
    "home": REGION,
    "topic": Topic.WORK,
    "who": Who.JOB_SEEKER,
    "tab": Tab.ACCEPT,
    "door": "staff",
}
LEFT_OUT = {"login:sign-out", "login:sign-out-everywhere", "site:language", "set_language"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROLES = (Role.ADVISER, Role.COORDINATOR, Role.NATIONAL_TEAM, Role.ADMINISTRATOR)


@dataclass
class Form:
    """A form of a page: where it goes, and what can be filled in."""

    action: str
    method: str
    fixed: dict[str, list[str]] = field(default_factory=dict)
    typed: list[tuple[str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """The forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms:
            self._control(self.forms[-1], tag, given)

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text") if tag == "input" else tag
        if tag == "select":
            self.choosing = name
        elif tag == "option" and self.choosing and given.get("value"):
            form.fixed.setdefault(self.choosing, [given["value"]])
        elif name and kind in TYPED:
            form.typed.append((name, kind))
        elif name and kind in ("hidden", "radio", "checkbox", "date", "number"):
            form.fixed.setdefault(name, [given.get("value") or {"number": "3", "date": "2026-12-01"}.get(kind, "1")])

    def handle_endtag(self, tag: str) -> None:
        self.choosing = "" if tag == "select" else self.choosing


@pytest.fixture(scope="module")
def browsers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    with django_db_blocker.unblock(), as_the_site("words", loaded=True):
        found = {role.value: browser_of(make_somebody(role, REGION)) for role in ROLES}
        yield {"nobody": browser_of(None), **found}
    logging.getLogger("django.request").setLevel(logging.NOTSET)


def addresses() -> Iterator[str]:
    """Every page whose address we can write."""
    for route in routes():
        if route.name in LEFT_OUT:
            continue
        try:
            yield reverse(route.name, kwargs={name: GIVEN[name] for name, _ in route.takes})
        except (KeyError, NoReverseMatch, AttributeError):
            continue


def is_html(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def problems(who: str, address: str, answer: HttpResponse) -> Iterator[str]:
    """What is wrong with an answer: it broke, it runs what somebody typed, or a spreadsheet would."""
    if answer.status_code >= 500 and answer.status_code != 503:
        yield f"{who}, {address}: {answer.status_code}"
    if answer.streaming:
        return
    text = answer.content.decode(errors="replace")
    if is_html(answer) and ("<script>alert(7)" in text or "<b onmouseover" in text or "49{" in text):
        yield f"{who}, {address}: what was typed became part of the page"
    if answer.headers.get("Content-Type", "").startswith("text/csv"):
        cells = (cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row)
        yield from (f"{who}, {address}: a formula {cell[:20]!r}" for cell in cells if cell.startswith(FORMULA))


def sent(browser: Client, address: str, form: Form, words: str) -> HttpResponse:
    filled: dict[str, Any] = dict(form.fixed)
    for name, kind in form.typed:
        # An address must be one, or nothing is kept: once as an address with the words in its name, else as it is.
        filled[name] = "'=1+1'@example.nl" if kind == "email" else "06 12345678" if kind == "tel" else words
    cache.clear()
    return browser.post(form.action or address, filled, follow=True)


def test_what_is_typed_stays_words_on_every_page_and_in_every_file(browsers: dict[str, Client]) -> None:
    found, forms = [], 0
    for who, browser in browsers.items():
        for address in addresses():
            answer = browser.get(address)
            if answer.status_code != 200 or not is_html(answer):
                continue
            reader = Reader()
            reader.feed(answer.content.decode())
            for number, form in enumerate(one for one in reader.forms if one.method == "post" and one.typed):
                forms += 1
                found += problems(who, f"{address} sent", sent(browser, address, form, WORDS[number % len(WORDS)]))
                found += problems(who, f"{address} sent", sent(browser, address, form, WORDS[forms % len(WORDS)]))
    assert forms > 40
    for who, browser in browsers.items():
        found += [problem for address in addresses() for problem in problems(who, address, browser.get(address))]
    assert sorted(set(found)) == []
