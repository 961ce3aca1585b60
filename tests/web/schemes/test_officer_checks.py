"""Checks, samples and state aid on the page: reasons to look, never a refusal; a draw that anybody can draw again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.actions.cases import checking, looking
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.checks import Found, SignalCode, TieKind
from dichterbij.domains.schemes.rules.procedure import Stage
from dichterbij.web.schemes.views import officer_check
from support.cases import ANNA, Way, begun
from support.people import as_owner
from support.roles import browser_of, make_somebody
from support.schemes import GRANT, kvk, opened
from web.schemes.officers import CHECKS, WORK, page, press, text_of, today

AID = "steun/"


@pytest.fixture
def olga() -> Client:
    """A scheme officer."""
    return browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15"))


def flags(way: Way) -> list[str]:
    return [one.data["code"] for one in way.view.events if one.step == "flagged"]


def run(client: Client, way: Way) -> str:
    return text_of(client.post(CHECKS, {"do": "check", "round": str(way.here.id)}, follow=True))


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ADMINISTRATOR, Role.EMPLOYER])
def test_nobody_else_finds_these_pages(role: Role) -> None:
    way = begun()
    client = browser_of(make_somebody(role, "AM15"))
    for path in (CHECKS, f"{CHECKS}1/", page(way, "bezwaar/"), page(way, AID), page(way, "document/1/")):
        assert client.get(path).status_code == 404, path
        assert browser_of(None).get(path).status_code == 302, path
    for path in (CHECKS, page(way, "bezwaar/"), page(way, AID)):
        assert client.post(path, {"do": "check"}).status_code == 404, path
    assert flags(way) == []


def test_the_checks_put_reasons_on_cases_that_are_found_by_them_and_refuse_nothing(olga: Client) -> None:
    here = opened(ceiling=9 * GRANT)
    one, other = begun(here, "Bakkerij Aalders", person="sami"), begun(here, "Smederij Noord", person="sami")
    begun(here, "Hotel Linde")
    assert "Er is niets geweigerd" in run(olga, one)
    assert "0 nieuwe redenen" in run(olga, one)
    assert flags(one) == flags(other) == ["same_person"]
    found = olga.get(f"{WORK}?lijst=flagged&reden=same_person&ronde={here.id}")
    assert {row.case.name for row in found.context["rows"]} == {"Bakkerij Aalders", "Smederij Noord"}
    assert "Meer aanvragen voor dezelfde persoon" in text_of(found)
    assert olga.get(f"{WORK}?lijst=flagged&reden=near_name&ronde={here.id}").context["rows"] == []
    assert "2 zaken" in text_of(olga.get(f"{CHECKS}?ronde={here.id}"))
    number = next(event.number for event in one.view.events if event.step == "flagged")
    nothing = press(olga, one, "flag", flagged=str(number), answer="Twee banen.")
    assert nothing.status_code == 422
    assert "Twee banen." in nothing.content.decode()
    press(olga, one, "flag", flagged=str(number), found="in_order", answer="Twee banen van een halve week.")
    assert "Ja, het is in orde" in text_of(olga.get(page(one)))
    assert len(olga.get(f"{WORK}?lijst=flagged&reden=same_person&ronde={here.id}").context["rows"]) == 1
    assert one.view.state.stage is other.view.state.stage is Stage.RECEIVED


@pytest.mark.long  # each case is letters and decisions
def test_a_placement_that_ended_soon_is_written_down_and_looked_at(olga: Client) -> None:
    way = begun().granted()
    soon = press(olga, way, "ended", last_day="1-1-2999", reason="Belde.")
    assert soon.status_code == 422
    assert press(olga, way, "ended", last_day="1-6-2022", reason="Werkgever belde.").status_code == 302
    run(olga, way)
    assert "quick_dismissal" in flags(way)
    assert way.view.state.stage is Stage.GRANTED


def test_a_sample_keeps_what_it_was_drawn_with_and_what_was_found(olga: Client) -> None:
    here = opened(ceiling=9 * GRANT)
    ways = [begun(here, name) for name in ("Noord", "Zuidwest", "Oostpolder")]
    drawn = olga.post(CHECKS, {"do": "draw", "round": str(here.id), "seed": "22  november"}, follow=True)
    assert "22 november" in text_of(drawn)
    assert "1 van de 3" in text_of(drawn)
    (sample,) = reading.samples(round_id=here.id)
    taken = {one.number for one in reading.sample(sample.id)[1]}
    way = next(one for one in ways if one.number in taken)
    for event in [one for one in way.view.events if one.step == "flagged"]:
        press(olga, way, "flag", flagged=str(event.number), found="not_in_order", answer="Het contract ontbreekt.")
    words = text_of(olga.get(f"{CHECKS}{sample.id}/"))
    assert "er klopt iets niet" in words
    assert "Het contract ontbreekt." in words
    olga.post(CHECKS, {"do": "draw", "round": str(here.id), "seed": ""})
    newest, first = reading.samples(round_id=here.id)
    assert len(newest.seed) == 16
    assert first.list_digest == sample.list_digest
    assert olga.get(f"{CHECKS}{2**31}/").status_code == 404
    older = olga.get(f"{CHECKS}?ronde={here.id}&voor={newest.id}")
    assert [one.id for one, *_ in older.context["samples"]] == [first.id]
    assert "Nieuwste steekproeven" in text_of(older)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(officer_check, "MOST_SAMPLES", 1)
        page_of = olga.get(f"{CHECKS}?ronde={here.id}")
    assert [one.id for one, *_ in page_of.context["samples"]] == [newest.id]
    assert f"voor={newest.id}#drawn" in page_of.content.decode()
    assert olga.post(CHECKS, {"do": "draw", "round": str(here.id), "seed": "x" * 99}).status_code == 422
    assert olga.post(CHECKS, {"do": "draw", "round": "999999"}).status_code == 422


def test_many_cases_are_looked_at_by_the_timer_and_the_page_says_when(
    olga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = opened(ceiling=9 * GRANT)
    one, _other = begun(here, "Aalders", person="sami"), begun(here, "Noord", person="sami")
    assert "Nog niemand keek" in text_of(olga.get(f"{CHECKS}?ronde={here.id}"))
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    for _ in range(2):
        assert "Het is binnen enkele minuten klaar" in run(olga, one)
    drawn = olga.post(CHECKS, {"do": "draw", "round": str(here.id), "seed": "zeven"}, follow=True)
    assert "Er komt zo een steekproef" in text_of(drawn)
    assert "Het is binnen enkele minuten klaar" in text_of(drawn)
    assert flags(one) == []
    assert [cases.look_where_asked(now=one.now, actor="tests") for _ in range(2)] == [1, 1]
    assert "same_person" in flags(one)
    words = text_of(olga.get(f"{CHECKS}?ronde={here.id}"))
    assert "Voor het laatst bekeken op" in words
    assert "2 nieuwe redenen" in words
    assert len(reading.samples(round_id=here.id)) == 1
    assert cases.look_where_asked(now=one.now, actor="tests") == 0


def test_every_day_the_timer_looks_by_itself(olga: Client) -> None:
    here = opened(ceiling=9 * GRANT)
    one, _other = begun(here, "Aalders", person="sami"), begun(here, "Noord", person="sami")
    tomorrow = one.now + timedelta(days=1, hours=1)
    cases.look_where_asked(now=one.now, actor="tests")
    assert flags(one) == []
    cases.look_where_asked(now=tomorrow, actor="tests")
    assert flags(one) == ["same_person"]
    assert cases.look_where_asked(now=tomorrow, actor="tests") == 0


def test_a_round_that_fails_keeps_no_other_one_waiting_and_a_turn_does_one(caplog: pytest.LogCaptureFixture) -> None:
    bad, good, other = (begun(opened(ceiling=9 * GRANT)) for _ in range(3))
    tomorrow = other.now + timedelta(days=1, hours=1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with as_owner(), connection.cursor() as owner:
        owner.execute(f"ALTER TABLE schemes_checkasked ADD CHECK (round_id <> {bad.here.id} OR done_at IS NULL)")
    assert [cases.look_where_asked(now=tomorrow, actor="tests") for _ in range(3)] == [1, 1, 0]
    assert "cannot be looked at: IntegrityError" in caplog.text
    done = [reading.looked_at(one.here.id)[0].done_at is not None for one in (bad, good, other)]
    assert done == [False, True, True]
    assert {one.data["round"] for one in latest_events(action="case.look_asked", limit=3)} == {
        one.here.id for one in (bad, good, other)
    }  # fmt: skip


def test_what_an_officer_asked_goes_before_what_is_looked_at_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "AT_ONCE", 0)
    daily, asked = begun(opened(ceiling=9 * GRANT)), begun(opened(ceiling=9 * GRANT))
    tomorrow = asked.now + timedelta(days=1, hours=1)
    cases.ask_to_look(round_id=asked.here.id, actor=ANNA, now=tomorrow + timedelta(minutes=1))
    cases.look_where_asked(now=tomorrow, actor="tests")
    assert reading.looked_at(asked.here.id)[0].done_at
    assert reading.looked_at(daily.here.id)[0].done_at is None


def test_a_sample_of_which_nobody_came_to_write_that_it_is_done_is_not_drawn_again(olga: Client) -> None:
    one = begun()
    checking.sample_round(round_id=one.here.id, seed="zeven", on=one.today, actor=ANNA, now=one.now)
    checking.sample_round(round_id=one.here.id, seed="acht", on=one.today, actor=ANNA, now=one.now)
    again = olga.post(CHECKS, {"do": "draw", "round": str(one.here.id), "seed": "zeven"}, follow=True)
    assert [sample.seed for sample in reading.samples(round_id=one.here.id)] == ["acht", "zeven"]
    assert again.context["sample"].seed == "zeven"


def tell(client: Client, way: Way, what: str, **fields: str) -> int:
    given = {f"{what}-{name}": value for name, value in {"id": str(uuid4()), **fields}.items()}
    return client.post(page(way, AID), {"do": what, **given}).status_code


@pytest.mark.long  # each case is letters and decisions
def test_aid_of_companies_that_belong_together_is_added_up_and_flagged_beyond_the_ceiling(olga: Client) -> None:
    here = opened(ceiling=9 * GRANT, slug="employer_subsidy")
    way, other = begun(here, "Alfa"), begun(here, "Gieterij")
    way.granted()
    aid = {"entity": kvk("Alfa"), "on": today(), "source": "Gemeente Ede, verklaring van 3 juni."}
    assert tell(olga, way, "aid", amount="veel", **aid) == 422
    assert tell(olga, way, "aid", amount="299.000", **aid) == 302
    tie = {"kind": "votes", "since": "1-1-2020", "source": "Handelsregister."}
    assert tell(olga, way, "tie", other="123", **tie) == 422
    assert tell(olga, way, "tie", other=kvk("Gieterij").removeprefix("kvk:"), **tie) == 302
    words = text_of(olga.get(page(other, AID)))
    assert "Gekregen sinds" in words
    assert "€ 302.000" in words
    assert "Dit is meer dan mag" in words
    run(olga, way)
    assert "de_minimis" in flags(other)
    found = reading.undertaking_of(way.id, on=way.today)
    assert found is not None
    (line,) = found.aids
    assert olga.post(page(way, AID), {"do": "strike", "line": str(uuid4())}).status_code == 404
    assert olga.post(page(way, AID), {"do": "strike", "line": str(line.id)}).status_code == 302
    assert "€ 3.000" in text_of(olga.get(page(way, AID)))
    assert tell(olga, way, "aid", amount="0", **aid) == 302
    assert "zegt dat het niets kreeg" in text_of(olga.get(page(way, AID)))
    assert tell(olga, way, "aid", amount="5", **aid | {"on": "1-1-2999"}) == 422
    assert way.view.state.stage is Stage.GRANTED


@pytest.mark.long  # each case is letters and decisions
def test_a_group_with_more_places_than_one_may_have_is_flagged(olga: Client) -> None:
    here = opened(ceiling=20 * GRANT)
    ways = [begun(here, "Alfa", party=cases.Party(f"Alfa {n}")) for n in range(5)]
    split = begun(here, "Beta", party=cases.Party("Beta"))
    cases.tell_tie(
        tie=uuid4(), one=kvk("Alfa"), other=kvk("Beta"), kind=TieKind.SPLIT_FROM, since=split.today, source="KVK",
        actor="tests", now=split.now,
    )  # fmt: skip
    run(olga, split)
    assert sum("group_cap" in flags(way) for way in (*ways, split)) == 1


def test_every_reason_class_and_finding_has_words() -> None:
    from dichterbij.web.schemes import officer_check_words as words
    from dichterbij.web.schemes import officer_words

    assert set(words.LOOKS_AT) == set(SignalCode)
    assert {one.value for one in SignalCode} == set(officer_words.FLAGS)
    assert {one.value for one in TieKind} == set(words.TIES)
    assert set(words.FOUND) == set(Found)
    assert {one.value for one in Found} == set(officer_words.FOUND)
