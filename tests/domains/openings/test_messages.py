"""A message of an employer: stored once, its letters leave once, and who sent it is forgotten."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.openings import actions, queries
from dichterbij.domains.openings.actions.placing import PLACED
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries.messages import READ
from dichterbij.domains.openings.rules import reference_of
from dichterbij.domains.post.actions import Outbox, forget
from dichterbij.domains.post.rules import LetterState
from dichterbij.shared.errors import NotFoundError
from support.post import Post, letters, send

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
LONG_AFTER = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
TOKEN = "a-token-nobody-guesses"
SENDER = actions.NewSender("Bakkerij Zon", "Ans Zon", "ans@example.nl", "", "Kan het snel?", "Brood snijden", "")
MESSAGE = actions.NewMessage("Bakker", None, 1811, "AM15", "AM15-wsp", False, "nl", {"hours_min": 16}, date(2027, 6, 1))


def _compose(message: queries.MessageRow, is_handed_over: bool = False) -> Sequence[actions.NewLetter]:
    return [
        actions.NewLetter("desk", "wsp@example.nl", message.reference, "Ans Zon vraagt een bakker"),
        actions.NewLetter("copy", "ans@example.nl", message.reference, "Dit heb je gestuurd"),
    ]


def _withdrawal(message: queries.MessageRow) -> actions.NewLetter:
    return actions.NewLetter("withdrawal", "wsp@example.nl", message.reference, "Ingetrokken")


def _place(token: str = TOKEN, **changes: Any) -> queries.MessageRow:
    given: dict[str, Any] = {"message": MESSAGE, "sender": SENDER, "compose": _compose, "now": NOW} | changes
    return actions.place_message(actor="employer", token=token, **given)


def _send(post: Post) -> Outbox:
    return send(post, NOW)


@pytest.mark.django_db
def test_a_message_gets_a_reference_and_one_event_without_names() -> None:
    placed = _place(draw=lambda limit: 7)
    assert placed.reference == reference_of(7)
    (event,) = journal.latest_events(action=PLACED, limit=9)
    assert event.data == {"reference": placed.reference, "region": "AM15", "desk": "AM15-wsp"}
    assert queries.message_of(token=TOKEN) == placed


@pytest.mark.django_db
def test_the_same_form_again_is_the_same_message() -> None:
    first = _place()
    again = _place(message=actions.NewMessage(**{**vars(MESSAGE), "title": "Iets anders"}))
    assert again == first
    assert (Message.objects.count(), len(letters())) == (1, 2)
    assert len(journal.latest_events(action=PLACED, limit=9)) == 1


@pytest.mark.django_db
def test_a_taken_reference_is_drawn_again() -> None:
    _place("one", draw=lambda limit: 3)
    draws = iter([3, 3, 4])
    assert _place("two", draw=lambda limit: next(draws)).reference == reference_of(4)


@pytest.mark.django_db
def test_the_token_itself_is_kept_nowhere() -> None:
    _place()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(m)::text, '') FROM openings_message m")
        assert TOKEN not in cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "values"),
    [
        (Message, {"reference": "DB-O000-01"}),
        (Message, {"token_digest": "plain"}),
        (Message, {"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)}),
        (Sender, {"email": "", "phone": ""}),
        (Sender, {"person": ""}),
    ],
)
def test_the_database_refuses_what_no_message_can_be(table: Any, values: dict[str, Any]) -> None:
    _place()
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.filter(pk=table.objects.first().pk).update(**values)


@pytest.mark.django_db
def test_a_letter_that_left_keeps_no_name_and_never_leaves_again() -> None:
    _place()
    post = Post()
    assert _send(post) == Outbox(sent=2, waiting=0)
    assert set(post.recipients) == {"wsp@example.nl", "ans@example.nl"}
    assert {(letter.recipient, letter.subject, letter.text) for letter in letters()} == {("", "", "")}
    assert _send(post) == Outbox(sent=0, waiting=0)
    assert queries.message_of(token=TOKEN).letter("desk") is LetterState.SENT


@pytest.mark.django_db
def test_when_mail_is_down_the_message_waits_and_goes_later() -> None:
    _place()
    assert _send(Post(up=False)) == Outbox(sent=0, waiting=2)
    (waiting,) = queries.latest_messages(only_waiting=True)
    assert waiting.letter("desk") is LetterState.WAITING
    assert _send(Post()) == Outbox(sent=2, waiting=0)
    assert queries.latest_messages(only_waiting=True) == ()


@pytest.mark.django_db
def test_who_sent_it_is_read_with_a_purpose_and_leaves_an_event() -> None:
    placed = _place()
    assert queries.sender_of(token=TOKEN, actor="ann", purpose="test", now=NOW) == queries.SenderRow(**vars(SENDER))
    (event,) = journal.latest_events(action=READ)
    assert (event.actor, event.data) == ("ann", {"reference": placed.reference, "purpose": "test"})


@pytest.mark.django_db
def test_withdrawn_before_the_mail_left_nothing_leaves_and_nobody_is_kept() -> None:
    _place()
    row = actions.withdraw_message(actor="employer", token=TOKEN, compose=_withdrawal, now=LATER)
    assert row.withdrawn_at == LATER
    assert (Sender.objects.count(), len(letters())) == (0, 0)
    assert queries.sender_of(token=TOKEN, actor="ann", purpose="test", now=LATER) is None


@pytest.mark.django_db
def test_withdrawn_after_the_mail_left_the_desk_is_told_once() -> None:
    _place()
    post = Post()
    _send(post)
    for _ in range(2):
        actions.withdraw_message(actor="employer", token=TOKEN, compose=_withdrawal, now=LATER)
    _send(post)
    assert [text for _, _, text in post.sent].count("Ingetrokken") == 1


@pytest.mark.django_db
def test_an_unknown_token_is_no_message() -> None:
    for ask in (
        lambda: queries.message_of(token="x"),
        lambda: queries.sender_of(token="x", actor="a", purpose="p", now=NOW),
        lambda: actions.withdraw_message(actor="a", token="x", compose=_withdrawal, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            ask()


@pytest.mark.django_db
def test_senders_are_forgotten_after_their_term_and_not_before() -> None:
    placed = _place()
    assert actions.forget_senders(actor="tests", now=LATER, dry_run=False).references == ()
    assert actions.forget_senders(actor="tests", now=LONG_AFTER, dry_run=True).references == (placed.reference,)
    assert Sender.objects.count() == 1
    actions.forget_senders(actor="tests", now=LONG_AFTER, dry_run=False)
    assert (Sender.objects.count(), len(letters()), Message.objects.count()) == (0, 0, 1)


def _at_once(work: Callable[[int], Any]) -> list[Any]:
    def own(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(own, range(4)))


def test_four_clicks_at_once_are_one_message_one_letter_of_each_and_one_withdrawal(
    django_db_blocker: Any, postcodes: None
) -> None:
    post = Post()
    with django_db_blocker.unblock():
        references = {row.reference for row in _at_once(lambda number: _place())}
        assert len(references) == 1
        _at_once(lambda number: _send(post))
        assert sorted(post.recipients) == ["ans@example.nl", "wsp@example.nl"]
        _at_once(lambda number: actions.withdraw_message(actor="tests", token=TOKEN, compose=_withdrawal, now=NOW))
        assert len(letters(kind="withdrawal")) == 1
        assert AuditEvent.objects.filter(action="openings.message_withdrawn").count() == 1
        forget([letter.about for letter in letters()], that_left=True)
        for table in (Sender, Message):
            table.objects.all().delete()
