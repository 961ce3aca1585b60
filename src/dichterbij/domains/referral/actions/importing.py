"""Taking over what an organisation had in its old system: some hundreds at a time, each number once.

Every line was checked before the first is kept. A batch is one transaction with its own event; a run that was stopped
is given again, and goes on with what is not there yet. No letter leaves: everybody knew already.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dichterbij.domains.accounts.queries.receivers import OrganisationRow
from dichterbij.domains.journal.actions import record
from dichterbij.domains.people.actions.batch import KnownPerson, Seeing, take_over_people
from dichterbij.domains.people.rules import Ground, NewPerson, read_grounds
from dichterbij.domains.referral.actions.handing import receiver_of
from dichterbij.domains.referral.actions.moving import answer_by
from dichterbij.domains.referral.errors import NobodyToReceiveError
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.regions import ladder_without_yes
from dichterbij.domains.referral.rules import Ball, Level, Move, reference_of, states
from dichterbij.domains.referral.rules.importing import Fault, OldHandover
from dichterbij.domains.referral.rules.references import NUMBERS
from dichterbij.domains.referral.seeing import own_work

IMPORTED = "referral.imported"
AT_A_TIME = 500
NOON = time(12)
Named = Callable[[str], OrganisationRow | None]
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many hand-overs were made, and how many were there already."""

    made: int
    there: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its organisations."""

    old: OldHandover
    sender: OrganisationRow | None
    receiver: OrganisationRow

    @property
    def sent_by(self) -> UUID | None:
        """The organisation that sent it; None: the person or a helper."""
        return self.sender.id if self.sender else None


def place(
    lines: Sequence[OldHandover], *, organisation: UUID, named: Named
) -> tuple[tuple[Placed, ...], tuple[Fault, ...]]:
    """The lines with their organisations, and what is wrong with those. `named`: by name or number; None for none."""
    placed, faults, seen = list[Placed](), list[Fault](), dict[str, int]()
    refused: dict[UUID, str] = {}
    for old in lines:
        sender, receiver = named(old.sender) if old.sender else None, named(old.receiver)
        problems = [*_twice(old, seen), *_places(old, sender, receiver, organisation)]
        if receiver and not problems:
            if receiver.id not in refused:
                refused[receiver.id] = _cannot_receive(receiver)
            problems += [("to", refused[receiver.id])] if refused[receiver.id] else []
        faults += [Fault(old.line, column, problem) for column, problem in problems]
        if receiver and not problems:
            placed.append(Placed(old, sender, receiver))
    return tuple(placed), tuple(faults)


def import_handovers(
    lines: Sequence[Placed], *, organisation: UUID, actor: str, now: datetime, told: Told = lambda done: None
) -> Imported:
    """Take over every line that is not there yet. `told` hears how many were looked at."""
    made = 0
    for start in range(0, len(lines), AT_A_TIME):
        made += _batch(lines[start : start + AT_A_TIME], organisation, actor, now)
        told(min(start + AT_A_TIME, len(lines)))
    return Imported(made, len(lines) - made)


def there_already(lines: Sequence[Placed], *, organisation: UUID) -> int:
    """How many of these were taken over before."""
    digests = [_digest(organisation, line.old.number) for line in lines]
    with own_work():
        return sum(
            Handover.objects.filter(token_digest__in=digests[start : start + AT_A_TIME]).count()
            for start in range(0, len(digests), AT_A_TIME)
        )


def _twice(old: OldHandover, seen: dict[str, int]) -> list[tuple[str, str]]:
    before = seen.setdefault(old.number, old.line)
    if before == old.line:
        return []
    return [("number", f"{old.number[:40]!r} is on line {before} too. Every hand-over has a number of its own.")]


def _places(
    old: OldHandover, sender: OrganisationRow | None, receiver: OrganisationRow | None, organisation: UUID
) -> list[tuple[str, str]]:
    unknown = "is no organisation here. Write its name as the site shows it, or its number."
    found = [("from", f"{old.sender[:60]!r} {unknown}")] if old.sender and sender is None else []
    found += [("to", f"{old.receiver[:60]!r} {unknown}")] if receiver is None else []
    if found:
        return found
    if sender and receiver and sender.id == receiver.id:
        return [("to", "is the same as from. Leave from empty for somebody who came by themselves.")]
    if organisation not in {one.id for one in (sender, receiver) if one}:
        return [("to", "neither from nor to is the organisation whose hand-overs these are.")]
    return []


def _cannot_receive(receiver: OrganisationRow) -> str:
    try:
        receiver_of(receiver.id)
    except NobodyToReceiveError as error:
        return error.message
    return ""


def _batch(lines: Sequence[Placed], organisation: UUID, actor: str, now: datetime) -> int:
    with transaction.atomic(), own_work():
        digests = {_digest(organisation, line.old.number): line for line in lines}
        there = Handover.objects.filter(token_digest__in=digests).values_list("token_digest", flat=True)
        new = {digest: line for digest, line in digests.items() if digest not in set(there)}
        if not new:
            return 0
        rows = _rows(new, now)
        people = take_over_people(
            organisation=organisation, actor=actor, now=now,
            people=[_person(line, row, now) for line, row in zip(new.values(), rows, strict=True)],
        )  # fmt: skip
        for row, person in zip(rows, people, strict=True):
            row.person = person
        Handover.objects.bulk_create(rows)
        Step.objects.bulk_create(
            step for line, row in zip(new.values(), rows, strict=True) for step in _steps(line, row)
        )
        data = {"organisation": str(organisation), "references": [row.reference for row in rows]}
        record(actor=actor, action=IMPORTED, data=data, now=now)
    return len(rows)


def _rows(new: dict[str, Placed], now: datetime) -> list[Handover]:
    references = iter(_free_references(len(new)))
    balls: dict[tuple[UUID | None, UUID, str], tuple[Ball, date]] = {}
    rows = []
    for digest, line in new.items():
        key = (line.sent_by, line.receiver.id, line.old.region)
        if key not in balls:
            on = timezone.localdate(now)
            ladder = ladder_without_yes(region=line.old.region, receiver=line.receiver.id, on=on)
            by = answer_by(level=Level.DESK, region=line.old.region, now=now)
            balls[key] = states.send(sender=line.sent_by, receiver=line.receiver.id, ladder=ladder), by
        rows.append(_row(digest, next(references), line, *balls[key], now))
    return rows


def _row(digest: str, reference: str, line: Placed, ball: Ball, by: date, now: datetime) -> Handover:
    old, sent = line.old, _moment(line.old.sent_on, now)
    accepted = _moment(old.accepted_on, now) if old.accepted_on else None
    if accepted:
        ball = states.accept(ball, by=ball.holder)
    return Handover(
        id=uuid4(), reference=reference, token_digest=digest, region=old.region, topic=old.topic,
        from_organisation=line.sent_by, to_organisation=ball.holder, owner_organisation=ball.owner,
        state=ball.state.value, level=ball.level.value, version=2 if accepted else 1, answer_by=by,
        question=old.question, language=old.language, made_at=sent, moved_at=accepted or sent, accepted_at=accepted,
        invented=line.receiver.invented,
    )  # fmt: skip


def _steps(line: Placed, row: Handover) -> list[Step]:
    sent = Step(
        handover=row, number=1, move=Move.SENT.value, at=row.made_at, organisation=line.sent_by,
        to_organisation=row.to_organisation, level=row.level, answer_by=row.answer_by,
    )  # fmt: skip
    if row.accepted_at is None:
        return [sent]
    accepted = Step(
        handover=row, number=2, move=Move.ACCEPTED.value, at=row.accepted_at, organisation=row.to_organisation,
        level=row.level,
    )  # fmt: skip
    return [sent, accepted]


def _person(line: Placed, row: Handover, now: datetime) -> KnownPerson:
    """Who has it or answers for it may see them, because they agreed; who sent it and who accepted it guide them."""
    old, agreed = line.old, _moment(line.old.agreed_on, now)
    others = {row.to_organisation, row.owner_organisation} - {line.sent_by}
    seeing = [Seeing(one, "hand_over", Ground.CONSENT, agreed) for one in sorted(others)]
    for guide in [line.sender, line.receiver if old.accepted_on else None]:
        if guide:
            ground = read_grounds(timezone.localdate(now)).ground_of(guide.kind.value)
            seeing.append(Seeing(guide.id, "guide_person", ground, agreed if ground is Ground.CONSENT else None))
    new = NewPerson(old.name, old.language, old.region, old.contacts, invented=row.invented)
    return KnownPerson(new, tuple(seeing))


def _free_references(count: int) -> list[str]:
    """References that nobody has. Drawn at random, as always: one must not tell how many there are."""
    free: dict[str, None] = {}
    while len(free) < count:
        drawn = {reference_of(secrets.randbelow(NUMBERS)) for _ in range(count - len(free))} - free.keys()
        taken = Handover.objects.filter(reference__in=drawn).values_list("reference", flat=True)
        free.update(dict.fromkeys(drawn - set(taken)))
    return list(free)


def _digest(organisation: UUID, number: str) -> str:
    """Recognises a line that comes again. Nobody has a secret with this digest: there is no link to the page yet."""
    value = f"{organisation}:{number}"
    return salted_hmac("dichterbij.referral.imported", value, algorithm="sha256").hexdigest()


def _moment(day: date, now: datetime) -> datetime:
    """Noon of a day; of today not later than now: nobody agreed to anything that is still to come."""
    return min(now, timezone.make_aware(datetime.combine(day, NOON)))
