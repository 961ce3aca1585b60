"""Who is in stands on every page, and public pages cost no question for whoever is not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dichterbij.domains.accounts import actions
from dichterbij.domains.accounts.rules import Actor
from support.accounts import LONG_AGO, START, Browser
from web.login.conftest import ANNA


def test_a_page_of_a_browser_without_session_asks_nothing_about_it_and_sets_no_cookie(db: None) -> None:
    visitor = Client(HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get("/nl/privacy/")
    assert not any("session" in query["sql"] or "accounts_" in query["sql"] for query in asked)
    assert f'href="{START}"' in answer.content.decode()
    assert "sessionid" not in answer.cookies
    assert not answer.wsgi_request.session.accessed


def test_name_and_way_out_stand_on_every_page_of_somebody_who_is_in(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    page = browser.client.get("/nl/privacy/").content.decode()
    assert "Anna" in page
    assert 'class="work__out"' in page


def test_pages_of_somebody_who_is_in_are_kept_by_nobody_in_between(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    assert "private" in browser.client.get("/nl/privacy/")["Cache-Control"]
    assert "no-store" in browser.client.get(f"{START}account/")["Cache-Control"]


@pytest.mark.parametrize("key", ["anna", "aziz", "nobody"])
def test_outside_the_demonstration_nobody_comes_in_without_a_link(db: None, browser: Browser, key: str) -> None:
    actions.load_demo_accounts(now=LONG_AGO)
    assert browser.client.post(f"{START}demo/{key}/").status_code == 404
    assert "demo/" not in browser.client.get(START).content.decode()
    assert not browser.is_in()


def test_in_the_demonstration_one_button_is_enough_for_its_own_accounts_only(
    anna: Actor, browser: Browser, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    actions.load_demo_accounts(now=LONG_AGO)
    page = browser.client.get(START).content.decode()
    assert page.count("(demo)") == 17
    assert page.count("In plaats van eHerkenning") == page.count("Het is geen echte inlog") == 2
    assert "It is no real sign-in" in browser.client.get(START.replace("/nl/", "/en/")).content.decode()
    assert browser.client.post(f"{START}demo/{anna.user}/").status_code == 404
    assert browser.client.post(f"{START}demo/carla/").status_code == 302
    assert browser.is_in()


def test_the_demonstration_is_put_back_without_touching_anybody_real(
    anna: Actor, browser: Browser, settings: object
) -> None:
    from django.utils import timezone

    settings.DEMO = True  # type: ignore[attr-defined]
    actions.load_demo_accounts(now=LONG_AGO)
    browser.client.post(f"{START}demo/carla/")
    real = Browser()
    real.come_in(ANNA)
    actions.reset_demo_accounts(now=timezone.now())
    assert not browser.is_in()
    assert real.is_in()
    browser.client.post(f"{START}demo/carla/")
    assert browser.is_in()
