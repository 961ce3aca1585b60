"""The demonstration's hand-overs: one that waits, one that bounced, one that is late, one that was accepted.

Made by the actions that desks use, at moments before now; each only once, because its link is always the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.journal.actions import record
from dichterbij.domains.people import actions as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.rules import ContactKind, NewContact, NewPerson
from dichterbij.domains.post import actions as post
from dichterbij.domains.referral.actions.answering import accept, give_back
from dichterbij.domains.referral.actions.handing import NewHandover, hand_over
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.rows import HandoverRow
from dichterbij.domains.referral.seeing import digest_of, own_work

REGION = "AM15"
RMT, WSP, LOKET, LIBRARY = "rmt-nhn", "wsp-nhn", "llw-nhn", "bibliotheek-nhn"
ANNA, BRAM, CHANTAL, DIRK = ("anna", RMT), ("bram", WSP), ("chantal", LOKET), ("dirk", LIBRARY)
WITH_ACCOUNT = ("fatima",)
Story = Callable[[HandoverRow, datetime], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One invented hand-over: whose, from and to whom, how long ago, and what happened next."""

    key: str
    name: str
    question: str
    topic: str
    by: tuple[str, str] | None
    to: str
    ago: timedelta
    then: Story | None = None
    school: timedelta | None = None  # from the hand-over until the last day at school


def load_demo_handovers(*, now: datetime) -> int:
    """Make those that are not there; returns how many were made."""
    new = [told for told in _told() if not _is_there(told)]
    for told in new:
        row = hand_over(by=_sender(told), new=_new(told, now - told.ago), now=now - told.ago)
        if told.then:
            told.then(row, now - told.ago + timedelta(hours=20))
    _tie(now)
    return len(new)


def story_links() -> list[str]:
    """The secrets of the story's hand-overs: no secrets at all."""
    return [_token(told) for told in _told()]


def reset_demo_handovers(*, now: datetime) -> int:
    """Take every invented hand-over away and make those of the story again. As the owner of the tables."""
    with transaction.atomic(), own_work():
        invented = Handover.objects.filter(invented=True)
        persons = [person for person in invented.values_list("person", flat=True).distinct() if person]
        take_away(invented, now)
        for person in persons:
            people.forget_person(person=person, by=Through("self", "demo"), now=now)
        record(actor="demo", action="referral.demo_reset", data={}, now=now)
    return load_demo_handovers(now=now)


def take_away(invented: QuerySet[Handover], now: datetime) -> None:
    """These hand-overs with their steps and letters. As the owner of the tables, in `own_work`."""
    post.forget(invented.values_list("reference", flat=True), that_left=True)
    Step.objects.filter(handover__in=invented).delete()
    invented.update(onward=None, ending="own_wish", state="closed", ended_at=now)
    invented.delete()


def _tie(now: datetime) -> None:
    """Who has an account in the demonstration keeps the own page with it."""
    with own_work():
        rows = {told.key: Handover.objects.filter(token_digest=digest_of(_token(told))).first() for told in _told()}
    for key in WITH_ACCOUNT:
        row = rows[key]
        if row is not None and row.person is not None:
            citizen = Actor(demo_id(key), Role.CITIZEN, None, "")
            people.tie_account(person=row.person, actor=citizen, now=now)


def _told() -> tuple[Told, ...]:
    return (
        Told("fatima", "Fatima Verzonnen", "Wil werken in een winkel, het liefst in de ochtend", "work", ANNA, WSP,
             timedelta(hours=26)),
        Told("kees", "Kees Verzonnen", "Wil een diploma halen naast zijn werk", "learning", DIRK, LOKET,
             timedelta(days=2), lambda row, at: _give_back(row, CHANTAL, at)),
        Told("noor", "Noor Verzonnen", "Zoekt een werkgever met een leerplek in de techniek", "learning_place", BRAM,
             LOKET, timedelta(days=8), school=timedelta(days=13)),
        Told("mo", "Mo Verzonnen", "Weet niet waar hij kan beginnen", "work", None, RMT,
             timedelta(days=3), lambda row, at: _accept(row, ANNA, at)),
    )  # fmt: skip


def _new(told: Told, at: datetime) -> NewHandover:
    phone = NewContact(ContactKind.PHONE, f"06 000000{ord(told.key[0]) % 100:02d}")
    person = NewPerson(told.name, "nl", REGION, (phone,), invented=True)
    return NewHandover(
        token=_token(told), person=person, region=REGION, topic=told.topic, to=demo_id(told.to),
        question=told.question, agreed=True, language="nl", sender_words="" if told.by else "buurvrouw", invented=True,
        last_day=timezone.localdate(at + told.school) if told.school else None,
    )  # fmt: skip


def _token(told: Told) -> str:
    return f"demo-{told.key}-".ljust(40, "x")


def _is_there(told: Told) -> bool:
    with own_work():
        return Handover.objects.filter(token_digest=digest_of(_token(told))).exists()


def _sender(told: Told) -> Actor | Through:
    return _actor(told.by) if told.by else Through("helper", "")


def _actor(who: tuple[str, str]) -> Actor:
    account, organisation = who
    return Actor(demo_id(account), Role.ADVISER, demo_id(organisation), REGION)


def _accept(row: HandoverRow, who: tuple[str, str], at: datetime) -> None:
    accept(actor=_actor(who), handover=row.id, version=row.version, now=at)


def _give_back(row: HandoverRow, who: tuple[str, str], at: datetime) -> None:
    reason = "Kees werkt al in de zorg: het RMT heeft daar geld voor"
    give_back(actor=_actor(who), handover=row.id, version=row.version, reason=reason, now=at)
