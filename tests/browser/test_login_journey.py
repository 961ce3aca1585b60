"""From an invitation to a colleague who is in: by mail, phone and codes; without JavaScript and by keyboard alone."""

import email
import os
import re
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import pyotp
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Check = Callable[..., None]
pytestmark = pytest.mark.skipif("SITE_URL" in os.environ, reason="reads the mail of a site of its own")


def newest_link(to: str, part: str) -> str:
    """The path of the link in the newest mail to this address: the demonstration writes its mail to files."""
    letters = sorted((Path(settings.HOME) / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    for path in reversed(letters):
        letter: Message = email.message_from_bytes(path.read_bytes())
        words = str(letter.get_payload(decode=True), "utf-8")
        found = re.search(rf"https?://[^/\s]+(/\w\w/inloggen/{part}/\S+/)", words)
        if found and letter["To"] == to:
            return found[1]
    raise AssertionError(f"no mail to {to} among {len(letters)}")


def choose(page: Page, name: str) -> None:
    """Sign in as somebody invented."""
    page.get_by_role("button", name=f"Inloggen als {name} (demo)").click()


@pytest.mark.long
def test_an_invited_colleague_sets_up_an_app_and_is_in_without_javascript(
    visit: Visit, assert_axe_clean: Check
) -> None:
    coordinator = visit("/nl/inloggen/", width=1280, javascript=False)
    choose(coordinator, "Truus Verzonnen")
    coordinator.get_by_role("link", name="Beheer").click()
    coordinator.get_by_role("link", name="Nodig een collega uit").click()
    coordinator.get_by_label("E-mailadres van je collega").fill("Nieuw.Twente@rmt.example")
    coordinator.get_by_label("Organisatie", exact=True).select_option(index=1)
    coordinator.get_by_label("Adviseur", exact=True).check()
    coordinator.get_by_role("button", name="Verstuur de uitnodiging").click()
    expect(coordinator.get_by_text("nieuw.twente@rmt.example is uitgenodigd.")).to_be_visible()

    page = visit(newest_link("nieuw.twente@rmt.example", "uitnodiging"))
    assert_axe_clean(page)
    page.get_by_label("Je naam").fill("Nora Nieuw")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("heading", name="Nog een slot op de deur")).to_be_visible()
    assert_axe_clean(page)
    secret = page.locator(".login-secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Klaar, log mij in").click()
    expect(page.get_by_text("Dat is niet de code van dit moment").first).to_be_visible()
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Klaar, log mij in").click()
    expect(page.locator(".login-codes code")).to_have_count(10)
    codes = page.locator(".login-codes code").all_inner_texts()
    assert len(codes) == 10
    assert_axe_clean(page)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.locator(".work__who").get_by_text("Nora Nieuw")).to_be_visible()
    page.get_by_role("button", name="Uitloggen").first.click()
    expect(page.get_by_role("heading", name="Je bent uitgelogd")).to_be_visible()

    page.goto("/nl/inloggen/")
    page.get_by_label("Ik werk bij een loket of partner").check()
    page.get_by_label("Je e-mailadres").fill("nieuw.twente@rmt.example")
    page.get_by_role("button", name="Mail mij een link").click()
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    phone = visit(newest_link("nieuw.twente@rmt.example", "link"))
    assert_axe_clean(phone)
    phone.get_by_role("button", name="Log mij in").click()
    assert_axe_clean(phone)
    phone.get_by_label("Code", exact=True).fill(codes[0])
    phone.get_by_role("button", name="Log mij in").click()
    expect(phone.locator(".work__who").get_by_text("Nora Nieuw")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_keeping_accounts_are_clean_and_fit_a_small_phone(
    visit: Visit, assert_axe_clean: Check, scheme: str
) -> None:
    page = visit("/nl/inloggen/", width=1280, scheme=scheme)
    choose(page, "Carla Verzonnen")
    paths = ["/nl/inloggen/account/", "/nl/beheer/", "/nl/beheer/uitnodigen/", "/nl/beheer/organisaties/nieuw/"]
    paths += ["/nl/loket/bijhouden/", "/nl/loket/bijhouden/AM15-rmt/"]
    page.goto("/nl/beheer/")
    paths.append(page.locator("tbody th a").first.get_attribute("href") or "")
    paths.append(page.locator(".manage-do a").first.get_attribute("href") or "")
    page.goto("/nl/beheer/organisaties/")
    paths.append(page.locator(".manage-do a").first.get_attribute("href") or "")
    for path in paths:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(path)
        assert_axe_clean(page, rules=["color-contrast"] if scheme == "dark" else None)
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_somebody_with_two_roles_chooses_by_keyboard(visit: Visit, assert_axe_clean: Check) -> None:
    page = visit("/nl/inloggen/")
    choose(page, "Chantal Verzonnen")
    expect(page.get_by_role("heading", name="Als wie werk je nu?")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="RMT Noord-Holland Noord").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*/rol/).*$"))
    assert page.locator(".work__role").inner_text().startswith("RMT Noord-Holland Noord")
