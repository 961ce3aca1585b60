"""Columns from Parquet: the same values as JSON would give, or InputError for a type that cannot be read this way."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pt

from dichterbij.engine.columns import Column, Kind
from dichterbij.engine.reading.from_python import EPOCH, LIMIT, BadValueError, day
from dichterbij.engine.vectors import BoolArray, Lists, Numbers, Places, Tasks, Texts, Vector

FIRST_DAY, LAST_DAY = 1 - EPOCH, 3_652_059 - EPOCH  # 0001-01-01 and 9999-12-31
NOT_A_TIME = -(1 << 63)
TASK_LISTS = ("essential", "demands", "dayparts")


def type_fits(kind: Kind, type_: pa.DataType) -> bool:
    """Whether a Parquet column of this type can hold values of this kind; one without any value always can."""
    return pt.is_null(type_) or _FITS[kind](type_)


def column_of_arrow(array: pa.Array, column: Column) -> Vector:
    """This column of a batch; its type has been found to fit."""
    return _READERS[column.kind](array)


def absent(length: int, column: Column) -> Vector:
    """The column when the file lacks it: null in every row."""
    return column_of_arrow(pa.nulls(length), column)


def _is_text(type_: pa.DataType) -> bool:
    if pt.is_dictionary(type_):
        type_ = type_.value_type
    return bool(pt.is_string(type_) or pt.is_large_string(type_) or pt.is_string_view(type_))


def _is_whole(type_: pa.DataType) -> bool:
    return bool(pt.is_integer(type_) or pt.is_floating(type_))


def _is_day(type_: pa.DataType) -> bool:
    return pt.is_date(type_) or pt.is_timestamp(type_) or _is_text(type_)


def _is_list(type_: pa.DataType) -> bool:
    return bool(pt.is_list(type_) or pt.is_large_list(type_) or pt.is_fixed_size_list(type_))


def _is_text_list(type_: pa.DataType) -> bool:
    return _is_list(type_) and (_is_text(type_.value_type) or pt.is_null(type_.value_type))


def _is_tasks(type_: pa.DataType) -> bool:
    if not _is_list(type_):
        return False
    if not pt.is_struct(type_.value_type):
        return bool(pt.is_null(type_.value_type))
    kinds = {"hours": Kind.WHOLE, "level_min": Kind.WHOLE} | dict.fromkeys(TASK_LISTS, Kind.LIST)
    fields = [type_.value_type.field(index) for index in range(type_.value_type.num_fields)]
    return all(type_fits(kinds[item.name], item.type) for item in fields if item.name in kinds)


_FITS: Mapping[Kind, Callable[[pa.DataType], bool]] = {
    Kind.TEXT: _is_text,
    Kind.WHOLE: _is_whole,
    Kind.FLAG: pt.is_boolean,
    Kind.DAY: _is_day,
    Kind.LIST: _is_text_list,
    Kind.TASKS: _is_tasks,
}


def _nulls(array: pa.Array) -> BoolArray:
    return np.asarray(array.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)


def _none(array: pa.Array) -> BoolArray:
    return np.zeros(len(array), dtype=np.bool_)


def _wholes(array: pa.Array) -> Numbers:
    if pt.is_null(array.type):
        array = array.cast(pa.int64())
    null = _nulls(array)
    if pt.is_floating(array.type):
        floats = array.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False)
        null |= np.isnan(floats)
        bad = ~null & ((np.abs(floats) >= LIMIT) | (np.floor(floats) != floats))
        return Numbers(np.where(null | bad, 0.0, floats).astype(np.int64), null, bad)
    values = array.fill_null(0).to_numpy(zero_copy_only=False)
    bad = values >= LIMIT
    if not pt.is_unsigned_integer(array.type):
        bad |= values <= -LIMIT
    return Numbers(np.where(bad, 0, values).astype(np.int64), null, bad)


def _flags(array: pa.Array) -> Numbers:
    values = array.cast(pa.bool_()).fill_null(False).to_numpy(zero_copy_only=False)
    return Numbers(values.astype(np.int64), _nulls(array), _none(array))


def _days(array: pa.Array) -> Numbers:
    if _is_text(array.type):
        return _text_days(array)
    array = _without_nat(array)
    null = _nulls(array)
    bad = _none(array)
    if pt.is_timestamp(array.type):
        days, bad = _midnights(array)
    elif pt.is_date64(array.type):
        days = np.floor_divide(array.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False), 86_400_000)
    else:
        days = array.cast(pa.date32()).cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    bad |= (days < FIRST_DAY) | (days > LAST_DAY)
    bad &= ~null
    return Numbers(np.where(null | bad, 0, days), null, bad)


def _without_nat(array: pa.Array) -> pa.Array:
    """NumPy's "not a time", the smallest 64-bit number, as null."""
    if pt.is_null(array.type) or array.type.bit_width != 64:
        return array
    return pc.if_else(pc.equal(array.cast(pa.int64()), NOT_A_TIME), pa.scalar(None, array.type), array)


def _midnights(array: pa.TimestampArray) -> tuple[Any, BoolArray]:
    """Days since 1970 of timestamps in their own zone, and which are not at midnight there."""
    local = pc.local_timestamp(array) if array.type.tz is not None else array
    per_day = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[array.type.unit]
    days, rest = np.divmod(local.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False), per_day)
    return days, np.asarray(rest != 0)


def _text_days(array: pa.Array) -> Numbers:
    encoded = _texts(array).values.dictionary_encode()
    days, bad = [0], [False]  # the first is for null
    for text in encoded.dictionary.to_pylist():
        try:
            days.append(day(text) or 0)
            bad.append(False)
        except BadValueError:
            days.append(0)
            bad.append(True)
    index = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False) + 1
    return Numbers(np.array(days, dtype=np.int64)[index], index == 0, np.array(bad)[index])


def _plain(array: pa.Array) -> pa.StringArray:
    if pt.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.string())


def _texts(array: pa.Array) -> Texts:
    return Texts(_plain(array), _none(array))


def _lengths(array: pa.Array) -> Any:
    return pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)


def _lists(array: pa.Array) -> Lists:
    if pt.is_null(array.type):
        array = array.cast(pa.list_(pa.string()))
    null, lengths = _nulls(array), _lengths(array)
    encoded = _encoded(array.flatten())
    at, absent_text, bad = _places(encoded), _nulls(encoded.indices), _none(array)
    if absent_text.any():
        bad[np.repeat(np.arange(len(array)), lengths)[absent_text]] = True
        at = at[~np.repeat(bad, lengths)]
        lengths = np.where(bad, 0, lengths)
    return Lists(at, encoded.dictionary.cast(pa.string()), lengths, null, bad)


def _encoded(array: pa.Array) -> pa.DictionaryArray:
    """Texts as places in a dictionary without null."""
    if pt.is_dictionary(array.type) and not array.dictionary.null_count:
        return array
    return _plain(array).dictionary_encode()


def _places(encoded: pa.DictionaryArray) -> Places:
    found = encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)
    return np.asarray(found, dtype=np.int32)


def _tasks(array: pa.Array) -> Tasks:
    if pt.is_null(array.type) or pt.is_null(array.type.value_type):
        empty = pa.list_(pa.struct([("hours", pa.int64())]))
        array = array.cast(empty)
    null, lengths = _nulls(array), _lengths(array)
    tasks = array.flatten()
    fields = dict(zip([field.name for field in tasks.type], tasks.flatten(), strict=True))
    read = {name: _lists(fields.get(name, pa.nulls(len(tasks)))) for name in TASK_LISTS}
    hours, level_min = (_wholes(fields.get(name, pa.nulls(len(tasks)))) for name in ("hours", "level_min"))
    broken = _nulls(tasks) | hours.null | hours.bad | level_min.bad
    for lists in read.values():
        broken |= lists.bad
    bad = _none(array)
    bad[np.repeat(np.arange(len(array)), lengths)[broken]] = True
    found = Tasks(lengths, null, bad, hours, read["essential"], read["demands"], read["dayparts"], level_min)
    return _without_bad(found)


def _without_bad(tasks: Tasks) -> Tasks:
    """The same rows, those that are bad without any task."""
    if not tasks.bad.any():
        return tasks
    left = tasks.keep(~tasks.bad)
    lengths = np.where(tasks.bad, 0, tasks.lengths)
    return Tasks(
        lengths, tasks.null, tasks.bad, left.hours, left.essential, left.demands, left.dayparts, left.level_min
    )


_READERS: Mapping[Kind, Callable[[pa.Array], Vector]] = {
    Kind.TEXT: _texts,
    Kind.WHOLE: _wholes,
    Kind.FLAG: _flags,
    Kind.DAY: _days,
    Kind.LIST: _lists,
    Kind.TASKS: _tasks,
}
