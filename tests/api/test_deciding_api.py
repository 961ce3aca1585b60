"""Deciding through the API: with the right, once, and never before its turn."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.schemes.actions.deciding import one_decider
from dichterbij.domains.schemes.rounds import Opened
from support.programs import Program, with_right
from support.schemes import GRANT, apply, in_window, opened

pytestmark = pytest.mark.usefixtures("site")
LOTTERY = '{method: lottery, rest: next, source: "assumption"}'


@pytest.fixture
def decider() -> Program:
    return with_right("carry_out_scheme")


def path(here: Opened) -> str:
    return f"/regelingen/{here.scheme.slug}/openstellingen/{here.digest.hex()[:16]}/beslissingen"


def test_a_program_with_the_right_decides_on_all_that_is_complete_once(decider: Program) -> None:
    here = opened(ceiling=2 * GRANT)
    for number in range(3):
        apply(here, f"Bedrijf {number}")
    told = decider.post(path(here), {})
    assert (told["besluiten"], told["toegekend"], told["bedragCenten"], told["groepen"]) == (3, 2, 2 * GRANT, 1)
    event = AuditEvent.objects.filter(action="schemes.decided").latest("id")
    assert event.actor.startswith("program:")
    again = decider.post(path(here), {})
    assert (again["besluiten"], again["groepen"]) == (0, 0)
    assert AuditEvent.objects.filter(action="schemes.decided").latest("id") == event


def test_without_the_right_nothing_is_decided(program: Program) -> None:
    here = opened()
    apply(here, "Bol")
    program.post(path(here), {}, 401)
    with_right("audit_money").post(path(here), {}, 403)
    assert with_right("carry_out_scheme").post(path(here), {})["besluiten"] == 1


def test_while_another_decides_one_is_told_to_wait(decider: Program) -> None:
    here, holds, done = opened(), Event(), Event()

    def other() -> None:
        with one_decider(here):
            holds.set()
            done.wait(20)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(other)
        assert holds.wait(20)
        assert "Somebody else decides" in decider.post(path(here), {}, 409)["detail"]
        done.set()


def test_before_the_closing_and_before_the_draw_there_is_nothing_to_decide(decider: Program) -> None:
    still = opened(distribution=LOTTERY, questions="[]")
    apply(still, "Bol")
    assert "sluiten" in decider.post(path(still), {}, 409)["detail"]
    over = opened(begins=-3 * 3600, ends=-3600, distribution=LOTTERY, questions="[]")
    with in_window():
        apply(over, "Bol")
    assert "geloot" in decider.post(path(over), {}, 409)["detail"]


def test_a_round_that_is_not_there_is_not_decided_on(decider: Program) -> None:
    here = opened()
    decider.post(path(here).replace(here.scheme.slug, "employer_subsidy"), {}, 404)
