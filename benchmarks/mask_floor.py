"""The floor: one 64-bit AND per person and opening within reach, counted; nothing that looks at pairs is faster."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numba
import numpy as np
from benchmarks.measuring import Clock, Timed, times
from benchmarks.numpy_reference import Reference
from benchmarks.numpy_tables import FAR, stretches

Array = Any
LOOPS = 20  # over the same people, so that a run takes long enough to be timed


class Home(NamedTuple):
    """Openings around one home, nearest first, and its people."""

    masks: Array
    needs: Array  # bits that a person cannot meet
    within: Array  # openings within reach


class Floor(NamedTuple):
    """Nanoseconds per pair by all threads together, and pairs per person."""

    per_pair: Timed
    pairs: int
    passed: int


@numba.njit(nogil=True, cache=False)
def passing(masks: Array, needs: Array, within: Array) -> int:
    """How many pairs pass the mask."""
    total = 0
    for at in range(len(needs)):
        need, near = needs[at], masks[: within[at]]
        count = 0
        for mask in near:
            count += (mask & need) == 0
        total += count
    return total


def masks_of_openings(reference: Reference) -> Array:
    """Agreement, dayparts, demands and legal codes of each opening as bits."""
    get = reference.get
    mask = np.left_shift(np.int64(1), get["agreement"].astype(np.int64)) | (get["dayparts"].astype(np.int64) << 4)
    return mask | get["demands"].astype(np.int64) << 9 | np.left_shift(np.int64(1), 40 + reference.legal_set % 16)


def need_of(reference: Reference, who: int) -> int:
    """The bits that this person cannot meet."""
    get = {name: int(values[who]) for name, values in reference.people.numbers.items()}
    adaptable = (1 << len(reference.parameters.adaptable)) - 1
    able = get["dayparts"] | get["childcare_dayparts"]
    return ~get["agreements"] & 15 | (~able & 31) << 4 | (get["avoid"] & ~adaptable) << 9


def homes_of(reference: Reference, rows: Array) -> list[Home]:
    """These people by home, with the openings around each in order of distance."""
    masks, place = masks_of_openings(reference), reference.people.numbers["place"][rows]
    homes = []
    for home in np.unique(place):
        own = rows[place == home]
        within = [openings_within(reference, int(who)) for who in own]
        nearest = np.argsort(reference.metres, kind="stable")
        at, _ = stretches(reference.place_start[nearest], reference.place_start[nearest + 1])
        needs = np.array([need_of(reference, int(who)) for who in own], dtype=np.int64)
        homes.append(Home(np.ascontiguousarray(masks[at[: max(within)]]), needs, np.array(within, dtype=np.int64)))
    return homes


def openings_within(reference: Reference, who: int) -> int:
    """How many openings this person can reach."""
    minutes, _, _ = reference.reach({name: int(values[who]) for name, values in reference.people.numbers.items()})
    return int(np.diff(reference.place_start)[minutes < FAR].sum())


def measure(reference: Reference, rows: Array, threads: int, repeats: int, clock: Clock) -> Floor:
    """The floor over these people."""
    homes = homes_of(reference, rows)
    parts = [homes[at::threads] for at in range(threads)]

    def work(part: list[Home]) -> int:
        return sum(passing(*home) for _ in range(LOOPS) for home in part)

    with ThreadPoolExecutor(threads) as pool:
        timed, passed = times(lambda: sum(pool.map(work, parts)), repeats, cores=threads, clock=clock)
    pairs = int(sum(home.within.sum() for home in homes))
    return Floor(timed.each(LOOPS * pairs), pairs, passed // LOOPS)
