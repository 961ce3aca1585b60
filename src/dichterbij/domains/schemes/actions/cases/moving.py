"""One step of a case: the case is held, its state is read, the event is added, and the row says where it stands now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.case_models import Case, CaseEvent
from dichterbij.domains.schemes.rules.procedure import (
    CaseState,
    Clocks,
    Done,
    Step,
    keep,
    kept_case,
    read_clocks,
    take,
    waits_for,
)
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError

LONGEST_REASON = 2_000
BANK, APPLICANT, DECIDER = "bank", "applicant", "decider"


class ChangedError(DichterbijError):
    """Somebody else did something with the case since the page was opened."""

    code = "case_changed"


class FourEyesError(DichterbijError):
    """Whoever assessed it does not approve it: somebody else does."""

    code = "case_four_eyes"


@dataclass
class Moving:
    """A case that is held: its row, its state, who acts and when."""

    row: Case
    state: CaseState
    actor: str
    now: datetime
    clocks: Clocks = field(init=False)

    def __post_init__(self) -> None:
        self.clocks = read_clocks(on=self.row.received_on)

    @property
    def today(self) -> date:
        """The Dutch day of this moment."""
        return timezone.localdate(self.now)

    def take(
        self,
        step: Step,
        *,
        cents: int = 0,
        until: date | None = None,
        reopens: bool = False,
        on: date | None = None,
        **more: Any,
    ) -> CaseEvent:
        """Add a step, of today or of day `on`. The rules' errors when it does not follow."""
        done = Done(step, on or self.today, cents, until, reopens)
        self.state = take(self.state, done, clocks=self.clocks)
        return self.add(step.value, cents=cents, until=until, reopens=reopens, on=done.on, **more)

    def note(self, step: str, **more: Any) -> CaseEvent:
        """Add an event that leaves the sums and the stage as they are."""
        self.state = replace(self.state, version=self.state.version + 1)
        return self.add(step, **more)

    def add(self, step: str, *, on: date | None = None, **values: Any) -> CaseEvent:
        """Keep the event and where the case stands after it. FourEyesError where the database sees one person twice."""
        try:
            with transaction.atomic():
                event = CaseEvent.objects.create(
                    case=self.row, number=self.state.version, step=step, on=on or self.today, at=self.now,
                    actor=self.actor, **values,
                )  # fmt: skip
        except IntegrityError as error:
            raise _refusal(error) from error
        if step == Step.PROPOSED.value:
            self.row.has_proposal, self.row.proposed_by = True, self.actor
        elif step in (Step.SENT_BACK.value, Step.TAKEN_BACK.value) or values.get("proposal") is not None:
            self.row.has_proposal, self.row.proposed_by = False, ""
        self.keep()
        record(
            actor=self.actor, action=f"case.{step}", now=self.now,
            data={"case": self.row.number, "version": self.state.version, "cents": values.get("cents", 0)},
        )  # fmt: skip
        return event

    def keep(self) -> None:
        """The row says where the case stands after its last event."""
        row, state = self.row, self.state
        waiting = waits_for(state, clocks=self.clocks, weeks=row.weeks, on=self.today).value
        row.to_look = row.to_look or row.stage != state.stage.value
        row.stage, row.version, row.state, row.moved_at = state.stage.value, state.version, keep(state), self.now
        row.waits_for = waiting.clock.value if waiting else ""
        row.term_ends = waiting.last_day if waiting else None
        row.warn_on = waiting.warn_on if waiting and not waiting.stands_still else None
        row.due_cents, row.undue_cents = state.due_cents, state.undue_cents
        row.save()


@contextmanager
def held(case: UUID, version: int | None, *, actor: Actor | str, now: datetime) -> Iterator[Moving]:
    """A transaction in which this case is ours. ChangedError when it moved since `version`; None: whatever it is.

    NotFoundError for a case that is not there.
    """
    with transaction.atomic(), own_work():
        row = Case.objects.select_for_update().filter(pk=case).first()
        if row is None:
            raise NotFoundError("There is no such case.")
        if version is not None and row.version != version:
            raise ChangedError("Somebody else did something with this case. Look at it again.", version=row.version)
        yield Moving(row, kept_case(row.state), str(actor), now)


def said_why(reason: str, *, field: str = "reason") -> str:
    """The reason without spaces around it. InputError for none, or one that is too long."""
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST_REASON:
        raise InputError(
            f"Say why, in at most {LONGEST_REASON} letters: whoever gets the letter reads this.", field=field
        )
    return why


def _refusal(error: IntegrityError) -> Exception:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if name in ("case_decision_is_seen_by_two", "case_decision_carries_out_its_proposal"):
        return FourEyesError("Whoever assessed this does not approve it: ask somebody else.")
    if name == "case_answer_is_by_others":
        return FourEyesError(
            "Whoever took the decision does not decide on the objection: ask somebody else (Awb 10:3)."
        )
    if name == "case_event_has_its_place":
        return ChangedError("Somebody else did something with this case. Look at it again.")
    return error
