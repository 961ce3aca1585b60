"""A session that ended while a form was filled in: nothing typed is lost, and nobody else sees it."""

import re
from uuid import UUID

from dichterbij.domains.accounts.rules import Actor
from dichterbij.web.login.session import SEEN
from support.accounts import START, Browser, last_link, later
from web.login.conftest import ANNA, CARLA

INVITE = "/nl/beheer/uitnodigen/"
TYPED = {"email": "nieuw@desk.example", "role": "adviser"}


def away_too_long(browser: Browser) -> None:
    """The session's idle time is over."""
    session = browser.client.session
    session[SEEN] = 0
    session.save()


def back_in(browser: Browser, email: str) -> str:
    """Sign in once more; where that leads."""
    browser.ask(email)
    browser.follow(last_link())
    return str(browser.client.post(f"{START}code/", {"code": browser.code(later(0.5))})["Location"])


def sent_too_late(browser: Browser, desk: UUID) -> dict[str, str]:
    """Carla is in, types an invitation, and sends it when her session is over."""
    browser.come_in(CARLA)
    typed = {**TYPED, "organisation": str(desk)}
    away_too_long(browser)
    answer = browser.client.post(INVITE, typed, headers={"Referer": f"http://localhost{INVITE}"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(START)
    return typed


def test_what_was_typed_waits_until_the_same_person_is_back(carla: Actor, desk: UUID, browser: Browser) -> None:
    sent_too_late(browser, desk)
    assert back_in(browser, CARLA) == f"{START}verder/"
    page = browser.client.get(f"{START}verder/").content.decode()
    assert "nieuw@desk.example" in page
    fields = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    assert f'action="{INVITE}"' in page
    assert browser.client.post(INVITE, fields).status_code == 302
    assert "nieuw@desk.example" in browser.client.get("/nl/beheer/").content.decode()
    assert browser.client.get(f"{START}verder/")["Location"] != f"{START}verder/"


def test_somebody_else_in_the_same_browser_never_sees_it(
    carla: Actor, anna: Actor, desk: UUID, browser: Browser
) -> None:
    sent_too_late(browser, desk)
    browser.come_in(ANNA)
    assert "nieuw@desk.example" not in browser.client.get(f"{START}verder/", follow=True).content.decode()


def test_it_can_be_thrown_away(carla: Actor, desk: UUID, browser: Browser) -> None:
    sent_too_late(browser, desk)
    back_in(browser, CARLA)
    browser.client.post(f"{START}verder/")
    assert browser.client.get(f"{START}verder/").status_code == 302


def test_it_lies_sealed_in_the_session(carla: Actor, desk: UUID, browser: Browser) -> None:
    sent_too_late(browser, desk)
    assert "nieuw@desk.example" not in str(dict(browser.client.session.items()))
