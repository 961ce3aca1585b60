"""Where everybody is looked at together, the pages say when one hears, how it was shared, and in which order."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import Scored
from support.database import connected_to_own_database
from support.schemes import GRANT, apply, decided, in_window, key_of, opened, published

SLUG = "language_at_work"
COSTS = '{formula: costs, source: "assumption"}'
PRO_RATA = '{method: pro_rata, rest: next, source: "assumption"}'
TENDER = '{method: tender, rest: next, source: "assumption"}'


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("together"):
        yield


def text(client: Client, path: str) -> str:
    from web.schemes.test_pages import text_of

    return text_of(client.get(path))


def test_one_hears_after_the_window_and_reads_how_it_was_shared(client: Client, own_database: None) -> None:
    still = opened(GRANT, slug=SLUG, begins=-60, distribution=PRO_RATA, questions="[]")
    apply(still, "bakery", key=key_of("still"))
    page = text(client, f"/nl/regelingen/aanvraag/{key_of('still')}/")
    assert "Je hoort het na" in page
    assert "Straks" not in page
    here = opened(100_000, slug="intersectoral_reskilling", begins=-3 * 3600, ends=-3600, distribution=PRO_RATA,
                  questions="[]", amount=COSTS, caps="[]")  # fmt: skip
    with in_window():
        apply(here, "bakery", key=key_of("first"), cost_cents=150_000)
        apply(here, "butcher", cost_cents=50_000)
    decided(here)
    page = text(client, f"/nl/regelingen/aanvraag/{key_of('first')}/")
    assert "Je vroeg € 1.500. Voor iedereen samen was er € 1.000" in page
    assert "€ 750" in page


def test_the_ranking_is_public_with_points_and_without_names(client: Client, own_database: None) -> None:
    here = opened(GRANT, slug=SLUG, begins=-3 * 3600, ends=-3600, distribution=TENDER, questions="[]")
    with in_window():
        numbers = [apply(here, name).number for name in ("bakery", "butcher")]
    scores = [Scored(number, score, "a plan") for number, score in zip(numbers, (60, 80), strict=True)]
    actions.give_scores(scheme=SLUG, scores=scores, actor="a", approved_by="b", now=timezone.now())
    assert client.get(f"/nl/regelingen/{SLUG}/volgorde/").status_code == 404
    published(here)
    assert "Er is nog geen volgorde" in text(client, f"/nl/regelingen/{SLUG}/volgorde/")
    actions.draw_lots(scheme=SLUG, seed="4 8", reason="As published.", actor="a", approved_by="b", now=timezone.now())
    page = text(client, f"/nl/regelingen/{SLUG}/volgorde/")
    assert f"1 {numbers[1]} 80 2 {numbers[0]} 60" in page
    assert "bakery" not in page
    assert "Wie er meedoet" in text(client, f"/nl/regelingen/{SLUG}/")
