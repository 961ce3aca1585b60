"""Bringing one table up to date with a packaged table, and counting what that changed. Nothing is ever deleted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from psycopg import sql


@dataclass(frozen=True, slots=True)
class Changes:
    """What a load did to one table, in rows. `left_out`: rows of the data that name something unknown."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    obsolete: int = 0
    left_out: int = 0

    @property
    def current(self) -> int:
        """Rows that are in the data and in the table."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class StagedTable:
    """How rows become rows of `table`.

    `incoming`: the columns of the rows given, with their SQL types. `select`: a query on table `incoming` that gives
    the columns of `table` by name; without one they are the same. `key` identifies a row; `table` has `obsolete_on`.
    """

    table: str
    incoming: Mapping[str, str]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    select: str = ""


def upsert(*, staged: StagedTable, rows: Iterable[Sequence[object]], today: date) -> Changes:
    """Add and change rows; mark those not in `rows` obsolete from `today`. Runs in the caller's transaction."""
    given = _copy(staged, rows)
    _resolve(staged)
    current, added, changed = _write(staged)
    obsolete = _mark_obsolete(staged, today)
    _execute("DROP TABLE wanted, incoming")
    _execute("ANALYZE {table}", table=staged.table)
    return Changes(added, changed, current - added - changed, obsolete, given - current)


def _execute(query: str, parameters: Sequence[date] = (), **names: str | sql.Composable) -> tuple[int, ...]:
    """One statement; names are quoted as identifiers. Returns the first row, empty where there is none."""
    quoted = {name: sql.Identifier(value) if isinstance(value, str) else value for name, value in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(query).format(**quoted), parameters or None)
        return tuple(cursor.fetchone() or ()) if cursor.description else ()


def _copy(staged: StagedTable, rows: Iterable[Sequence[object]]) -> int:
    columns = [sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in staged.incoming.items()]
    _execute("CREATE TEMP TABLE incoming ({columns}) ON COMMIT DROP", columns=sql.SQL(", ").join(columns))
    count = 0
    with connection.cursor() as cursor, cursor.copy("COPY incoming FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _resolve(staged: StagedTable) -> None:
    select = staged.select or "SELECT * FROM incoming"
    _execute("CREATE TEMP TABLE wanted ON COMMIT DROP AS {select}", select=sql.SQL(select))
    _execute("ANALYZE wanted ({key})", key=_names(staged.key))


def _write(staged: StagedTable) -> tuple[int, int, int]:
    """How many rows are wanted, how many of them were added, how many changed."""
    values = [name for name in (*staged.columns, "obsolete_on") if name not in staged.key]
    row = _execute(
        """
        WITH written AS (
            INSERT INTO {table} AS old ({columns}) SELECT {columns} FROM wanted
            ON CONFLICT ({key}) DO UPDATE SET ({values}) = ROW ({new})
            WHERE ROW ({old}) IS DISTINCT FROM ROW ({new})
            RETURNING (xmax = 0) AS is_new
        )
        SELECT (SELECT count(*) FROM wanted), count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
        FROM written
        """,
        table=staged.table,
        columns=_names(staged.columns),
        key=_names(staged.key),
        values=_names(values),
        old=_names(values, "old"),
        new=_names(values, "excluded"),
    )
    return row[0], row[1], row[2]


def _mark_obsolete(staged: StagedTable, today: date) -> int:
    same = [sql.SQL("wanted.{0} = old.{0}").format(sql.Identifier(name)) for name in staged.key]
    row = _execute(
        """
        WITH gone AS (
            UPDATE {table} AS old SET obsolete_on = %s
            WHERE obsolete_on IS NULL AND NOT EXISTS (SELECT 1 FROM wanted WHERE {same})
            RETURNING 1
        )
        SELECT count(*) FROM gone
        """,
        [today],
        table=staged.table,
        same=sql.SQL(" AND ").join(same),
    )
    return row[0]


def _names(names: Iterable[str], table: str = "") -> sql.Composable:
    parts = [sql.Identifier(table, name) if table else sql.Identifier(name) for name in names]
    return sql.SQL(", ").join(parts)
