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
    application that did not fit ended it. A period of which the rest moves on leaves it to the next."""

    ceiling: I64
    committed: I64
    places: I64
    taken: I64
    stopped: I64
    carries: I64  # one number
    total: I64  # what may be granted in all, and what is


@compiled
def _place(used: Any, slot: int, key: int) -> int:
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
def _left_in_pot(pots: Any, period: int, category: int) -> int:
    """What may still be granted here, in this window and in all."""
    left = pots.total[0] - pots.total[1]
    first = 0 if pots.carries[0] == 1 else period
    if pots.ceiling[period, category] != NO_END:
        here = 0
        for one in range(first, period + 1):
            here += pots.ceiling[one, category] - pots.committed[one, category]
        left = min(left, here)
    return left


@compiled
def run(cents: I64, units: I64, code: Any, period: I64, category: I64, keys: I64, caps: Any, pots: Any, used: Any,
        unit_cents: int, rest: int) -> Any:  # fmt: skip
    """Decides row by row: changes `cents` and `code` of rows that were eligible, `pots`, and the table it returns."""
    slots = np.zeros(len(caps.whose), np.int64)
    for row in range(len(cents)):
        if code[row] != GRANTED:
            continue
        amount, number, reason = cents[row], units[row], GRANTED
        here, kind = period[row], category[row]
        refused = 0
        for cap in range(len(caps.whose)):
            whose = caps.whose[cap]
            slots[cap] = cap * len(pots.ceiling) + (here if caps.each_period[cap] == 1 else 0)
            key = keys[whose, row]
            if key < 0:
                continue
            at = _place(used, slots[cap], key)
            left = caps.most[cap] - (used.used[at] if used.slot[at] != _FREE else 0)
            asks = 1 if caps.counts[cap] == TIMES else number if caps.counts[cap] == UNITS else amount
            if left <= 0 or (asks > left and caps.reduces[cap] == 0):
                refused = PERSON_FULL + whose
                break
            if asks > left:
                reason = LESS_PERSON + whose
                if caps.counts[cap] == UNITS:
                    number, amount = left, left * unit_cents
                else:
                    amount = left
        if refused == 0 and pots.taken[here, kind] >= pots.places[here, kind]:
            refused = PLACES_FULL
        if refused == 0:
            left = 0 if pots.stopped[here, kind] == 1 else _left_in_pot(pots, here, kind)
            if amount > left:
                if rest == WHOLE_UNITS and left >= unit_cents:
                    number, reason = left // unit_cents, LESS_CEILING
                    amount = number * unit_cents
                elif rest == REST and left > 0:
                    amount, reason = left, LESS_CEILING
                else:
                    refused = CEILING_REACHED
                    if rest == STOP:
                        pots.stopped[here, kind] = 1
        if refused != 0:
            cents[row], code[row] = 0, refused
            continue
        cents[row], code[row] = amount, reason
        pots.committed[here, kind] += amount
        pots.taken[here, kind] += 1
        pots.total[1] += amount
        for cap in range(len(caps.whose)):
            key = keys[caps.whose[cap], row]
            if key < 0:
                continue
            if 2 * used.size[0] >= len(used.slot):
                used = _grown(used)
            at = _place(used, slots[cap], key)
            if used.slot[at] == _FREE:
                used.slot[at], used.key[at], used.used[at] = slots[cap], key, 0
                used.size[0] += 1
            kind_of = caps.counts[cap]
            used.used[at] += 1 if kind_of == TIMES else number if kind_of == UNITS else amount
    return used
