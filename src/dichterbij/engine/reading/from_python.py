"""Columns from rows as JSON gives them: exact types, nothing guessed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from types import NoneType
from typing import Any

import numpy as np
import pyarrow as pa

from dichterbij.engine.columns import Column, Kind
from dichterbij.engine.vectors import Lists, Numbers, Tasks, Texts, Vector

Row = Mapping[str, Any]
Values = Sequence[Any]

LIMIT = 1 << 62
EPOCH = date(1970, 1, 1).toordinal()
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00)?", re.ASCII)


class BadValueError(ValueError):
    """A value that cannot be read as its column's kind."""


def column_of_rows(rows: Sequence[Row], column: Column) -> Vector:
    """This column of the rows; a key that is absent is null."""
    name = column.name
    return _READERS[column.kind]([row.get(name) for row in rows])


def whole(value: Any) -> int | None:
    """A whole number, also written 12.0; None for null. BadValueError otherwise."""
    if type(value) is float:
        if value != value:
            return None
        value = int(value) if value.is_integer() else value
    if value is None:
        return None
    if type(value) is not int or not -LIMIT < value < LIMIT:
        raise BadValueError
    return value


def flag(value: Any) -> int | None:
    """1 for true, 0 for false; None for null. BadValueError otherwise."""
    if value is not None and type(value) is not bool:
        raise BadValueError
    return None if value is None else int(value)


def day(value: Any) -> int | None:
    """Days since 1970 of a date or of a text such as 2026-12-01; None for null. BadValueError otherwise."""
    if value is None:
        return None
    if type(value) is date:
        return value.toordinal() - EPOCH
    match = DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise BadValueError
    try:
        return date.fromisoformat(match[1]).toordinal() - EPOCH
    except ValueError as error:
        raise BadValueError from error


def words(value: Any) -> Sequence[str] | None:
    """A list of texts without null; None for null. BadValueError otherwise."""
    if value is None:
        return None
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise BadValueError
    return [_word(item) for item in value]


def _word(value: Any) -> str:
    if type(value) is not str:
        raise BadValueError
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half of a surrogate pair: JSON allows it, UTF-8 does not
        raise BadValueError from error
    return value


def _numbers(values: Values, kinds: set[type], convert: Callable[[Any], int | None]) -> Numbers:
    if set(map(type, values)) <= kinds:
        try:
            return _from_arrow(pa.array(values, pa.int64()))
        except (OverflowError, pa.ArrowInvalid):
            pass
    converted, bad = _each(values, convert)
    numbers = _from_arrow(pa.array(converted, pa.int64()))
    return Numbers(numbers.values, numbers.null & ~bad, bad)


def _from_arrow(array: pa.Int64Array) -> Numbers:
    null = np.asarray(array.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    values = array.fill_null(0).to_numpy(zero_copy_only=False)
    return Numbers(np.asarray(values, dtype=np.int64), null, np.zeros(len(array), dtype=np.bool_))


def _each(values: Iterable[Any], convert: Callable[[Any], Any]) -> tuple[list[Any], Any]:
    """Every value converted, None where it cannot be; and which those are."""
    converted, bad = [], []
    for value in values:
        try:
            converted.append(convert(value))
            bad.append(False)
        except BadValueError:
            converted.append(None)
            bad.append(True)
    return converted, np.array(bad, dtype=np.bool_)


def _wholes(values: Values) -> Numbers:
    numbers = _numbers(values, {int, NoneType}, whole)
    far = (numbers.values >= LIMIT) | (numbers.values <= -LIMIT)
    return Numbers(np.where(far, 0, numbers.values), numbers.null, numbers.bad | far)


def _flags(values: Values) -> Numbers:
    if set(map(type, values)) <= {bool, NoneType}:
        return _from_arrow(pa.array(values, pa.bool_()).cast(pa.int64()))
    return _numbers(values, set(), flag)


def _days(values: Values) -> Numbers:
    return _numbers(values, {NoneType}, day)


def _texts(values: Values) -> Texts:
    if set(map(type, values)) <= {str, NoneType}:
        try:
            return Texts(pa.array(values, pa.string()), np.zeros(len(values), dtype=np.bool_))
        except UnicodeEncodeError:
            pass
    converted, bad = _each(values, lambda value: None if value is None else _word(value))
    return Texts(pa.array(converted, pa.string()), bad)


def _lists(values: Values) -> Lists:
    if set(map(type, values)) <= {list, NoneType}:
        flat = list(chain.from_iterable(filter(None, values)))
        if set(map(type, flat)) <= {str}:
            try:
                return _joined(values, flat, np.zeros(len(values), dtype=np.bool_))
            except UnicodeEncodeError:
                pass
    converted, bad = _each(values, words)
    return _joined(converted, list(chain.from_iterable(filter(None, converted))), bad)


def _joined(values: Values, flat: list[str], bad: Any) -> Lists:
    lengths = np.fromiter((len(value) if value else 0 for value in values), dtype=np.int64, count=len(values))
    null = np.fromiter((value is None for value in values), dtype=np.bool_, count=len(values))
    encoded = pa.array(flat, pa.string()).dictionary_encode()
    at = encoded.indices.to_numpy(zero_copy_only=False)
    return Lists(np.asarray(at, dtype=np.int32), encoded.dictionary, lengths, null & ~bad, bad)


def _task(value: Any) -> tuple[Any, ...]:
    if not isinstance(value, Mapping):
        raise BadValueError
    hours = whole(value.get("hours"))
    if hours is None:
        raise BadValueError
    lists = [words(value.get(name)) or [] for name in ("essential", "demands", "dayparts")]
    return (hours, *lists, whole(value.get("level_min")))


def _task_list(value: Any) -> list[tuple[Any, ...]] | None:
    if value is None:
        return None
    if not isinstance(value, (list, tuple)):
        raise BadValueError
    return [_task(item) for item in value]


def _tasks(values: Values) -> Tasks:
    converted, bad = _each(values, _task_list)
    null = np.array([value is None for value in converted], dtype=np.bool_) & ~bad
    tasks = list(chain.from_iterable(filter(None, converted)))
    hours, essential, demands, dayparts, level_min = ([task[index] for task in tasks] for index in range(5))
    return Tasks(
        np.array([len(value or ()) for value in converted], dtype=np.int64),
        null,
        bad,
        _wholes(hours),
        _lists(essential),
        _lists(demands),
        _lists(dayparts),
        _wholes(level_min),
    )


_READERS: Mapping[Kind, Callable[[Values], Vector]] = {
    Kind.TEXT: _texts,
    Kind.WHOLE: _wholes,
    Kind.FLAG: _flags,
    Kind.DAY: _days,
    Kind.LIST: _lists,
    Kind.TASKS: _tasks,
}
