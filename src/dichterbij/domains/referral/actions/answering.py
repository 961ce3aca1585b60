"""What a desk does with somebody who was handed over: accept, return, send on, close; and taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral.actions.handing import NewHandover, hand_over, needs_consent, receiver_of
from dichterbij.domains.referral.actions.letters import Mail, write_letters
from dichterbij.domains.referral.actions.moving import Moved, store_move
from dichterbij.domains.referral.actions.subjects import letters_to_them
from dichterbij.domains.referral.errors import (
    ChangedError,
    GoneOnError,
    NotPossibleError,
    OnwardNeededError,
    UnseenError,
)
from dichterbij.domains.referral.may import check_may
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.regions import ladder_for, may_have
from dichterbij.domains.referral.queries.rows import HandoverRow, ball_of, handover_row, onward_among
from dichterbij.domains.referral.rules import Ending, Ladder, Move, states
from dichterbij.domains.referral.seeing import digest_of, own_work, with_link
from dichterbij.shared.errors import InputError, NotFoundError

LONGEST_REASON = 300


def accept(*, actor: Actor, handover: UUID, version: int, now: datetime) -> HandoverRow:
    """The actor's organisation takes it, and answers for it from now on. Of two at once, one does.

    NotFoundError for what is not theirs, ChangedError when somebody moved it since version `version`, GoneOnError when
    it went on to somebody else since the actor's organisation had it. UnseenError where it may not see the person:
    whoever cannot call them sends them on.
    """
    with locked(actor, handover, version, now) as row:
        if row.person and not may_have(organisation=_own(actor), person=row.person, now=now):
            raise UnseenError("Your organisation may not see this person: send them on to a desk that may.")
        ball = states.accept(ball_of(row), by=_own(actor))
        mails = [Mail("sender", "accepted"), *letters_to_them(row, "person_accepted", now)]
        return store_move(row, Moved(Move.ACCEPTED, ball, actor), now=now, mails=mails)


def give_back(*, actor: Actor, handover: UUID, version: int, reason: str, now: datetime) -> HandoverRow:
    """Not for this desk, because: on to the region's named owner. InputError without a reason."""
    why = _reason(reason)
    with locked(actor, handover, version, now) as row:
        ball = states.give_back(ball_of(row), by=_own(actor), ladder=_ladder(row, now))
        mails = [Mail("receiver", "receiver"), Mail("sender", "moved"), *letters_to_them(row, "person_moved", now)]
        return store_move(row, Moved(Move.RETURNED, ball, actor, why), now=now, mails=mails)


def redirect(
    *, actor: Actor, handover: UUID, version: int, to: UUID, reason: str, now: datetime, agreed: bool = False
) -> HandoverRow:
    """On to a desk that fits better, because. After one bounce it goes to the region's named owner all the same.

    NobodyToReceiveError for an organisation to which nobody can be handed over; InputError for a partner without a
    public task when the person did not say yes to it (`agreed`); CameBackError for a desk that returned it already.
    """
    why = _reason(reason)
    with locked(actor, handover, version, now) as row:
        receiver_of(to)
        ball = states.redirect(
            ball_of(row), by=_own(actor), to=to, ladder=_ladder(row, now), returned_by=_returned_by(row)
        )
        if ball.holder == to and not agreed and needs_consent(to, now):
            raise InputError("This partner sees somebody only when they agree to it.", field="agreed")
        mails = [Mail("receiver", "receiver"), Mail("sender", "moved"), *letters_to_them(row, "person_moved", now)]
        return store_move(row, Moved(Move.REDIRECTED, ball, actor, why, agreed=agreed), now=now, mails=mails)


def close(
    *,
    actor: Actor,
    handover: UUID,
    version: int,
    ending: Ending,
    now: datetime,
    onward: NewHandover | None = None,
    answer: str = "",
) -> HandoverRow:
    """Done. With `not_suitable` they are handed over to somewhere else in the same moment, or nothing happens.

    `onward.person` is ignored: it is the same one. OnwardNeededError without one. `answer`: what an employer reads
    when nobody can be proposed (`answered`); InputError without.
    """
    why = _reason(answer, "answer") if ending is Ending.ANSWERED else ""
    with locked(actor, handover, version, now) as row:
        about = handover_row(row)
        _check_ending(about, ending, onward)
        ball = states.close(ball_of(row), by=_own(actor), ending=ending, onward=onward.to if onward else None)
        # Ended before it goes on: of one message only one hand-over is open. The database looks at the end.
        goes_on = replace(onward, id=uuid4(), person=about.about) if onward else None
        moved = Moved(Move.CLOSED, ball, actor, why, ending=ending.value, onward=goes_on.id if goes_on else None)
        mails = [Mail("sender", "closed"), *([] if goes_on else letters_to_them(row, "person_closed", now))]
        closed = store_move(row, moved, now=now, mails=mails)
        if goes_on:
            _send_onward(actor, row, goes_on, now)
        return closed


def _check_ending(row: HandoverRow, ending: Ending, onward: NewHandover | None) -> None:
    if ending is Ending.ANSWERED and not row.is_employer:
        raise InputError("Only an employer is answered that nobody can be proposed.", field="ending")
    if ending is Ending.NOT_SUITABLE and onward is None:
        raise OnwardNeededError("Choose where they go now.")


def _send_onward(actor: Actor, row: Handover, onward: NewHandover, now: datetime) -> None:
    """The same one to somewhere else; an employer gets a letter here, a person one with the link of the new page."""
    mails = letters_to_them(row, "person_sent", now, link=onward.link) if row.message else []
    sent = hand_over(by=actor, new=onward, now=now)
    with own_work():
        write_letters(Handover.objects.get(pk=sent.id), mails, now=now)


def withdraw(*, actor: Actor, handover: UUID, version: int, reason: str, now: datetime) -> HandoverRow:
    """The desk that sent it takes it back, because; as long as nobody answered. InputError without a reason."""
    why = _reason(reason)
    with locked(actor, handover, version, now) as row:
        is_onward = bool(onward_among([row.pk]))
        ball = states.withdraw(ball_of(row), by=_own(actor), sender=row.from_organisation, is_onward=is_onward)
        mails = [Mail("receiver", "withdrawn"), *letters_to_them(row, "person_withdrawn", now)]
        return store_move(row, Moved(Move.WITHDRAWN, ball, actor, why), now=now, mails=mails)


def withdraw_by_person(*, token: str, now: datetime) -> HandoverRow:
    """The person takes it back by their own link, at any moment; a second time changes nothing. NotFoundError."""
    digest = digest_of(token)
    with with_link(digest):
        row = _held(Q(token_digest=digest, message=""))  # an employer takes back the message, and this with it
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        ball = states.withdraw(ball_of(row), by=None)
        by = Through("self", row.reference)
        return store_move(row, Moved(Move.WITHDRAWN, ball, by), now=now, mails=[Mail("receiver", "withdrawn")])


@contextmanager
def locked(actor: Actor, handover: UUID, version: int, now: datetime) -> Iterator[Handover]:
    """The hand-over, for this actor and nobody else until the end. Not yours and not there are the same answer."""
    check_may(actor, now)
    with transaction.atomic(), acting(actor):
        row = _held(Q(pk=handover))
        if row is None:
            raise _gone_on(actor, handover)
        if row.version != version:
            raise ChangedError("Somebody did something with this hand-over in the meantime. Look at it once more.")
        yield row


def _gone_on(actor: Actor, handover: UUID) -> NotFoundError | GoneOnError:
    """What to say to a desk that may not see it: where it is now, only when that desk had it before."""
    with own_work():
        theirs = Q(steps__organisation=actor.organisation) | Q(steps__to_organisation=actor.organisation)
        row = Handover.objects.filter(theirs, pk=handover).first()
    if row is None:
        return NotFoundError("There is no such hand-over.")
    holder = organisations([row.to_organisation])[row.to_organisation]
    called = row.message or row.reference
    return GoneOnError("A colleague did something with it just now.", reference=called, holder=holder.name)


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
    return ladder_for(region=row.region, person=row.person, now=now)


def _returned_by(row: Handover) -> frozenset[UUID]:
    """Who sent it back to whoever answers for it, as high as it stands now."""
    back = Step.objects.filter(handover=row, move__in=[Move.RETURNED.value, Move.REDIRECTED.value], level=row.level)
    found = back.exclude(organisation=row.owner_organisation).values_list("organisation", flat=True)
    return frozenset(one for one in found if one)


def _reason(text: str, field: str = "reason") -> str:
    why = " ".join(text.split())
    if not why or len(why) > LONGEST_REASON:
        raise InputError(f"Say why, in at most {LONGEST_REASON} letters; whoever gets it reads this.", field=field)
    return why
