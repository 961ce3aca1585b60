"""Who takes part in a draw or ranking, the digest of their list, and their order: anybody can work it out again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection

from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Method, draw, in_order
from dichterbij.domains.schemes.rules.moments import micros
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work

_BETWEEN = """
    SELECT id, complete_at,
           (SELECT s.score FROM schemes_score s WHERE s.receipt_id = found.id ORDER BY s.number DESC LIMIT 1)
    FROM (SELECT id, complete_at, ticket FROM schemes_receipt
          WHERE round_id = %(round)s AND complete_at >= %(first)s AND complete_at < %(end)s
          UNION ALL SELECT receipt_id, complete_at, ticket FROM schemes_completion
          WHERE round_id = %(round)s AND complete_at >= %(first)s AND complete_at < %(end)s) found
    ORDER BY complete_at, ticket
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who takes part in a draw. `score`: what officers gave it in a tender."""

    receipt: int
    number: str
    complete_at: datetime
    score: int | None = None

    @property
    def line(self) -> str:
        """As the list that is published says it."""
        return self.number if self.score is None else f"{self.number} {self.score}"


def complete_between(opened: Opened, first: datetime, end: datetime) -> tuple[Listed, ...]:
    """Everybody who was complete from the first moment and before the last, in that order; for a draw."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_BETWEEN, {"round": opened.id, "first": first, "end": end})
        return tuple(Listed(pk, number_of(pk), at, score) for pk, at, score in cursor.fetchall())


def list_digest(entrants: Sequence[Listed]) -> bytes:
    """Over the numbers of all who take part, in their order, each with its score where it has one."""
    return hashlib.sha256("\n".join(sorted(one.line for one in entrants)).encode()).digest()


def order_of(opened: Opened, entrants: Sequence[Listed], seed: str) -> list[Listed]:
    """The order of a draw, which anybody can work out from its list and seed."""
    numbers = [one.number for one in entrants]
    if opened.scheme.distribution.method is not Method.TENDER:
        return [entrants[place] for place in draw(seed, numbers).tolist()]
    columns = {
        "complete_at": np.array([micros(one.complete_at) for one in entrants], np.int64),
        "applicant": np.zeros(len(entrants), np.int64),
        "score": np.array([-1 if one.score is None else one.score for one in entrants], np.int64),
    }
    return [entrants[place] for place in in_order(opened.scheme, columns, seed=seed, keys=numbers).tolist()]
