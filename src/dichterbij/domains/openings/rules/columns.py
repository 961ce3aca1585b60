"""What an opening is made of: the bridge's columns, those that never change a bridge, and what null means in them."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.shared.errors import InputError

AGREEMENTS = ("job", "learning_place", "volunteer", "work_experience")
DAYPARTS = ("weekday", "evening", "night", "saturday", "sunday")
WORDS = pa.list_(pa.string())
TASK = pa.struct(
    [
        ("hours", pa.int32()),
        ("essential", WORDS),
        ("demands", WORDS),
        ("dayparts", WORDS),
        ("level_min", pa.int32()),
    ]
)
BRIDGE_COLUMNS = pa.schema(
    [
        ("opening_id", pa.string()),
        ("pc4", pa.int32()),
        ("agreement", pa.string()),
        ("hours_min", pa.int32()),
        ("hours_max", pa.int32()),
        ("latest_start", pa.date32()),
        ("dayparts", WORDS),
        ("dutch", pa.int32()),
        ("dutch_on_the_job", pa.bool_()),
        ("level_min", pa.int32()),
        ("licences", WORDS),
        ("legal", WORDS),
        ("demands", WORDS),
        ("essential", WORDS),
        ("optional", WORDS),
        ("onboarding_weeks", pa.int32()),
        ("open_hiring", pa.bool_()),
        ("queue_weeks", pa.int32()),
        ("learning_company", pa.bool_()),
        ("carvable", pa.bool_()),
        ("carve_min_hours", pa.int32()),
        ("carve_max_share", pa.int32()),
        ("tasks", pa.list_(TASK)),
    ]
)
OTHER_COLUMNS = pa.schema(
    [
        ("title_nl", pa.string()),
        ("title_en", pa.string()),
        ("occupation_uri", pa.string()),
        ("employer_name", pa.string()),
        ("sector", pa.string()),
        ("wage_cents_per_hour_min", pa.int32()),
        ("wage_cents_per_hour_max", pa.int32()),
        ("invented", pa.bool_()),
    ]
)
COLUMNS = pa.schema([*BRIDGE_COLUMNS, *OTHER_COLUMNS])
# What null, or a column that is missing, stands for; the other columns keep their null ("not said").
DEFAULTS: Mapping[str, Any] = {
    "agreement": "job",
    "dayparts": ["weekday"],
    "dutch": 1,
    "dutch_on_the_job": False,
    "licences": [],
    "legal": [],
    "demands": [],
    "essential": [],
    "optional": [],
    "open_hiring": False,
    "learning_company": False,
    "carvable": False,
    "tasks": [],
    "invented": False,
}


def whole_table(table: pa.Table) -> pa.Table:
    """`table` with exactly COLUMNS and defaults, other columns dropped; InputError for a type that does not fit."""
    columns = [_column(table, field) for field in COLUMNS]
    whole = pa.table(columns, schema=COLUMNS)
    titled = pc.coalesce(whole["title_nl"], whole["title_en"])
    return whole.set_column(whole.schema.get_field_index("title_nl"), "title_nl", titled)


def _column(table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    rows = table.num_rows
    found = table[field.name] if field.name in table.column_names else pa.chunked_array([pa.nulls(rows)])
    try:
        column = found.cast(field.type)
    except pa.ArrowException as error:
        raise InputError(f"Column {field.name} of the openings cannot be read as {field.type}: {error}.") from error
    return _filled(column, DEFAULTS[field.name]) if field.name in DEFAULTS else column


def _filled(column: pa.ChunkedArray, default: Any) -> pa.ChunkedArray:
    if not column.null_count:
        return column
    if not pa.types.is_list(column.type):
        return pc.fill_null(column, default)
    return pc.if_else(column.is_valid(), column, pa.scalar(default, column.type))


def check_ids(table: pa.Table) -> None:
    """InputError when an id stands twice."""
    counts = pc.value_counts(table["opening_id"])
    twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values").to_pylist()
    if twice:
        raise stands_twice(twice[0])


def stands_twice(opening_id: str) -> InputError:
    """The error of a delivery that has this opening twice."""
    return InputError(f"Opening {opening_id} stands in the delivery twice; every opening has an id of its own.")


def check_lists(table: pa.Table) -> None:
    """InputError when a list holds null or a text that cannot be stored."""
    for field in COLUMNS:
        if field.type != WORDS:
            continue
        words = pc.list_flatten(table[field.name])
        if words.null_count or pc.any(pc.match_substring_regex(words, "[\x00-\x1f]")).as_py():
            raise InputError(f"Column {field.name} of the openings holds null or a control character inside a list.")


def check_tasks(table: pa.Table) -> None:
    """InputError for the first opening whose tasks ask what the opening does not, or take more hours than it has."""
    with_tasks = table.filter(pc.greater(pc.list_value_length(table["tasks"]), 0))
    for row in with_tasks.select(["opening_id", "hours_max", "essential", "demands", "dayparts", "tasks"]).to_pylist():
        problem = _task_problem(row)
        if problem:
            raise InputError(f"Opening {row['opening_id']}: {problem}.")


def _task_problem(row: Mapping[str, Any]) -> str | None:
    hours = [task["hours"] for task in row["tasks"]]
    if any(hour is None or hour < 1 for hour in hours):
        return "every task needs hours, in tenths of an hour a week, 1 or more"
    if sum(hours) > 10 * (row["hours_max"] or 0):
        return "its tasks take more hours than the opening has (hours_max)"
    for column in ("essential", "demands", "dayparts"):
        if any(not set(task[column] or ()) <= set(row[column]) for task in row["tasks"]):
            return f"a task names {column} that the opening does not"
    if any(task["level_min"] is not None and not 1 <= task["level_min"] <= 6 for task in row["tasks"]):
        return "level_min of a task is 1 to 6"
    return None
