"""Staff show a code as well, choose a role, and are out when their role is."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.models import SecondFactor, User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.web.login.session import BEGAN, SEEN
from support.accounts import START, Browser, colleague, last_link, organisation
from web.login.conftest import ANNA, CARLA

ACCOUNT = f"{START}account/"


def test_the_link_alone_opens_no_page_for_staff(anna: Actor, browser: Browser) -> None:
    browser.ask(ANNA)
    assert browser.follow(last_link())["Location"] == f"{START}code/instellen/"
    assert not browser.is_in()


def test_at_the_first_time_an_app_is_set_up_and_recovery_codes_are_shown_once(anna: Actor, browser: Browser) -> None:
    page = browser.come_in(ANNA)
    assert len(page.context["codes"]) == 10
    assert browser.is_in()
    assert browser.client.get(f"{START}code/instellen/").status_code == 302


def test_a_second_time_the_code_of_the_app_is_asked_and_works_once(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    at = datetime.now(UTC) + timedelta(seconds=30)  # a clock may be half a minute off: a code that was not used yet
    code = browser.code(at)
    for second, comes_in in ((Browser(), True), (Browser(), False)):
        second.ask(ANNA)
        assert second.follow(last_link())["Location"] == f"{START}code/"
        assert second.client.post(f"{START}code/", {"code": code}).status_code == (302 if comes_in else 422)
        assert second.is_in() is comes_in


def test_a_recovery_code_lets_in_too(anna: Actor, browser: Browser) -> None:
    codes = browser.come_in(ANNA).context["codes"]
    second = Browser()
    second.ask(ANNA)
    second.follow(last_link())
    assert second.client.post(f"{START}code/", {"code": codes[3]}).status_code == 302
    assert second.is_in()


def test_five_wrong_codes_close_the_door_for_a_while(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    second = Browser()
    second.ask(ANNA)
    second.follow(last_link())
    answers = [second.client.post(f"{START}code/", {"code": "000000"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]


def test_the_step_between_link_and_code_does_not_wait_for_ever(anna: Actor, browser: Browser) -> None:
    browser.ask(ANNA)
    browser.follow(last_link())
    session = browser.client.session
    session["halfway"] = {**session["halfway"], "at": session["halfway"]["at"] - 31 * 60}
    session.save()
    assert browser.client.get(f"{START}code/instellen/")["Location"] == START


@pytest.mark.parametrize("path", ["code/", "code/instellen/"])
def test_nobody_reaches_the_code_without_a_link(db: None, browser: Browser, path: str) -> None:
    assert browser.client.get(f"{START}{path}")["Location"] == START


def test_a_role_that_ends_signs_out_at_the_next_page(anna: Actor, carla: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    (held,) = queries.memberships_of(user=anna.user, on=timezone.localdate())
    actions.end_membership(actor=carla, membership=held.id, now=timezone.now())
    assert not browser.is_in()
    assert "user" not in browser.client.session


def test_an_account_that_is_closed_signs_out_at_the_next_page(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    User.objects.update(is_active=False)
    assert not browser.is_in()


def test_signing_out_everywhere_ends_the_other_browsers_too(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    second = Browser(app=browser.app)
    second.ask(ANNA)
    second.follow(last_link())
    second.client.post(f"{START}code/", {"code": second.code(datetime.now(UTC) + timedelta(seconds=30))})
    assert second.is_in()
    second.client.post(f"{START}uit/", {"everywhere": "1"})
    assert not second.is_in()
    assert not browser.is_in()


def test_signing_out_ends_this_browser_and_its_session(anna: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    key = browser.client.cookies["sessionid"].value
    assert browser.client.get(f"{START}uit/").status_code == 200
    assert browser.is_in()
    browser.client.post(f"{START}uit/")
    assert not browser.is_in()
    thief = Browser()
    thief.client.cookies["sessionid"] = key
    assert not thief.is_in()


@pytest.mark.parametrize(
    ("began", "seen", "is_in"),
    [(0, 0, True), (0, 59, True), (0, 61, False), (9 * 60, 5, True), (10 * 60 + 1, 0, False)],
)
def test_a_session_ends_when_it_is_not_used_and_at_the_end_of_a_day(
    anna: Actor, browser: Browser, began: int, seen: int, is_in: bool
) -> None:
    browser.come_in(ANNA)
    session, now = browser.client.session, datetime.now(UTC).timestamp()
    session[BEGAN], session[SEEN] = now - began * 60, now - seen * 60
    session.save()
    assert browser.is_in() is is_in


def test_somebody_with_several_roles_chooses_one_and_gets_a_new_session(
    anna: Actor, desk: UUID, browser: Browser
) -> None:
    second = organisation("Leerwerkloket Verzonnen")
    colleague(ANNA, at=second)
    browser.come_in(ANNA)
    before = browser.client.cookies["sessionid"].value
    page = browser.client.get(f"{START}rol/")
    other = next(row for row in page.context["roles"] if row.organisation == second)
    browser.client.post(f"{START}rol/", {"membership": other.id})
    assert browser.client.get(ACCOUNT).context["standing"].actor.organisation == second
    assert browser.client.cookies["sessionid"].value != before


def test_nobody_takes_the_role_of_somebody_else(anna: Actor, carla: Actor, browser: Browser) -> None:
    browser.come_in(ANNA)
    (held,) = queries.memberships_of(user=carla.user, on=timezone.localdate())
    assert browser.client.post(f"{START}rol/", {"membership": held.id}).status_code == 422
    assert browser.client.get(ACCOUNT).context["standing"].actor.role is Role.ADVISER


def test_after_a_reset_a_new_app_is_set_up_and_the_old_one_is_worth_nothing(
    anna: Actor, carla: Actor, browser: Browser
) -> None:
    browser.come_in(ANNA)
    (held,) = queries.memberships_of(user=anna.user, on=timezone.localdate())
    actions.reset_factor(actor=carla, membership=held.id, now=timezone.now())
    assert not browser.is_in()
    assert not SecondFactor.objects.exists()
    browser.ask(ANNA)
    assert browser.follow(last_link())["Location"] == f"{START}code/instellen/"


def test_somebody_whose_roles_all_ended_is_told_so(anna: Actor, carla: Actor, browser: Browser) -> None:
    (held,) = queries.memberships_of(user=anna.user, on=timezone.localdate())
    actions.end_membership(actor=carla, membership=held.id, now=timezone.now())
    answer = browser.come_in(ANNA)
    assert answer.status_code == 403
    assert "geen rol" in answer.content.decode()
    assert not browser.is_in()


def test_an_invited_colleague_comes_in_with_a_name_and_an_app(carla: Actor, browser: Browser) -> None:
    browser.come_in(CARLA)
    assert carla.organisation
    given = {"email": "nieuw@rmt.example", "organisation": str(carla.organisation), "role": "adviser"}
    assert browser.client.post("/nl/beheer/uitnodigen/", given).status_code == 302
    link, new = last_link("uitnodiging"), Browser()
    assert "RMT Verzonnen" in new.client.get(link).content.decode()
    assert new.client.post(link, {"name": " "}).status_code == 422
    assert new.client.post(link, {"name": "Nieuw"})["Location"] == f"{START}code/instellen/"
    new.set_up()
    assert new.client.get(ACCOUNT).context["standing"].name == "Nieuw"
    assert Browser().client.post(link, {"name": "Dief"}).status_code == 410


def test_whoever_looks_for_work_here_is_asked_for_the_address_of_their_work(anna: Actor, desk: UUID) -> None:
    own = Browser()
    own.come_in("nieuw@desk.example", "citizen")
    carla = colleague(CARLA, Role.COORDINATOR, at=desk, name="Carla")
    new = actions.invite(
        actor=carla, email="nieuw@desk.example", role=Role.ADVISER, organisation=desk, now=timezone.now()
    )
    answer = Browser().client.post(f"{START}uitnodiging/{new.token}/", {"name": "Nieuw"})
    assert answer.status_code == 409
    assert "Vraag een uitnodiging op het adres van je werk" in answer.content.decode()
    assert own.is_in()
    assert User.objects.get(email="nieuw@desk.example").kind == "citizen"
