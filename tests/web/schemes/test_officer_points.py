"""Points of a tender on the page: two people apart, what both give counts, and it changes until the list is public."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.errors import NotPossibleError
from support.roles import browser_of, make_somebody
from support.schemes import GRANT, apply, in_window, opened
from web.schemes.officers import WORK, text_of

POINTS = f"{WORK}punten/"
TENDER = '{method: tender, ties: receipt, rest: next, source: "assumption"}'


class Tender:
    """A round with two plans, and officers who give points."""

    def __init__(self) -> None:
        self.here = opened(GRANT, begins=-3 * 3600, ends=-3600, distribution=TENDER, questions="[]")
        with in_window():
            self.plans = [apply(self.here, f"12345678 {name}").number for name in ("Bakkerij", "Smederij")]

    def give(self, client: Client, *points: str, why: str = "Goed uitgewerkt.") -> str:
        given = {f"points-{number}": one for number, one in zip(self.plans, points, strict=False)}
        given |= {f"why-{number}": why for number, one in zip(self.plans, points, strict=False) if one}
        return text_of(client.post(POINTS, {"do": "save", "round": str(self.here.id), **given}, follow=True))

    def seen(self, client: Client, part: str = "all") -> str:
        return text_of(client.get(f"{POINTS}?ronde={self.here.id}&toon={part}"))

    def back(self, client: Client, number: str) -> str:
        return text_of(client.post(POINTS, {"back": number, "round": str(self.here.id)}, follow=True))

    def publish(self) -> None:
        actions.publish_list(scheme=self.here.scheme.slug, actor="officer", now=timezone.now())


@pytest.fixture
def tender() -> Tender:
    return Tender()


@pytest.fixture
def officers() -> list[Client]:
    return [browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15")) for _ in range(3)]


def test_points_are_given_apart_and_count_when_two_people_give_the_same(tender: Tender, officers: list[Client]) -> None:
    oscar, olga, otto = officers
    assert "Je gaf punten aan 2 plannen." in tender.give(oscar, "70", "55", why="Sterk plan van Oscar.")
    assert "Wacht op een collega" in tender.seen(oscar)
    unseen = tender.seen(olga)
    assert "1 collega gaf punten." in unseen
    assert "Sterk plan van Oscar." not in unseen
    told = tender.give(olga, "70", "60")
    assert "Hetzelfde als een collega, dus deze tellen: 1." in told
    assert "Niet hetzelfde als een collega: 1." in told
    assert "5 punten verschil" in tender.seen(oscar, "differ")
    assert "Sterk plan van Oscar." in tender.seen(olga)
    assert "1 van de 2 plannen" in tender.seen(oscar)
    assert "Twee collega's gaven punten" in tender.seen(otto)
    late = tender.give(otto, "1", why="Te laat gezien.")
    assert "Twee collega's gaven punten, dus niemand anders doet dat. Je typte: 1. Te laat gezien." in late
    assert "Je typte" not in tender.give(otto, "")
    with pytest.raises(NotPossibleError, match=tender.plans[1]):
        tender.publish()
    tender.give(oscar, "70", "60")
    tender.publish()
    (listed,) = queries.draws(scheme=tender.here.scheme.slug)
    assert {one.number: one.score for one in queries.entries(listed).some()} == dict(
        zip(tender.plans, (70, 60), strict=True)
    )


def test_points_are_taken_back_until_the_list_is_public(tender: Tender, officers: list[Client]) -> None:
    oscar, olga, _ = officers
    for client in (oscar, olga):
        tender.give(client, "70", "60")
    assert "teruggenomen" in tender.back(oscar, tender.plans[0])
    assert "1 van de 2 plannen" in tender.seen(oscar)
    with pytest.raises(NotPossibleError, match=tender.plans[0]):
        tender.publish()
    tender.give(oscar, "70")
    tender.publish()
    assert "De lijst is openbaar" in tender.seen(oscar)
    assert "Punten veranderen niet meer. Je typte: 71." in tender.give(oscar, "71", "60")
    assert "Je typte" not in tender.give(oscar, "70", "60")
    assert "Er is niets bewaard" in tender.back(oscar, tender.plans[0])
    assert "70 punten tellen." in tender.seen(olga)


def test_nothing_typed_is_lost_and_nothing_kept_when_one_line_is_wrong(tender: Tender, officers: list[Client]) -> None:
    oscar, *_ = officers
    told = oscar.post(POINTS, {
        "do": "save", "round": str(tender.here.id), f"points-{tender.plans[0]}": "veel",
        f"why-{tender.plans[0]}": "Mooi plan", f"points-{tender.plans[1]}": "60", f"why-{tender.plans[1]}": "",
    })  # fmt: skip
    assert told.status_code == 422
    words = told.content.decode()
    assert 'value="veel"' in words
    assert "Mooi plan" in words
    assert len(re.findall('aria-invalid="true"', words)) == 2
    assert "Nog niemand gaf punten" in tender.seen(oscar)


def test_points_go_out_and_come_back_as_a_table(tender: Tender, officers: list[Client]) -> None:
    oscar, *_ = officers
    table = oscar.get(f"{POINTS}{tender.here.id}.csv").content.decode("utf-8-sig")
    head, first, second = table.splitlines()
    assert head == "nummer;naam;punten;toelichting"
    assert first == f"{tender.plans[0]};Bakkerij;;"
    filled = f"{head}\r\n{first[:-1]}80;=SOM(1)\r\n{second}\r\n"

    def send(text: str, encoding: str = "cp1252") -> str:
        file = SimpleUploadedFile("punten.csv", text.encode(encoding), "text/csv")
        return text_of(oscar.post(POINTS, {"do": "import", "round": str(tender.here.id), "scores": file}, follow=True))

    assert "Je gaf punten aan 1 plan." in send(filled)
    assert f"{tender.plans[0]};Bakkerij;80;'=SOM(1)" in oscar.get(f"{POINTS}{tender.here.id}.csv").content.decode()
    assert "Je gaf punten aan 0 plannen." in send(filled)
    assert "Regel 2" in send(filled.replace("80", "veel"))
    assert "kunnen dit bestand niet gebruiken" in send("wat;is;dit\r\n")
    assert "is geen plan" in send(filled.replace(tender.plans[0], "AV-0000-0000"))


def test_only_scheme_officers_find_the_points(tender: Tender) -> None:
    adviser = browser_of(make_somebody(Role.ADVISER, "AM15"))
    for path in (POINTS, f"{POINTS}{tender.here.id}.csv"):
        assert adviser.get(path).status_code == 404
        assert browser_of(None).get(path).status_code == 302
    assert adviser.post(POINTS, {"do": "save"}).status_code == 404
    oscar = browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15"))
    assert oscar.get(f"{POINTS}999999.csv").status_code == 404
    assert POINTS in oscar.get(WORK).content.decode()
