"""A list asks as much of the database for twenty-five rows as for one, and what it asks is kept in `queries.txt`.

A page that asks something else fails; when that is meant, `DICHTERBIJ_UPDATE_QUERIES=1 pytest tests/lists` writes the
file anew, and the change shows what it costs.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import actions as people
from dichterbij.domains.people.actions import Through
from support.captured import Asked
from support.handing import Desks
from support.referral import World

KEPT = Path(__file__).with_name("queries.txt")
UPDATE = os.environ.get("DICHTERBIJ_UPDATE_QUERIES") == "1"


@dataclass(frozen=True)
class Page:
    """A list: who looks at it, and how it is asked."""

    name: str
    actor: Callable[[World], Actor] | None
    address: str
    search: str = ""


def loket(world: World) -> Actor:
    return world.loket


def wsp(world: World) -> Actor:
    return world.wsp


def coordinator(world: World) -> Actor:
    return world.coordinator


TODAY = "/nl/vandaag/"
PAGES = (
    Page("today: to answer", loket, f"{TODAY}aannemen/"),
    Page("today: waiting", wsp, f"{TODAY}wachten/"),
    Page("today: too late", loket, f"{TODAY}te-laat/"),
    Page("today: ours", loket, f"{TODAY}bij-ons/"),
    Page("today: done", loket, f"{TODAY}klaar/"),
    Page("today: employers only", loket, f"{TODAY}aannemen/?soort=werkgevers"),
    Page("today: searched", loket, f"{TODAY}aannemen/", "Persoon"),
    Page("today: as a file", loket, f"{TODAY}bij-ons/bestand.csv"),
    Page("agenda of a case meeting", coordinator, f"{TODAY}casusoverleg/"),
    Page("figures", coordinator, f"{TODAY}cijfers/"),
    Page("finding places", loket, f"{TODAY}vindplaatsen/"),
    Page("dividing the work", loket, f"{TODAY}verdelen/"),
    Page("colleagues", coordinator, "/nl/beheer/"),
    Page("organisations", coordinator, "/nl/beheer/organisaties/"),
    Page("own page", None, "/nl/mijn/{token}/"),
)


def ask(page: Page, browser: Client, token: str) -> HttpResponse:
    address = page.address.format(token=token)
    return browser.post(address, {"zoek": page.search}) if page.search else browser.get(address)


def asked(page: Page, world: World, person: object) -> list[str]:
    """What the page asks once everything that is kept in memory is there."""
    browser = Desks(world).browser(page.actor(world)) if page.actor else Client()
    by = Through("self", "")
    token = people.new_token(person=person, by=by, now=timezone.now()) if page.actor is None else ""  # type: ignore[arg-type]
    assert ask(page, browser, token).status_code == 200
    with Asked() as found:
        ask(page, browser, token)
    return found.lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_list_asks_the_same_for_one_row_as_for_twenty_five(regions: dict, page: Page) -> None:
    one, many = (asked(page, *regions[number]) for number in (1, 25))
    assert many == one
    if UPDATE:
        keep(page.name, one)
    assert one == kept().get(page.name), (
        f"another snapshot: {KEPT.name} is written anew with DICHTERBIJ_UPDATE_QUERIES=1"
    )


def kept() -> dict[str, list[str]]:
    """The pages of the file with what they ask."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else ():
        if line.startswith("# "):
            name = line[2:].rpartition(": ")[0]
            found[name] = []
        elif line:
            found[name].append(line)
    return found


def keep(name: str, lines: list[str]) -> None:
    every = kept() | {name: lines}
    parts = [
        f"# {page.name}: {len(every[page.name])}\n" + "\n".join(every[page.name])
        for page in PAGES
        if page.name in every
    ]
    KEPT.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
