"""What reading a case gives: rows of lists, one case with everything on it, what the applicant sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dichterbij.domains.schemes.rules.procedure import (
    CaseState,
    Clock,
    ObjectionStage,
    ObjectionStep,
    Penalty,
    Stage,
    Step,
    Term,
)
from dichterbij.domains.schemes.rules.procedure.stages import OPEN, WITH_MONEY
from dichterbij.rules.outcome import Reason


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `waits_for`: the term that runs, empty for none; `proposed_by`: empty without a proposal.

    `answer_by`: when an objection that is open must be answered; `answer_warns`: soon, or it is late.
    `proposed_reason`: as it was written; the name of a reason of the scheme (`Why`) where the decider proposed it.
    """

    id: UUID
    number: str
    name: str
    round_id: int
    stage: Stage
    version: int
    received_on: date
    waits_for: str
    term_ends: date | None
    warns: bool
    is_late: bool
    due_cents: int
    undue_cents: int
    open_flags: int
    proposal: int | None
    proposed_step: str
    proposed_cents: int
    proposed_by: str
    proposed_reason: str
    invented: bool
    answer_by: date | None = None
    answer_warns: bool = False


@dataclass(frozen=True, slots=True)
class FlagCount:
    """On how many cases a reason to look waits, and on how many it was ever put."""

    waiting: int
    ever: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """A step of a case, as it was taken."""

    number: int
    step: str
    on: date
    at: datetime
    actor: str
    cents: int
    until: date | None
    reason: str
    ground: str
    data: Mapping[str, Any]
    assessed_by: str
    objection: UUID | None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that was sent, without its bytes."""

    id: int
    event: int
    kind: str
    language: str
    subject: str
    digest: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection with what can be done now. `against`: the number of the event of the decision.

    `object_by`: the last day on which it could be lodged. `decided_by`: who took that decision, and may not answer.
    `reasons`: of the term of the answer. `gave_nothing`: it was won, and no money followed.
    """

    id: UUID
    against: int
    stage: ObjectionStage
    lateness: str
    lodged_on: date
    answer_by: date
    warns: bool
    possible: tuple[ObjectionStep, ...]
    decision: str
    decided_on: date
    object_by: date
    stands_still: bool
    decided_by: frozenset[str]
    reasons: tuple[Reason, ...]
    gave_nothing: bool = False


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment and what became of it: empty while the bank has not answered."""

    id: UUID
    file: UUID
    cents: int
    account: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A document that was shown. `is_kept`: it can still be read; its digest stays whatever happens.

    `struck_at`: whoever put it here took it back, because it is not of this case.
    """

    id: int
    is_kept: bool
    kind: str
    title: str
    media_type: str
    size: int
    digest: str
    added_at: datetime
    added_by: str
    struck_at: datetime | None

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as it is, beside the application."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something that a person must look at."""

    id: int
    case: UUID
    number: str
    kind: str
    data: Mapping[str, Any]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with everything on it. `reasons`: of the term that runs. `penalty`: what is due for being late.

    `penalty_to_set`: the same, when it runs no longer and nobody set it.
    """

    row: CaseRow
    state: CaseState
    scheme: str
    email: str
    account: str
    language: str
    term: Term | None
    reasons: tuple[Reason, ...]
    possible: tuple[Step, ...]
    events: tuple[EventRow, ...]
    evidence: tuple[EvidenceRow, ...]
    letters: tuple[LetterRow, ...]
    objections: tuple[ObjectionRow, ...]
    payments: tuple[PaymentRow, ...]
    tasks: tuple[TaskRow, ...]
    penalty: Penalty
    penalty_to_set: Penalty | None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What the applicant sees: where it is, what comes next and when, letters, and until when objecting is possible.

    `decided_on`: for the first time; `right_cents`: by the newest decision; `ordered_cents`: at the bank;
    `asks_to_stop`: an officer was told; `account_is_looked_at`: nothing is paid until an officer looked at the account
    that the applicant changed.
    """

    number: str
    scheme: str
    stage: Stage
    received_on: date
    taken_back_on: date | None
    decided_on: date | None
    settled_on: date | None
    right_cents: int
    ordered_cents: int
    can_be_paid_elsewhere: bool
    asks_to_stop: bool
    account_is_looked_at: bool
    waits_for: str
    term_ends: date | None
    asked: str
    granted_cents: int
    paid_cents: int
    to_repay_cents: int
    letters: tuple[LetterRow, ...]
    object_to: int | None
    object_by: date | None

    @property
    def misses(self) -> bool:
        """Whether it waits for what the applicant was asked to send."""
        return self.waits_for == Clock.COMPLETION.value and self.object_by is None

    @property
    def can_be_taken_back(self) -> bool:
        """Whether nothing is decided yet."""
        return self.stage in OPEN

    @property
    def can_stop(self) -> bool:
        """Whether something is granted that an officer can withdraw."""
        return self.stage in WITH_MONEY


@dataclass(frozen=True, slots=True)
class FileRow:
    """A payment file."""

    id: UUID
    message_id: str
    round_id: int
    count: int
    cents: int
    execute_on: date
    digest: str
    prepared_by: str
    prepared_at: datetime
    released_by: str
    dropped_by: str
