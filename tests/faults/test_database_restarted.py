"""The database stops and starts again under sixteen users: nobody's hand-over is lost, doubled or half there.

And two desks that press the same button in the same second. All through the real site, as browsers do.
"""

import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests
from django.db import connections

from dichterbij.bootstrap import database, postgres
from dichterbij.domains.accounts.models import Membership
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.queries import verify
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.seeing import own_work
from support.handing import REGION, Desks
from support.post import letters
from support.referral import World, make_actor, make_world, organisation_of
from support.site import environment_of, running_site

pytestmark = pytest.mark.long  # a server and a site of its own
USERS = 16
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CALM = "Deze pagina lukt nu even niet"


@dataclass
class Site:
    """A site on a server of its own, and the desks of one region in it."""

    address: str
    home: Path
    world: World

    def stop(self) -> None:
        """The database goes away, with everybody still connected."""
        postgres._run("pg_ctl", "stop", "-D", str(self.home / "data"), "-m", "fast", "-w", "-s")

    def start(self) -> None:
        """And comes back."""
        postgres._start(self.home, {})


@dataclass
class User:
    """An adviser in a browser, who sends a form again until it was taken."""

    site: Site
    actor: Actor
    session: requests.Session = field(default_factory=requests.Session)
    statuses: Counter[int] = field(default_factory=Counter)
    calm: bool = True

    def come_in(self) -> "User":
        """Signed in, as the door makes it."""
        cookies = Desks(self.site.world).browser(self.actor).cookies
        for name, morsel in cookies.items():
            self.session.cookies.set(name, morsel.value)
        return self

    def ask(self, method: str, path: str, **form: Any) -> requests.Response:
        """One page, or the same once more while the site has no database."""
        deadline = time.monotonic() + 60
        while True:
            answer = self.session.request(
                method, self.site.address + path, data=form or None, timeout=30, allow_redirects=False
            )
            self.statuses[answer.status_code] += 1
            if answer.status_code != 503 or time.monotonic() > deadline:
                return answer
            self.calm = self.calm and CALM in answer.text and int(answer.headers["Retry-After"]) > 0
            time.sleep(0.3)

    def hand_over(self, question: str) -> None:
        """Somebody handed over from the form of the page."""
        path = f"/nl/overdragen/{REGION}/work/"
        hidden = dict(HIDDEN.findall(self.ask("GET", path).text))
        form = hidden | {
            "name": "Sami", "phone": "06 12345678", "email": "", "question": question, "agreed": "1",
            "to": str(organisation_of(self.site.world.loket)),
        }  # fmt: skip
        answer = self.ask("POST", path, **form)
        assert answer.status_code == 302, (answer.status_code, re.findall(r"error[^<]*<[^<]*", answer.text)[:3])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("restarted")
    with django_db_blocker.unblock(), postgres.running(home, throwaway=True):
        url = postgres.database_url(home)
        environment = environment_of(url)
        for step in ("migrate", "load-reference"):
            command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", step]
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        with pointed_at(url), running_site(environment, log="restarted-site.log") as address:
            world = make_world(make_actor("", "national", Role.NATIONAL_TEAM), REGION)
            yield Site(address, home, world)


@contextmanager
def pointed_at(url: str) -> Iterator[None]:
    """The tests' own connection on that server."""
    settings = connections["default"].settings_dict
    before = {name: settings[name] for name in ("NAME", "USER", "HOST", "PORT")}
    connections["default"].close()
    settings.update({name: value for name, value in database.parse_url(url).items() if name in before})
    try:
        yield
    finally:
        connections["default"].close()
        settings.update(before)


def test_a_restart_under_sixteen_users_loses_doubles_and_halves_nothing(site: Site) -> None:
    users = [User(site, site.world.wsp).come_in() for _ in range(USERS)]
    connections["default"].close()
    done, stop = Counter[str](), threading.Event()

    def work(number: int) -> None:
        turn = 0
        while not stop.is_set():
            question = f"Wil werken {number}-{turn}"
            users[number].hand_over(question)
            done[question] += 1
            users[number].ask("GET", "/nl/vandaag/wachten/")
            turn += 1

    with ThreadPoolExecutor(USERS) as pool:
        busy = [pool.submit(work, number) for number in range(USERS)]
        try:
            for _ in range(2):
                time.sleep(4)
                site.stop()
                time.sleep(1.5)
                site.start()
            time.sleep(4)
        finally:
            stop.set()
        for one in busy:
            one.result(timeout=120)

    statuses = sum((user.statuses for user in users), Counter[int]())
    assert set(statuses) == {200, 302, 503}, statuses
    assert all(user.calm for user in users)
    with own_work():
        rows = list(Handover.objects.filter(question__startswith="Wil werken"))
        steps = Counter(Step.objects.filter(handover__in=rows).values_list("handover", flat=True))
    assert Counter(row.question for row in rows) == done, "each form is one hand-over"
    assert all(steps[row.pk] == 1 for row in rows)
    assert all("receiver" in [letter.kind for letter in letters(row.reference)] for row in rows)
    assert not verify().faults


def test_of_two_desks_that_accept_in_the_same_second_one_does(site: Site) -> None:
    world = site.world
    colleague = make_actor(REGION, "leerwerkloket", Role.ADVISER)
    Membership.objects.filter(user_id=colleague.user).update(organisation_id=world.loket.organisation)
    both = [
        User(site, world.loket).come_in(),
        User(site, Actor(colleague.user, Role.ADVISER, world.loket.organisation, REGION)).come_in(),
    ]
    for turn in range(8):
        row = world.send(question=f"Wie eerst {turn}")
        tokens = [dict(HIDDEN.findall(user.ask("GET", "/nl/vandaag/aannemen/").text)) for user in both]
        path = f"/nl/vandaag/overdracht/{row.id}/doen/"
        connections["default"].close()
        with ThreadPoolExecutor(2) as pool:
            busy = [
                pool.submit(
                    user.ask, "POST", path, csrfmiddlewaretoken=token["csrfmiddlewaretoken"], move="accept",
                    version="1", tab="aannemen",
                )
                for user, token in zip(both, tokens, strict=True)
            ]  # fmt: skip
            answers = [one.result() for one in busy]
        assert sorted(answer.status_code for answer in answers) == [302, 409], [one.status_code for one in answers]
        assert moves(row.id) == ["sent", "accepted"]


def moves(handover: UUID) -> list[str]:
    with own_work():
        return list(Step.objects.filter(handover=handover).order_by("number").values_list("move", flat=True))
