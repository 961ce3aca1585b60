"""Whose work it is, on the pages: filters, taking over, giving, dividing with a look before and a way back."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts import actions as accounts
from dichterbij.domains.accounts.models import Membership, User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.queries import HandoverRow
from support.handing import Desks
from support.referral import organisation_of
from web.referral.test_today import nothing_before, text_of  # noqa: F401

OURS, DIVIDE = "/nl/vandaag/bij-ons/", "/nl/vandaag/verdelen/"


@pytest.fixture
def anna(desks: Desks) -> Actor:
    return desks.world.uwv


@account_work()
def somebody(role: Role, organisation: UUID, region: str) -> Actor:
    """A new colleague there."""
    user = User.objects.create(
        email=f"{uuid4().hex}@loket.example", name="Bram Verzonnen", kind="staff", made_at=timezone.now(), invented=True
    )
    Membership.objects.create(user=user, organisation_id=organisation, role=role.value, valid_from=timezone.localdate())
    return Actor(user.pk, role, organisation, region)


@pytest.fixture
def bram(anna: Actor) -> Actor:
    """A colleague of the same desk, new for this test."""
    return somebody(Role.ADVISER, organisation_of(anna), anna.region)


@pytest.fixture
def browser(desks: Desks, anna: Actor) -> Client:
    return desks.browser(anna)


def accepted(desks: Desks, by: Actor) -> HandoverRow:
    row = desks.world.send(now=timezone.now(), to=organisation_of(by))
    return actions.accept(actor=by, handover=row.id, version=1, now=timezone.now())


@account_work()
def held(actor: Actor) -> int:
    return Membership.objects.get(user_id=actor.user, valid_until=None).pk


def test_a_row_says_which_colleague_does_it_and_the_filter_leaves_ones_own(
    desks: Desks, anna: Actor, bram: Actor, browser: Client
) -> None:
    mine, his = accepted(desks, anna), accepted(desks, bram)
    told = text_of(browser.get(OURS))
    assert "Bram Verzonnen" in told
    assert [row.id for row in browser.get(OURS).context["rows"]][:2] == [mine.id, his.id]
    only_mine = [row.id for row in browser.get(f"{OURS}?wie=mij").context["rows"]]
    assert mine.id in only_mine
    assert his.id not in only_mine
    assert [row.id for row in browser.get(f"{OURS}?wie={bram.user}").context["rows"]] == [his.id]
    empty = text_of(browser.get(f"{OURS}?wie={uuid4()}"))
    assert "Toon alles" in empty


def test_taking_over_and_giving_from_the_list(desks: Desks, anna: Actor, bram: Actor, browser: Client) -> None:
    row = accepted(desks, bram)
    assert "Neem over" in text_of(browser.get(f"{OURS}?wie={bram.user}"))
    done = desks.do(browser, row.id, "take", version=row.version, tab="bij-ons")
    assert done["Location"].startswith(OURS)
    assert [one.id for one in browser.get(f"{OURS}?wie={bram.user}").context["rows"]] == []
    nobody = desks.do(browser, row.id, "give", version=row.version + 1, tab="bij-ons", colleague="")
    assert (nobody.status_code, "Kies een collega" in text_of(nobody)) == (422, True)
    desks.do(browser, row.id, "give", version=row.version + 1, tab="bij-ons", colleague=str(bram.user))
    assert [one.id for one in browser.get(f"{OURS}?wie={bram.user}").context["rows"]] == [row.id]
    late = desks.do(browser, row.id, "take", version=row.version, tab="bij-ons")
    assert late.status_code == 409


def test_work_is_divided_after_a_look_at_the_numbers_and_can_be_undone(
    desks: Desks, anna: Actor, bram: Actor, browser: Client
) -> None:
    rows = [accepted(desks, bram) for _ in range(3)]
    plan = browser.post(DIVIDE, {"doen": "show", "of": str(bram.user), "to": [str(anna.user), "desk"]})
    assert "3 overdrachten van Bram Verzonnen gaan naar anderen" in text_of(plan)
    assert plan.context["plan"]["shares"] == [("Verzonnen", 2), ("het loket, niemand in het bijzonder", 1)]
    assert browser.post(DIVIDE, {"doen": "show", "of": str(bram.user)}).status_code == 422
    done = browser.post(DIVIDE, {"doen": "divide", "of": str(bram.user), "to": [str(anna.user), "desk"]}, follow=True)
    assert "3 overdrachten gingen over" in text_of(done)
    assert queries.caseload_size(organisation=organisation_of(bram), user=bram.user) == 0
    assert "Verzonnen: 3 overdrachten van Bram Verzonnen gingen naar Verzonnen (2), het loket" in text_of(done)
    undo = {"doen": "undo", "division": str(done.context["divisions"][0]["row"].id)}
    back = desks.browser(bram).post(DIVIDE, undo, follow=True)
    assert "3 van de 3" in text_of(back), "a colleague did it, in another browser"
    assert queries.caseload_size(organisation=organisation_of(bram), user=bram.user) == len(rows)
    assert browser.post(DIVIDE, undo).status_code == 404, "once"
    assert browser.post(DIVIDE, {"doen": "undo", "division": "x"}).status_code == 404


def test_work_does_not_go_back_to_somebody_who_left_and_the_page_says_so(
    desks: Desks, anna: Actor, bram: Actor, browser: Client
) -> None:
    accepted(desks, bram)
    browser.post(DIVIDE, {"doen": "divide", "of": str(bram.user), "to": str(anna.user)})
    undo = {"doen": "undo", "division": str(browser.get(DIVIDE).context["divisions"][0]["row"].id)}
    accounts.end_membership(actor=desks.world.coordinator, membership=held(bram), now=timezone.now())
    assert "Dit kan niet terug: Bram Verzonnen werkt niet meer bij dit loket" in text_of(browser.get(DIVIDE))
    refused = browser.post(DIVIDE, undo)
    assert (refused.status_code, "werkt niet meer bij dit loket. Er is niets" in text_of(refused)) == (422, True)


def test_nobody_divides_the_work_of_another_desk_and_the_coordinator_of_the_region_does(
    desks: Desks, anna: Actor, bram: Actor
) -> None:
    accepted(desks, bram)
    there = f"{DIVIDE}?loket={anna.organisation}"
    given = {"doen": "divide", "loket": str(anna.organisation), "of": str(bram.user), "to": "desk"}
    loket = desks.browser(desks.world.loket)
    assert (loket.get(there).status_code, loket.post(DIVIDE, given).status_code) == (404, 404)
    coordinator = desks.browser(desks.world.coordinator)
    assert "Bram Verzonnen" in text_of(coordinator.get(there))
    assert coordinator.post(DIVIDE, given).status_code == 302
    assert queries.caseload_size(organisation=organisation_of(bram), user=bram.user) == 0


def test_a_stand_in_sees_the_work_as_their_own_with_for_whom_and_until_when(
    desks: Desks, anna: Actor, bram: Actor, browser: Client
) -> None:
    row, today = accepted(desks, bram), timezone.localdate()
    accounts.plan_absence(
        actor=bram, membership=held(bram), substitute=held(anna), first_day=today,
        last_day=today + timedelta(days=3), now=timezone.now(),
    )  # fmt: skip
    page = browser.get(f"{OURS}?wie=mij")
    assert row.id in [one.id for one in page.context["rows"]]
    assert "Jij, voor Bram Verzonnen, afwezig tot en met" in text_of(page)


def test_a_search_says_in_which_other_parts_it_is_found_without_an_address(
    desks: Desks, anna: Actor, browser: Client
) -> None:
    word = f"Zq{uuid4().hex[:8]}"
    row = desks.world.send(now=timezone.now(), to=organisation_of(anna), question=f"Iets met {word}")
    actions.accept(actor=anna, handover=row.id, version=1, now=timezone.now())
    page = browser.post("/nl/vandaag/klaar/", {"zoek": word})
    told = text_of(page)
    assert "Ook gevonden in: Bij ons (1)" in told
    assert "Toon alles" in told
    assert f'formaction="{OURS}"' in page.content.decode()
    assert word not in page.request["PATH_INFO"]


def test_what_is_done_says_who_helped_and_how_it_ended(desks: Desks, anna: Actor, browser: Client) -> None:
    row = accepted(desks, anna)
    desks.do(browser, row.id, "close", version=row.version, ending="work")
    told = text_of(browser.get("/nl/vandaag/klaar/"))
    assert "Wie hielp Hoe het afliep" in told
    assert "Wat je kunt doen" not in told


def test_without_a_name_the_page_says_whom_to_call_and_where_to_send_it_on(desks: Desks) -> None:
    now = timezone.now()
    row = desks.world.send(now=now - timedelta(days=160))
    for days in (150, 140, 130):
        actions.watch_terms(now=now - timedelta(days=days))
    holder = queries.handover(actor=desks.world.coordinator, handover=row.id, now=now)[0].ball.holder
    national = desks.browser(somebody(Role.NATIONAL_TEAM, holder, ""))
    page = national.get(f"/nl/vandaag/overdracht/{row.id}/")
    told = text_of(page)
    assert "Je ziet hier geen naam, en toch kun je helpen" in told
    assert f"en noem kenmerk {row.reference}" in told
    assert "Sami" not in told
    version = page.context["row"].handover.version
    to = str(organisation_of(desks.world.uwv))
    done = desks.do(national, row.id, "redirect", version=version, to=to, reason="Inkomen", tab="")
    assert done.status_code == 302
    assert "Sami" in text_of(desks.browser(desks.world.uwv).get(f"/nl/vandaag/overdracht/{row.id}/"))
