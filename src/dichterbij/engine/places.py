"""Distances between postcode points in arrays, as the crow flies, and how far a way to travel comes.

What is left out by these never had a bridge: `MARGIN` is far above what rounding does. `engine.travel` is exact.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import F64
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.travel import EARTH_RADIUS, PER_KM

FOREVER = 1 << 40  # metres: a mode without an end
MARGIN = 100  # metres, far above the rounding of a distance


def metres_from(point: tuple[float | F64, float | F64], latitude: F64, longitude: F64) -> F64:
    """Metres from a point (latitude, longitude) to each of these, not rounded; all in radians.

    `point` is one for all or one for each.
    """
    half = np.sin((latitude - point[0]) / 2) ** 2
    half += np.cos(latitude) * np.cos(point[0]) * np.sin((longitude - point[1]) / 2) ** 2
    metres: F64 = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(half))
    return metres


def farthest_metres(fixed: int, segments: Sequence[tuple[int | None, int]], minutes: int) -> int:
    """The most whole metres that a mode comes in so many minutes, at most FOREVER; 0 when it does not even start.

    `fixed` in minutes; `segments` as (up to so many metres, thousandths of a minute per km), the last without an end.
    """
    left, at = (minutes - fixed) * PER_KM, 0
    for up_to, rate in segments:
        if left < 0:
            break
        most = left // rate if rate else FOREVER
        if up_to is None or at + most < up_to:
            return min(at + most, FOREVER)
        left -= (up_to - at) * rate
        at = up_to
    return at


def places_within(parameters: Parameters, place: int, minutes: int) -> npt.NDArray[np.bool_]:
    """Whether each postcode place may lie within so many minutes of this one, by any mode there is: [place].

    None that does is missed; water, which only takes longer, is not looked at.
    """
    latitude, longitude = np.radians(parameters.places.latitude), np.radians(parameters.places.longitude)
    farthest = max(farthest_metres(mode.fixed, mode.per_km, minutes) for mode in parameters.modes)
    return metres_from((latitude[place], longitude[place]), latitude, longitude) <= farthest + MARGIN
