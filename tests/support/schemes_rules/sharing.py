"""Witnesses of sharing out all at once: in fractions and by hand, and in PostgreSQL; nothing of the rules is used."""

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.db import connection

from support.schemes_rules.decimals import Counting, Row, Witness, euros

Told = list[tuple[int, str]]
_SHARE = """
    WITH asked AS (SELECT row, cents::numeric * %(left)s AS part, sum(cents) OVER () AS together
                   FROM unnest(%(cents)s::bigint[]) WITH ORDINALITY AS given (cents, row)),
    down AS (SELECT row, div(part, together) AS cents, row_number() OVER (ORDER BY mod(part, together) DESC, row) AS nr,
                    %(left)s - sum(div(part, together)) OVER () AS over FROM asked)
    SELECT (cents + (nr <= over)::int)::bigint FROM down ORDER BY row
"""
_TENDER = """
    WITH RECURSIVE asked AS (
        SELECT row, cents,
               row_number() OVER (ORDER BY score DESC, sha256(convert_to(%(seed)s || ':' || key, 'UTF8'))) AS nr
        FROM unnest(%(cents)s::bigint[], %(scores)s::bigint[], %(keys)s::text[])
            WITH ORDINALITY AS given (cents, score, key, row)),
    down AS (SELECT 0::bigint AS nr, 0::bigint AS got, 0::bigint AS row, %(left)s::bigint AS rest
             UNION ALL SELECT a.nr, CASE WHEN a.cents <= d.rest THEN a.cents ELSE 0 END, a.row,
                              d.rest - CASE WHEN a.cents <= d.rest THEN a.cents ELSE 0 END
             FROM down d JOIN asked a ON a.nr = d.nr + 1)
    SELECT got FROM down WHERE nr > 0 ORDER BY row
"""


def shared_by_hand(values: Mapping[str, Any], rows: Sequence[Row], ceiling: int | None) -> Told:
    """Pro rata in fractions of euros; rows in the order of their receipt, all in an exercise."""
    parts, windows = values["ceiling"].get("categories") or {}, Witness(values, is_exercise=True).windows
    bare = {**values, "ceiling": {"together": None, "source": "x"},
            "periods": [{key: one[key] for key in one if key != "ceiling"} for one in values["periods"]]}  # fmt: skip
    counting = Counting(Witness(bare, is_exercise=True), None)
    whole = counting.decide(rows)
    got, cents = [int(amount * 100) for amount, _ in whole], [int(amount * 100) for amount, _ in whole]
    codes = [one["code"] for one in values.get("categories") or []]
    for place, window in enumerate(windows):
        here = [row for row, facts in enumerate(rows) if counting.witness.window(facts) == place]
        if parts:
            for code, most in parts.items():
                _cut(got, [row for row in here if rows[row]["category"] == codes.index(code)], int(euros(most) * 100))
        elif window.ceiling is not None:
            _cut(got, here, int(window.ceiling * 100))
    if ceiling is not None:
        _cut(got, range(len(rows)), ceiling)
    reasons = [why if now == before else "less_pro_rata" if now else "ceiling_reached"
               for now, before, (_, why) in zip(got, cents, whole, strict=True)]  # fmt: skip
    return list(zip(got, reasons, strict=True))


def _cut(got: list[int], rows: Sequence[int], most: int) -> None:
    together = sum(got[row] for row in rows)
    if together <= most:
        return
    exact = {row: Fraction(got[row] * most, together) for row in rows}
    lost = sorted(rows, key=lambda row: (exact[row] // 1 - exact[row], row))
    over = most - sum(exact[row] // 1 for row in rows)
    for place, row in enumerate(lost):
        got[row] = int(exact[row] // 1) + (place < over)


def shared_in_sql(cents: Sequence[int], left: int) -> list[int]:
    """Everybody's part of what is left, when more is asked."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, {"cents": list(cents), "left": left})
        return [one for (one,) in cursor.fetchall()]


def ranked_by_hand(
    values: Mapping[str, Any], rows: Sequence[Row], keys: Sequence[str], seed: str, ceiling: Any
) -> Told:
    """A tender: the highest score first, of equal scores the lowest SHA-256."""
    lots = [hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in keys]
    order = sorted(range(len(rows)), key=lambda row: (-rows[row]["score"], lots[row]))
    decided = Witness(values, is_exercise=True).decide([rows[row] for row in order], ceiling)
    told: Told = [(0, "")] * len(rows)
    for row, (amount, why) in zip(order, decided, strict=True):
        told[row] = (int(amount * 100), why)
    return told


def ranked_in_sql(cents: Sequence[int], scores: Sequence[int], keys: Sequence[str], seed: str, left: int) -> list[int]:
    """The same without caps, for amounts that were judged; who does not fit lets the next one try."""
    with connection.cursor() as cursor:
        cursor.execute(_TENDER, {"cents": list(cents), "scores": list(scores), "keys": list(keys), "seed": seed,
                                 "left": left})  # fmt: skip
        return [one for (one,) in cursor.fetchall()]
