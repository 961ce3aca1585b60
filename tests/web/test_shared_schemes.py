"""Where everybody is looked at together, the pages say when one hears, how it was shared, and in which order."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import Scored
from dichterbij.web.schemes.views import draws as drawn
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


def test_a_long_list_comes_in_pages_finds_ones_own_number_and_is_a_table(
    client: Client, own_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "SIZE", 2)
    monkeypatch.setattr(drawn, "ROWS_AT_ONCE", 2)
    here = opened(GRANT, slug=SLUG, begins=-3 * 3600, ends=-3600, distribution=TENDER, questions="[]")
    with in_window():
        numbers = [apply(here, f"employer {one}").number for one in range(5)]
    scores = [Scored(number, 90 - place, "a plan") for place, number in enumerate(numbers)]
    actions.give_scores(scheme=SLUG, scores=scores, actor="a", approved_by="b", now=timezone.now())
    published(here)
    path = f"/nl/regelingen/{SLUG}/volgorde/"
    before = text(client, path)
    assert [number in before for number in sorted(numbers)] == [True, True, False, False, False]
    actions.draw_lots(scheme=SLUG, seed="4 8", reason="As published.", actor="a", approved_by="b", now=timezone.now())
    second = text(client, f"{path}?pagina=2")
    assert f"3 {numbers[2]} 88 4 {numbers[3]} 87 Vorige pagina Volgende pagina" in second
    assert text(client, f"{path}?pagina=99") == text(client, f"{path}?lijst=1&pagina=3")
    found = client.post(path, {"number": numbers[4].lower()})
    assert "Deze aanvraag heeft plaats 5 van 5" in " ".join(found.content.decode().split())
    assert (found.context["page"], found["Cache-Control"]) == (3, "no-store")
    assert "staat niet op een lijst" in client.post(path, {"number": "AV-2222-2222"}).content.decode()
    sent = client.get(f"{path}1.csv")
    parts = [part.decode() for part in sent.streaming_content]  # type: ignore[attr-defined]
    assert len(parts) == 4
    assert "".join(parts).splitlines()[1:] == [f"{n};{one};{91 - n}" for n, one in enumerate(numbers, 1)]
    assert client.get(f"{path}2.csv").status_code == 404
