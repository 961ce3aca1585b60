"""Scores of a tender: one officer gives them with reasons, another approves; a later one beside it, never changed."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import DatabaseError, connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rounds import Opened, round_at
from dichterbij.domains.schemes.rules import Method, judge_many
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.rules.score_file import Scored as Scored
from dichterbij.domains.schemes.rules.written import columns_from
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

MOST = 10_000
LONGEST_REASONS = 2_000
_ADD = """
    INSERT INTO schemes_score (round_id, receipt_id, number, score, reasons, given_at, given_by, approved_by)
    SELECT %(round)s, r.id, coalesce((SELECT max(s.number) FROM schemes_score s WHERE s.receipt_id = r.id), 0) + 1,
           %(score)s, %(reasons)s, %(now)s, %(actor)s, %(approved_by)s
    FROM schemes_receipt r WHERE r.id = %(receipt)s AND r.round_id = %(round)s RETURNING id
"""
_WITHOUT = """
    SELECT r.id, coalesce(c.facts, r.facts), schemes_micros(coalesce(c.complete_at, r.complete_at))::bigint
    FROM schemes_receipt r LEFT JOIN schemes_completion c ON c.receipt_id = r.id
    WHERE r.round_id = %(round)s AND coalesce(c.complete_at, r.complete_at) >= %(first)s
      AND coalesce(c.complete_at, r.complete_at) < %(end)s
      AND (SELECT s.score FROM schemes_score s WHERE s.receipt_id = r.id ORDER BY s.number DESC LIMIT 1) IS NULL
      AND NOT EXISTS (SELECT FROM schemes_decision d WHERE d.receipt_id = r.id) ORDER BY r.id
"""
REFUSALS = {
    "SF014": "{} is not complete, or somebody gave it a score at this moment too.",
    "SF015": "{} stands on a list that is public: its score does not change any more.",
}


def give_scores(
    *, scheme: str, scores: Sequence[Scored], actor: Actor | str, approved_by: Actor | str, now: datetime,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Keep these scores, all or none; how many. One for an application that has one goes before it, both stay.

    NotPossibleError when the scheme is no tender, a list is public already, or one person does both.
    """
    if str(actor) == str(approved_by):
        raise NotPossibleError("Somebody else approves a score: two people see it.")
    opened = round_at(scheme, at)
    if opened.scheme.distribution.method is not Method.TENDER:
        raise NotPossibleError(f"{scheme} does not go by score.")
    for one in scores:
        check_score(one)
    if len({id_of(one.number) for one in scores}) != len(scores):
        raise InputError("An application stands in this list twice.")
    with own_work(), connection.cursor() as cursor:
        for one in scores:
            values: dict[str, str | int | datetime | None] = {
                "round": opened.id, "receipt": id_of(one.number), "score": one.score, "reasons": one.reasons,
                "now": now, "actor": str(actor), "approved_by": str(approved_by),
            }  # fmt: skip
            try:
                cursor.execute(_ADD, values)
            except DatabaseError as error:
                told = REFUSALS.get(getattr(error.__cause__, "sqlstate", None) or "")
                if told is None:
                    raise
                raise NotPossibleError(told.format(one.number)) from error
            if cursor.fetchone() is None:
                raise InputError(f"There is no application with the number {one.number} in this round.")
        record(actor=str(actor), action="schemes.scored", now=now,
               data={"scheme": scheme, "round": opened.id, "scores": len(scores)})  # fmt: skip
    return len(scores)


def check_scored(opened: Opened, first: datetime, end: datetime) -> None:
    """NotPossibleError when somebody who may get money has no score."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT, {"round": opened.id, "first": first, "end": end})
        rows = cursor.fetchall()
    columns = columns_from(opened.scheme, [(facts, complete_at) for _, facts, complete_at in rows])
    cents, _ = judge_many(opened.scheme, columns | {"score": np.full(len(rows), MOST, np.int64)})
    missing = [number_of(rows[place][0]) for place in np.flatnonzero(cents).tolist()]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise NotPossibleError(f"These have no score yet: {', '.join(missing[:5])}{more}.")


def check_score(one: Scored) -> None:
    """InputError for points out of range, or without a reason in one line."""
    if type(one.score) is not int or not 0 <= one.score <= MOST:
        raise InputError(
            f"{one.number}: a score is a whole number from 0 to {MOST:,}.", field="score", number=one.number
        )
    if not one.reasons.strip() or len(one.reasons) > LONGEST_REASONS or not one.reasons.isprintable():
        raise InputError(
            f"{one.number}: say in one line why, at most {LONGEST_REASONS} characters.",
            field="reasons",
            number=one.number,
        )
