"""Deliveries: one load, one transaction, one audit event."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.json as pa_json
import pyarrow.parquet as pq
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg import sql

from dichterbij.domains.journal.actions import record
from dichterbij.domains.openings import rules
from dichterbij.shared.errors import InputError

LOADED = "openings.loaded"
LOCK = 20260102
ROWS_AT_A_TIME = 25_000
_SQL_TYPES = {
    pa.string(): "text",
    pa.int32(): "integer",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    rules.WORDS: "text[]",
    pa.list_(rules.TASK): "jsonb",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one load did, in openings."""

    added: int
    changed: int
    unchanged: int
    closed: int


def load_openings(
    *,
    actor: str,
    openings: pa.Table | Path,
    origin: str,
    now: datetime,
    edition: str | None = None,
    only_invented: bool = False,
) -> Delivery:
    """Take in all openings that `origin` has now: new ones added, changed ones changed, those it lacks closed.

    `edition` is remembered in the event. InputError when a row breaks a rule of the bridge: then nothing is loaded.
    """
    today = timezone.localdate(now)
    with transaction.atomic(), _told_plainly():
        _execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        rows = _copy(_checked(_parts(openings), only_invented=only_invented))
        _refuse_twice()
        _refuse_others_openings(origin)
        added, changed = _write(origin, today)
        closed = _close(origin, today)
        _execute("DROP TABLE incoming_openings")
        delivery = Delivery(added, changed, rows - added - changed, closed)
        data = {"origin": origin, "edition": edition, **asdict(delivery)}
        record(actor=actor, action=LOADED, data=data, now=now)
    _execute("ANALYZE openings_opening")
    return delivery


def _parts(openings: pa.Table | Path) -> Iterator[pa.Table]:
    """Some rows at a time: the texts of 450,000 openings are more than a gigabyte."""
    if isinstance(openings, pa.Table):
        yield from (openings.slice(at, ROWS_AT_A_TIME) for at in range(0, max(1, openings.num_rows), ROWS_AT_A_TIME))
        return
    try:
        if openings.suffix == ".parquet":
            with pq.ParquetFile(openings) as file:
                yield from map(_as_table, file.iter_batches(ROWS_AT_A_TIME))
        else:
            yield pa_json.read_json(openings)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{openings} cannot be read as openings (Parquet or JSON Lines): {error}") from error


def _as_table(batch: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([batch])


def _checked(parts: Iterator[pa.Table], *, only_invented: bool) -> Iterator[pa.Table]:
    """Whole rows that keep the rules that can be seen in one row."""
    for part in parts:
        table = rules.whole_table(part)
        rules.check_ids(table)
        rules.check_lists(table)
        rules.check_tasks(table)
        if only_invented and not pc.all(table["invented"], min_count=0).as_py():
            raise InputError("Nothing was loaded: not every opening is invented (column invented).")
        yield table


@contextmanager
def _told_plainly() -> Iterator[None]:
    """A constraint's name is the rule that was broken."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        rule = (getattr(diagnosis, "constraint_name", None) or str(error)).replace("_", " ")
        detail = (getattr(diagnosis, "message_detail", None) or "")[:300]
        raise InputError(f"Nothing was loaded: an opening breaks the rule '{rule}'. {detail}".strip()) from error


def _execute(query: str, parameters: Sequence[str | int | date] = (), **parts: sql.Composable) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(query).format(**parts), parameters or None)
        return tuple(cursor.fetchone() or ()) if cursor.description else ()


def _copy(parts: Iterator[pa.Table]) -> int:
    """The rows in a temporary table, by COPY: CSV is made by Arrow, without a Python object per value. How many."""
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(field.name), sql.SQL(_SQL_TYPES[field.type])) for field in rules.COLUMNS
    ]
    definition = sql.SQL(", ").join(columns)
    _execute("CREATE TEMP TABLE incoming_openings ({columns}) ON COMMIT DROP", columns=definition)
    rows = 0
    with connection.cursor() as cursor, cursor.copy("COPY incoming_openings FROM STDIN (FORMAT csv)") as copy:
        for part in parts:
            rows += part.num_rows
            for batch in part.to_batches(max_chunksize=10_000):
                copy.write(_as_csv(batch))
    return rows


def _refuse_twice() -> None:
    twice = _execute("SELECT opening_id FROM incoming_openings GROUP BY opening_id HAVING count(*) > 1 LIMIT 1")
    if twice:
        raise rules.stands_twice(str(twice[0]))


def _as_csv(batch: pa.RecordBatch) -> bytes:
    columns = [_flat(batch.column(position), field) for position, field in enumerate(rules.COLUMNS)]
    out = io.BytesIO()
    options = pa_csv.WriteOptions(include_header=False)
    pa_csv.write_csv(pa.table(columns, names=rules.COLUMNS.names), out, options)
    return out.getvalue()


def _flat(column: pa.Array, field: pa.Field) -> pa.Array:
    if field.type == rules.WORDS:
        return _array_literals(column)
    if field.name == "tasks":
        return pa.array([_json(tasks) for tasks in column.to_pylist()], pa.string())
    return column


def _json(tasks: list[dict[str, object]]) -> str:
    return json.dumps(tasks, ensure_ascii=False) if tasks else "[]"


def _array_literals(lists: pa.ListArray) -> pa.Array:
    """PostgreSQL's text for arrays: every element in quotes, quotes and backslashes escaped."""
    words = pc.replace_substring_regex(lists.flatten(), r'(["\\])', r"\\\1")
    quoted = pa.ListArray.from_arrays(_offsets(lists), pc.binary_join_element_wise('"', words, '"', ""))
    return pc.binary_join_element_wise("{", pc.binary_join(quoted, ","), "}", "")


def _offsets(lists: pa.ListArray) -> pa.Array:
    offsets = lists.offsets
    return pc.subtract(offsets, offsets[0])


def _refuse_others_openings(origin: str) -> None:
    taken = _execute(
        """
        SELECT opening_id FROM openings_opening JOIN incoming_openings USING (opening_id)
        WHERE origin <> %s ORDER BY opening_id LIMIT 1
        """,
        [origin],
    )
    if taken:
        raise InputError(f"Nothing was loaded: opening {taken[0]} was delivered by another origin than {origin}.")


def _write(origin: str, today: date) -> tuple[int, int]:
    """How many openings were added, how many changed (reopened ones are changed)."""
    names = [name for name in rules.COLUMNS.names if name != "opening_id"]
    row = _execute(
        """
        WITH written AS (
            INSERT INTO openings_opening AS old (opening_id, origin, opened_on, {columns})
            SELECT opening_id, %s, %s, {columns} FROM incoming_openings
            ON CONFLICT (opening_id) DO UPDATE SET closed_on = NULL, ({columns}) = ROW ({new})
            WHERE old.closed_on IS NOT NULL OR ROW ({old}) IS DISTINCT FROM ROW ({new})
            RETURNING (xmax = 0) AS is_new
        )
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
        """,
        [origin, today],
        columns=_names(names),
        old=_names(names, "old"),
        new=_names(names, "excluded"),
    )
    return row[0], row[1]


def _names(names: list[str], table: str = "") -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(table, name) if table else sql.Identifier(name) for name in names)


def _close(origin: str, today: date) -> int:
    row = _execute(
        """
        WITH gone AS (
            UPDATE openings_opening AS opening SET closed_on = greatest(%s, opened_on)
            WHERE origin = %s AND closed_on IS NULL
            AND NOT EXISTS (SELECT 1 FROM incoming_openings AS given WHERE given.opening_id = opening.opening_id)
            RETURNING 1
        )
        SELECT count(*) FROM gone
        """,
        [today, origin],
    )
    return row[0]
