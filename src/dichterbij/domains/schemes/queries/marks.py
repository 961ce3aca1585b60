"""The points of a tender as one officer sees them: their own, and a colleague's once they gave theirs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.draw_models import Mark
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.seeing import own_work

# Who withdrew before there was a list takes no part any more.
_ALL = """
    WITH held AS (
        SELECT receipt_id, bool_or(given_by = %(actor)s) AS own,
               count(*) FILTER (WHERE given_by <> %(actor)s) AS given, max(score) - min(score) AS apart
        FROM (SELECT DISTINCT ON (receipt_id, given_by) receipt_id, given_by, score FROM schemes_mark
              WHERE round_id = %(round)s ORDER BY receipt_id, given_by, number DESC) newest
        WHERE score IS NOT NULL GROUP BY receipt_id),
    plan AS (
    SELECT r.id, r.applicant, c.id AS case_id, c.name, coalesce(k.complete_at, r.complete_at) AS complete, s.score,
           s.given_by, s.approved_by, EXISTS (SELECT FROM schemes_entrylist e WHERE e.round_id = r.round_id
               AND coalesce(k.complete_at, r.complete_at) >= e.from_at
               AND coalesce(k.complete_at, r.complete_at) < e.until_at) AS is_public,
           coalesce(h.own, false) AS own, coalesce(h.given, 0) AS given, coalesce(h.apart, 0) AS apart
    FROM schemes_receipt r LEFT JOIN schemes_completion k ON k.receipt_id = r.id
    LEFT JOIN schemes_case c ON c.receipt_id = r.id LEFT JOIN held h ON h.receipt_id = r.id
    LEFT JOIN LATERAL (SELECT score, given_by, approved_by FROM schemes_score s WHERE s.receipt_id = r.id
                       ORDER BY s.number DESC LIMIT 1) s ON s.score IS NOT NULL
    WHERE r.round_id = %(round)s AND coalesce(k.complete_at, r.complete_at) IS NOT NULL
      AND (NOT EXISTS (SELECT FROM schemes_decision d WHERE d.receipt_id = r.id AND d.earlier IS NULL)
           OR EXISTS (SELECT FROM schemes_lot l WHERE l.receipt_id = r.id)))
"""
_PAGE = """
    SELECT id, applicant, case_id, name, score, given_by, approved_by, is_public FROM plan
    WHERE {part} AND (%(only)s::bigint[] IS NULL OR id = ANY (%(only)s))
    ORDER BY complete, id OFFSET %(skip)s LIMIT %(most)s
"""
_COUNTS = " SELECT {counted}, coalesce(bool_and(is_public), false) FROM plan"
PARTS = {  # as whoever asks may see it
    "mine": "NOT own AND NOT is_public AND given < 2",
    "differ": "apart > 0 AND (own OR is_public)",
    "counts": "score IS NOT NULL AND (own OR is_public OR given = 0)",
    "all": "true",
}


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What one person gave."""

    actor: str
    score: int
    reasons: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An application in a tender. `score`: the points that count, empty while two people did not give the same.

    `others`: what colleagues gave, empty until whoever asks gave their own; `given`: how many colleagues did.
    `score_by`: the two people whose points count. `is_public`: on a list, so nothing changes any more.
    """

    number: str
    name: str
    case: UUID | None
    own: MarkRow | None
    others: tuple[MarkRow, ...]
    given: int
    score: int | None
    score_by: tuple[str, ...]
    is_public: bool

    @property
    def difference(self) -> int:
        """Between the most and the fewest points that people gave; 0 while only one did, or both the same."""
        found = [one.score for one in (*self.others, *((self.own,) if self.own else ()))]
        return max(found) - min(found) if len(found) > 1 else 0

    @property
    def is_open(self) -> bool:
        """Whether whoever asks can still give points: not on a public list, nor given by two others."""
        return not self.is_public and (self.own is not None or self.given < 2)


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How many plans are in each part of the list, for whoever asks. `is_public`: all of them are on a list."""

    parts: Mapping[str, int]
    is_public: bool


def plan_counts(*, round_id: int, actor: Actor | str) -> PlanCounts:
    """How many plans of a round there are to give by this person, that differ, that count, and in all."""
    counted = ", ".join(f"count(*) FILTER (WHERE {part})" for part in PARTS.values())
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_ALL + _COUNTS.format(counted=counted), {"round": round_id, "actor": str(actor)})
        *found, is_public = cursor.fetchone()
    return PlanCounts(dict(zip(PARTS, found, strict=True)), is_public)


def plans(
    *, round_id: int, actor: Actor | str, part: str = "all", numbers: Iterable[str] | None = None, skip: int = 0,
    most: int | None = None,
) -> tuple[Plan, ...]:  # fmt: skip
    """The applications of a round that are complete, in the order they came, as this person may see their points.

    `part`: one of PARTS; `numbers`: of these alone.
    """
    only = None if numbers is None else [pk for pk in map(id_of, numbers) if pk is not None]
    values: dict[str, Any] = {"round": round_id, "actor": str(actor), "only": only, "skip": skip, "most": most}
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_ALL + _PAGE.format(part=PARTS[part]), values)
        rows = cursor.fetchall()
        held = Mark.objects.filter(receipt__in=[row[0] for row in rows])
        marks = _held(held.order_by("receipt", "given_by", "-number"))
    return tuple(_plan(row, marks.get(row[0], []), str(actor)) for row in rows)


def _held(rows: Iterable[Mark]) -> dict[int, list[MarkRow]]:
    """Of each application what each person gave last and did not take back."""
    newest: dict[tuple[int, str], Mark] = {}
    for one in rows:
        newest.setdefault((one.receipt_id, one.given_by), one)
    found = defaultdict(list)
    for (receipt, actor), one in newest.items():
        if one.score is not None:
            found[receipt].append(MarkRow(actor, one.score, one.reasons))
    return found


def _plan(row: tuple, marks: list[MarkRow], actor: str) -> Plan:  # type: ignore[type-arg]  # as the database has it
    receipt, applicant, case, name, score, given_by, approved_by, is_public = row
    first, _space, rest = applicant.partition(" ")
    own = next((one for one in marks if one.actor == actor), None)
    others = tuple(one for one in marks if one.actor != actor)
    sees = own is not None or is_public
    return Plan(
        number_of(receipt), name or (rest if first.isdigit() and rest else applicant), case, own,
        others if sees else (), len(others), score if sees or not others else None,
        tuple(one for one in (given_by, approved_by) if one) if sees or not others else (), is_public,
    )  # fmt: skip
