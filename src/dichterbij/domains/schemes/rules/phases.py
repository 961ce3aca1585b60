"""The three phases of the Social Innovation Fund, and what a case needs to enter the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dichterbij.rules.outcome import Outcome, Reason

SOURCE = "evaluation, 5.3.1"


class Phase(StrEnum):
    """Where a case stands, in this order."""

    BUSINESS_DEVELOPMENT = "business_development"
    FINANCIAL_ENGINEERING = "financial_engineering"
    INVESTMENT = "investment"


@dataclass(frozen=True, slots=True)
class Case:
    """One employer's plan. Amounts in cents: what it costs, and where the money comes from besides the fund."""

    phase: Phase
    has_region_from_start: bool
    has_needs: bool
    has_region_agreement: bool
    cost_cents: int
    sources: Mapping[str, int]
    fund_cents: int

    @property
    def shortage_cents(self) -> int:
        """What is not paid for yet; 0 or less: the case closes."""
        return self.cost_cents - sum(self.sources.values()) - self.fund_cents


def may_enter(case: Case, phase: Phase) -> Outcome[bool]:
    """Whether the case may enter this phase, with each thing that was looked at. Phases are never skipped."""
    order = list(Phase)
    is_next = order.index(phase) == order.index(case.phase) + 1
    checks: list[tuple[str, bool, dict[str, object]]] = [
        ("phase.is_next", is_next, {"from": case.phase.value, "to": phase.value})
    ]
    if phase is not Phase.BUSINESS_DEVELOPMENT:
        checks.append(("phase.region_from_start", case.has_region_from_start, {}))
        checks.append(("phase.needs_known", case.has_needs, {}))
        checks.append(("phase.region_agreement", case.has_region_agreement, {}))
    if phase is Phase.INVESTMENT:
        closes = case.cost_cents > 0 and case.shortage_cents <= 0
        checks.append(("phase.case_closes", closes, {"shortage_cents": case.shortage_cents}))
    reasons = tuple(Reason(rule, SOURCE, {**inputs, "holds": holds}) for rule, holds, inputs in checks)
    return Outcome(all(holds for _, holds, _ in checks), reasons)
