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
    SELECT number, id, day, at, other, change, sum(change) OVER (ORDER BY number)::bigint, reason, reference, actor,
           approved_by, corrects
    FROM (
        SELECT moved.number, moved.id, told.day, told.at, other.name AS other, told.reason, moved.reference, told.actor,
               told.approved_by, moved.corrects,
               CASE WHEN moved.target = %(pk)s THEN moved.cents ELSE -moved.cents END AS change
        FROM budget_transfer AS moved JOIN budget_posting AS told ON told.id = moved.posting
        JOIN budget_account AS other
            ON other.id = CASE WHEN moved.target = %(pk)s THEN moved.source ELSE moved.target END
        WHERE moved.source = %(pk)s OR moved.target = %(pk)s
    ) AS entry ORDER BY number
"""
_HISTORY = """
    WITH here AS (
        SELECT * FROM budget_link AS link
        WHERE (%(before)s::bigint IS NULL OR place < %(before)s) AND (%(fund)s = '' OR EXISTS (
            SELECT 1 FROM budget_transfer AS moved
            JOIN budget_account AS side ON side.id IN (moved.source, moved.target)
            WHERE moved.number BETWEEN link.first AND link.last AND side.fund = %(fund)s))
        ORDER BY place DESC LIMIT %(limit)s
    )
    SELECT here.place, told.id, told.day, told.recorded_at, told.actor, told.approved_by, told.reason,
           moved.id, giver.name, taker.name, moved.cents, moved.reference, moved.corrects
    FROM here JOIN budget_posting AS told ON told.id = here.posting
    JOIN budget_transfer AS moved ON moved.number BETWEEN here.first AND here.last
    JOIN budget_account AS giver ON giver.id = moved.source JOIN budget_account AS taker ON taker.id = moved.target
    ORDER BY here.place DESC, moved.number
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
    pk = Row.objects.filter(name=account.name).values_list("pk", flat=True).first()
    if pk is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"pk": pk})
        rows: list[list[Any]] = [[*row] for row in cursor.fetchall()[-limit:]]
    for row in rows:
        row[4] = read_account(row[4])
    return tuple(Entry(*row) for row in rows)


def history(*, fund: str = "", before: int | None = None, limit: int = 50) -> tuple[Happening, ...]:
    """The newest postings first; `before`: the place where an earlier page ended."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, {"before": before, "fund": fund, "limit": limit})
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
    moves = tuple(
        Move(row[7], read_account(row[8]), read_account(row[9]), row[10], row[11], row[12]) for row in rows[:SHOWN]
    )
    told: list[Any] = [*rows[0][:7], sum(row[10] for row in rows), len(rows), moves]
    return Happening(*told)
