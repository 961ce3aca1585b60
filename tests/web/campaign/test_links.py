"""Following a campaign link: on to the page, counted once, and without anything about the visitor."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dichterbij.domains.outreach import queries
from dichterbij.domains.outreach.models import DailyCount
from dichterbij.domains.outreach.rules import Step, Target
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.campaign.middleware import STEP_OF_PAGE
from dichterbij.web.campaign.targets import address_of

DESKS = "/nl/loket/AM05/alle/"
DESK = "/nl/loket/AM05/job_seeker/work/"
LINK = "/c/twente-1/"


def counts() -> dict[str, int]:
    """The steps that were counted."""
    return {step.value: count for step, count in queries.figures()[0].counts.items() if count}


def test_a_link_leads_to_its_page_in_the_language_of_the_browser(item: str, visitor: Client) -> None:
    for language in ("nl", "en"):
        answer = visitor.get(LINK, headers={"Accept-Language": language})
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}/loket/AM05/alle/")
        assert answer["Cache-Control"] == "no-store"


def test_a_link_typed_in_capitals_works_too(item: str, visitor: Client) -> None:
    assert visitor.get("/c/TWENTE-1/", headers={"Accept-Language": "nl"})["Location"] == DESKS


@pytest.mark.parametrize("code", ["bestaat-niet", "%00", "é", "x" * 500, "'; DROP TABLE"])
def test_a_code_that_does_not_exist_leads_home_and_counts_nothing(item: str, visitor: Client, code: str) -> None:
    answer = visitor.get(f"/c/{code}/", headers={"Accept-Language": "nl"})
    assert (answer.status_code, answer["Location"]) == (302, "/nl/")
    assert not answer.cookies
    assert counts() == {}


def test_every_step_counts_once_a_visit(item: str, visitor: Client) -> None:
    for _ in range(2):
        visitor.get(LINK)
        visitor.get(DESKS)
        visitor.get(DESK)
        visitor.post("/c/contact/gekozen/")
    assert counts() == {"visit": 1, "desk": 1, "contact": 1}


def test_another_visitor_counts_anew_and_carries_the_very_same_cookie(item: str, visitor: Client) -> None:
    other = Client(HTTP_HOST="localhost", HTTP_USER_AGENT="Mozilla/5.0 Safari")
    first, second = (browser.get(LINK).cookies["campaign"] for browser in (visitor, other))
    assert first.value == second.value == "twente-1~v"
    assert (first["httponly"], first["samesite"], first["max-age"]) == (True, "Lax", 43_200)
    assert counts() == {"visit": 2}


def test_without_a_link_nothing_is_counted_asked_or_set(
    item: str, visitor: Client, django_assert_num_queries: object
) -> None:
    assert "campaign" not in visitor.get(DESKS).cookies
    visitor.post("/c/contact/gekozen/")
    assert counts() == {}


@pytest.mark.parametrize("cookie", ["", "~", "twente-1~x", "a b~v", "twente-1~" + "v" * 5000 + "!", "~v"])
def test_a_cookie_that_is_not_ours_is_no_visit(item: str, visitor: Client, cookie: str) -> None:
    visitor.cookies["campaign"] = cookie
    assert visitor.get(DESKS).status_code == 200
    assert counts() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"User-Agent": "WhatsApp/2.23"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": ""},
    ],
)
def test_who_asks_not_to_be_followed_and_who_is_no_person_is_sent_on_uncounted(
    item: str, visitor: Client, headers: dict[str, str]
) -> None:
    answer = visitor.get(LINK, headers={"Accept-Language": "nl", **headers})
    assert answer["Location"] == DESKS
    assert not answer.cookies
    visitor.cookies["campaign"] = "twente-1~v"
    visitor.get(DESKS, headers=headers)
    visitor.post("/c/contact/gekozen/", headers=headers)
    assert counts() == {}


def test_looking_ahead_and_pages_that_fail_are_no_steps(item: str, visitor: Client) -> None:
    visitor.head(LINK)
    visitor.cookies["campaign"] = "twente-1~v"
    visitor.head(DESKS)
    visitor.get("/nl/loket/AM99/alle/")
    assert counts() == {}


def test_a_count_says_nothing_but_item_day_step_and_number(item: str, visitor: Client) -> None:
    visitor.get(LINK)
    assert {field.name for field in DailyCount._meta.get_fields()} == {"id", "item", "on", "step", "count"}
    assert re.fullmatch(r"date", str(DailyCount._meta.get_field("on").db_type(connection)))


def test_a_page_comes_when_its_step_cannot_be_counted(
    item: str, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.cookies["campaign"] = "twente-1~v"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE outreach_dailycount RENAME TO elsewhere")
    answer = visitor.get(DESKS)
    assert (answer.status_code, "campaign" in answer.cookies) == (200, False)
    assert "rest for 30 seconds because of ProgrammingError" in caplog.text
    assert "twente" not in caplog.text
    assert visitor.get(LINK).status_code == 302


@pytest.mark.parametrize("target", list(Target))
def test_every_target_is_a_page_of_this_site(item: str, visitor: Client, target: Target) -> None:
    with translation.override("nl"):
        address = address_of(replace(queries.item_row(item), target=target))
    assert (address == "/nl/") is (target is Target.HOME), "a page is missing: every other target leads elsewhere"


@pytest.mark.parametrize("name", STEP_OF_PAGE)
def test_every_page_that_is_a_step_exists(name: str) -> None:
    arguments = {"near:opening": ["x"], "desks:all": ["AM05"], "regions:region": ["AM05"], "placing:message": ["x"],
                 "handover:own": ["x"], "desks:result": ["AM05", Who.JOB_SEEKER, Topic.WORK]}  # fmt: skip
    assert reverse(name, args=arguments.get(name, []))


def test_contact_is_told_by_post_only(item: str, visitor: Client) -> None:
    assert visitor.get("/c/contact/gekozen/").status_code == 405
    assert Step.CONTACT.value not in counts()
