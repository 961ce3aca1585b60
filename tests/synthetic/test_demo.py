"""The demo's openings: the whole country and the story, loaded once."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.utils import timezone

from dichterbij.bootstrap.main import load_demo
from dichterbij.data import reference_table
from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.openings import queries
from dichterbij.domains.regions import actions as regions
from dichterbij.shared.errors import InputError
from dichterbij.synthetic import demo, openings

NOW = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)
ON = date(2026, 12, 1)


@pytest.fixture
def with_postcodes(db: Any) -> None:
    load_reference(sets=regions.reference_sets(), actor="tests", now=timezone.now())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo of a size for tests."""
    whole = demo.build
    monkeypatch.setattr(demo, "build", lambda *, on: whole(on=on, rows=500))


def test_the_demo_covers_every_region_and_holds_the_story() -> None:
    table = demo.build(on=ON, rows=10_000)
    areas = reference_table("postcodes", "postcodes.csv")
    region = dict(zip(areas["pc4"].to_pylist(), areas["region_code"].to_pylist(), strict=True))
    assert {region[pc4] for pc4 in table["pc4"].to_pylist()} == set(region.values())
    assert "story-kamers-alkmaar" in table["opening_id"].to_pylist()
    assert pc.count_distinct(table["opening_id"]).as_py() == table.num_rows
    assert pc.all(table["invented"]).as_py()


def test_the_same_day_gives_the_same_demo() -> None:
    assert demo.build(on=ON, rows=100).equals(demo.build(on=ON, rows=100))


def test_a_second_start_loads_nothing(with_postcodes: None, small: None) -> None:
    first = demo.load_demo(now=NOW)
    assert first is not None
    assert first.added == queries.openings_table().num_rows > 500
    assert demo.load_demo(now=NOW) is None


def test_another_month_brings_fresh_dates(with_postcodes: None, small: None) -> None:
    demo.load_demo(now=NOW)
    again = demo.load_demo(now=datetime(2027, 1, 2, 9, 0, tzinfo=UTC))
    assert again is not None
    assert again.changed > 0
    assert again.added == again.closed == 0


def file_of(folder: Path, rows: int) -> Path:
    """A file of invented openings, as `dichterbij synth` makes them."""
    pq.write_table(openings.block(7, 0, 0, rows, region="all", on=ON), folder / "country.parquet")
    return folder / "country.parquet"


def test_a_start_of_the_demo_keeps_the_openings_of_a_file(with_postcodes: None, small: None, tmp_path: Path) -> None:
    assert demo.file_loaded() is None
    demo.load_demo(now=NOW)
    assert demo.file_loaded() is None
    loaded = demo.load_file(file_of(tmp_path, 30), now=NOW)
    assert loaded is not None
    assert demo.file_loaded() == "country.parquet"
    assert demo.load_demo(now=NOW, keep_file=True) is None
    assert queries.openings_table().num_rows == 30
    back = demo.load_demo(now=NOW)
    assert back is not None
    assert back.closed == 30
    assert demo.file_loaded() is None


def test_people_in_place_of_openings_are_refused_before_the_database_starts(tmp_path: Path) -> None:
    people = tmp_path / "people.parquet"
    pq.write_table(pa.table({"person_id": ["a"], "pc4": [1011]}), people)
    done = CliRunner().invoke(load_demo, ["--openings", str(people)])
    assert isinstance(done.exception, InputError)
    assert done.exception.message == (
        f"{people}: there is no column opening_id, but there is person_id; is this a file of people?"
    )
