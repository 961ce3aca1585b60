"""Where a decider stands, from the grants that are in force: what it needs to go on after any history.

Equal to the state the decider itself would have, so that a withdrawal needs no second way of counting.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.deciding import State
from dichterbij.domains.schemes.rules.formulas import PerUnit
from dichterbij.domains.schemes.rules.scheme import Counts, Scheme, Whose

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Grants:
    """Grants in force, one row each. `cents`: under the ceiling; `worth`: all of it, which caps count.

    `keys`: person, employer and group as rows, in the order of `Whose`; -1 for nobody.
    """

    window: I64
    category: I64
    cents: I64
    worth: I64
    units: I64
    keys: I64


def standing(scheme: Scheme, grants: Grants, *, stopped: Collection[tuple[int, int]] = ()) -> State:
    """The state after these grants. `stopped`: windows and categories in which somebody who did not fit ended it."""
    shape = (len(scheme.periods), max(1, len(scheme.ceiling.categories)))
    pot = (grants.window, grants.category if shape[1] > 1 else np.zeros_like(grants.window))
    committed, taken, ended = (np.zeros(shape, np.int64) for _ in range(3))
    np.add.at(committed, pot, grants.cents)
    np.add.at(taken, pot, 1)
    for window, category in stopped:
        ended[window, category if shape[1] > 1 else 0] = 1
    slot, key, used = _used(scheme, grants)
    return State(committed, taken, ended, slot, key, used)


def units_of(scheme: Scheme, cents: I64, quantity: I64) -> I64:
    """How many units each grant is for; none where nothing is granted."""
    formula = scheme.formula
    units = cents // formula.cents if isinstance(formula, PerUnit) else quantity
    return np.where(cents > 0, units, 0)


def _used(scheme: Scheme, grants: Grants) -> tuple[I64, I64, I64]:
    slots, keys, amounts = [], [], []
    for place, cap in enumerate(sorted(scheme.caps, key=lambda one: list(Whose).index(one.whose))):
        key = grants.keys[list(Whose).index(cap.whose)]
        here = key >= 0
        window = grants.window if cap.each_period else np.zeros_like(grants.window)
        amount = {Counts.TIMES: np.ones_like(key), Counts.UNITS: grants.units, Counts.CENTS: grants.worth}[cap.counts]
        slots.append((place * len(scheme.periods) + window)[here])
        keys.append(key[here])
        amounts.append(amount[here])
    none = np.zeros(0, np.int64)
    return _summed(*(np.concatenate([none, *parts]) for parts in (slots, keys, amounts)))


def _summed(slot: I64, key: I64, amount: I64) -> tuple[I64, I64, I64]:
    """One row for each slot and key, in that order."""
    order = np.lexsort((key, slot))
    slot, key, amount = slot[order], key[order], amount[order]
    first = np.ones(len(slot), bool)
    first[1:] = (slot[1:] != slot[:-1]) | (key[1:] != key[:-1])
    starts = np.flatnonzero(first)
    used = np.add.reduceat(amount, starts) if len(starts) else amount
    return slot[starts], key[starts], used
