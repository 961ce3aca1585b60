"""What stays committed for a case: exactly what may still be paid, and what is at the bank; the rest comes free.

The scheme decided on a sum (`decided`), which went from reserved to committed. What was paid of it left; what was
repaid came back, and is committed again when an objection is won. So at any moment, of one case:
committed = decided - paid + committed again, and that is `CaseState.committed_cents` after each step.
"""

from itertools import pairwise
from uuid import uuid5

from django.db import connection

from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Account, Place, State, Transfer
from dichterbij.domains.schemes.actions.cases.moving import Moving
from dichterbij.domains.schemes.actions.changing import grant_on_objection, lower
from dichterbij.domains.schemes.actions.changing import withdraw as end_application
from dichterbij.domains.schemes.batches import ON_RECEIPT
from dichterbij.domains.schemes.case_models import Case, CaseEvent
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.procedure import CaseState

_IN_FORCE = """
    SELECT cents, cents - beyond_cents FROM {} d ORDER BY place DESC LIMIT 1
"""


def decided_cents(receipt: int) -> int | None:
    """What the newest decision on a receipt gives; None when there is none yet."""
    found = _in_force(receipt)
    return None if found is None else found[0]


def free_rest(moving: Moving, why: str) -> None:
    """What does not go to the receiver any more, and is not at the bank, comes free."""
    has = decided_cents(moving.row.receipt_id)
    keeps = _wanted(moving, moving.state)
    if not has or keeps >= has:
        return
    number = moving.row.number
    if keeps:
        lower(number=number, cents=keeps, reason=why, actor=moving.actor, now=moving.now)
    else:
        end_application(number=number, reason=why, actor=moving.actor, now=moving.now)


def to_commit_again(moving: Moving, after: CaseState) -> int:
    """Of what was repaid: what the case needs to be able to pay as it stands after a won objection, and no more."""
    has = decided_cents(moving.row.receipt_id) or 0
    short = _wanted(moving, after) - has
    return max(0, min(short, after.repaid_cents - _committed_again(moving.row)))


def commit(moving: Moving, again: int, assessed_by: str) -> None:
    """Commit what a won objection gives: `again` from what was repaid, the rest by a decision of the scheme.

    After the event of the answer, which says how much is committed again.
    """
    row, wanted = moving.row, _wanted(moving, moving.state)
    if wanted > (decided_cents(row.receipt_id) or 0):
        grant_on_objection(number=row.number, cents=wanted, reason="An objection was upheld", actor=assessed_by,
                           approved_by=moving.actor, now=moving.now)  # fmt: skip
    if again:
        posting = uuid5(row.pk, f"committed again {moving.state.version}")
        net = moving.state.ordered_cents + moving.state.paid_cents - moving.state.repaid_cents
        steps = (State.RECOVERED, State.RESERVED, State.COMMITTED)
        moves = [
            Transfer(
                uuid5(posting, f"{to.value} {place.purpose} {place.activity}"),
                Account(start, place), Account(to, place), cents, row.number,
            )
            for place, cents in parts(row, net, net + again) for start, to in pairwise(steps)
        ]  # fmt: skip
        ledger.post(posting=posting, transfers=moves, reason="An objection was upheld", actor=assessed_by,
                    approved_by=moving.actor, now=moving.now)  # fmt: skip


def parts(row: Case, low: int, high: int) -> list[tuple[Place, int]]:
    """Whose money it is that a case has from so many cents to so many: of the ceiling first, then of what was held
    back for objections.
    """
    here = opened(row.round_id)
    found = _in_force(row.receipt_id)
    ceiling = found[1] if found else 0
    under = min(high, max(low, ceiling)) - low
    return [(place, cents) for place, cents in (
        (here.committed.place, under), (here.held_back.place, high - low - under)) if cents]  # fmt: skip


def _wanted(moving: Moving, state: CaseState) -> int:
    """What the scheme must have decided on, so that exactly the committed cents of this state stand there."""
    return state.committed_cents + state.paid_cents - _committed_again(moving.row)


def _committed_again(row: Case) -> int:
    upheld = CaseEvent.objects.filter(case=row, step="objection_upheld").values_list("data", flat=True)
    return sum(int(data.get("committed_again", 0)) for data in upheld)


def _in_force(receipt: int) -> tuple[int, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE.format(ON_RECEIPT.format("%(receipt)s")), {"receipt": receipt})
        row = cursor.fetchone()
    return None if row is None else (int(row[0]), int(row[1]))
