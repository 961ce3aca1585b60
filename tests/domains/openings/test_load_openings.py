"""A delivery of openings: all or nothing, told to the journal, and read back as it came."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.db import OperationalError, connection

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.openings import actions, queries, rules
from dichterbij.domains.openings.actions.loading import LOCK
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.synthetic import openings as invented

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
Made = Callable[..., pa.Table]


def _load(
    table: pa.Table | Path, *, origin: str = "tests", now: datetime = NOW, edition: str | None = None
) -> actions.Delivery:
    return actions.load_openings(actor="ann", openings=table, origin=origin, now=now, edition=edition)


def test_a_delivery_comes_back_exactly_as_it_was_made() -> None:
    table = invented.block(3, 0, 0, 2_000, region="AM15", on=date(2026, 12, 1)).cast(rules.COLUMNS)
    assert _load(table) == actions.Delivery(added=2_000, changed=0, unchanged=0, closed=0)
    back = queries.openings_table()
    assert back.schema.equals(rules.COLUMNS)
    assert back.to_pylist() == table.to_pylist()


def test_what_was_not_said_is_what_the_bridge_takes_for_null(made: Made) -> None:
    _load(made({"opening_id": "a"}))
    row = queries.opening("a")
    assert (row.agreement, row.dayparts, row.dutch, row.dutch_on_the_job) == ("job", ("weekday",), 1, False)
    assert (row.licences, row.essential, row.tasks, row.open_hiring, row.carvable) == ((), (), (), False, False)
    assert (row.level_min, row.latest_start, row.onboarding_weeks, row.queue_weeks) == (None, None, None, None)


def test_words_with_quotes_commas_and_braces_survive(made: Made) -> None:
    odd = ['say "hi"', "a,b", "{c}", "back\\slash", "é ü"]
    _load(made({"opening_id": "a", "legal": odd, "title_nl": 'Kok, "chef"\nen meer'}))
    assert queries.opening("a").legal == tuple(odd)
    assert queries.opening("a").title_nl == 'Kok, "chef"\nen meer'


def test_tasks_come_back_as_tasks(made: Made) -> None:
    task = {"hours": 120, "essential": ["x"], "demands": [], "dayparts": ["weekday"], "level_min": 2}
    _load(made({"opening_id": "a", "essential": ["x", "y"], "carvable": True, "tasks": [task]}))
    assert queries.opening("a").tasks == (queries.Task(120, ("x",), (), ("weekday",), 2),)


def test_a_second_delivery_changes_what_changed_and_closes_what_is_gone(made: Made) -> None:
    _load(made({"opening_id": "a"}, {"opening_id": "b"}, {"opening_id": "c"}))
    again = _load(made({"opening_id": "a"}, {"opening_id": "b", "hours_max": 20}, {"opening_id": "d"}), now=LATER)
    assert again == actions.Delivery(added=1, changed=1, unchanged=1, closed=1)
    assert queries.openings_table()["opening_id"].to_pylist() == ["a", "b", "d"]
    assert queries.opening("c").opening_id == "c"  # closed, not gone


def test_an_opening_that_comes_back_is_open_again(made: Made) -> None:
    _load(made({"opening_id": "a"}))
    _load(made({"opening_id": "b"}), now=LATER)
    assert _load(made({"opening_id": "a"}, {"opening_id": "b"}), now=LATER).changed == 1
    assert queries.openings_table().num_rows == 2


def test_deliveries_of_others_are_left_alone(made: Made) -> None:
    _load(made({"opening_id": "a"}))
    _load(made({"opening_id": "b"}), origin="others", now=LATER)
    assert queries.openings_table().num_rows == 2
    with pytest.raises(InputError, match="opening a was delivered by another origin"):
        _load(made({"opening_id": "a"}), origin="others", now=LATER)


def test_a_delivery_waits_for_the_one_before_it(made: Made) -> None:
    parameters = connection.get_connection_params()
    kept = {name: parameters[name] for name in ("dbname", "host", "port", "user", "password") if parameters.get(name)}
    with psycopg.connect(**kept) as elsewhere, connection.cursor() as cursor:
        elsewhere.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SET LOCAL lock_timeout = '100ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            _load(made({"opening_id": "a"}))
        elsewhere.rollback()
        assert _load(made({"opening_id": "a"})).added == 1


def test_a_clock_that_runs_back_closes_an_opening_on_the_day_it_opened(made: Made) -> None:
    _load(made({"opening_id": "a"}), now=LATER)
    assert _load(made({"opening_id": "b"}), now=NOW).closed == 1


def test_one_delivery_is_one_event_with_its_numbers(made: Made) -> None:
    before = queries.latest_delivery()
    _load(made({"opening_id": "a"}), edition="e1")
    (event,) = journal.latest_events(action="openings.loaded")
    assert event.actor == "ann"
    assert event.data == {"origin": "tests", "edition": "e1", "added": 1, "changed": 0, "unchanged": 0, "closed": 0}
    assert queries.latest_delivery() != before
    assert queries.latest_edition(origin="tests") == "e1"
    assert queries.latest_edition(origin="nobody") is None


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"hours_min": 0}, "hours 1 to 60"),
        ({"hours_max": 61}, "hours 1 to 60"),
        ({"hours_min": 33}, "hours 1 to 60"),
        ({"dutch": 5}, "dutch 1 to 4"),
        ({"level_min": 7}, "level 1 to 6"),
        ({"onboarding_weeks": 53}, "onboarding 0 to 52"),
        ({"queue_weeks": 256}, "queue 0 to 255"),
        ({"carve_min_hours": 0}, "carve hours 1 to 60"),
        ({"carve_max_share": 1001}, "carve share 0 to 1000"),
        ({"agreement": "slavery"}, "agreement is known"),
        ({"dayparts": ["weekday", "noon"]}, "dayparts are known"),
        ({"dayparts": []}, "dayparts are known"),
        ({"wage_cents_per_hour_min": 2000, "wage_cents_per_hour_max": 1500}, "wage is a range"),
        ({"opening_id": ""}, "has id and title"),
        ({"title_nl": ""}, "has id and title"),
        ({"title_nl": None}, "title_nl|null"),
        ({"hours_min": None}, "hours_min|null"),
        ({"pc4": 1000}, "pc4"),
        ({"essential": ["a", None]}, "essential .* null"),
        ({"licences": ["a\nb"]}, "licences .* control character"),
    ],
)
def test_a_row_that_breaks_a_rule_stops_everything(made: Made, wrong: dict[str, Any], rule: str) -> None:
    with pytest.raises(InputError, match=rule):
        _load(made({"opening_id": "good"}, {"opening_id": "bad", **wrong}))
    assert queries.openings_table().num_rows == 0


@pytest.mark.parametrize(
    ("task", "problem"),
    [
        ({"hours": 0}, "needs hours"),
        ({"hours": 321}, "more hours than the opening has"),
        ({"hours": 10, "essential": ["z"]}, "names essential that the opening does not"),
        ({"hours": 10, "dayparts": ["night"]}, "names dayparts"),
        ({"hours": 10, "level_min": 7}, "level_min of a task"),
    ],
)
def test_a_task_that_does_not_fit_its_opening_stops_everything(made: Made, task: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError, match=f"Opening bad: .*{problem}"):
        _load(made({"opening_id": "bad", "essential": ["x"], "tasks": [task]}))


def test_an_id_twice_in_one_delivery_is_refused(made: Made) -> None:
    with pytest.raises(InputError, match="twice"):
        _load(made({"opening_id": "a"}, {"opening_id": "a"}))


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_a_file_is_a_delivery_too(tmp_path: Path, made: Made, ending: str) -> None:
    path, table = tmp_path / f"openings.{ending}", made({"opening_id": "a", "latest_start": date(2027, 1, 4)})
    if ending == "parquet":
        pq.write_table(table, path)
    else:
        row = {**table.to_pylist()[0], "latest_start": "2027-01-04"}
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert _load(path).added == 1
    assert queries.opening("a").latest_start == date(2027, 1, 4)


def test_a_file_that_is_none_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "half.parquet").write_bytes(b"PAR1 half a file")
    with pytest.raises(InputError, match="cannot be read as openings"):
        _load(tmp_path / "half.parquet")


def test_a_column_of_another_type_is_told_by_name(made: Made) -> None:
    table = made({"opening_id": "a"})
    wrong = table.set_column(table.column_names.index("hours_min"), "hours_min", pa.array(["many"]))
    with pytest.raises(InputError, match="Column hours_min"):
        _load(wrong)


def test_openings_come_in_the_order_asked_and_unknown_ones_are_left_out(made: Made) -> None:
    _load(made({"opening_id": "a"}, {"opening_id": "b"}, {"opening_id": "c"}))
    assert [row.opening_id for row in queries.openings(["c", "nobody", "a"])] == ["c", "a"]
    assert queries.openings([]) == ()


def test_an_opening_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="no such opening"):
        queries.opening("' OR 1=1 --")


def test_no_openings_is_an_empty_table_with_all_columns() -> None:
    assert queries.openings_table().schema.equals(rules.COLUMNS)
    assert queries.openings_table().num_rows == 0


def test_reading_costs_one_query_at_one_and_at_many_rows(made: Made, django_assert_num_queries: Any) -> None:
    _load(made(*({"opening_id": f"{number}"} for number in range(50))))
    with django_assert_num_queries(2):
        assert queries.openings_table().num_rows == 50
        assert len(queries.openings(["1", "2"])) == 2


def test_a_table_of_slices_is_read_right(made: Made) -> None:
    whole = made(*({"opening_id": f"{number}", "essential": [f"s{number}"]} for number in range(9)))
    _load(pa.concat_tables([whole.slice(4, 3), whole.slice(0, 2)]))
    assert {row.opening_id: row.essential for row in queries.openings(["4", "5", "6", "0", "1"])} == {
        number: (f"s{number}",) for number in "45601"
    }
    assert pc.sum(pc.list_value_length(queries.openings_table()["essential"])).as_py() == 5
