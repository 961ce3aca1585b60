"""The points of a tender as one officer sees them: their own, and a colleague's once they gave theirs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.draw_models import Mark
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work

# Who withdrew before there was a list takes no part any more.
_PLANS = """
    SELECT r.id, r.applicant, c.id, c.name, coalesce(k.complete_at, r.complete_at) AS complete, s.score, s.given_by,
           s.approved_by, EXISTS (SELECT FROM schemes_entrylist e WHERE e.round_id = r.round_id
               AND coalesce(k.complete_at, r.complete_at) >= e.from_at
               AND coalesce(k.complete_at, r.complete_at) < e.until_at)
    FROM schemes_receipt r LEFT JOIN schemes_completion k ON k.receipt_id = r.id
    LEFT JOIN schemes_case c ON c.receipt_id = r.id
    LEFT JOIN LATERAL (SELECT score, given_by, approved_by FROM schemes_score s WHERE s.receipt_id = r.id
                       ORDER BY s.number DESC LIMIT 1) s ON s.score IS NOT NULL
    WHERE r.round_id = %s AND coalesce(k.complete_at, r.complete_at) IS NOT NULL
      AND (NOT EXISTS (SELECT FROM schemes_decision d WHERE d.receipt_id = r.id AND d.earlier IS NULL)
           OR EXISTS (SELECT FROM schemes_lot l WHERE l.receipt_id = r.id))
    ORDER BY complete, r.id
"""


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


def plans(*, round_id: int, actor: Actor | str) -> tuple[Plan, ...]:
    """The applications of a round that are complete, in the order they came, as this person may see their points."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_PLANS, [round_id])
        rows = cursor.fetchall()
        marks = _held(Mark.objects.filter(round_id=round_id).order_by("receipt", "given_by", "-number"))
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
    receipt, applicant, case, name, _, score, given_by, approved_by, is_public = row
    first, _space, rest = applicant.partition(" ")
    own = next((one for one in marks if one.actor == actor), None)
    others = tuple(one for one in marks if one.actor != actor)
    sees = own is not None or is_public
    return Plan(
        number_of(receipt), name or (rest if first.isdigit() and rest else applicant), case, own,
        others if sees else (), len(others), score if sees or not others else None,
        tuple(one for one in (given_by, approved_by) if one) if sees or not others else (), is_public,
    )  # fmt: skip
