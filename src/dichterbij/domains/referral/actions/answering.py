"""What a desk does with somebody who was handed over: accept, return, send on, close; and taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.rules import ContactKind
from dichterbij.domains.referral.actions.handing import NewHandover, hand_over, needs_consent, receiver_of
from dichterbij.domains.referral.actions.letters import Mail, write_letters
from dichterbij.domains.referral.actions.moving import Moved, store_move
from dichterbij.domains.referral.errors import ChangedError, NotPossibleError, OnwardNeededError
from dichterbij.domains.referral.may import check_may
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.regions import ladder_of
from dichterbij.domains.referral.queries.rows import HandoverRow, ball_of, handover_row, onward_among
from dichterbij.domains.referral.rules import Ending, Ladder, Move, states
from dichterbij.domains.referral.seeing import digest_of, own_work, with_link
from dichterbij.shared.errors import InputError, NotFoundError

LONGEST_REASON = 300


def accept(*, actor: Actor, handover: UUID, version: int, now: datetime) -> HandoverRow:
    """The actor's organisation takes it, and answers for it from now on. Of two at once, one does.

    NotFoundError for what is not theirs, ChangedError when somebody moved it since version `version`.
    """
    with _locked(actor, handover, version, now) as row:
        ball = states.accept(ball_of(row), by=_own(actor))
        mails = [Mail("sender", "accepted"), *_to_person(actor, row, "person_accepted", now)]
        return store_move(row, Moved(Move.ACCEPTED, ball, actor), now=now, mails=mails)


def give_back(*, actor: Actor, handover: UUID, version: int, reason: str, now: datetime) -> HandoverRow:
    """Not for this desk, because: on to the region's named owner. InputError without a reason."""
    why = _reason(reason)
    with _locked(actor, handover, version, now) as row:
        ball = states.give_back(ball_of(row), by=_own(actor), ladder=_ladder(row, now))
        mails = [Mail("receiver", "receiver"), Mail("sender", "moved"), *_to_person(actor, row, "person_moved", now)]
        return store_move(row, Moved(Move.RETURNED, ball, actor, why), now=now, mails=mails)


def redirect(
    *, actor: Actor, handover: UUID, version: int, to: UUID, reason: str, now: datetime, agreed: bool = False
) -> HandoverRow:
    """On to a desk that fits better, because. After one bounce it goes to the region's named owner all the same.

    NobodyToReceiveError for an organisation to which nobody can be handed over; InputError for a partner without a
    public task when the person did not say yes to it (`agreed`).
    """
    why = _reason(reason)
    with _locked(actor, handover, version, now) as row:
        receiver_of(to)
        ball = states.redirect(ball_of(row), by=_own(actor), to=to, ladder=_ladder(row, now))
        if ball.holder == to and not agreed and needs_consent(to, now):
            raise InputError("This partner sees somebody only when they agree to it.", field="agreed")
        mails = [Mail("receiver", "receiver"), Mail("sender", "moved"), *_to_person(actor, row, "person_moved", now)]
        return store_move(row, Moved(Move.REDIRECTED, ball, actor, why, agreed=agreed), now=now, mails=mails)


def close(
    *,
    actor: Actor,
    handover: UUID,
    version: int,
    ending: Ending,
    now: datetime,
    onward: NewHandover | None = None,
) -> HandoverRow:
    """Done. With `not_suitable` the person is handed over to somewhere else in the same moment, or nothing happens.

    `onward.person` is ignored: it is the same person. OnwardNeededError without one.
    """
    with _locked(actor, handover, version, now) as row:
        ball = states.close(ball_of(row), by=_own(actor), ending=ending, onward=onward.to if onward else None)
        sent = _send_onward(actor, row, onward, now) if onward else None
        if ending is Ending.NOT_SUITABLE and sent is None:
            raise OnwardNeededError("Choose where this person goes now.")
        moved = Moved(Move.CLOSED, ball, actor, ending=ending.value, onward=sent.id if sent else None)
        return store_move(row, moved, now=now, mails=[Mail("sender", "closed")] if row.from_organisation else [])


def _send_onward(actor: Actor, row: Handover, onward: NewHandover, now: datetime) -> HandoverRow:
    """The same person to somewhere else; they get the link of its page, where they gave an address."""
    mails = _to_person(actor, row, "person_sent", now, link=onward.link) if onward.link else []
    sent = hand_over(by=actor, new=replace(onward, person=handover_row(row).about), now=now)
    with own_work():
        write_letters(Handover.objects.get(pk=sent.id), mails, now=now)
    return sent


def withdraw(*, actor: Actor, handover: UUID, version: int, reason: str, now: datetime) -> HandoverRow:
    """The desk that sent it takes it back, because; as long as nobody answered. InputError without a reason."""
    why = _reason(reason)
    with _locked(actor, handover, version, now) as row:
        is_onward = bool(onward_among([row.pk]))
        ball = states.withdraw(ball_of(row), by=_own(actor), sender=row.from_organisation, is_onward=is_onward)
        mails = [Mail("receiver", "withdrawn"), *_to_person(actor, row, "person_withdrawn", now)]
        return store_move(row, Moved(Move.WITHDRAWN, ball, actor, why), now=now, mails=mails)


def withdraw_by_person(*, token: str, now: datetime) -> HandoverRow:
    """The person takes it back by their own link, at any moment; a second time changes nothing. NotFoundError."""
    digest = digest_of(token)
    with with_link(digest):
        row = _held(Q(token_digest=digest))
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        ball = states.withdraw(ball_of(row), by=None)
        by = Through("self", row.reference)
        return store_move(row, Moved(Move.WITHDRAWN, ball, by), now=now, mails=[Mail("receiver", "withdrawn")])


@contextmanager
def _locked(actor: Actor, handover: UUID, version: int, now: datetime) -> Iterator[Handover]:
    """The hand-over, for this actor and nobody else until the end. Not yours and not there are the same answer."""
    check_may(actor, now)
    with transaction.atomic(), acting(actor):
        row = _held(Q(pk=handover))
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        if row.version != version:
            raise ChangedError("Somebody did something with this hand-over in the meantime. Look at it once more.")
        yield row


def _held(which: Q) -> Handover | None:
    """The row that whoever asks may see, for nobody else until the end; None for every other one."""
    seen = Handover.objects.filter(which)
    if not seen.exists():
        return None
    with own_work():  # seeing a row is not enough to lock it
        list(Handover.objects.select_for_update().filter(which).values_list("pk"))
    return seen.all().first()


def _own(actor: Actor) -> UUID:
    if actor.organisation is None:
        raise NotPossibleError("You act for no organisation.")
    return actor.organisation


def _ladder(row: Handover, now: datetime) -> Ladder:
    return ladder_of(region=row.region, on=timezone.localdate(now))


def _reason(text: str) -> str:
    why = " ".join(text.split())
    if not why or len(why) > LONGEST_REASON:
        raise InputError(f"Say why, in at most {LONGEST_REASON} letters; whoever gets it reads this.", field="reason")
    return why


def _to_person(actor: Actor, row: Handover, about: str, now: datetime, link: str = "") -> list[Mail]:
    """A letter to the person, where they gave an address and this actor may see it."""
    if row.person is None:
        return []
    try:
        found = people.person(actor=actor, person=row.person, purpose="hand_over", now=now)
    except NotFoundError:
        return []
    addresses = [contact.value for contact in found.contacts if contact.kind == ContactKind.EMAIL.value]
    return [Mail("person", about, address=address, link=link) for address in addresses[:1]]
