"""Rounds with what is left of them, and one application with everything that happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.models import Decision, Receipt, Round
from dichterbij.domains.schemes.rules import REASONS
from dichterbij.domains.schemes.rules.proof import Proof, id_of, number_of
from dichterbij.domains.schemes.seeing import own_work

_FIGURES = """
    SELECT d.reason, count(*), sum(d.cents)::bigint FROM schemes_decision d WHERE d.round_id = %s
      AND NOT EXISTS (SELECT FROM schemes_decision l WHERE l.round_id = d.round_id AND l.earlier = d.place)
    GROUP BY d.reason ORDER BY d.reason
"""
_COUNTS = """
    SELECT count(*), count(complete_at) + (SELECT count(*) FROM schemes_completion c WHERE c.round_id = %s)
    FROM schemes_receipt WHERE round_id = %s
"""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round, how much of it is granted, and how many got which reason. `left_cents`: of the ceiling."""

    scheme: str
    version: date
    digest: str
    is_exercise: bool
    opens_at: datetime
    closes_at: datetime
    ceiling_cents: int
    granted_cents: int
    left_cents: int
    received: int
    complete: int
    decided: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision on an application; the last one holds."""

    place: int
    cents: int
    reason: str
    asked_cents: int
    left_cents: int
    waits: bool
    kind: str
    note: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """An application and what happened to it. `proof_holds`: the digest is over what is kept."""

    number: str
    scheme: str
    applicant: str
    facts: str
    received_at: datetime
    complete_at: datetime | None
    proof: str
    proof_line: str
    proof_holds: bool
    decisions: tuple[DecisionRow, ...]


def rounds(*, scheme: str | None = None) -> tuple[RoundRow, ...]:
    """Every round, or those of one scheme, newest first."""
    found = Round.objects.filter(**({"scheme": scheme} if scheme else {})).order_by("-opens_at", "-id")
    with own_work():
        return tuple(_round(row) for row in found)


def receipts(*, scheme: str, after: str | None = None, limit: int = 50) -> tuple[ReceiptRow, ...]:
    """Applications of a scheme in the order of their arrival in the tables, after the one with this number."""
    with own_work():
        rows = Receipt.objects.filter(round__scheme=scheme, pk__gt=(id_of(after) or 0) if after else 0)
        return tuple(_receipt(row) for row in rows.select_related("round").order_by("pk")[:limit])


def status(*, number: str, applicant: str | None = None) -> ReceiptRow:
    """One application. NoRoundError for no such number, and for one of another `applicant`: the same answer."""
    with own_work():
        row = Receipt.objects.filter(pk=id_of(number) or 0).select_related("round").first()
        if row is None or (applicant is not None and row.applicant != applicant):
            raise NoRoundError(f"There is no application with the number {number}.")
        return _receipt(row)


def _round(row: Round) -> RoundRow:
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [row.pk])
        figures = cursor.fetchall()
        cursor.execute(_COUNTS, [row.pk, row.pk])
        received, complete = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(sum(cents - beyond_cents), 0)::bigint FROM schemes_decision d WHERE round_id = %s"
            " AND cents > 0 AND NOT EXISTS"
            " (SELECT FROM schemes_decision l WHERE l.round_id = d.round_id AND l.earlier = d.place)",
            [row.pk],
        )
        (under,) = cursor.fetchone()
    reasons = {REASONS[code]: count for code, count, _ in figures}
    granted = sum(cents for _, _, cents in figures)
    return RoundRow(
        row.scheme, row.version, bytes(row.digest).hex(), row.is_exercise, row.opens_at, row.closes_at,
        row.ceiling_cents, granted, row.ceiling_cents - under, received, complete, sum(reasons.values()), reasons,
    )  # fmt: skip


def _receipt(row: Receipt) -> ReceiptRow:
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts, complete_at, proof FROM schemes_completion WHERE receipt_id = %s", [row.pk])
        later = cursor.fetchone()
    facts, complete_at, kept = later or (row.facts, row.complete_at, row.proof)
    proof = Proof(bytes(row.round.digest), row.pk, row.key, row.applicant, facts, row.received_at, complete_at)
    return ReceiptRow(
        number_of(row.pk), row.round.scheme, row.applicant, facts, row.received_at, complete_at, bytes(kept).hex(),
        proof.line(), proof.digest() == bytes(kept), _decisions(row.pk),
    )  # fmt: skip


def _decisions(pk: int) -> tuple[DecisionRow, ...]:
    of_receipt = Decision.objects.filter(receipt_id=pk).select_related("batch").order_by("place")
    # Each of the two by its index.
    rows = [*of_receipt.filter(earlier=None), *of_receipt.filter(earlier__isnull=False)]
    return tuple(
        DecisionRow(
            row.place,
            row.cents,
            REASONS[row.reason],
            row.asked_cents,
            row.left_cents,
            row.waits,
            row.batch.kind,
            row.batch.note,
            row.batch.decided_at,
        )
        for row in rows
    )
