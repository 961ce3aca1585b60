"""Every page of the site, asked by every role and by nobody: what the permission table says is what happens.

Ids in addresses are somebody else's, in another region, and once one's own: a row that is not yours and a row that is
not there give the same answer. Every request is undone, so that each starts from the same rows.
"""

import logging
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from dichterbij.domains.accounts import actions as accounts
from dichterbij.domains.accounts import queries
from dichterbij.domains.accounts.rules import Actor, Reach, Role, read_permissions
from dichterbij.domains.network import actions as network
from dichterbij.domains.network.rules import NewEmployer, NewSite
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.people import actions as people
from dichterbij.domains.referral import actions as referral
from dichterbij.domains.referral.queries import Tab
from dichterbij.domains.referral.rules.finding import NewPlace, PlaceKind
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as case_queries
from support.cases import begun
from support.handed_over import invented_person, sent
from support.people import as_the_site
from support.roles import REGIONS, Somebody, browser_of, make_somebody
from support.routes import Route, routes
from support.schemes import GRANT, opened

MINE, THEIRS = REGIONS
OPEN = {200, 204, 301, 302, 400, 404, 405, 409, 410, 422, 429, 503}  # for everybody: never 401, 403, 500
SEEN = {200, 302, 405, 409, 422}
# What a form must hold to be one: without it the answer to a POST would be 404 whoever asks.
FORMS = {"referral:move": {"move": "accept", "version": "1"}, "own:withdraw": {"organisation": str(UUID(int=1))}}
METHODS = ("get", "post")
# The role has the grant, and this page nothing for it: who has no desk is not away from it, a place is of a region.
NOTHING_FOR = {
    ("login:absence", Role.CITIZEN), ("login:absence", Role.EMPLOYER),
    ("login:absence", Role.STEERING_GROUP), ("login:absence", Role.SCHEME_OFFICER),
    ("login:absence", Role.RESEARCHER), ("login:absence", Role.ADMINISTRATOR),
    # Nothing was changed that could be undone.
    ("desks:keep-undo", Role.COORDINATOR), ("desks:keep-undo", Role.ADMINISTRATOR),
    # The letter was not sent, and asks for no answer.
    ("national:answers", Role.NATIONAL_TEAM), ("national:answers-csv", Role.NATIONAL_TEAM),
    # There is no such table of a region.
    ("national:table", Role.ADVISER), ("national:table", Role.COORDINATOR), ("national:table", Role.NATIONAL_TEAM),
}  # fmt: skip
READS_ONLY = {("national:tables", Role.ADVISER)}  # the coordinator writes them
BY_LEVEL = {("hand_over", "hand_over")}  # the country's reach here is what came up to its own level


@dataclass(frozen=True)
class Rows:
    """What addresses name: ids of one region, and the secrets of one person."""

    handover: UUID
    person: UUID
    membership: int
    organisation: UUID
    invitation: UUID
    link: str
    own_link: str
    code: str
    employer: UUID
    mailing: UUID
    message: str
    case: UUID
    letter: int
    file: UUID
    document: int
    sample: int
    tender: int


@dataclass(frozen=True)
class World:
    """Somebody of every role in one region, rows of that region, and rows of another one."""

    everybody: dict[Role, Somebody]
    mine: Rows
    theirs: Rows
    at_the_top: Rows  # a hand-over that is with the national team

    def own_rows(self, role: Role | None) -> Rows:
        """Rows that this role has something to do with."""
        return self.at_the_top if role is Role.NATIONAL_TEAM else self.mine


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Hundreds of "not found" are what these tests ask for: no line for each."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), as_the_site("door", loaded=True):
        everybody = {role: make_somebody(role, MINE) for role in Role}
        theirs = {role: make_somebody(role, THEIRS) for role in (Role.ADVISER, Role.COORDINATOR)}
        theirs[Role.NATIONAL_TEAM] = everybody[Role.NATIONAL_TEAM]
        mine = _rows(MINE, everybody)
        yield World(everybody, mine, _rows(THEIRS, theirs), replace(mine, handover=_at_the_top(everybody)))


def _rows(region: str, who: dict[Role, Somebody]) -> Rows:
    """Rows of a region: a hand-over from coordinator to adviser, an invitation, a person's own page."""
    adviser, coordinator, now = who[Role.ADVISER], who[Role.COORDINATOR], timezone.now()
    link = secrets.token_urlsafe(32)
    row = sent(coordinator.actor, adviser.organisation, region, invented_person("Sami", region), token=link)
    asked = accounts.invite(
        actor=coordinator.actor, email=f"{region}@new.example", organisation=adviser.organisation, role=Role.ADVISER,
        now=now,
    )  # fmt: skip
    own = people.new_token(person=row.person, by=people.Through("self", ""), now=now)
    if Role.CITIZEN in who:
        people.tie_account(person=row.person, actor=who[Role.CITIZEN].actor, now=now)
    assert adviser.membership
    place = NewPlace(f"plek-{region.lower()}", f"Bibliotheek {region}", PlaceKind.LIBRARY)
    referral.add_place(actor=adviser.actor, new=place, now=now)
    return Rows(
        row.id, row.person, adviser.membership, adviser.organisation, asked.id, link, own, place.code,
        *_national(region, who[Role.NATIONAL_TEAM].actor), _message(region, who.get(Role.EMPLOYER)), *_case(),
    )  # fmt: skip


def _case() -> tuple[UUID, int, UUID, int, int, int]:
    """An application that was granted and paid, its first letter, the payment file, released; a document, a sample; and
    a round that goes by points.
    """
    way = begun(opened(ceiling=GRANT)).settled()
    way.paid_file()
    paper = cases.read_document(kind="other", title="x.pdf", content=b"%PDF-1.7")
    cases.add_evidence(case=way.id, version=way.version, document=paper, actor="tests", now=way.now)
    cases.sample_round(round_id=way.here.id, seed="1", on=way.today, actor="tests", now=way.now)
    tender = opened(ceiling=GRANT, distribution='{method: tender, rest: next, source: "assumption"}', questions="[]")
    (sample,) = case_queries.samples(round_id=way.here.id)
    return way.id, way.view.letters[0].id, way.view.payments[0].file, way.view.evidence[0].id, sample.id, tender.id


def _national(region: str, actor: Actor) -> tuple[UUID, UUID]:
    """An employer with a site in this region only, and a mailing."""
    new, now = NewEmployer(f"Winkels {region}", (NewSite(region, "Stad"),)), timezone.now()
    employer = network.add_employer(actor=actor, new=new, now=now, is_another=True)
    mailing = network.write_mailing(actor=actor, subject="Nieuws", text="Dag", kinds=["general"], only=[], now=now)
    return employer, mailing


def _message(region: str, employer: Somebody | None) -> str:
    """What this employer asked (else somebody who is not here)."""
    email = queries.email_of(user=employer.actor.user) if employer else "else@example.nl"
    sender = openings.NewSender("Bakkerij", "Verzonnen", email, "", "", "", "")
    message = openings.NewMessage("Bakker", None, 1811, region, f"{region}-wsp", True, "nl", {}, date(2100, 1, 1))
    placed = openings.place_message(
        actor="employer", token=secrets.token_urlsafe(32), message=message, sender=sender, now=timezone.now(),
        compose=lambda _row, _handed: (),
    )  # fmt: skip
    return placed.reference


def _at_the_top(who: dict[Role, Somebody]) -> UUID:
    to = who[Role.NATIONAL_TEAM].organisation
    return sent(who[Role.COORDINATOR].actor, to, MINE, invented_person("Noor", MINE)).id


def address(route: Route, rows: Rows) -> str:
    """An address of the page. KeyError for a page that takes something new: say here what it may be."""
    is_row = route.name.startswith(("referral:", "handover_links:"))
    is_scheme = route.name.startswith("schemes:")
    token = rows.link if route.name.startswith("handover:") else rows.own_link
    if not route.name.startswith(("handover:", "mine:")):
        token = secrets.token_urlsafe(32)
    values: dict[str, Any] = {
        "handover": rows.handover, "membership": rows.membership, "organisation": rows.organisation,
        "invitation": rows.invitation, "token": token, "person": rows.person, "tab": Tab.ACCEPT, "region": MINE,
        "home": MINE, "employer": rows.employer, "reference": rows.message, "mailing": rows.mailing,
        "who": Who.JOB_SEEKER, "topic": Topic.WORK, "day": "2022-05-13",
        "key": uuid4() if is_scheme or route.name == "national:table" else "geen",
        "code": rows.code if is_row else MINE,
        "slug": "employer_subsidy" if is_scheme else "open-hiring",
        "pc4s": "1811", "block": "geen", "group": "geen", "opening_id": "geen",
        "regeling": "employer_subsidy", "dag": "2022-05-13", "openstelling": "geen", "besluitdocument": "geen",
        "nummer": "geen", "regio": MINE, "round": "1", "desk": f"{MINE}-rmt", "case": rows.case,
        "letter": rows.letter, "file": rows.file, "document": rows.document, "sample": rows.sample, "place": 1,
        "tender": rows.tender,
    }  # fmt: skip
    with translation.override("nl"):
        return reverse(route.name, kwargs={name: values[name] for name, _kind in route.takes})


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the page did is taken back, also what it keeps for good before a letter leaves."""
    outer = transaction.atomic()
    outer._from_testcase = True  # as in Django's own tests: a durable transaction may begin in it
    with outer:
        yield
        transaction.set_rollback(True)


def asked(route: Route, somebody: Somebody | None, rows: Rows, method: str) -> HttpResponse:
    """The answer of the page, from a fresh browser."""
    with undone():
        return getattr(browser_of(somebody), method)(address(route, rows), FORMS.get(route.name, {}))


def names_a_row(route: Route) -> bool:
    """Whether the address takes the id of somebody's row (links are keys)."""
    ids = ("handover", "person", "membership", "organisation", "invitation", "employer", "mailing", "reference")
    return route.name == "referral:place-poster" or any(name in ids for name, _ in route.takes)


def is_right(route: Route, role: Role | None, answer: HttpResponse, *, foreign: bool) -> bool:
    """Whether the answer is the one that the permission table asks for."""
    table = read_permissions(timezone.localdate())
    wanted, status = table.page(route.name), answer.status_code
    to_login = status == 302 and "/inloggen/?next=" in answer["Location"]
    if route.name in table.programs:  # of the API: for a program with a key, and nobody here has one
        return status in (401, 405)
    if wanted is None:
        return status in OPEN and not to_login
    if role is None:
        return to_login
    reach = table.reach(role, *wanted)
    if reach is None or (route.name, role) in NOTHING_FOR:
        return status == 404 or (reach is not None and status == 405)
    if foreign and names_a_row(route) and (reach is not Reach.COUNTRY or wanted in BY_LEVEL):
        return status in (404, 405)
    if (route.name, role) in READS_ONLY and status == 404:
        return True
    return status in SEEN and not to_login


VISITORS: tuple[Role | None, ...] = (None, *Role)
named = pytest.mark.parametrize("role", VISITORS, ids=lambda role: role.value if role else "nobody")


def wrong_answers(world: World, role: Role | None, pages: Iterable[Route]) -> list[str]:
    """What does not answer this visitor as the table says, with ids of one's own region and of another."""
    table, wrong = read_permissions(timezone.localdate()), []
    somebody = world.everybody[role] if role else None
    for route, method in product(pages, METHODS):
        wanted = table.page(route.name)
        is_shut = wanted is not None and (role is None or table.reach(role, *wanted) is None)  # whatever the id
        for foreign, rows in ((False, world.own_rows(role)), (True, world.theirs)):
            if foreign and (is_shut or not names_a_row(route)):
                continue
            answer = asked(route, somebody, rows, method)
            if not is_right(route, role, answer, foreign=foreign):
                wrong.append(f"{method} {route.name}{' of another region' if foreign else ''}: {answer.status_code}")
    return wrong


def pages(*, for_everybody: bool) -> list[Route]:
    table = read_permissions(timezone.localdate())
    return [route for route in routes() if (table.page(route.name) is None) is for_everybody]


@named
def test_a_page_opens_for_the_roles_that_the_permission_table_names_and_for_nobody_else(
    world: World, role: Role | None
) -> None:
    assert wrong_answers(world, role, pages(for_everybody=False)) == []


@named
def test_pages_for_everybody_ask_nobody_to_sign_in(world: World, role: Role | None) -> None:
    """Each visitor takes every eleventh page here; all of them, for every role, are in `make test-long`."""
    mine = pages(for_everybody=True)[VISITORS.index(role) :: len(VISITORS)]
    assert wrong_answers(world, role, mine) == []


@pytest.mark.long
@named
def test_every_page_for_everybody_opens_for_every_role(world: World, role: Role | None) -> None:
    assert wrong_answers(world, role, pages(for_everybody=True)) == []


@pytest.mark.parametrize("role", [None, Role.ADVISER, Role.CITIZEN], ids=str)
def test_other_methods_get_no_further_than_the_door(world: World, role: Role | None) -> None:
    """A page that was never meant to be changed by PUT or DELETE is not: an adviser gets at most "not that way"."""
    somebody = world.everybody[role] if role else None
    found = {
        asked(route, somebody, world.mine, method).status_code
        for route, method in zip(pages(for_everybody=False), cycle(("put", "patch", "delete")), strict=False)
    }
    assert found <= {302, 404, 405}


def test_an_id_that_is_not_there_and_one_that_is_not_yours_give_the_same_page(world: World) -> None:
    for role, name in ((Role.ADVISER, "referral:one"), (Role.COORDINATOR, "manage:organisation")):
        route = next(route for route in routes() if route.name == name)
        nowhere = replace(world.theirs, handover=uuid4(), organisation=uuid4())
        answers = [asked(route, world.everybody[role], rows, "get") for rows in (world.theirs, nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404]
        bodies = [bare(answer.content) for answer in answers]
        assert bodies[0] == bodies[1], name


def bare(page: bytes) -> bytes:
    """A page without ids and one-time secrets, which differ each time."""
    return re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value=\"[A-Za-z0-9]{64}\"|nonce-\S+", b"", page)


def test_without_the_doorkeeper_this_goes_wrong(world: World, settings: Any) -> None:
    """The guard is what these tests look at: taken away, they are red for every role that has no grant."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".Doorkeeper")]
    closed = [route for route in pages(for_everybody=False) if not route.takes]
    assert wrong_answers(world, Role.RESEARCHER, closed)


def test_every_answer_says_how_a_browser_must_treat_it(world: World) -> None:
    """Also a refusal. No script of ours or others reads the session, and no other site sends it along with a form."""
    for role, route in product((None, Role.ADVISER), pages(for_everybody=False)):
        answer = asked(route, world.everybody[role] if role else None, world.mine, "get")
        policy = answer["Content-Security-Policy"]
        assert all(f"{name} 'none'" in policy for name in ("default-src", "base-uri", "frame-ancestors")), route.name
        assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin"), route.name
        for cookie in answer.cookies.values():
            assert cookie["samesite"] == "Lax", (route.name, cookie.key)
            assert cookie["httponly"], (route.name, cookie.key)


def test_an_error_page_tells_nothing_of_the_inside(world: World, settings: Any) -> None:
    assert settings.DEBUG is False
    answer = browser_of(None).get("/nl/vandaag/aannemen/bestaat-niet/")
    assert answer.status_code == 404
    assert not re.search(rb"Traceback|urlpatterns|dichterbij\.(web|domains)|Django", answer.content)


def test_with_https_browsers_are_told_to_stay_there() -> None:
    """As an operator sets it: one variable."""
    names = "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"
    code = f"from dichterbij.bootstrap import settings; print(*(getattr(settings, name) for name in {names}))"
    environment = {**os.environ, "DICHTERBIJ_HTTPS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["31536000", "True", "True", "True"]
