"""Each letter leaves once; what cannot leave waits, and keeps no other waiting; what may have left is told."""

import logging
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.post import actions, queries
from dichterbij.domains.post.actions import Outbox
from dichterbij.domains.post.errors import RefusedError, UnreachableError, UnsureError
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.rules import Channel, LetterState, NewLetter
from dichterbij.domains.post.seeing import own_work
from support.people import as_owner
from support.post import Post, letters, send

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ABOUT = "OV-7K4M-2Q"

pytestmark = pytest.mark.usefixtures("outbox")


def written(number: int = 1, kind: str = "person", **values: Any) -> NewLetter:
    new = NewLetter(ABOUT, kind, f"{kind}{number}@example.nl", "Overdracht", "Sami wacht", number, **values)
    actions.write([new], now=NOW)
    return new


def test_what_left_keeps_no_address_and_never_leaves_again() -> None:
    written()
    post = Post()
    assert send(post, NOW) == Outbox(sent=1)
    assert send(post, LATER) == Outbox()
    (left,) = letters()
    assert (left.recipient, left.subject, left.text, left.tries) == ("", "", "", 1)
    (event,) = latest_events(action=actions.SENT)
    assert event.data == {"reference": ABOUT, "kind": "person", "number": 1, "channel": "mail", "tries": 1}


def test_the_same_thing_is_told_once() -> None:
    written()
    written()
    written(2)
    post = Post()
    send(post, NOW)
    written()
    send(post, LATER)
    assert post.recipients == ["person1@example.nl", "person2@example.nl"]


def test_when_mail_is_down_everything_waits_after_one_try_and_leaves_later() -> None:
    for number in range(1, 4):
        written(number)
    down, up = Post(up=False), Post()
    assert (send(down, NOW), down.asked) == (Outbox(waiting=3), 1)
    assert queries.outbox(now=LATER) == queries.Waiting(3, 0, NOW)
    assert send(up, LATER) == Outbox(sent=3)
    assert queries.outbox(now=LATER) == queries.Waiting(0, 0, None)


def test_a_server_that_stands_still_costs_a_round_one_wait_and_one_doubt() -> None:
    for number in range(1, 4):
        written(number)
    asked = []

    def no_answer(recipient: str, subject: str, text: str) -> None:
        asked.append(recipient)
        raise UnsureError("no answer")

    assert actions.send(actor="tests", transports={Channel.MAIL: no_answer}, now=NOW) == Outbox(waiting=2, unsure=1)
    assert len(asked) == 1


def test_a_letter_at_which_a_server_hangs_up_keeps_no_other_waiting() -> None:
    written(1)
    written(2)

    def hangs_up(recipient: str, subject: str, text: str) -> None:
        if recipient.startswith("person1"):
            raise UnreachableError("gone")

    by = {Channel.MAIL: hangs_up}
    assert actions.send(actor="tests", transports=by, now=NOW) == Outbox(waiting=2)
    assert actions.send(actor="tests", transports=by, now=LATER) == Outbox(sent=1, waiting=1)


@pytest.mark.parametrize(
    "problem", [ValueError("bad header"), UnicodeError("no ascii"), OSError("550 <ans@example.nl>")]
)
def test_one_that_is_always_refused_keeps_no_other_waiting(problem: Exception, caplog: Any) -> None:
    written(1)
    written(2)
    with own_work():
        Letter.objects.filter(number=1).update(tries=32_767)

    def refuse_one(recipient: str, subject: str, text: str) -> None:
        if recipient.startswith("person1"):
            raise problem

    with caplog.at_level(logging.WARNING):
        done = actions.send(actor="tests", transports={Channel.MAIL: refuse_one}, now=NOW)
    assert done == Outbox(sent=1, waiting=1)
    assert "@" not in caplog.text


def rounds_until_given_up(error: Exception) -> list[timedelta]:
    """When a letter is tried, in a round every quarter of an hour, until it is given up."""
    asked = list[datetime]()
    now = NOW

    def refuse(recipient: str, subject: str, text: str) -> None:
        asked.append(now)
        raise error

    while not actions.send(actor="tests", transports={Channel.MAIL: refuse}, now=now).refused:
        now += timedelta(minutes=15)
    return [at - NOW for at in asked]


def test_a_letter_that_is_refused_for_good_is_given_up_within_a_day_and_keeps_nothing() -> None:
    written()
    tried = rounds_until_given_up(RefusedError("no such mailbox"))
    assert len(tried) == 3
    assert tried[-1] < timedelta(days=1)
    (row,) = letters()
    assert (row.recipient, row.subject, row.text) == ("", "", "")
    assert queries.states([ABOUT], now=LATER) == {ABOUT: {"person": LetterState.REFUSED}}
    assert queries.outbox(now=LATER) == queries.Waiting(0, 0, None), "a monitor is quiet again"
    assert [one.state for one in queries.given_up(now=LATER)] == [LetterState.REFUSED]
    (event,) = latest_events(action=actions.GIVEN_UP)
    assert event.data == {"reference": ABOUT, "kind": "person", "number": 1, "channel": "mail", "tries": 3}
    post = Post()
    assert (send(post, NOW + timedelta(days=30)), post.asked) == (Outbox(), 0)


def test_a_letter_that_is_not_taken_now_has_four_to_five_days_and_ever_longer_waits() -> None:
    written()
    tried = rounds_until_given_up(OSError("450 later"))
    waits = [after - before for before, after in pairwise(tried)]
    assert waits == sorted(waits)
    assert waits[0] >= timedelta(minutes=30)
    assert timedelta(days=4) <= tried[-1] <= timedelta(days=5)


def test_a_server_that_is_down_for_long_ends_no_letter() -> None:
    written()
    for day in range(30):
        assert send(Post(up=False), NOW + timedelta(days=day)) == Outbox(waiting=1)
    assert send(Post(), NOW + timedelta(days=30)) == Outbox(sent=1)


def test_what_waits_is_dropped_by_somebody_and_what_may_have_left_is_not() -> None:
    unsure()
    written(2)
    assert actions.drop(about=ABOUT, actor="ann", now=LATER) == 1
    assert [(row.number, row.text) for row in letters()] == [(1, "Sami wacht"), (2, "")]
    (event,) = latest_events(action=actions.DROPPED)
    assert (event.actor, event.data["number"]) == ("ann", 2)
    assert actions.drop(about=ABOUT, actor="ann", now=LATER) == 0


def test_where_a_letter_is_says_also_that_it_may_have_left() -> None:
    unsure()
    assert queries.states([ABOUT], now=NOW) == {ABOUT: {"person": LetterState.SENDING}}
    assert queries.states([ABOUT], now=LATER) == {ABOUT: {"person": LetterState.UNSURE}}


def test_a_letter_by_a_way_that_is_not_there_waits() -> None:
    written(channel=Channel.SMS)
    written(2)
    assert send(Post(), NOW) == Outbox(sent=1, waiting=1)


def gave_no_answer(recipient: str, subject: str, text: str) -> None:
    raise UnsureError("no answer")


def unsure() -> None:
    """One letter that was given away without an answer."""
    written()
    assert actions.send(actor="tests", transports={Channel.MAIL: gave_no_answer}, now=NOW) == Outbox(unsure=1)


def test_what_may_have_left_is_not_sent_again_by_itself_and_is_told() -> None:
    unsure()
    post = Post()
    assert (send(post, LATER), post.asked) == (Outbox(), 0)
    assert queries.outbox(now=LATER).unsure == 1
    (row,) = queries.left_behind(now=LATER)
    assert (row.about, row.kind, row.state) == (ABOUT, "person", LetterState.UNSURE)


def test_somebody_sends_it_again_knowingly_once_nobody_can_be_busy_with_it() -> None:
    unsure()
    post = Post()
    assert actions.send_again(about=ABOUT, actor="ann", now=NOW) == 0, "it may be on its way at this moment"
    assert actions.send_again(about=ABOUT, actor="ann", now=LATER) == 1
    assert send(post, LATER) == Outbox(sent=1)
    (event,) = latest_events(action=actions.AGAIN)
    assert event.actor == "ann"
    assert actions.send_again(about=ABOUT, actor="ann", now=LATER) == 0


def test_what_did_leave_is_said_to_have_left() -> None:
    unsure()
    assert actions.settle(about=ABOUT, actor="ann", now=LATER) == 1
    assert (send(Post(), LATER), letters()[0].text) == (Outbox(), "")
    assert queries.states([ABOUT], now=LATER) == {ABOUT: {"person": LetterState.SENT}}


def test_taken_back_is_what_waits_and_not_what_may_have_left() -> None:
    unsure()
    written(2)
    actions.take_back([ABOUT])
    assert [letter.number for letter in letters()] == [1]
    actions.forget([ABOUT])
    assert letters() == []


def test_sending_inside_somebody_s_transaction_is_an_error_and_sends_nothing() -> None:
    written()
    post = Post()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send(post, NOW)
    assert (post.asked, len(letters(sent_at=None))) == (0, 1)


def test_nobody_but_the_post_sees_a_letter() -> None:
    written()
    assert not Letter.objects.exists()
    with own_work():
        assert Letter.objects.exists()


def test_without_that_guard_anybody_sees_them() -> None:
    """The guard is what hides them, and not something else."""
    written()
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE post_letter DISABLE ROW LEVEL SECURITY")
        assert Letter.objects.exists()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "values",
    [{"channel": "pigeon"}, {"sent_at": NOW}, {"recipient": ""}, {"about": ""}, {"number": None}, {"given_up_at": NOW}],
)
def test_the_database_refuses_what_no_letter_can_be(values: dict[str, Any]) -> None:
    written()
    with pytest.raises((IntegrityError, DataError)), own_work():
        Letter.objects.update(**values)
