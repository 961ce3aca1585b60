"""How scarce money is shared out: in which order applications come, by draw where the scheme says so, or pro rata."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.deciding import Decider, Decisions, State
from dichterbij.domains.schemes.rules.facts import Columns, completed
from dichterbij.domains.schemes.rules.judging_many import period_of
from dichterbij.domains.schemes.rules.kernel import NO_END
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
    order = in_order(scheme, columns, seed=seed, keys=keys)
    ordered = {name: column[order] for name, column in columns.items()}
    is_shared = scheme.distribution.method is Method.PRO_RATA
    decided = (share_out if is_shared else _one_by_one)(scheme, ceiling_cents, ordered)
    cents, reason = np.empty_like(decided.cents), np.empty_like(decided.reason)
    cents[order], reason[order] = decided.cents, decided.reason
    return Decisions(cents, reason)


def _one_by_one(scheme: Scheme, ceiling_cents: int | None, columns: Columns) -> Decisions:
    return Decider(scheme, ceiling_cents).decide(columns)


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What each gets of a sum that is shared out, and what each asked when the caps had been counted."""

    decisions: Decisions
    asked: I64


def share_out(scheme: Scheme, ceiling_cents: int | None, columns: Columns) -> Decisions:
    """Pro rata: everybody who may get money gets the same part of it. See `shared`."""
    return shared(scheme, ceiling_cents, columns).decisions


def shared(scheme: Scheme, ceiling_cents: int | None, columns: Columns, state: State | None = None) -> Shared:
    """Pro rata, in one go; `state`: what was granted before. Never more than the ceiling, nor than was asked.

    Caps come first, in the order given. Who shares a ceiling (a window's, a category's, that of all) gets the same
    part, a broken cent down; the cents that are left go one by one to who lost most by that, the first given first.
    """
    free = replace(scheme, ceiling=replace(scheme.ceiling, categories=dict.fromkeys(scheme.ceiling.categories, NO_END)),
                   periods=tuple(replace(period, ceiling_cents=None) for period in scheme.periods))  # fmt: skip
    full = completed(columns)
    whole = Decider(free, None, state).decide(full)
    cents, reason = whole.cents.copy(), whole.reason.copy()
    for rows, left in _pots(scheme, ceiling_cents, full, state):
        _share(cents, reason, rows, left)
    return Shared(Decisions(cents, reason), whole.cents)


def _pots(scheme: Scheme, ceiling_cents: int | None, full: Columns, state: State | None) -> Iterator[tuple[I64, int]]:
    """The rows that share one ceiling, and what is left of it: windows and categories first, then all together."""
    window, parts = period_of(scheme, full["complete_at"]), scheme.ceiling.categories
    for place, period in enumerate(scheme.periods):
        for category, own in parts.items() or [(0, period.ceiling_cents)]:
            if own is not None:
                here = (window == place) & (full["category"] == category if parts else True)
                yield np.flatnonzero(here), own - (int(state.committed[place, category]) if state else 0)
    together = scheme.ceiling.cents if ceiling_cents is None else ceiling_cents
    if together is not None:
        yield np.arange(len(window)), together - (state.committed_cents if state else 0)


def _share(cents: I64, reason: npt.NDArray[np.int16], rows: I64, left: int) -> None:
    asked = [int(amount) for amount in cents[rows]]
    together = sum(asked)
    if together <= left:
        return
    broken = [divmod(amount * left, together) for amount in asked]  # whole numbers of any size
    parts = np.array([part for part, _ in broken], np.int64)
    over = left - int(parts.sum())
    parts[sorted(range(len(asked)), key=lambda row: -broken[row][1])[:over]] += 1
    less = np.where(parts > 0, Why.LESS_PRO_RATA, Why.CEILING_REACHED)
    reason[rows] = np.where(parts < cents[rows], less, reason[rows])
    cents[rows] = parts
