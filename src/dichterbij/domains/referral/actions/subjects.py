"""What depends on about whom a hand-over is: who may see them after a move, and where they are written to.

A person is seen by access, given and ended here. An employer's message needs none: whoever has its hand-over sees it,
says the database itself.
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.openings.queries import senders as openings
from dichterbij.domains.people import actions as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.queries import names
from dichterbij.domains.people.queries.writing import reach_of
from dichterbij.domains.people.rules import ContactKind, Ground, NewContact, read_grounds
from dichterbij.domains.post.rules import Channel
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.rows import ball_of
from dichterbij.domains.referral.rules import OPEN, Ball, State
from dichterbij.domains.referral.seeing import own_work

PURPOSE = "hand_over"


def let_see(row: Handover, before: Ball, *, by: Actor | Through, agreed: bool, now: datetime) -> None:
    """Who has it or answers for it may see the person; who had it, and is not its sender, no longer."""
    if row.person is None:
        return
    ball, person = ball_of(row), row.person
    now_seeing = {ball.holder, ball.owner} if ball.state in OPEN else set()
    for organisation in sorted(now_seeing - {before.holder, before.owner}):
        _give(row, person, organisation, PURPOSE, agreed and organisation == ball.holder, now)
    if ball.state is State.ACCEPTED:
        _give(row, person, ball.owner, "guide_person", _sees_already(person, by, now), now)
    if ball.state is State.CLOSED:
        return  # guiding somebody has a term of its own
    done = {before.holder, before.owner} - now_seeing - {row.from_organisation} - _needed_elsewhere(row)
    system = Through("system", row.reference)
    for organisation in sorted(done):
        people.end_access(person=person, organisation=organisation, purpose=PURPOSE, by=system, now=now)
        if isinstance(by, Through) and by.kind == "self":  # stopping is taking back: nothing by consent stays
            people.end_consented(person=person, organisation=organisation, by=by, now=now)


def letters_to_them(row: Handover, about: str, now: datetime, link: str = "", *, by_text: bool = False) -> list[Mail]:
    """A letter to the person, or to the employer, where they gave an address.

    `by_text`: to somebody with a mobile number only, a text message, where there are short words for it.
    """
    if row.person is None:
        address = openings.address_of(row.message, now)
        return [Mail("person", about, address=address, link=link)] if address else []
    return mails_to(reach_of(person=row.person, purpose=PURPOSE, by_text=by_text, now=now), about, link)


def mails_to(contact: NewContact | None, about: str, link: str) -> list[Mail]:
    """The letter to a person by this way; none without one."""
    if contact is None:
        return []
    if contact.kind is ContactKind.EMAIL:
        return [Mail("person", about, address=contact.value.strip(), link=link)]
    return [Mail("person", f"{about}_text", address=contact.value, link=link, channel=Channel.SMS)]


def _needed_elsewhere(row: Handover) -> set[UUID]:
    """Who has, or answers for, another open hand-over of the same person."""
    with own_work():
        others = Handover.objects.filter(person=row.person, state__in=OPEN).exclude(pk=row.pk)
        pairs = others.values_list("to_organisation", "owner_organisation")
        return {organisation for pair in pairs for organisation in pair}


def _give(row: Handover, person: UUID, organisation: UUID, purpose: str, agreed: bool, now: datetime) -> None:
    """As a public task where it has one, else only with the person's yes: no consent that nobody gave."""
    kind = organisations([organisation])[organisation].kind
    ground = read_grounds(timezone.localdate(now)).ground_of(kind.value)
    if ground is Ground.CONSENT and not agreed:
        return
    people.give_access(
        person=person, organisation=organisation, purpose=purpose, ground=ground,
        by=Through("system", row.reference), now=now,
    )  # fmt: skip


def _sees_already(person: UUID, by: Actor | Through, now: datetime) -> bool:
    """Whether the desk that accepts sees the person: the yes for handing over holds guiding by that same desk."""
    return isinstance(by, Actor) and bool(names(actor=by, people=[person], purpose=PURPOSE, now=now))
