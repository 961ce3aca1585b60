"""People in tasks: neighbours together, and the work places that the people of a task can reach."""

from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import F64, I32, I64
from dichterbij.engine.index import Index
from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.engine.places import MARGIN, farthest_metres, metres_from
from dichterbij.engine.rule_arrays import LONGEST_TRAVEL, MODES_IF_UNKNOWN
from dichterbij.engine.tables import People

MOST_PEOPLE, FEWEST_PEOPLE = 4_096, 512  # of a task
TASKS = 64  # as far as these bounds allow


def tasks_of(people: People, parameters: Parameters, rows: I32, count: int = TASKS) -> tuple[I32, ...]:
    """These rows in tasks, the largest first; every row is in exactly one.

    The country is halved again and again, across its longer side, so that each task is one neighbourhood. Within a task
    people of one home follow each other. `count` tasks are aimed at, as far as the bounds allow.
    """
    if not len(rows):
        return ()
    most = min(max(len(rows) // count, FEWEST_PEOPLE), MOST_PEOPLE)
    place = people.numbers["place"]
    rows = rows[np.argsort(place[rows], kind="stable")]
    latitude = np.radians(parameters.places.latitude)
    longitude = np.radians(parameters.places.longitude) * np.cos(latitude.mean())
    done: list[I32] = []
    waiting = [rows]
    while waiting:
        part = waiting.pop()
        own = place[part]
        if len(part) <= most:
            done.append(part)
            continue
        if own[0] == own[-1]:
            done.extend(np.array_split(part, -(-len(part) // most)))
            continue
        homes, first = np.unique(own, return_index=True)
        points = max((latitude[homes], longitude[homes]), key=np.ptp)
        waiting.extend(_halves(part, homes, first, points))
    return tuple(sorted(done, key=len, reverse=True))


def _halves(part: I32, homes: npt.NDArray[np.integer[Any]], first: I64, points: F64) -> tuple[I32, I32]:
    """The people of the homes on either side, as equal in number as homes allow."""
    order = np.argsort(points, kind="stable")
    counts = np.diff(first, append=len(part))
    before = np.cumsum(counts[order])
    split = min(max(int(np.searchsorted(before, len(part) / 2)), 1), len(homes) - 1)
    is_first = np.zeros(len(homes), dtype=np.bool_)
    is_first[order[:split]] = True
    chosen = np.repeat(is_first, counts)
    return part[chosen], part[~chosen]


def works_in_reach(people: People, index: Index, rows: I32) -> I32:
    """Work places of the index that one of these people may reach, nearest first to the middle of their homes."""
    places = index.parameters.places
    latitude, longitude = np.radians(places.latitude), np.radians(places.longitude)
    home = people.numbers["place"][rows]
    homes, own = np.unique(home, return_inverse=True)
    middle = (latitude[homes].mean(), longitude[homes].mean())
    reach = np.zeros(len(homes))
    np.maximum.at(reach, own, farthest(people, rows, index.parameters))
    most = float((reach + metres_from(middle, latitude[homes], longitude[homes])).max())
    metres = metres_from(middle, latitude[index.work_place], longitude[index.work_place])
    order = np.argsort(metres, kind="stable")
    return order[metres[order] <= most + MARGIN].astype(np.int32)


def farthest(people: People, rows: I32, parameters: Parameters) -> F64:
    """The farthest that each of these people comes in a straight line, in metres: [row]."""
    table = np.zeros((len(MODES), LONGEST_TRAVEL + 1))
    for mode in parameters.modes:
        table[MODES.index(mode.code)] = [
            farthest_metres(mode.fixed, mode.per_km, minutes) for minutes in range(LONGEST_TRAVEL + 1)
        ]
    numbers = people.numbers
    modes = numbers["modes"][rows].astype(np.int64)
    modes = np.where(modes < 0, MODES_IF_UNKNOWN, modes) | 1 << MODES.index("walk")
    modes |= np.where(numbers["ebike_possible"][rows] == 1, 1 << MODES.index("ebike"), 0)
    minutes = numbers["max_travel_minutes"][rows]
    far: npt.NDArray[np.float64] = np.zeros(len(rows))
    for number in range(len(MODES)):
        far = np.maximum(far, np.where(modes >> number & 1, table[number, minutes], 0.0))
    limit = numbers["max_distance_km"][rows].astype(np.float64) * 1000
    return np.where(limit < 0, far, np.minimum(far, limit))
