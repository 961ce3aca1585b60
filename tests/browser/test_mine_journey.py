"""Somebody opens the secret link on a phone: sees what is known, corrects, takes a consent back, is forgotten."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.database import named, server
from support.site import environment_of

Visit = Callable[..., Page]
TESTS = Path(__file__).parents[1]
SEED = """
import django; django.setup()
from django.utils import timezone
from dichterbij.domains.people import actions, queries
from support.people import make_desk, new_person
desk, partner, now = make_desk(), make_desk("partner"), timezone.now()
new = new_person("Sami Demir", phone="06 12345678", email="sami@example.nl")
person = actions.register_person(by=desk.adviser, new=new, consents=[partner.organisation], now=now)
queries.person(actor=desk.adviser, person=person, purpose="guide_person", now=now)
print(actions.new_token(person=person, by=actions.Through("self", ""), now=now))
"""


@pytest.fixture
def own(site_url: str) -> str:
    """The path of the page of somebody whom a desk of the running site registered."""
    with server() as url:
        environment = environment_of(named(url, f"site_{os.getpid()}")) | {"PYTHONPATH": str(TESTS)}
        made = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", SEED], env=environment, check=True, capture_output=True, text=True
        )
    return f"/nl/mijn/{made.stdout.strip()}/"


def test_somebody_sees_corrects_takes_back_and_is_forgotten(own: str, visit: Visit) -> None:
    page = visit(own, javascript=False, width=320)
    expect(page.get_by_role("heading", name="Wat wij van jou weten")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.get_by_role("link", name="Verbeter mijn gegevens").click()
    page.get_by_label("Telefoonnummer").fill("06 87654321")
    page.get_by_role("button", name="Bewaar wat ik veranderde").click()
    expect(page.get_by_text("Het is veranderd")).to_be_visible()
    expect(page.get_by_text("06 87654321")).to_be_visible()

    expect(page.get_by_text("Wat de wet zegt")).to_be_visible()
    page.get_by_text("Trek mijn toestemming in").click()
    page.get_by_role("button", name="Ja, trek die in").click()
    expect(page.get_by_text("Je toestemming is ingetrokken")).to_be_visible()
    assert page.get_by_text("Trek mijn toestemming in").count() == 0

    page.get_by_role("link", name="Wis mij").click()
    page.get_by_role("button", name="Ja, wis alles van mij").click()
    expect(page.get_by_role("heading", name="Je gegevens zijn gewist")).to_be_visible()
    gone = page.goto(own)
    assert gone
    assert gone.status == 404
    expect(page.get_by_text("Deze link werkt niet")).to_be_visible()
    page.get_by_label("Je e-mailadres").fill("sami@example.nl")
    page.get_by_role("button", name="Stuur mij de link").click()
    expect(page.get_by_role("heading", name="Als wij je kennen, is je link onderweg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.long
def test_every_page_about_oneself_can_be_used_by_everybody(
    own: str, visit: Visit, assert_axe_clean: Callable[[Page], None]
) -> None:
    for path in ("", "meenemen/", "verbeteren/", "vergeten/"):
        page = visit(own + path)
        for summary in page.locator("details > summary").all():
            summary.click()
        assert_axe_clean(page)
        page.context.close()
