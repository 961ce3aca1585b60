"""What happened: per account, per posting, and between groups of accounts for a picture."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.queries.balances import checked
from dichterbij.domains.budget.rules import Account, read_account


@dataclass(frozen=True, slots=True)
class Entry:
    """One transfer as an account sees it: `cents` is below zero when they left. `balance`: after it."""

    number: int
    transfer: UUID
    day: date
    at: datetime
    other: Account
    cents: int
    balance: int
    reason: str
    reference: str
    actor: str
    approved_by: str
    corrects: UUID | None


@dataclass(frozen=True, slots=True)
class Move:
    """One transfer of a posting."""

    transfer: UUID
    source: Account
    target: Account
    cents: int
    reference: str
    corrects: UUID | None


@dataclass(frozen=True, slots=True)
class Happening:
    """A posting with its transfers. `place`: in the chain; `count`: how many there are; `moves`: the first of them."""

    place: int
    posting: UUID
    day: date
    recorded_at: datetime
    actor: str
    approved_by: str
    reason: str
    cents: int
    count: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that went from one group of accounts to another, corrections taken off."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    cents: int


_STATEMENT = """
    SELECT moved.number, moved.id, told.day, told.at, other.name, told.reason, moved.reference, told.actor,
           told.approved_by, moved.corrects, CASE WHEN moved.target = mine.id THEN moved.cents ELSE -moved.cents END,
           mine.balance_cents
    FROM budget_account AS mine
    CROSS JOIN LATERAL (
        (SELECT * FROM budget_transfer WHERE source = mine.id ORDER BY number DESC LIMIT %(limit)s)
        UNION ALL
        (SELECT * FROM budget_transfer WHERE target = mine.id ORDER BY number DESC LIMIT %(limit)s)
    ) AS moved
    JOIN budget_posting AS told ON told.id = moved.posting
    JOIN budget_account AS other ON other.id = CASE WHEN moved.target = mine.id THEN moved.source ELSE moved.target END
    WHERE mine.name = %(name)s ORDER BY moved.number DESC LIMIT %(limit)s
"""
_HISTORY = """
    WITH here AS (
        SELECT link.*, told.day, told.recorded_at, told.actor, told.approved_by, told.reason
        FROM budget_link AS link JOIN budget_posting AS told ON told.id = link.posting
        WHERE (%(before)s::bigint IS NULL OR place < %(before)s) AND (%(fund)s = '' OR EXISTS (
            SELECT 1 FROM budget_transfer AS moved
            JOIN budget_account AS side ON side.id IN (moved.source, moved.target)
            WHERE moved.number BETWEEN link.first AND link.last AND side.fund = %(fund)s))
        ORDER BY place DESC LIMIT %(limit)s
    )
    SELECT here.place, here.posting, here.day, here.recorded_at, here.actor, here.approved_by, here.reason,
           together.cents, together.count, shown.id, giver.name, taker.name, shown.cents, shown.reference,
           shown.corrects
    FROM here CROSS JOIN LATERAL (
        SELECT sum(cents)::bigint AS cents, count(*) AS count FROM budget_transfer
        WHERE number BETWEEN here.first AND here.last
    ) AS together
    CROSS JOIN LATERAL (
        SELECT * FROM budget_transfer WHERE number BETWEEN here.first AND here.last ORDER BY number LIMIT %(shown)s
    ) AS shown
    JOIN budget_account AS giver ON giver.id = shown.source JOIN budget_account AS taker ON taker.id = shown.target
    ORDER BY here.place DESC, shown.number
"""
_FLOWS = """
    SELECT giver.state, giver.fund, giver.tranche, giver.region, giver.scheme, giver.route, giver.purpose,
           giver.activity, taker.state, taker.fund, taker.tranche, taker.region, taker.scheme, taker.route,
           taker.purpose, taker.activity,
           sum(moved.cents) FILTER (WHERE moved.corrects IS NULL)::bigint,
           sum(moved.cents) FILTER (WHERE moved.corrects IS NOT NULL)::bigint
    FROM budget_transfer AS moved JOIN budget_posting AS told ON told.id = moved.posting
    JOIN budget_account AS giver ON giver.id = moved.source JOIN budget_account AS taker ON taker.id = moved.target
    WHERE told.day <= %s AND (giver.id = ANY (%s) OR taker.id = ANY (%s))
    GROUP BY giver.id, taker.id
"""
SHOWN = 50
PARTS = ("state", "fund", "tranche", "region", "scheme", "route", "purpose", "activity")


def statement(account: Account, *, limit: int = 1_000) -> tuple[Entry, ...]:
    """The newest entries of an account, oldest of them first, with the balance after each."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"name": account.name, "limit": limit})
        rows = cursor.fetchall()
    found, after = list[Entry](), rows[0][11] if rows else 0
    for number, transfer, day, at, other, reason, reference, actor, approved_by, corrects, cents, _balance in rows:
        found.append(Entry(number, transfer, day, at, read_account(other), cents, after, reason, reference, actor,
                           approved_by, corrects))  # fmt: skip
        after -= cents
    return tuple(reversed(found))


def history(*, fund: str = "", before: int | None = None, limit: int = 50) -> tuple[Happening, ...]:
    """The newest postings first; `before`: the place where an earlier page ended."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, {"before": before, "fund": fund, "limit": limit, "shown": SHOWN})
        rows = cursor.fetchall()
    return tuple(_happening(group) for group in _by_place(rows).values())


def flows(*parts: str, until: date | None = None, **where: str) -> tuple[Flow, ...]:
    """What went between groups of accounts, for a picture and the table beside it, largest first.

    `parts`: what the groups are told apart by (`state` and `purpose` when none are given). `where`: either side of a
    flow is there. Corrections are taken off the flow that they correct; money that goes round stands in two flows.
    """
    told = parts or ("state", "purpose")
    checked(dict.fromkeys(told, ""))
    ids = list(Row.objects.filter(**checked(where)).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, [until or date.max, ids, ids])
        found: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
        for row in cursor.fetchall():
            source, target = _picked(row[:8], told), _picked(row[8:16], told)
            found[source, target] += row[16] or 0
            found[target, source] -= row[17] or 0
    kept = [Flow(source, target, cents) for (source, target), cents in found.items() if cents and source != target]
    return tuple(sorted(kept, key=lambda one: (-one.cents, one.source, one.target)))


def _picked(row: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row[PARTS.index(part)] for part in parts)


def _by_place(rows: list[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _happening(rows: list[tuple[Any, ...]]) -> Happening:
    moves = tuple(Move(row[9], read_account(row[10]), read_account(row[11]), *row[12:15]) for row in rows)
    told: list[Any] = [*rows[0][:9], moves]
    return Happening(*told)
