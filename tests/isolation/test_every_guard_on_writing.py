"""Who sees a row does not thereby write it: take one of those guards away, and somebody does."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from support.catalogue import SITE
from support.isolation import KEYS, Row, Visitor, World
from support.people import as_owner
from support.sweeping import copies, reaches, undone

# Tables without people who look for work: their guards are taken away in turn beside what writes them.
ELSEWHERE = {
    "network_site": "tests/domains/network/test_guards.py",
    "regions_keptdesk": "tests/domains/regions/test_kept_desks.py",
}
ROWS = 2  # of what a visitor sees in a table: the first and the last


def guards() -> list[tuple[str, str, str]]:
    """Table, name and command of every policy that narrows writing further, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename::text, policyname::text, cmd FROM pg_policies WHERE schemaname = 'public'"
            " AND permissive = 'RESTRICTIVE' AND policyname LIKE '%\\_guarded' ORDER BY 1, 2"
        )
        return [guard for guard in cursor.fetchall() if guard[0] not in ELSEWHERE]


def seen(world: World, visitor: Visitor, table: str) -> list[Row]:
    """Some rows of a table that this visitor may see."""
    expected = world.expected(visitor)[table]
    rows = [row for row in world.rows[table] if str(row[KEYS[table]]) in expected]
    return [*rows[:1], *rows[1:][-1:]][:ROWS]


def column(table: str) -> str:
    """A column that the site may change at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(%s, attrelid, attnum, 'UPDATE') ORDER BY attnum LIMIT 1",
            [table, SITE],
        )
        (name,) = cursor.fetchone()
    return str(name)


def written(world: World, table: str, command: str) -> Iterator[str]:
    """Who writes a row that they only see."""
    key, changed = KEYS[table], column(table) if command == "UPDATE" else ""
    for visitor in world.visitors:
        rows = seen(world, visitor, table)
        with visitor.speaking():
            for row in rows:
                if command == "INSERT":
                    done = copies(table, row)
                elif command == "DELETE":
                    done = reaches(f"DELETE FROM {table} WHERE {key} = %s", [row[key]])
                else:
                    done = reaches(f"UPDATE {table} SET {changed} = {changed} WHERE {key} = %s", [row[key]])
                if done:
                    yield visitor.name


def test_every_guard_on_writing_is_on_a_table_of_the_sweep(world: World) -> None:
    assert {table for table, *_ in guards()} <= set(KEYS)
    assert all(table in Path(path).read_text(encoding="utf-8") for table, path in ELSEWHERE.items())
    assert ("referral_handover", "referral_handover_insert_guarded", "INSERT") in guards()


def test_without_any_one_guard_somebody_writes_more(world: World) -> None:
    green = []
    for table, name, command in guards():
        before = set(written(world, table, command))
        with undone():
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(f"DROP POLICY {name} ON {table}")
            if set(written(world, table, command)) <= before:
                green.append(name)
    assert green == [], "nothing notices that these guards are gone"
