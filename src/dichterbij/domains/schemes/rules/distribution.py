"""How scarce money is shared out: in which order applications come, by draw where the scheme says so, or pro rata."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.deciding import Decider, Decisions
from dichterbij.domains.schemes.rules.facts import Columns, completed
from dichterbij.domains.schemes.rules.moments import moment_of, start_of_day
from dichterbij.domains.schemes.rules.reasons import Why
from dichterbij.domains.schemes.rules.scheme import Method, Scheme
from dichterbij.shared.errors import InputError

I64 = npt.NDArray[np.int64]


def draw(seed: str, keys: Sequence[str]) -> I64:
    """The order of a lottery: by the SHA-256 of `seed:key`, so that anybody can do the draw again."""
    start = hashlib.sha256(f"{seed}:".encode())
    drawn = []
    for place, key in enumerate(keys):
        ticket = start.copy()
        ticket.update(key.encode())
        drawn.append((ticket.digest(), place))
    return np.array([place for _, place in sorted(drawn)], np.int64)


def in_order(scheme: Scheme, columns: Columns, *, seed: str | None = None, keys: Sequence[str] = ()) -> I64:
    """The places of the applications in the order in which this scheme decides them.

    `keys`: the number of each receipt, for the draw. Of the same moment, the first in the columns goes first.
    InputError when a draw is needed and no seed was published, or keys are missing or come twice.
    """
    complete_at, distribution = columns["complete_at"], scheme.distribution
    match distribution.method:
        case Method.DAY_LOTTERY:
            return np.lexsort((_rank(seed, keys, len(complete_at)), _days(complete_at)))
        case Method.LOTTERY:
            return np.argsort(_rank(seed, keys, len(complete_at)), kind="stable")
        case Method.TENDER:
            ties = complete_at if distribution.ties == "receipt" else _rank(seed, keys, len(complete_at))
            return np.lexsort((ties, -completed(columns)["score"]))
    return np.argsort(complete_at, kind="stable")


def _rank(seed: str | None, keys: Sequence[str], size: int) -> I64:
    if not seed:
        raise InputError("this scheme draws lots: publish the seed of the draw first, and give it here")
    if len(keys) != size or len(set(keys)) != size:
        raise InputError("a draw needs one key for each application, and no key twice")
    rank = np.empty(size, np.int64)
    rank[draw(seed, keys)] = np.arange(size)
    return rank


def _days(complete_at: I64) -> I64:
    """The day in Dutch time of each moment, counted from the first; a day has 23 or 25 hours when the clock changes."""
    if not len(complete_at):
        return complete_at
    first, last = (moment_of(int(one)).date().toordinal() for one in (complete_at.min(), complete_at.max()))
    starts = [start_of_day(type(moment_of(0).date()).fromordinal(day)) for day in range(first, last + 1)]
    return np.searchsorted(np.array(starts, np.int64), complete_at, side="right")


def decide_all(
    scheme: Scheme, ceiling_cents: int | None, columns: Columns, *, seed: str | None = None, keys: Sequence[str] = ()
) -> Decisions:
    """All applications of a scheme at once, by its own method; the rows stay as they were given."""
    if scheme.distribution.method is Method.PRO_RATA:
        return share_out(scheme, ceiling_cents, columns)
    order = in_order(scheme, columns, seed=seed, keys=keys)
    decided = Decider(scheme, ceiling_cents).decide({name: column[order] for name, column in columns.items()})
    cents, reason = np.empty_like(decided.cents), np.empty_like(decided.reason)
    cents[order], reason[order] = decided.cents, decided.reason
    return Decisions(cents, reason)


def share_out(scheme: Scheme, ceiling_cents: int | None, columns: Columns) -> Decisions:
    """Pro rata: everybody who may get money gets the same part of it, by category where a category has its own ceiling.

    A broken cent is rounded down, so that the sum never passes the ceiling. Caps come first, in the order given.
    """
    without = replace(scheme, ceiling=replace(scheme.ceiling, together_cents=None, categories={}),
                      periods=tuple(replace(period, ceiling_cents=None) for period in scheme.periods))  # fmt: skip
    full = completed(columns)
    whole = Decider(without, None).decide(full)
    cents, reason = whole.cents.copy(), whole.reason.copy()
    for rows, ceiling in _pots(scheme, ceiling_cents, full["category"]):
        _share(cents, reason, rows, ceiling)
    return Decisions(cents, reason)


def _pots(scheme: Scheme, ceiling_cents: int | None, category: I64) -> list[tuple[I64, int]]:
    """The rows that share one ceiling, and that ceiling."""
    if scheme.ceiling.categories:
        return [(np.flatnonzero(category == place), cents) for place, cents in scheme.ceiling.categories.items()]
    ceiling = scheme.ceiling.cents if ceiling_cents is None else ceiling_cents
    return [] if ceiling is None else [(np.arange(len(category)), ceiling)]


def _share(cents: I64, reason: npt.NDArray[np.int16], rows: I64, ceiling: int) -> None:
    asked = [int(amount) for amount in cents[rows]]
    together = sum(asked)
    if together <= ceiling:
        return
    parts = np.array([amount * ceiling // together for amount in asked], np.int64)  # whole numbers of any size
    granted = cents[rows] > 0
    cents[rows] = parts
    reason[rows] = np.where(granted, np.where(parts > 0, Why.LESS_PRO_RATA, Why.CEILING_REACHED), reason[rows])
