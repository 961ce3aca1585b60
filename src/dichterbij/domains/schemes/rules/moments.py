"""Moments of a scheme: written in Dutch time, compared as microseconds since 1970 in UTC."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dichterbij.shared.errors import InputError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = date(1970, 1, 1).toordinal()
_WRITTEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?")


def micros(moment: datetime) -> int:
    """Microseconds since 1970. InputError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise InputError(f"{moment}: a moment needs its time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(count: int) -> datetime:
    """The moment in Dutch time, of microseconds since 1970."""
    return (_EPOCH + timedelta(microseconds=count)).astimezone(AMSTERDAM)


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _DAY


def day_of(value: object, at: str) -> date:
    """A day, as YAML read it or as text. InputError for a day that does not exist, such as most 29 Februaries."""
    if type(value) is date:
        return value
    found = _written(value, at)
    return found.date()


def opening(value: object, at: str) -> int:
    """The first microsecond of a window that opens at this second in Dutch time; of a second that comes twice in the
    night the clock goes back, the first."""
    return micros(_local(value, at))


def closing(value: object, at: str) -> int:
    """The first microsecond after a window whose last second this is, in Dutch time; of a second that comes twice in
    the night the clock goes back, the last: nobody is refused by the clock."""
    return micros(_local(value, at).replace(fold=1)) + SECOND


def start_of_day(day: date) -> int:
    """The first microsecond of this day in Dutch time."""
    return micros(datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM))


def _local(value: object, at: str) -> datetime:
    naive = value if isinstance(value, datetime) else _written(value, at)
    if naive.tzinfo is not None:
        raise InputError(f"{at}: write the moment in Dutch time without a zone, like 2020-10-15 23:59:59")
    local = naive.replace(tzinfo=AMSTERDAM)
    if local.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != naive:
        raise InputError(f"{at}: {naive} does not exist: the clock goes forward in that night")
    return local


def _written(value: object, at: str) -> datetime:
    found = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InputError(
            f"{at}: a moment is written like 2020-10-15 23:59:59 and a day like 2020-10-15; found {value!r}"
        )
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # local, gets its zone above
    except ValueError:
        leap = f"; {year} has no 29 February" if (month, day) == (2, 29) else ""
        raise InputError(f"{at}: {value} does not exist{leap}") from None
