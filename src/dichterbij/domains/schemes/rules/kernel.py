"""The part of deciding in which the order counts, compiled: caps and ceiling, one application after the other.

Everything compiled stands in this one file, so that a change in it is seen by what keeps compiled functions.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dichterbij.engine.compiled import compiled

I64 = npt.NDArray[np.int64]

TIMES, UNITS, CENTS = 0, 1, 2  # what a cap counts
STOP, NEXT, REST, WHOLE_UNITS = 0, 1, 2, 3  # what happens to one that asks more than what is left
GRANTED, LESS_PERSON, LESS_CEILING = 1, 2, 5  # reasons that grant; employer and group follow person
PERSON_FULL, PLACES_FULL, CEILING_REACHED = 30, 33, 34
NO_END = (1 << 63) - 1
_FREE = -1
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Caps(NamedTuple):
    """One row per cap: whose (0 person, 1 employer, 2 group), what it counts, how much, and how it works."""

    whose: I64
    counts: I64
    most: I64
    each_period: I64
    reduces: I64


class Used(NamedTuple):
    """What was used under each cap, in a table of slots: cap and period, key, amount. `size[0]`: slots taken."""

    slot: I64
    key: I64
    used: I64
    size: I64


class Pots(NamedTuple):
    """By period and category: what may be granted, what is, how many places there are and are taken, and whether an
    application that did not fit ended it. `carries[0]`: what a period leaves moves on to the next. `total`: what may be
    granted in all, and what is."""

    ceiling: I64
    committed: I64
    places: I64
    taken: I64
    stopped: I64
    carries: I64
    total: I64


class Rows(NamedTuple):
    """The applications. `cents` and `code` are changed; `keys`: three rows, for person, employer and group."""

    cents: I64
    units: I64
    code: npt.NDArray[np.int16]
    period: I64
    category: I64
    keys: I64


@compiled
def _place(used: Any, slot: int, key: int) -> Any:
    """Where this slot and key stand in the table, or the free place where they would."""
    mask = len(used.slot) - 1
    mixed = (np.uint64(key) ^ (np.uint64(slot) << np.uint64(56))) * _MIX
    at = np.int64(mixed >> np.uint64(33)) & mask
    while used.slot[at] != _FREE and (used.slot[at] != slot or used.key[at] != key):
        at = (at + 1) & mask
    return at


@compiled
def _grown(used: Any) -> Any:
    """The same table with twice the room."""
    room = 2 * len(used.slot)
    table = Used(np.full(room, _FREE, np.int64), np.zeros(room, np.int64), np.zeros(room, np.int64), used.size)
    for at in range(len(used.slot)):
        if used.slot[at] != _FREE:
            new = _place(table, used.slot[at], used.key[at])
            table.slot[new], table.key[new], table.used[new] = used.slot[at], used.key[at], used.used[at]
    return table


@compiled
def filled(used: Any, slots: I64, keys: I64, amounts: I64) -> None:
    """Puts these into a table that has the room."""
    for row in range(len(slots)):
        at = _place(used, slots[row], keys[row])
        used.slot[at], used.key[at], used.used[at] = slots[row], keys[row], amounts[row]
    used.size[0] += len(slots)


@compiled
def _slot(caps: Any, cap: int, pots: Any, period: int) -> Any:
    """The number under which a cap counts in this window: its own, or one for all windows."""
    return cap * len(pots.ceiling) + (period if caps.each_period[cap] == 1 else 0)


@compiled
def _counted(kind: int, units: int, cents: int) -> Any:
    """What a grant uses under a cap that counts this."""
    return 1 if kind == TIMES else units if kind == UNITS else cents


@compiled
def _under_caps(rows: Any, row: int, caps: Any, pots: Any, used: Any, unit_cents: int) -> Any:
    """Units, cents and reason that the caps leave; of the first cap that refuses, its reason."""
    units, cents, code = rows.units[row], rows.cents[row], GRANTED
    for cap in range(len(caps.whose)):
        whose = caps.whose[cap]
        key = rows.keys[whose, row]
        if key < 0:
            continue
        at = _place(used, _slot(caps, cap, pots, rows.period[row]), key)
        left = caps.most[cap] - (used.used[at] if used.slot[at] != _FREE else 0)
        asks = _counted(caps.counts[cap], units, cents)
        if left <= 0 or (asks > left and caps.reduces[cap] == 0):
            return units, 0, PERSON_FULL + whose
        if asks > left:
            code = LESS_PERSON + whose
            units, cents = (left, left * unit_cents) if caps.counts[cap] == UNITS else (units, left)
    return units, cents, code


@compiled
def _left_in_pot(pots: Any, period: int, category: int) -> Any:
    """What may still be granted here, in this window and in all."""
    if pots.stopped[period, category] == 1:
        return 0
    left = pots.total[0] - pots.total[1]
    if pots.ceiling[period, category] == NO_END:
        return left
    here = 0
    for one in range(0 if pots.carries[0] == 1 else period, period + 1):
        here += pots.ceiling[one, category] - pots.committed[one, category]
    return min(left, here)


@compiled
def _under_ceiling(cents: int, units: int, code: int, left: int, unit_cents: int, rest: int) -> Any:
    """Units, cents and reason that the ceiling leaves."""
    if cents <= left:
        return units, cents, code
    if rest == WHOLE_UNITS and left >= unit_cents:
        return left // unit_cents, left // unit_cents * unit_cents, LESS_CEILING
    if rest == REST and left > 0:
        return units, left, LESS_CEILING
    return units, 0, CEILING_REACHED


@compiled
def _use(rows: Any, row: int, units: int, cents: int, caps: Any, pots: Any, used: Any) -> Any:
    """Counts a grant under every cap; gives back the table, which may have grown."""
    for cap in range(len(caps.whose)):
        key = rows.keys[caps.whose[cap], row]
        if key < 0:
            continue
        if 2 * used.size[0] >= len(used.slot):
            used = _grown(used)
        slot = _slot(caps, cap, pots, rows.period[row])
        at = _place(used, slot, key)
        if used.slot[at] == _FREE:
            used.slot[at], used.key[at], used.used[at] = slot, key, 0
            used.size[0] += 1
        used.used[at] += _counted(caps.counts[cap], units, cents)
    return used


@compiled
def run(rows: Any, caps: Any, pots: Any, used: Any, unit_cents: int, rest: int) -> Any:
    """Decides row by row: changes the rows that were eligible, and `pots`; gives back the table."""
    for row in range(len(rows.cents)):
        if rows.code[row] != GRANTED:
            continue
        here, kind = rows.period[row], rows.category[row]
        units, cents, code = _under_caps(rows, row, caps, pots, used, unit_cents)
        if cents > 0 and pots.taken[here, kind] >= pots.places[here, kind]:
            cents, code = 0, PLACES_FULL
        if cents > 0:
            units, cents, code = _under_ceiling(cents, units, code, _left_in_pot(pots, here, kind), unit_cents, rest)
            if cents == 0 and rest == STOP:
                pots.stopped[here, kind] = 1
        rows.cents[row], rows.code[row] = cents, code
        if cents > 0:
            pots.committed[here, kind] += cents
            pots.taken[here, kind] += 1
            pots.total[1] += cents
            used = _use(rows, row, units, cents, caps, pots, used)
    return used
