"""Handing somebody over: from a desk, from a helper, or by the person; with the person beside it, who agrees."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, national_teams, organisations, receivers
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import actions as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.rules import Ground, NewPerson, reachable, read_grounds
from dichterbij.domains.referral.actions.letters import Mail, write_letters
from dichterbij.domains.referral.actions.moving import Moved, add_step, answer_by, record_move
from dichterbij.domains.referral.actions.subjects import PURPOSE, letters_to_them, mails_to
from dichterbij.domains.referral.errors import NobodyToReceiveError, ThereAlreadyError
from dichterbij.domains.referral.may import check_may
from dichterbij.domains.referral.models import Handover, IncomeCount
from dichterbij.domains.referral.queries.regions import ladder_of
from dichterbij.domains.referral.queries.rows import HandoverRow, handover_row
from dichterbij.domains.referral.rules import OPEN, Ball, EmployerMessage, Income, Level, Move, reference_of, states
from dichterbij.domains.referral.rules.leaving import check_days
from dichterbij.domains.referral.rules.references import NUMBERS
from dichterbij.domains.referral.seeing import digest_of, own_work, with_link
from dichterbij.shared.errors import InputError, UnavailableError

TRIES = 8
SHORTEST_TOKEN = 32
LONGEST_QUESTION, LONGEST_SENDER = 300, 120


@dataclass(frozen=True, slots=True)
class NewHandover:
    """Somebody to hand over. `person`: who it is, or the number of somebody whom the sender may see already; or an
    employer, by their message.

    `token` is the secret of the person's own link, made by the page; the same one again changes nothing. `agreed`:
    the person said yes. `link`: the whole address of the person's page, for the letter to them. `place`: the
    code of the finding place they came through. `income` is counted, and not kept with the person. `id`: its number,
    where something must name it before it is there. `last_day`: at school, of who leaves it.
    `by_text`: whether this site sends text messages to who has a mobile number only.
    """

    token: str
    person: NewPerson | UUID | EmployerMessage
    region: str
    topic: str
    to: UUID
    question: str
    agreed: bool
    language: str
    sender_words: str = ""
    link: str = ""
    result_goes_along: bool = False
    invented: bool = False
    place: str = ""
    income: Income = Income.UNTOLD
    by_text: bool = False
    id: UUID | None = None
    last_day: date | None = None


def hand_over(
    *, by: Actor | Through, new: NewHandover, now: datetime, draw: Callable[[int], int] = secrets.randbelow
) -> HandoverRow:
    """The hand-over, sent once. InputError for what is missing, NobodyToReceiveError where nobody can have it.

    ThereAlreadyError where somebody who is known is open with that desk.
    """
    new = _checked(by, new, now)
    digest = digest_of(new.token)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _sent_before(digest) or _send(by, new, digest, reference_of(draw(NUMBERS)), now)
        except IntegrityError as error:
            if "handover_reference_is_unique" not in str(error) and "handover_is_sent_once" not in str(error):
                raise
    raise UnavailableError("There is no free reference now. Try again.")


def receiver_of(organisation: UUID) -> OrganisationRow:
    """A desk, partner or national team that can receive somebody now. NobodyToReceiveError for every other one."""
    found = organisations([organisation]).get(organisation)
    if found is None or found.id not in {row.id for row in (*receivers(found.region), *national_teams())}:
        raise NobodyToReceiveError("This desk cannot receive anybody here. Choose another one, or call it.")
    return found


def needs_consent(organisation: UUID, now: datetime) -> bool:
    """Whether this organisation, a partner without a public task, keeps somebody's details only when they agree."""
    kind = organisations([organisation])[organisation].kind
    return read_grounds(timezone.localdate(now)).ground_of(kind.value) is Ground.CONSENT


def _sent_before(digest: str) -> HandoverRow | None:
    with with_link(digest):
        row = Handover.objects.filter(token_digest=digest).first()
    return handover_row(row) if row else None


def _checked(by: Actor | Through, new: NewHandover, now: datetime) -> NewHandover:
    if isinstance(by, Actor):
        check_may(by, now)
    if not new.agreed:
        raise InputError("Nobody is handed over without having agreed.", field="agreed")
    is_said = bool(new.question.strip()) or isinstance(new.person, EmployerMessage)  # an employer's is in the message
    if not is_said or len(new.question) > LONGEST_QUESTION:
        raise InputError(f"Say in one sentence, of at most {LONGEST_QUESTION} letters, what for.", field="question")
    if len(new.sender_words) > LONGEST_SENDER:
        raise InputError(f"Say who you are in at most {LONGEST_SENDER} letters.", field="sender_words")
    if len(new.token) < SHORTEST_TOKEN:
        raise InputError("The secret of the link is too short.", field="token")
    check_days(new.last_day, None, timezone.localdate(now))
    return new


def _send(by: Actor | Through, new: NewHandover, digest: str, reference: str, now: datetime) -> HandoverRow:
    ladder = ladder_of(region=new.region, on=timezone.localdate(now))
    receiver = receiver_of(new.to)
    sender = by.organisation if isinstance(by, Actor) else None
    ball = states.send(sender=sender, receiver=receiver.id, ladder=ladder)
    message = new.person.reference if isinstance(new.person, EmployerMessage) else ""
    with own_work():
        row = Handover.objects.create(
            id=new.id or uuid4(), reference=reference, token_digest=digest,
            person=_person(by, new, ball, now), message=message, region=new.region, topic=new.topic,
            from_organisation=sender, to_organisation=ball.holder, owner_organisation=ball.owner,
            state=ball.state.value, level=ball.level.value,
            answer_by=answer_by(level=Level.DESK, region=new.region, now=now),
            question=" ".join(new.question.split()), sender_words=" ".join(new.sender_words.split()),
            language=new.language, result_goes_along=new.result_goes_along, made_at=now, moved_at=now,
            invented=new.invented or receiver.invented, place=new.place, last_day=new.last_day,
        )  # fmt: skip
        moved = Moved(Move.SENT, ball, by)
        add_step(row, moved, now)
        write_letters(row, [Mail("receiver", "receiver"), *_to_person(row, new, now)], now=now)
        record_move(row, moved, now)
        if isinstance(new.person, NewPerson):
            _count(new, now)
    return handover_row(row)


def _count(new: NewHandover, now: datetime) -> None:
    """One more with this answer, in a number that nobody is in."""
    month = timezone.localdate(now).replace(day=1)
    key: dict[str, Any] = {"region": new.region, "month": month, "income": new.income.value}
    _, is_first = IncomeCount.objects.get_or_create(**key, defaults={"count": 1})
    if not is_first:
        IncomeCount.objects.filter(**key).update(count=F("count") + 1)


def _person(by: Actor | Through, new: NewHandover, ball: Ball, now: datetime) -> UUID | None:
    """The person's number; whoever has it and answers for it may see them, because they agreed. None: an employer."""
    if isinstance(new.person, EmployerMessage):
        return None
    sender = by.organisation if isinstance(by, Actor) else None
    seeing = [one for one in dict.fromkeys([ball.holder, ball.owner]) if one != sender]
    if isinstance(new.person, NewPerson):
        own = [sender] if sender and needs_consent(sender, now) else []
        return people.register_person(by=by, new=new.person, consents=[*own, *seeing], now=now)
    for organisation in seeing:
        people.give_access(
            person=new.person, organisation=organisation, purpose=PURPOSE, ground="consent", by=by, now=now
        )
    _check_not_there(new.person, ball.holder)  # after the accesses: they hold the person, so of two at once one waits
    return new.person


def _check_not_there(person: UUID, holder: UUID) -> None:
    """One open hand-over of somebody with the same desk: two would be two calls."""
    open_there = Handover.objects.filter(person=person, to_organisation=holder, state__in=OPEN).first()
    if open_there:
        raise ThereAlreadyError(
            "This person is with that desk already.",
            handover=str(open_there.pk), reference=open_there.reference, holder=organisations([holder])[holder].name,
        )  # fmt: skip


def _to_person(row: Handover, new: NewHandover, now: datetime) -> list[Mail]:
    """The link of the new page to the person: to the address that was given now, or that is known."""
    if not new.link or isinstance(new.person, EmployerMessage):
        return []
    if isinstance(new.person, NewPerson):
        return mails_to(reachable(new.person.contacts, by_text=new.by_text), "person_sent", new.link)
    return letters_to_them(row, "person_sent", now, new.link, by_text=new.by_text)
