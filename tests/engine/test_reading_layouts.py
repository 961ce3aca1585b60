"""Parquet however it was written gives the same tables; an id that comes back is found among many."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.engine import openings_from_rows, people_from_rows, read_openings, read_people
from dichterbij.engine.reading import parquet
from dichterbij.engine.reading.seen import Seen
from dichterbij.shared.errors import InputError
from engine.rows import Invented, opening, packaged, person
from engine.test_reading import same

WRITTEN: dict[str, dict[str, Any]] = {
    "one row group": {},
    "row groups": {"row_group_size": 60},
    "a dictionary that is full soon": {"row_group_size": 60, "dictionary_pagesize_limit": 64, "data_page_size": 200},
    "pages of the second kind": {"row_group_size": 60, "data_page_version": "2.0", "write_page_checksum": True},
    "no dictionaries": {"use_dictionary": False, "row_group_size": 60},
    "no Arrow types": {"store_schema": False, "row_group_size": 60},
}
SKILLS = "skills.list.element"


@pytest.mark.parametrize("layout", list(WRITTEN))
def test_people_and_openings_are_the_same_however_parquet_was_written(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "SMALL_GROUP", 1)
    invented = Invented(11)
    people, openings = invented.people(150), invented.openings(150)
    pq.write_table(pa.Table.from_pylist(people), tmp_path / "p.parquet", **WRITTEN[layout])
    pq.write_table(pa.Table.from_pylist(openings), tmp_path / "o.parquet", **WRITTEN[layout])
    same(read_people(tmp_path / "p.parquet", packaged()).table, people_from_rows(people, packaged()))
    found, wanted = read_openings(tmp_path / "o.parquet", packaged()).table, openings_from_rows(openings, packaged())
    same(found, wanted)
    tasks = range(len(wanted.tasks.hours))
    assert [found.tasks.essential.of(at) for at in tasks] == [wanted.tasks.essential.of(at) for at in tasks]


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
def test_texts_that_are_not_in_a_dictionary_are_read(encoding: str, tmp_path: Path) -> None:
    rows = [person(f"p{number}", skills=[f"skill:{number % 7}", "skill:x"]) for number in range(40)]
    pq.write_table(
        pa.Table.from_pylist(rows), tmp_path / "p.parquet", use_dictionary=False, column_encoding={SKILLS: encoding}
    )
    same(read_people(tmp_path / "p.parquet", packaged()).table, people_from_rows(rows, packaged()))


def test_lists_of_categories_in_several_row_groups_are_read(tmp_path: Path) -> None:
    rows = [person(f"p{number}", skills=[f"skill:{number % 7}"] if number % 3 else None) for number in range(40)]
    table = pa.Table.from_pylist(rows)
    categories = table["skills"].cast(pa.list_(pa.dictionary(pa.int32(), pa.string())))
    table = table.set_column(table.schema.get_field_index("skills"), "skills", categories)
    pq.write_table(table, tmp_path / "p.parquet", row_group_size=15)
    same(read_people(tmp_path / "p.parquet", packaged()).table, people_from_rows(rows, packaged()))


def test_a_category_that_is_null_makes_a_bad_row() -> None:
    texts = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.int32()), pa.array(["skill:a", None]))
    skills = pa.ListArray.from_arrays(pa.array([0, 1, 3], pa.int32()), texts)
    table = pa.table({"person_id": ["a", "b"], "pc4": [3511, 3511], "skills": skills})
    assert people_from_rows(table, packaged(), skip_bad_rows=True).ids.to_pylist() == ["a"]


def test_a_category_that_stands_twice_in_its_table_is_one_skill() -> None:
    texts = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["skill:a", "skill:a"]))
    table = pa.table(
        {"person_id": ["a"], "pc4": [3511], "skills": pa.ListArray.from_arrays(pa.array([0, 2], pa.int32()), texts)}
    )
    assert people_from_rows(table, packaged()).skills.of(0) == ("skill:a",)


def test_a_part_of_a_larger_table_is_read_as_itself() -> None:
    rows = Invented(12).people(90)
    same(
        people_from_rows(pa.Table.from_pylist(rows).slice(30, 40), packaged()),
        people_from_rows(rows[30:70], packaged()),
    )


def test_numbers_take_few_bytes_and_leave_room() -> None:
    most = person(max_travel_minutes=600, max_distance_km=999, hours_min=60, hours_max=60, learn_weeks_max=255)
    numbers = people_from_rows([most], packaged()).numbers
    assert sum(values.nbytes for values in numbers.values()) < 48
    assert numbers["max_distance_km"][0] * 1000 == 999_000
    assert numbers["hours_max"][0] * 10 == 600
    offered = openings_from_rows([opening(carve_max_share=1000, hours_max=60, queue_weeks=255)], packaged()).numbers
    assert np.where(offered["queue_weeks"] < 0, 1_000_000_000, offered["queue_weeks"])[0] == 255


@given(
    st.lists(st.lists(st.sampled_from(["", "a", "b", "cc", "dd", "eee", None]), max_size=8), max_size=8),
    st.sampled_from([hash, len]),
)
def test_an_id_is_seen_when_an_earlier_row_has_it_also_when_hashes_collide(runs: Any, hash_of: Any) -> None:
    seen, earlier = Seen(hash_of), set[str]()
    for run in runs:
        wanted = []
        for text in run:
            wanted.append(bool(text) and text in earlier)
            earlier.add(text)
        assert seen.again(pa.array(run, pa.string())).tolist() == wanted


def test_a_damaged_row_group_is_an_error_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(pa.Table.from_pylist(Invented(1).people(300)), path, row_group_size=100, write_page_checksum=True)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    content[column.dictionary_page_offset + column.total_compressed_size - 20] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a Parquet file that can be read"):
        read_people(path, packaged())


def test_a_file_that_changes_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(pa.Table.from_pylist(Invented(1).people(300)), path, row_group_size=100)

    def add(_name: str, _rows: int) -> None:
        with path.open("ab") as stream:
            stream.write(b"more")

    with pytest.raises(InputError, match="changed while it was read"):
        read_people(path, packaged(), progress=add)


def test_a_file_put_in_the_place_of_the_one_being_read_has_no_part_in_it(tmp_path: Path) -> None:
    path, other = tmp_path / "p.parquet", tmp_path / "other.parquet"
    pq.write_table(pa.Table.from_pylist([person("a"), person("b")]), path)
    digest = read_people(path, packaged()).digest

    def swap(_name: str, _rows: int) -> None:
        pq.write_table(pa.Table.from_pylist([person("c")]), other)
        other.replace(path)

    found = read_people(path, packaged(), progress=swap)
    assert (found.table.ids.to_pylist(), found.digest) == (["a", "b"], digest)
    assert read_people(path, packaged()).digest != digest
