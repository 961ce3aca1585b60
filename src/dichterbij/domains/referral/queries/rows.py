"""Hand-overs and their steps as rows for pages. No names: those come through the door to people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.rules import Ball, EmployerMessage, Ending, Level, Move, State
from dichterbij.domains.referral.seeing import own_work

GONE = "-"  # in place of words about somebody who was forgotten


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A hand-over as it is now: of `person`, or of the employer's `message` (a reference, else empty).

    `from_organisation` None: a helper, the person or the employer; `ending` None until it is closed; `adviser`: the
    colleague who accepted. `last_day` at school, of who leaves it, and `contact_on`: the first contact after it.
    """

    id: UUID
    reference: str
    person: UUID | None
    message: str
    region: str
    topic: str
    from_organisation: UUID | None
    ball: Ball
    version: int
    answer_by: date
    question: str
    sender_words: str
    language: str
    ending: Ending | None
    onward: UUID | None
    result_goes_along: bool
    made_at: datetime
    moved_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    invented: bool
    adviser: UUID | None = None
    last_day: date | None = None
    contact_on: date | None = None

    @property
    def about(self) -> UUID | EmployerMessage:
        """A person by number, or the message of an employer."""
        return self.person or EmployerMessage(self.message)

    @property
    def is_employer(self) -> bool:
        """Whether it is an employer who waits, and not a person."""
        return bool(self.message)

    @property
    def is_forgotten(self) -> bool:
        """Whether nothing that was said is kept any more."""
        return self.question == GONE

    @property
    def state(self) -> State:
        """Where it is."""
        return self.ball.state

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.ball.state in (State.SENT, State.ACCEPTED)

    def is_overdue(self, on: date) -> bool:
        """Whether the answer should have been there."""
        return self.ball.state is State.SENT and self.answer_by < on

    @property
    def organisations(self) -> tuple[UUID | None, ...]:
        """Every organisation it names."""
        return (self.from_organisation, self.ball.holder, self.ball.owner)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One move. `organisation` None: the person, a helper, or a term that passed."""

    number: int
    move: Move
    at: datetime
    organisation: UUID | None
    to_organisation: UUID | None
    level: Level
    answer_by: date | None
    reason: str


def handover_row(row: Handover) -> HandoverRow:
    """The row of a hand-over."""
    return HandoverRow(
        id=row.pk,
        reference=row.reference,
        person=row.person,
        message=row.message,
        region=row.region,
        topic=row.topic,
        from_organisation=row.from_organisation,
        ball=ball_of(row),
        version=row.version,
        answer_by=row.answer_by,
        question=row.question,
        sender_words=row.sender_words,
        language=row.language,
        ending=Ending(row.ending) if row.ending else None,
        onward=row.onward_id,
        result_goes_along=row.result_goes_along,
        made_at=row.made_at,
        moved_at=row.moved_at,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        invented=row.invented,
        adviser=row.adviser,
        last_day=row.last_day,
        contact_on=row.contact_on,
    )


def onward_among(handovers: Iterable[UUID]) -> frozenset[UUID]:
    """Those that came in place of another one that did not suit. One query."""
    with own_work():
        found = Handover.objects.filter(onward__in=list(handovers)).values_list("onward_id", flat=True)
        return frozenset(one for one in found if one)


def ball_of(row: Handover) -> Ball:
    """Who has it, and who answers for it."""
    return Ball(State(row.state), Level(row.level), row.to_organisation, row.owner_organisation, row.bounces)


def step_row(row: Step) -> StepRow:
    """The row of a step."""
    return StepRow(
        row.number, Move(row.move), row.at, row.organisation, row.to_organisation, Level(row.level), row.answer_by,
        row.reason,
    )  # fmt: skip
