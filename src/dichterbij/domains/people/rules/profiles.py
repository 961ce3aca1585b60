"""What somebody told about work: the columns of a person in the bridge, and wishes. There is no place for a diagnosis.

The columns are those of `people` in docs/reference/bridge.md, so that an answer to "Wat is dichtbij?" can go along.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dichterbij.shared.errors import InputError

MOST_CODES, MOST_LETTERS, MOST_WISHES = 400, 300, 500


def _whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _codes(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= MOST_CODES
        and all(isinstance(code, str) and 0 < len(code) <= MOST_LETTERS for code in value)
    )


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _wishes(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_WISHES


FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "pc4": _whole(1000, 9999),
    "modes": _codes,
    "ebike_possible": _flag,
    "max_travel_minutes": _whole(0, 600),
    "max_distance_km": _whole(0, 999),
    "hours_min": _whole(1, 60),
    "hours_max": _whole(1, 60),
    "available_from": _day,
    "dayparts": _codes,
    "childcare_dayparts": _codes,
    "dutch": _whole(1, 4),
    "level": _whole(1, 7),
    "licences": _codes,
    "legal": _codes,
    "avoid": _codes,
    "skills": _codes,
    "learn_weeks_max": _whole(0, 255),
    "agreements": _codes,
    "wishes": _wishes,
}


def read_profile(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of these values, as JSON: unknown (null) is left out, and so is the person's own number.

    InputError for a field that is not kept of people, or a value that the field cannot have.
    """
    told = {name: value for name, value in values.items() if value is not None and name != "person_id"}
    strays = sorted(set(told) - set(FIELDS))
    if strays:
        raise InputError(f"{', '.join(strays)}: this is not kept of people.", field=strays[0])
    wrong = [name for name, value in told.items() if not FIELDS[name](value)]
    if wrong:
        raise InputError(f"{wrong[0]} cannot be {str(told[wrong[0]])[:80]!r}.", field=wrong[0])
    return {name: _plain(value) for name, value in told.items() if value != ""}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(set(value)) if isinstance(value, list | tuple) else value
