"""Parquet gives what JSON Lines gives, in every type that can be read; other types are errors of the file."""

import datetime
import decimal
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from contract.bad_rows import row_of
from contract.comparing import (
    assert_same_rejected,
    assert_stopped,
    files,
    product_match,
    reference_match,
    reference_rejected,
)
from contract.door import (
    OPENING_TYPES,
    PEOPLE_TYPES,
    TEXTS,
    Rows,
    exactly,
    run,
    write_jsonl,
    write_parquet,
)
from contract.pools import Drawing
from contract.thresholds import task

TEXT = pa.string()
CODES = pa.dictionary(pa.int32(), TEXT)
INT_COLUMNS = [name for name, kind in PEOPLE_TYPES.items() if pa.types.is_integer(kind)]
OPENING_INTS = [name for name, kind in OPENING_TYPES.items() if pa.types.is_integer(kind)]
LIST_COLUMNS = [name for name, kind in PEOPLE_TYPES.items() if pa.types.is_list(kind)]
OPENING_LISTS = [name for name, kind in OPENING_TYPES.items() if kind == TEXTS]


@pytest.fixture(scope="module")
def instance() -> tuple[Rows, Rows]:
    """People and openings that meet many rules; every optional column is there."""
    people, openings = Drawing(random.Random(7)).instance(12, 40)
    return people, openings


@pytest.fixture(scope="module")
def expected(instance: tuple[Rows, Rows], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the instance gives from JSON Lines, by the reference."""
    folder = tmp_path_factory.mktemp("expected")
    paths = [write_jsonl(folder / f"{name}.jsonl", rows) for name, rows in zip("po", instance, strict=True)]
    return exactly(reference_match(paths[0], paths[1]))


def of_all(names: list[str], kind: pa.DataType) -> dict[str, pa.DataType]:
    """The same type for every name."""
    return dict.fromkeys(names, kind)


LARGE = pa.large_list(pa.large_string())
TASKS_LARGE = pa.large_list(
    pa.struct({"level_min": pa.float64(), "dayparts": LARGE, "title": TEXT, "essential": LARGE, "hours": pa.float64(),
               "demands": LARGE})
)  # fmt: skip
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "as made": ({}, {}),
    "int16": (of_all(INT_COLUMNS, pa.int16()), of_all(OPENING_INTS, pa.int16())),
    "int64": (of_all(INT_COLUMNS, pa.int64()), of_all(OPENING_INTS, pa.int64())),
    "uint64": (of_all(INT_COLUMNS, pa.uint64()), of_all(OPENING_INTS, pa.uint64())),
    "float64": (of_all(INT_COLUMNS, pa.float64()), of_all(OPENING_INTS, pa.float64())),
    "float32": (of_all(INT_COLUMNS, pa.float32()), of_all(OPENING_INTS, pa.float32())),
    "dictionaries": ({"person_id": CODES}, {"opening_id": CODES, "agreement": CODES}),
    "large": (
        {"person_id": pa.large_string(), **of_all(LIST_COLUMNS, LARGE)},
        {"opening_id": pa.large_string(), **of_all(OPENING_LISTS, LARGE), "tasks": TASKS_LARGE},
    ),
    "dates as text": ({"available_from": TEXT}, {"latest_start": TEXT}),
    "date64": ({"available_from": pa.date64()}, {"latest_start": pa.date64()}),
    "timestamp s": ({"available_from": pa.timestamp("s")}, {"latest_start": pa.timestamp("s")}),
    "timestamp ms": ({"available_from": pa.timestamp("ms")}, {"latest_start": pa.timestamp("ms")}),
    "timestamp us": ({"available_from": pa.timestamp("us")}, {"latest_start": pa.timestamp("us")}),
    "timestamp ns": ({"available_from": pa.timestamp("ns")}, {"latest_start": pa.timestamp("ns")}),
}


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
def test_every_type_that_can_be_read_gives_the_same(
    kinds: tuple[dict[str, Any], dict[str, Any]],
    instance: tuple[Rows, Rows],
    expected: list[str],
    tmp_path: Path,
) -> None:
    people = write_parquet(tmp_path / "people.parquet", instance[0], PEOPLE_TYPES, **kinds[0])
    openings = write_parquet(tmp_path / "openings.parquet", instance[1], OPENING_TYPES, **kinds[1])
    assert exactly(reference_match(people, openings)) == expected
    assert exactly(product_match(people, openings, tmp_path / "out.jsonl")) == expected


def test_one_file_may_be_parquet_and_the_other_json(
    instance: tuple[Rows, Rows], expected: list[str], tmp_path: Path
) -> None:
    people = write_parquet(tmp_path / "people.parquet", instance[0], PEOPLE_TYPES)
    openings = write_jsonl(tmp_path / "openings.jsonl", instance[1])
    assert exactly(product_match(people, openings, tmp_path / "out.jsonl")) == expected


def test_columns_may_stand_in_any_order_in_many_row_groups(
    instance: tuple[Rows, Rows], expected: list[str], tmp_path: Path
) -> None:
    paths = []
    for name, rows, types in (("people", instance[0], PEOPLE_TYPES), ("openings", instance[1], OPENING_TYPES)):
        path = write_parquet(tmp_path / f"{name}.parquet", rows, dict(reversed(types.items())))
        pq.write_table(pq.read_table(path), path, row_group_size=3)
        paths.append(path)
    assert exactly(product_match(*paths, tmp_path / "out.jsonl")) == expected


def test_columns_that_are_not_named_may_have_any_type(
    instance: tuple[Rows, Rows], expected: list[str], tmp_path: Path
) -> None:
    paths = []
    for name, rows, types in (("people", instance[0], PEOPLE_TYPES), ("openings", instance[1], OPENING_TYPES)):
        path = write_parquet(tmp_path / f"{name}.parquet", rows, types)
        table = pq.read_table(path)
        wages = pa.array([decimal.Decimal("14.06")] * table.num_rows)
        paths.append(path)
        pq.write_table(table.append_column("wage", wages).append_column("when", wages.cast(pa.float64())), path)
    assert exactly(product_match(*paths, tmp_path / "out.jsonl")) == expected


def test_the_output_may_be_parquet(instance: tuple[Rows, Rows], expected: list[str], tmp_path: Path) -> None:
    people = write_jsonl(tmp_path / "people.jsonl", instance[0])
    openings = write_jsonl(tmp_path / "openings.jsonl", instance[1])
    out = tmp_path / "out.parquet"
    answer = run("match", *files(people, openings), "--out", out)
    assert answer.code == 0, answer.err
    assert exactly(pq.read_table(out).to_pylist()) == expected
    assert Path(f"{out}.run.json").exists()


def opening_table(**columns: Any) -> pa.Table:
    """Openings o0, o1 ... with plain values, and these columns."""
    length = len(next(iter(columns.values())))
    plain = {
        "opening_id": pa.array([f"o{number}" for number in range(length)]),
        "pc4": pa.array([1011] * length),
        "hours_min": pa.array([16] * length),
        "hours_max": pa.array([32] * length),
        "essential": pa.array([["a"]] * length),
    }
    return pa.table({**plain, **columns})


def both(tmp_path: Path, table: pa.Table, *more: str) -> tuple[Rows, Rows]:
    """What product and reference say of the openings, with one plain person."""
    people = write_jsonl(tmp_path / "people.jsonl", [row_of("people", "p", {"skills": ["a"]})])
    openings = tmp_path / "openings.parquet"
    pq.write_table(table, openings)
    told = product_match(people, openings, tmp_path / "out.jsonl", *more)
    if more:
        assert_same_rejected(tmp_path / "out.jsonl", reference_rejected(people, openings))
    return told, reference_match(people, openings)


NAN, INFINITE = float("nan"), float("inf")
DAY = datetime.datetime(2026, 12, 1)  # noqa: DTZ001


def test_nan_and_nat_are_null(tmp_path: Path) -> None:
    tasks = pa.array(
        [[{"hours": 10.0, "level_min": NAN}]] * 3,
        pa.list_(pa.struct({"hours": pa.float64(), "level_min": pa.float64()})),
    )
    not_a_time = pa.array([-(2**63), None, 0], pa.int64()).view(pa.timestamp("ns"))
    table = opening_table(
        queue_weeks=pa.array([NAN, None, 5.0], from_pandas=False),
        carve_max_share=pa.array([NAN, 300.0, None], from_pandas=False),
        latest_start=not_a_time,
        tasks=tasks,
        dutch=pa.nulls(3),
        demands=pa.nulls(3),
        licences=pa.array([[], None, []], pa.list_(pa.null())),
    )
    told, expected = both(tmp_path, table)
    assert exactly(told) == exactly(expected)
    assert [row["opening_id"] for row in expected] != []


def test_values_that_a_type_allows_and_the_contract_does_not_are_bad_rows(tmp_path: Path) -> None:
    table = opening_table(
        dutch=pa.array([1.5, 2.0, NAN, INFINITE, -INFINITE, 1e300, 5.0, 0.0], from_pandas=False),
        licences=pa.array([[]] * 2 + [[None]] + [[]] * 5, TEXTS),
    )
    told, expected = bad_places(tmp_path, table)
    assert exactly(told) == exactly(expected)


def bad_places(tmp_path: Path, table: pa.Table) -> tuple[Rows, Rows]:
    """As `both`, skipping bad rows; the found value of a number that JSON cannot write is left open."""
    people = write_jsonl(tmp_path / "people.jsonl", [row_of("people", "p", {"skills": ["a"]})])
    openings = tmp_path / "openings.parquet"
    out = tmp_path / "out.jsonl"
    pq.write_table(table, openings)
    told = product_match(people, openings, out, "--skip-bad-rows")
    text = Path(f"{out}.rejected.jsonl").read_text(encoding="utf-8")
    assert "NaN" not in text.replace('"NaN"', "")
    assert "Infinity" not in text.replace('"Infinity"', "").replace('"-Infinity"', "")
    places = [(row["row"], row["id"], row["column"]) for row in map(json.loads, text.splitlines())]
    assert places == [(row["row"], row["id"], row["column"]) for row in reference_rejected(people, openings)]
    return told, reference_match(people, openings)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Amsterdam", "America/New_York", "+05:30", "-08:00"])
def test_a_timestamp_counts_at_midnight_in_its_own_zone(unit: str, zone: str | None, tmp_path: Path) -> None:
    kind = pa.timestamp(unit, zone)
    local = pa.array([DAY, datetime.datetime(2026, 7, 1), None], pa.timestamp(unit))  # noqa: DTZ001
    if zone is None:
        midnights = local
    elif zone[0] in "+-":
        offset = int(zone[:3]) * 3600 + int(zone[0] + zone[4:]) * 60
        seconds = pa.array(
            [None if at is None else int((at - EPOCH).total_seconds()) - offset for at in local.to_pylist()]
        )
        midnights = seconds.cast(pa.timestamp("s")).cast(pa.timestamp(unit)).cast(pa.int64()).view(kind)
    else:
        midnights = pc.assume_timezone(local, zone)
    told, expected = both(tmp_path, opening_table(latest_start=midnights))
    assert exactly(told) == exactly(expected)
    assert [row["opening_id"] for row in expected] == ["o0", "o2"] or len(expected) == 2


EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001


def test_a_timestamp_not_at_midnight_in_its_zone_is_a_bad_row(tmp_path: Path) -> None:
    day = 86_400_000_000_000
    counts = [20_000 * day, 20_000 * day + 1, 20_000 * day - 3_600_000_000_000, 20_000 * day + day // 2]
    for zone in (None, "UTC", "Europe/Amsterdam", "+01:00"):
        table = opening_table(latest_start=pa.array(counts, pa.int64()).view(pa.timestamp("ns", zone)))
        told, expected = bad_places(tmp_path, table)
        assert exactly(told) == exactly(expected)


def test_a_required_column_of_nulls_is_missing_in_every_row(tmp_path: Path) -> None:
    table = opening_table(pc4=pa.nulls(2))
    assert both(tmp_path, table, "--skip-bad-rows") == ([], [])


def one(value: Any, kind: pa.DataType) -> pa.Array:
    """A column of one value."""
    return pa.array([value], kind)


MONEY = decimal.Decimal("12")
WRONG_TYPES = {
    "decimal for int": {"dutch": one(MONEY, pa.decimal128(4, 0))},
    "decimal for pc4": {"pc4": one(decimal.Decimal(1011), pa.decimal128(6, 2))},
    "text for int": {"dutch": one("2", TEXT)},
    "bool for int": {"dutch": one(True, pa.bool_())},
    "date for int": {"dutch": one(DAY.date(), pa.date32())},
    "int for bool": {"open_hiring": one(1, pa.int8())},
    "text for bool": {"open_hiring": one("true", TEXT)},
    "int for date": {"latest_start": one(20261201, pa.int64())},
    "float for date": {"latest_start": one(1.0, pa.float64())},
    "time for date": {"latest_start": one(datetime.time(), pa.time64("us"))},
    "int for text": {"agreement": one(1, pa.int64())},
    "int for id": {"opening_id": one(1, pa.int64())},
    "list for text": {"agreement": one(["job"], TEXTS)},
    "text for list": {"demands": one("phone", TEXT)},
    "list of int": {"demands": one([1], pa.list_(pa.int64()))},
    "list of lists": {"demands": one([["phone"]], pa.list_(TEXTS))},
    "struct for list": {"demands": one({"a": "phone"}, pa.struct({"a": TEXT}))},
    "struct for tasks": {"tasks": one({"hours": 10}, pa.struct({"hours": pa.int64()}))},
    "list of text for tasks": {"tasks": one(["a"], TEXTS)},
    "text hours": {"tasks": one([{"hours": "10"}], pa.list_(pa.struct({"hours": TEXT})))},
    "decimal hours": {"tasks": one([{"hours": MONEY}], pa.list_(pa.struct({"hours": pa.decimal128(4, 0)})))},
    "list of int in tasks": {
        "tasks": one(
            [{"hours": 1, "demands": [1]}], pa.list_(pa.struct({"hours": pa.int8(), "demands": pa.list_(pa.int8())}))
        )
    },
    "text level in tasks": {
        "tasks": one([{"hours": 1, "level_min": "1"}], pa.list_(pa.struct({"hours": pa.int8(), "level_min": TEXT})))
    },
}  # fmt: skip


@pytest.mark.parametrize("skip", [[], ["--skip-bad-rows"]], ids=["stop", "skip"])
@pytest.mark.parametrize("columns", WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_a_column_of_another_type_is_an_error_of_the_file(
    columns: dict[str, Any], skip: list[str], tmp_path: Path
) -> None:
    people = write_jsonl(tmp_path / "people.jsonl", [row_of("people", "p", {})])
    openings = tmp_path / "openings.parquet"
    pq.write_table(opening_table(**columns), openings)
    out = tmp_path / "out.jsonl"
    answer = run("match", *files(people, openings), "--out", out, *skip)
    assert_stopped(answer, out)
    assert next(iter(columns)) in answer.err
    assert "openings.parquet" in answer.err


def test_a_wrong_type_is_told_even_when_there_are_no_rows(tmp_path: Path) -> None:
    people = write_jsonl(tmp_path / "people.jsonl", [row_of("people", "p", {})])
    openings = tmp_path / "openings.parquet"
    pq.write_table(opening_table(dutch=one("2", TEXT)).slice(0, 0), openings)
    out = tmp_path / "out.jsonl"
    assert_stopped(run("match", *files(people, openings), "--out", out), out)


def test_dictionary_encoded_lists_give_the_same(tmp_path: Path) -> None:
    demands = pa.array([["phone"], [], None, ["pace", "phone"]], TEXTS)
    encoded = pa.ListArray.from_arrays(
        pa.array([0, 1, None, 1, 3], pa.int32()), pa.array(["phone", "pace", "phone"]).dictionary_encode()
    )
    for column in (demands, encoded):
        told, expected = both(tmp_path, opening_table(demands=column, title=pa.array(["x"] * 4)))
        assert exactly(told) == exactly(expected)
        assert len(expected) == 4


def test_lists_of_a_fixed_length_can_be_read(tmp_path: Path) -> None:
    fixed = pa.array([["phone", "pace"], None, ["phone", "phone"]], pa.list_(TEXT, 2))
    told, expected = both(tmp_path, opening_table(demands=fixed))
    assert exactly(told) == exactly(expected)


def test_tasks_may_lack_fields_and_have_others(tmp_path: Path) -> None:
    kind = pa.list_(pa.struct({"hours": pa.int64(), "colour": TEXT}))
    tasks = pa.array([[{"hours": 160, "colour": "red"}, {"hours": 160, "colour": None}], None, []], kind)
    table = opening_table(tasks=tasks, carvable=pa.array([True] * 3), hours_min=pa.array([16, 32, 32]))
    told, expected = both(tmp_path, table)
    assert exactly(told) == exactly(expected)


def test_bad_tasks_in_parquet_are_bad_rows(tmp_path: Path) -> None:
    lists = of_all(["essential", "demands", "dayparts"], TEXTS)
    kind = pa.list_(pa.struct({"hours": pa.float64(), "level_min": pa.int8(), **lists}))
    tasks = [
        [task(10)], [task(0)], [task(10.5)], [None], [task(10, demands=[None])], [task(10, level_min=7)], [task(NAN)],  # type: ignore[arg-type]
        [task(10, dayparts=["night"])], [task(10, essential=["a"])], [task(321)],
    ]  # fmt: skip
    told, expected = bad_places(tmp_path, opening_table(tasks=pa.array(tasks, kind)))
    assert [row["opening_id"] for row in expected] == [row["opening_id"] for row in told]
    assert sorted(row["opening_id"] for row in told) == ["o0", "o8"]


def test_dates_beyond_the_calendar_are_bad_rows(tmp_path: Path) -> None:
    days = pa.array([2**31 - 1, -(2**31), 20_000], pa.int32()).view(pa.date32())
    moments = pa.array([2**50, -(2**50), 20_000 * 86_400_000], pa.int64()).view(pa.timestamp("ms"))
    for dates in (days, moments):
        told, expected = bad_places(tmp_path, opening_table(latest_start=dates))
        assert exactly(told) == exactly(expected)


def test_numbers_beyond_every_range_are_bad_rows(tmp_path: Path) -> None:
    for numbers in (
        pa.array([2**63, 2**64 - 1, 2], pa.uint64()),
        pa.array([2**32 + 2, -(2**63), 2]),
        pa.array([2.0**70, -1e300, 2]),
    ):
        told, expected = bad_places(tmp_path, opening_table(dutch=numbers))
        assert exactly(told) == exactly(expected)
