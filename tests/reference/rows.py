"""Reading people and openings: every row is good, or bad with the column and what was expected."""

import datetime
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference import columns
from reference.parquet import FileError, parquet_rows

DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T00:00:00)?")


@dataclass
class BadRow:
    """A line of the rejected file, less `file` and `expected`'s exact words."""

    row: int
    id: str | None
    column: str | None
    expected: str
    found: Any


class WrongError(Exception):
    """A value is not what its column wants; the text says what was expected."""


def read(path: Path, table: "columns.Table", world: Any) -> tuple[list[dict[str, Any]], list[BadRow]]:
    """The good rows in file order, defaults filled in and lists as sets, and the bad rows."""
    good, bad = [], []
    seen: set[str] = set()
    for number, raw in raw_rows(path, table):
        if isinstance(raw, BrokenLine):
            # "a broken JSON line is a bad row with column null"
            bad.append(BadRow(number, None, None, "one JSON object", raw.text))
            continue
        row, errors = check_row(raw, table, world)
        id_column = table.columns[0].name
        row_id = row.get(id_column)
        # "an id seen before, on a good or a bad row (the later one is bad)"
        if row_id is not None and row_id in seen:
            errors[id_column] = ("an id not seen before", row_id)
        if row_id is not None:
            seen.add(row_id)
        # "of several errors in a row the first column in the order of the tables below is named"
        for column in table.columns:
            if column.name in errors:
                expected, found = errors[column.name]
                bad.append(BadRow(number, row_id, column.name, expected, found))
                break
        else:
            good.append(row)
    return good, bad


@dataclass
class BrokenLine:
    """A line that is no JSON object."""

    text: str


def raw_rows(path: Path, table: "columns.Table") -> Iterator[tuple[int, Any]]:
    """Row numbers from 1 and raw rows."""
    # "Files are Parquet or JSON Lines, by their ending"
    if path.suffix == ".parquet":
        yield from enumerate(parquet_rows(path, table), start=1)
    elif path.suffix == ".jsonl":
        yield from json_rows(path)
    else:
        raise FileError(f"{path.name} ends in neither .parquet nor .jsonl")


def json_rows(path: Path) -> Iterator[tuple[int, Any]]:
    """One object or `BrokenLine` for every line that is not blank."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        # "a blank line is skipped, row is the line number"
        if not line.strip():
            continue
        try:
            # "NaN and NaT in Parquet are null (in JSON they make a broken line)"
            value = json.loads(line.decode("utf-8"), parse_constant=refuse)
        except (ValueError, RecursionError):
            value = None
        yield number, value if isinstance(value, dict) else BrokenLine(line.decode("utf-8", "replace"))


def refuse(word: str) -> None:
    """NaN, Infinity and -Infinity are no JSON."""
    raise ValueError(word)


def check_row(raw: dict[str, Any], table: "columns.Table", world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that are right (defaults filled in), and per wrong column what was expected and what was found."""
    row: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for column in table.columns:
        value = raw.get(column.name)
        try:
            row[column.name] = check_value(value, column, world)
        except WrongError as wrong:
            errors[column.name] = (str(wrong), value)
    # "hours_min > hours_max, compared when both are in range, at hours_min";
    # "ranges and orders are checked after defaults"
    if "hours_min" in row and "hours_max" in row and row["hours_min"] > row["hours_max"]:
        errors["hours_min"] = ("at most hours_max", raw.get("hours_min"))
    # "tasks are checked whether carvable or not"
    if "tasks" in row and not errors:
        try:
            check_tasks(row)
        except WrongError as wrong:
            # "anything in a task at tasks"
            errors["tasks"] = (str(wrong), raw.get("tasks"))
    return row, errors


def check_value(value: Any, column: "columns.Column", world: Any) -> Any:
    """The value as the rules want it; `WrongError` otherwise."""
    # "an empty id is missing"
    if column.is_id and value == "":
        value = None
    if value is None:
        # "a required value missing"
        if column.required:
            raise WrongError("a value")
        # "Null in an optional column, or the column missing, means the default"
        value = column.default
        if value is None:
            return None
    if column.kind == "tasks":
        return [check_task(task, world) for task in a_list(value)]
    checked = KINDS[column.kind](value)
    # "a number outside its range"
    if column.range is not None and not column.range[0] <= checked <= column.range[1]:
        raise WrongError(f"{column.range[0]} to {column.range[1]}")
    # "pc4 not in the postcode table (never guessed)"
    if column.name == "pc4" and checked not in world.postcodes:
        raise WrongError("a postcode of the table")
    # "an unknown code, except in `licences` and `legal`"
    known = known_codes(column, world)
    if known is not None:
        for code in checked if column.kind == "list" else [checked]:
            if code not in known:
                raise WrongError("one of " + ", ".join(sorted(known)))
    return checked


def known_codes(column: "columns.Column", world: Any) -> set[str] | None:
    """The codes a column may hold; None for free text."""
    if column.codes == "demands":
        demands = world.parameters["demands"]
        return {*demands["adaptable"], *demands["not_adaptable"]}
    return set(column.codes) if column.codes else None


def a_string(value: Any) -> str:
    """Text that can be written as UTF-8."""
    if not isinstance(value, str):
        raise WrongError("text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise WrongError("text") from None
    return value


def a_number(value: Any) -> int:
    """A whole number."""
    # "Whole numbers may be written 12.0"
    if isinstance(value, float) and math.isfinite(value) and value == math.floor(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise WrongError("a whole number")


def a_boolean(value: Any) -> bool:
    """True or false."""
    # "booleans are true or false only"
    if isinstance(value, bool):
        return value
    raise WrongError("true or false")


def a_date(value: Any) -> datetime.date:
    """A day."""
    # "a date is a date, a timestamp at midnight in its own zone, or text `2026-12-01`
    #  (also with `T00:00:00`, not with a zone)"
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date()
    elif isinstance(value, datetime.date):
        return value
    elif isinstance(value, str) and (written := DATE.fullmatch(value)):
        try:
            return datetime.date.fromisoformat(written[1])
        except ValueError:
            pass
    raise WrongError("a date")


def a_list(value: Any) -> list[Any]:
    """A list without null."""
    # "null inside a list is a bad row"
    if not isinstance(value, list) or any(part is None for part in value):
        raise WrongError("a list without null")
    return value


def a_set(value: Any) -> set[str]:
    """A list of texts."""
    # "Lists are sets"
    return {a_string(part) for part in a_list(value)}


KINDS: dict[str, Callable[[Any], Any]] = {
    "string": a_string,
    "int": a_number,
    "bool": a_boolean,
    "date": a_date,
    "list": a_set,
}


def check_task(task: Any, world: Any) -> dict[str, Any]:
    """One task, by itself."""
    if not isinstance(task, dict):
        raise WrongError("tasks with hours, essential, demands, dayparts and level_min")
    # "unknown keys of a task are ignored"
    return {column.name: check_value(task.get(column.name), column, world) for column in columns.TASK}


def check_tasks(opening: dict[str, Any]) -> None:
    """The tasks beside their opening."""
    for task in opening["tasks"]:
        # "a task whose essential, demands or dayparts are not all the opening's"
        for name in ("essential", "demands", "dayparts"):
            if not task[name] <= opening[name]:
                raise WrongError(f"{name} of a task among those of the opening")
        # "task hours below 1"
        if task["hours"] < 1:
            raise WrongError("task hours of 1 or more")
    # "sum of task hours above 10 x the opening's hours_max"
    if sum(task["hours"] for task in opening["tasks"]) > 10 * opening["hours_max"]:
        raise WrongError("task hours of at most hours_max together")
