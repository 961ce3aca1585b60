"""Somebody's own page: everything that is known, and everything one can do about it."""

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.models import Organisation, User
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.people import actions, queries
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.login.session import BEGAN, MEMBERSHIP, SEEN, USER
from support.handed_over import invented_person, sent
from support.people import Desk, make_desk, new_person, register

POST = "Brink 1, 1811 AB Alkmaar"


def text_of(response: Any) -> str:
    """What a page says, without its tags."""
    whole = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(whole).split())


def person_of(own: str) -> UUID:
    found = queries.person_of_token(own.split("/")[3])
    assert found
    return found


def test_the_page_says_what_is_known_why_on_which_ground_and_until_when(own: str, browser: Client) -> None:
    told = text_of(browser.get(own))
    for words in ("Sami Demir", "06 12345678", "sami@example.nl", "1811", "Nederlands"):
        assert words in told
    assert "Om je te bellen of te schrijven over je vraag." in told
    assert "het is de taak van deze organisatie, volgens de wet" in told
    assert "Participatiewet art. 7" in told
    last = timezone.localtime() + timedelta(days=730 + 90)
    assert str(last.year) in told


def test_the_page_says_which_organisation_looked_and_why_and_never_who(own: str, desk: Desk, browser: Client) -> None:
    person = person_of(own)
    queries.person(actor=desk.adviser, person=person, purpose="guide_person", now=timezone.now())
    page = browser.get(own)
    told = text_of(page)
    assert re.search(r"Loket [\d ]+ opende je gegevens iemand begeleiden naar werk", told)
    assert str(desk.adviser.user) not in page.content.decode()


def test_a_long_list_of_looks_shows_the_newest_and_folds_the_rest_away(own: str, desk: Desk, browser: Client) -> None:
    person, now = person_of(own), timezone.now()
    for days in range(1, 12):
        queries.person(actor=desk.adviser, person=person, purpose="guide_person", now=now - timedelta(days=days))
    told = text_of(browser.get(own))
    assert told.count("opende je gegevens") == 11
    newest, _, older = told.partition("Wie er daarvoor keek")
    assert newest.count("opende je gegevens") == 7
    assert older.count("opende je gegevens") == 4


@pytest.mark.parametrize("page", ["", "meenemen/", "meenemen.json", "verbeteren/", "vergeten/"])
def test_nobody_in_between_keeps_a_page_and_no_search_engine_lists_it(page: str, own: str, browser: Client) -> None:
    response = browser.get(own + page)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 500, "..%2f", "%00"])
def test_a_link_that_is_none_is_not_found(token: str, browser: Client) -> None:
    assert browser.get(f"/nl/mijn/{token}/").status_code == 404


def test_a_new_link_ends_the_old_one(own: str, browser: Client) -> None:
    person = person_of(own)
    after = browser.post(own + "nieuwe-link/")
    assert browser.get(own).status_code == 404
    assert "Dit is je nieuwe link" in text_of(browser.get(after["Location"]))
    assert person_of(after["Location"]) == person


def test_somebody_corrects_name_and_contacts(own: str, browser: Client) -> None:
    form = {
        "name": "Sam",
        "language": "en",
        "phone_0": "06 87654321",
        "email_0": "",
        "post_0": "Brink 1, 1811 AB Alkmaar",
    }
    after = browser.post(own + "verbeteren/", form)
    told = text_of(browser.get(after["Location"]))
    assert "Het is veranderd" in told
    for words in ("Sam", "06 87654321", POST, "English"):
        assert words in told
    assert "sami@example.nl" not in told
    assert "Demir" not in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Vul een naam in."),
        ({"phone_0": "bel maar"}, "Dat is geen telefoonnummer."),
        ({"email_0": "sami@"}, "Dat is geen e-mailadres."),
        ({"phone_0": "", "email_0": ""}, "Vul minstens één manier in om je te bereiken"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    change: dict[str, str], words: str, own: str, browser: Client
) -> None:
    form = {
        "name": "Nieuwe Naam",
        "language": "nl",
        "phone_0": "06 87654321",
        "email_0": "nieuw@example.nl",
        "post_0": "",
    }
    page = browser.post(own + "verbeteren/", form | change)
    assert page.status_code == 422
    assert words in text_of(page)
    for value in (form | change).values():
        assert html.escape(value) in page.content.decode()
    assert "Sami Demir" in text_of(browser.get(own))


def test_a_consent_is_taken_back_and_the_partner_sees_nothing_any_more(desk: Desk, browser: Client) -> None:
    partner, now = make_desk("partner"), timezone.now()
    person = actions.register_person(by=desk.adviser, new=new_person("Noor"), consents=[partner.organisation], now=now)
    own = f"/nl/mijn/{actions.new_token(person=person, by=actions.Through('self', ''), now=now)}/"
    asked = {"actor": partner.adviser, "person": person, "purpose": "hand_over"}
    assert queries.person(**asked, now=now).name == "Noor"
    assert text_of(browser.get(own)).count("Trek mijn toestemming in") == 1
    for _again in range(2):
        after = browser.post(own + "intrekken/", {"organisation": str(partner.organisation)})
    told = text_of(browser.get(after["Location"]))
    assert "Je toestemming is ingetrokken" in told
    assert "Hulp van andere loketten gaat door" in told
    assert "Wie het eerder mocht zien" in told
    assert "Trek mijn toestemming in" not in told
    with pytest.raises(NotFoundError):
        queries.person(**asked, now=timezone.now())
    assert queries.person(actor=desk.adviser, person=person, purpose="guide_person", now=timezone.now())


def test_the_desk_hears_at_once_that_a_consent_and_so_a_hand_over_was_taken_back(desk: Desk, browser: Client) -> None:
    partner = make_desk("partner")
    Organisation.objects.filter(pk=partner.organisation).update(email="partner@example.nl")
    row = sent(desk.adviser, partner.organisation, "AM05", invented_person("Noor", "AM05"))
    assert row.person
    own = f"/nl/mijn/{actions.new_token(person=row.person, by=actions.Through('self', ''), now=timezone.now())}/"
    browser.post(own + "intrekken/", {"organisation": str(partner.organisation)})
    told = [letter for letter in mail.outbox if letter.to == ["partner@example.nl"]]
    assert row.reference in told[-1].subject + str(told[-1].body)
    assert "ingetrokken" in told[-1].subject + str(told[-1].body)
    page = text_of(browser.get(own))
    assert "Wat er gebeurde" in page
    assert "of stop dit" not in page


@pytest.mark.parametrize("organisation", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_taking_back_what_was_never_given_breaks_nothing(organisation: str, own: str, browser: Client) -> None:
    assert browser.post(own + "intrekken/", {"organisation": organisation}).status_code in (302, 404)
    assert "Wie dit mag zien" in text_of(browser.get(own))


def test_what_was_told_about_work_is_deleted_alone(own: str, browser: Client) -> None:
    after = browser.post(own + "werk-wissen/")
    told = text_of(browser.get(after["Location"]))
    assert "Wat je over werk vertelde, is gewist" in told
    assert "1811" not in told
    assert "Sami Demir" in told


def test_everything_goes_along_as_json_and_as_a_page(own: str, browser: Client) -> None:
    response = browser.get(own + "meenemen.json")
    assert response["Content-Disposition"].startswith("attachment")
    found = json.loads(response.content)
    assert found["name"] == "Sami Demir"
    assert {"kind": "phone", "value": "06 12345678"} in found["contacts"]
    assert found["about_work"] == {"pc4": 1811, "hours_max": 24}
    assert found["may_see"][0]["ground"] == "public_task"
    assert [look["purpose"] for look in found["looked"]] == ["guide_person"]
    told = text_of(browser.get(own + "meenemen/"))
    for words in ("Sami Demir", "06 12345678", "Wie dit mag zien", "schreef je in"):
        assert words in told


def test_somebody_is_deleted_only_after_a_second_yes(own: str, desk: Desk, browser: Client) -> None:
    person = person_of(own)
    assert "Er is nog niets gewist." in text_of(browser.get(own + "vergeten/"))
    assert browser.get(own).status_code == 200
    after = browser.post(own + "vergeten/", follow=True)
    assert "Je gegevens zijn gewist" in text_of(after)
    assert browser.get(own).status_code == 404
    with pytest.raises(NotFoundError):
        queries.person(actor=desk.adviser, person=person, purpose="guide_person", now=timezone.now())


def test_what_somebody_typed_is_shown_as_text(desk: Desk, browser: Client) -> None:
    person = register(desk, name="<script>alert(1)</script>{{ 7 }}")
    own = f"/nl/mijn/{actions.new_token(person=person, by=actions.Through('self', ''), now=timezone.now())}/"
    for page in ("", "meenemen/", "verbeteren/"):
        shown = browser.get(own + page).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in shown


@account_work()
def citizen(browser: Client) -> User:
    """Somebody signed in as citizen."""
    user = User.objects.create(
        email=f"{uuid4().hex}@example.nl", kind="citizen", made_at=timezone.now() - timedelta(days=1)
    )
    session, now = browser.session, timezone.now().timestamp()
    session.update({USER: str(user.pk), MEMBERSHIP: None, BEGAN: now, SEEN: now})
    session.save()
    return user


def test_a_citizen_keeps_the_page_with_the_account_and_finds_it_without_the_link(own: str, browser: Client) -> None:
    person = person_of(own)
    citizen(browser)
    assert "Bij je account staat nog niets." in text_of(browser.get("/nl/mijn/"))
    assert "Bewaar dit bij mijn account" in text_of(browser.get(own))
    browser.post(own + "bij-mijn-account/")
    told = text_of(browser.get("/nl/mijn/", follow=True))
    assert "Sami Demir" in told
    assert browser.get(f"/nl/mijn/ik/{person}/meenemen/").status_code == 200
    assert browser.get(f"/nl/mijn/ik/{uuid4()}/").status_code == 404


def test_the_person_hears_of_an_account_sees_it_on_the_page_and_takes_it_away(own: str, browser: Client) -> None:
    person = person_of(own)
    citizen(browser)
    browser.post(own + "bij-mijn-account/")
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["sami@example.nl"], "Je eigen pagina hoort nu bij een account"
    )  # fmt: skip
    somebody = Client()
    assert re.search(r"Sinds .{8,20} hoort deze pagina bij een account", text_of(somebody.get(own)))
    after = somebody.post(own + "los-van-account/", follow=True)
    assert "Deze pagina hoort niet meer bij een account" in text_of(after)
    assert browser.get(f"/nl/mijn/ik/{person}/").status_code == 404
    browser.post(own + "bij-mijn-account/")
    assert browser.get(f"/nl/mijn/ik/{person}/").status_code == 200
    assert browser.post(f"/nl/mijn/ik/{person}/los-van-account/")["Location"] == "/nl/mijn/"
    assert browser.get(f"/nl/mijn/ik/{person}/").status_code == 404


def test_a_new_link_ends_what_an_account_opens_and_says_so(own: str, browser: Client) -> None:
    person = person_of(own)
    citizen(browser)
    browser.post(own + "bij-mijn-account/")
    told = text_of(Client().post(own + "nieuwe-link/", follow=True))
    assert "Het account waar deze pagina bij hoorde, opent hem niet meer" in told
    assert browser.get(f"/nl/mijn/ik/{person}/").status_code == 404


def test_whoever_makes_a_new_link_with_the_account_keeps_the_account(own: str, browser: Client) -> None:
    person = person_of(own)
    citizen(browser)
    browser.post(own + "bij-mijn-account/")
    browser.post(f"/nl/mijn/ik/{person}/nieuwe-link/")
    assert browser.get(f"/nl/mijn/ik/{person}/").status_code == 200
    assert browser.get(own).status_code == 404


def test_a_link_on_paper_ties_nobodys_account(desk: Desk, browser: Client) -> None:
    person = register(desk, name="Sami", email="sami@example.nl")
    printed = actions.print_key(
        person=person, actor=desk.adviser, is_here=True, desk="Loket", now=timezone.now() - timedelta(minutes=1),
        site=actions.Site("{token}", ""), by_text=False,
    )  # fmt: skip
    own = f"/nl/mijn/{printed.token}/"
    citizen(browser)
    page = browser.get(own)
    assert page.status_code == 200
    assert "Bewaar dit bij mijn account" not in text_of(page)
    assert browser.post(own + "bij-mijn-account/").status_code == 404
    assert "Bij je account staat nog niets." in text_of(browser.get("/nl/mijn/"))


def test_an_address_that_is_changed_gets_word_of_it(own: str, browser: Client) -> None:
    browser.post(own + "verbeteren/", {"name": "Sam", "language": "nl", "phone_0": "", "email_0": "sam@example.nl",
                                       "post_0": ""})  # fmt: skip
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["sami@example.nl"], "Dit adres hoort niet meer bij een eigen pagina"
    )  # fmt: skip


def test_an_account_sees_only_its_own_page(own: str, browser: Client) -> None:
    citizen(browser)
    browser.post(own + "bij-mijn-account/")
    other = Client()
    citizen(other)
    assert other.get(f"/nl/mijn/ik/{person_of(own)}/").status_code == 404
    assert other.post(own + "bij-mijn-account/").status_code == 404, "one account keeps it already"
    assert "Vraag de link" in text_of(Client().get("/nl/mijn/"))


def test_a_second_press_on_forget_leaves_the_other_person_of_the_account(desk: Desk, browser: Client) -> None:
    citizen(browser)
    people = [register(desk, name=name) for name in ("Noor", "Jan")]
    for person in people:
        token = actions.new_token(person=person, by=actions.Through("self", ""), now=timezone.now())
        browser.post(f"/nl/mijn/{token}/bij-mijn-account/")
    links = re.findall(r'href="(/nl/mijn/ik/[^"]+/)"', browser.get("/nl/mijn/").content.decode())
    assert len(links) == 2
    for expected in (302, 404):
        assert browser.post(links[0] + "vergeten/").status_code == expected
    assert "Jan" in text_of(browser.get("/nl/mijn/", follow=True))


def test_the_page_stays_readable_when_everything_is_over(browser: Client) -> None:
    person = actions.register_person(by=actions.Through("helper", "HO-1"), new=new_person(), now=timezone.now())
    own = actions.new_token(person=person, by=actions.Through("self", ""), now=timezone.now())
    told = text_of(browser.get(f"/nl/mijn/{own}/"))
    assert "Niemand ziet je gegevens nu" in told
    assert "iemand die je helpt" in told


def test_who_is_forgotten_in_another_tab_at_that_moment_gets_a_page_that_is_not_there(
    own: str, browser: Client
) -> None:
    person = person_of(own)
    with ThreadPoolExecutor(1) as other_tab:
        with transaction.atomic():
            actions.forget_person(person=person, by=actions.Through("self", ""), now=timezone.now())
            answer = other_tab.submit(lambda: (browser.post(own + "nieuwe-link/"), connection.close())[0])
            wait_for_a_lock()
        assert answer.result(timeout=10).status_code == 404


def wait_for_a_lock() -> None:
    """Until another connection to this database waits for what this one holds."""
    asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("nobody waits")
