"""What was proposed for money that waits for a decision, what was decided, and how much of it moved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.models import Decision, Proposal, ProposalLine
from dichterbij.domains.budget.rules import Account, read_account


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """At most so much to this account; `moved_cents` of it went there."""

    target: Account
    cents: int
    moved_cents: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal and what became of it. `is_approved` None: nobody decided yet, so nothing can move."""

    id: UUID
    title: str
    source: Account
    made_by: str
    made_on: date
    lines: tuple[ProposedLine, ...]
    is_approved: bool | None
    body: str
    decided_on: date | None

    @property
    def cents(self) -> int:
        """What it asks together."""
        return sum(line.cents for line in self.lines)

    @property
    def moved_cents(self) -> int:
        """What of it was carried out."""
        return sum(line.moved_cents for line in self.lines)


def proposals(*, region: str = "") -> tuple[Proposed, ...]:
    """Every proposal, of one region when it is named; the oldest first."""
    rows = list(Proposal.objects.order_by("made_at", "id"))
    lines = list(ProposalLine.objects.order_by("id"))
    ids = {row.source for row in rows} | {line.target for line in lines}
    names = {pk: read_account(name) for pk, name in Row.objects.filter(pk__in=ids).values_list("pk", "name")}
    told: defaultdict[UUID, list[ProposedLine]] = defaultdict(list)
    for line in lines:
        told[line.proposal].append(ProposedLine(names[line.target], line.cents, line.moved_cents))
    decided = {one.proposal: one for one in Decision.objects.all()}
    found = (_proposed(row, names[row.source], told[row.id], decided.get(row.id)) for row in rows)
    return tuple(one for one in found if not region or one.source.place.region == region)


def _proposed(row: Proposal, source: Account, lines: list[ProposedLine], decision: Decision | None) -> Proposed:
    approved, body, day = (decision.approved, decision.body, decision.day) if decision else (None, "", None)
    return Proposed(row.id, row.title, source, row.made_by, row.made_at.date(), tuple(lines), approved, body, day)
