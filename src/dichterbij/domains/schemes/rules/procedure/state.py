"""A case after its steps: its days and sums, what follows from them, and when the decision must be there. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, Suspension, Term, term
from dichterbij.domains.schemes.rules.procedure.stages import (
    WITH_MONEY,
    Stage,
    Step,
)
from dichterbij.rules.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Done:
    """A step with what it needs: its Dutch day, an amount where money is decided or moved, a day it names.

    `until`: the end of a completion term, a new decision term (4:14) or a postponement. `reopens`: an objection was
    won, so a case that ended takes this decision all the same.
    """

    step: Step
    on: date
    cents: int = 0
    until: date | None = None
    reopens: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case after its steps. All sums in cents: what was granted (at most), advanced (may be paid before
    settlement), settled (None: not yet), ordered (at the bank), paid (reached the receiver), claimed back and repaid.
    """

    stage: Stage
    received_on: date
    version: int = 1
    complete_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    decision_by: date | None = None
    completion_by: date | None = None
    default_told_on: date | None = None
    decided_on: date | None = None
    settled_on: date | None = None
    granted_cents: int = 0
    advanced_cents: int = 0
    settled_cents: int | None = None
    ordered_cents: int = 0
    paid_cents: int = 0
    claimed_cents: int = 0
    repaid_cents: int = 0
    held_on: date | None = None

    @property
    def due_cents(self) -> int:
        """What is still to be ordered: up to the settlement, before that up to the advance."""
        if self.stage not in WITH_MONEY or self.held_on is not None:
            return 0
        up_to = self.advanced_cents if self.settled_cents is None else self.settled_cents
        return max(0, up_to - self.ordered_cents - self.paid_cents + self.repaid_cents)

    @property
    def right_cents(self) -> int:
        """What the receiver has a right to, by the newest decision: up to the settlement, before that the grant."""
        if self.stage is Stage.CLOSED:  # with nothing to pay or to come back: what there is, is right
            return self.paid_cents - self.repaid_cents
        if self.stage not in WITH_MONEY:
            return 0
        return self.granted_cents if self.settled_cents is None else self.settled_cents

    @property
    def undue_cents(self) -> int:
        """What was paid without a right to it, and is not repaid."""
        return max(0, self.paid_cents - self.repaid_cents - self.right_cents)

    @property
    def committed_cents(self) -> int:
        """What stands committed for it: what the receiver may still get, and at least what is at the bank."""
        return max(self.ordered_cents, self.right_cents - self.paid_cents + self.repaid_cents)

    @property
    def in_excess_cents(self) -> int:
        """What is ordered beyond what may be paid now: since then it was withdrawn, lowered or held."""
        up_to = self.advanced_cents if self.settled_cents is None else self.settled_cents
        may = up_to if self.stage in WITH_MONEY and self.held_on is None else 0
        return min(self.ordered_cents, max(0, self.ordered_cents + self.paid_cents - self.repaid_cents - may))

    @property
    def is_suspended(self) -> bool:
        """Whether its decision term stands still."""
        return bool(self.suspensions) and self.suspensions[-1].last is None


def receive(on: date, *, is_complete: bool = True) -> CaseState:
    """A new case: received on this day."""
    return CaseState(Stage.RECEIVED, on, complete_on=on if is_complete else None)


def decision_term(case: CaseState, *, clocks: Clocks, weeks: int, on: date | None = None) -> Outcome[Term]:
    """When the decision must be there: counted from receipt, standing still while the applicant completes.

    A later day that was told before the end (4:14), or agreed in writing, stands in its place.
    """
    still = case.suspensions
    if case.is_suspended and case.completion_by is not None and on is not None and on > case.completion_by:
        still = (*still[:-1], replace(still[-1], last=case.completion_by))
    found = term(Clock.DECISION, after=case.received_on, clocks=clocks, weeks=weeks, suspended=still, on=on)
    if case.decision_by is None or case.decision_by <= found.value.last_day:
        return found
    later = case.decision_by - found.value.last_day
    moved = replace(found.value, last_day=case.decision_by, warn_on=found.value.warn_on + later)
    return Outcome(moved, found.reasons)
