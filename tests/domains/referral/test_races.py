"""At the same moment, with real commits: one of two does it, and nothing is lost or done twice."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import NotFoundError
from support.post import Post, letters, send
from support.referral import MONDAY, World, organisation_of

again = pytest.mark.parametrize("turn", range(4))


def together(*ways: Callable[[], HandoverRow]) -> list[HandoverRow | Exception]:
    """What each gave or raised, all begun at one moment."""
    barrier, results = threading.Barrier(len(ways)), []

    def run(way: Callable[[], HandoverRow]) -> None:
        barrier.wait()
        try:
            results.append(way())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(way,)) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def colleague(actor: Actor) -> Actor:
    return Actor(uuid4(), Role.ADVISER, actor.organisation, actor.region)


@again
def test_two_receivers_accept_in_the_same_second_and_one_does(world: World, turn: int) -> None:
    row = world.send()
    results = together(
        lambda: actions.accept(actor=world.loket, handover=row.id, version=1, now=MONDAY),
        lambda: actions.accept(actor=colleague(world.loket), handover=row.id, version=1, now=MONDAY),
    )
    assert sorted(isinstance(one, HandoverRow) for one in results) == [False, True]
    assert any(isinstance(one, NotPossibleError) for one in results)
    assert [step.move for step in steps(world, row)] == ["sent", "accepted"]


@again
def test_one_accepts_while_a_colleague_sends_it_on_and_only_one_of_both_happens(world: World, turn: int) -> None:
    uwv = organisation_of(world.uwv)
    row = world.send()
    results = together(
        lambda: actions.accept(actor=world.loket, handover=row.id, version=1, now=MONDAY),
        lambda: actions.redirect(
            actor=colleague(world.loket), handover=row.id, version=1, to=uwv, reason="Past beter", now=MONDAY
        ),
    )
    assert sum(isinstance(one, HandoverRow) for one in results) == 1
    assert all(isinstance(one, HandoverRow | NotPossibleError | NotFoundError) for one in results)
    assert len(steps(world, row)) == 2


@again
def test_the_same_form_twice_at_once_is_one_hand_over(world: World, turn: int) -> None:
    new = world.new()
    results = together(*[lambda: actions.hand_over(by=world.wsp, new=new, now=MONDAY)] * 3)
    found = {one.id for one in results if isinstance(one, HandoverRow)}
    assert (len(results), len(found)) == (3, 1)


def test_rounds_of_letters_at_once_send_each_letter_once(world: World) -> None:
    rows = [world.send() for _ in range(4)]
    post = Post()

    def turn() -> HandoverRow:
        for row in rows:
            send(post, MONDAY, row.reference)
        return rows[0]

    together(turn, turn, turn)
    subjects = [subject for _, subject, _ in post.sent]
    assert len(subjects) == len(set(subjects)) == len(rows)
    assert not [letter for row in rows for letter in letters(row.reference, sent_at=None)]


@again
@pytest.mark.usefixtures("nothing_waits")
def test_a_term_passes_while_it_is_accepted_and_it_is_with_one_desk(world: World, turn: int) -> None:
    friday = MONDAY + timedelta(days=4)
    row = world.send()

    def watch() -> HandoverRow:
        actions.watch_terms(now=friday)
        return row

    together(lambda: actions.accept(actor=world.loket, handover=row.id, version=1, now=friday), watch)
    with own_work():
        found = Handover.objects.get(pk=row.id)
    assert (found.state, found.to_organisation) in (
        ("accepted", world.loket.organisation),
        ("sent", world.rmt.organisation),
    )


def steps(world: World, row: HandoverRow) -> list[Step]:
    with own_work():
        return list(Step.objects.filter(handover=row.id).order_by("number"))


def test_history_is_as_long_as_the_version_says(world: World) -> None:
    row = world.send()
    after = actions.accept(actor=world.loket, handover=row.id, version=row.version, now=MONDAY)
    assert after.version == len(steps(world, row)) == 2
    assert queries.handover(actor=world.loket, handover=row.id, now=MONDAY)[0].version == 2
