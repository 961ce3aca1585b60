"""Working days and the recognised holidays of the Netherlands: Algemene termijnenwet, article 3."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError

FOLDER = RULES / "calendar"
SATURDAY, SUNDAY = 5, 6


def easter(year: int) -> date:
    """Easter Sunday of a year of our calendar (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    leap_centuries, leap_rest = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * leap_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> Mapping[date, str]:
    """The holidays of a year with their Dutch names. InputError for a file that cannot be used."""
    file = read_rule_folder(_folder(year), names=["holidays"], own=None)["holidays"]
    try:
        return _holidays(year, file.values)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error


def is_working_day(day: date) -> bool:
    """Whether it is no Saturday, no Sunday and no recognised holiday."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def first_working_day(day: date) -> date:
    """This day, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _folder(year: int) -> Path:
    """The period of the last day of the year; the first period also speaks for the years before it."""
    first = min(date.fromisoformat(path.name) for path in FOLDER.iterdir() if path.is_dir())
    return newest_folder(FOLDER, on=max(first, date(year, 12, 31)))


def _holidays(year: int, values: Mapping[str, Any]) -> dict[date, str]:
    found = {date(year, row["month"], row["day"]): str(row["name"]) for row in values["fixed"]}
    kings = values["kings_day"]
    day = date(year, kings["month"], kings["day"])
    found[day.replace(day=kings["when_sunday"]) if day.weekday() == SUNDAY else day] = str(kings["name"])
    found |= {easter(year) + timedelta(days=row["days"]): str(row["name"]) for row in values["from_easter"]}
    return found | {day: "gelijkgesteld" for day in values["alike"] if day.year == year}
