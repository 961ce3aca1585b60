"""How others would decide on scarce money, one application at a time: the same question in four ways, measured."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

GRANT = 150_000
CONNECTIONS = 16
SMALL = 1_500  # grants that fit
Row = tuple[str, str, str, str]
OTHERS_TABLES = """
    DROP TABLE IF EXISTS grants, pot, employer;
    CREATE TABLE grants (id bigserial PRIMARY KEY, employer int NOT NULL, cents bigint NOT NULL);
    CREATE INDEX ON grants (employer) INCLUDE (cents);
    CREATE TABLE pot (id int PRIMARY KEY, left_cents bigint NOT NULL);
    CREATE TABLE employer (id int PRIMARY KEY, times int NOT NULL);
"""
MOST = "SELECT count(*) FROM grants GROUP BY employer ORDER BY 1 DESC LIMIT 1"


def many(url: str, seconds: float, work: Callable[[Any, random.Random], int]) -> tuple[float, int]:
    """How often a second this is done from many connections at once, and how often in all."""
    import psycopg

    stop, counts = time.perf_counter() + seconds, [0] * CONNECTIONS

    def client(at: int) -> None:
        chance = random.Random(at)
        with psycopg.connect(url, autocommit=True) as connection:
            while time.perf_counter() < stop:
                counts[at] += work(connection, chance)

    began = time.perf_counter()
    threads = [threading.Thread(target=client, args=(at,)) for at in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began), sum(counts)


def others(url: str, seconds: float, employers: int) -> list[Row]:
    """The same question decided one by one, in four ways."""
    import psycopg

    ways: list[tuple[str, Callable[[Any, int], bool], str]] = [
        ("Check, then insert", naive, ""),
        ("Counter rows with CHECK", counters, "ALTER TABLE pot ADD CHECK (left_cents >= 0);"
         "ALTER TABLE employer ADD CHECK (times <= 5)"),
        ("Advisory lock around check and insert", locked, ""),
        ("SERIALIZABLE, tried again", serialised, ""),
    ]  # fmt: skip
    rows = []
    for name, way, guards in ways:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(OTHERS_TABLES)
            connection.execute("INSERT INTO pot VALUES (1, %s)", [SMALL * GRANT])
            connection.execute(guards)

        def work(connection: Any, chance: random.Random, way: Callable[[Any, int], bool] = way) -> int:
            way(connection, chance.randrange(employers))
            return 1

        rate, count = many(url, seconds, work)
        with psycopg.connect(url) as connection:
            over = (connection.execute("SELECT coalesce(sum(cents), 0) FROM grants").fetchone() or (0,))[0]
            most = (connection.execute(MOST).fetchone() or (0,))[0]
        too_much = int(over) - SMALL * GRANT
        verdict = f"{too_much // 100:,} euros too much" if too_much > 0 else "no cent over"
        verdict += f", an employer with {most}" if most > 5 else ""
        rows.append((name, f"{rate:,.0f} a second", f"{count:,} decided by {CONNECTIONS} at once; {verdict}", ""))
        if way is not naive:
            assert too_much <= 0, name
            assert most <= 5, name
    return rows


def _check(connection: Any, employer: int) -> bool:
    told = connection.execute("SELECT coalesce(sum(cents), 0) FROM grants").fetchone()[0]
    mine = connection.execute("SELECT count(*) FROM grants WHERE employer = %s", [employer]).fetchone()[0]
    return bool(told + GRANT <= SMALL * GRANT and mine < 5)


def _insert(connection: Any, employer: int) -> None:
    connection.execute("INSERT INTO grants (employer, cents) VALUES (%s, %s)", [employer, GRANT])


def naive(connection: Any, employer: int) -> bool:
    """What everybody writes first."""
    with connection.transaction():
        fits = _check(connection, employer)
        if fits:
            _insert(connection, employer)
    return fits


def counters(connection: Any, employer: int) -> bool:
    """One row that everybody must change, and one for each employer."""
    import psycopg

    try:
        with connection.transaction():
            connection.execute(
                "INSERT INTO employer VALUES (%s, 1) ON CONFLICT (id) DO UPDATE SET times = employer.times + 1",
                [employer],
            )
            connection.execute("UPDATE pot SET left_cents = left_cents - %s WHERE id = 1", [GRANT])
            _insert(connection, employer)
    except psycopg.errors.CheckViolation:
        return False
    return True


def locked(connection: Any, employer: int) -> bool:
    """One at a time, from the check to the commit."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(1)")
        fits = _check(connection, employer)
        if fits:
            _insert(connection, employer)
    return fits


def serialised(connection: Any, employer: int) -> bool:
    """The database finds out who was in whose way, and one of them begins again."""
    import psycopg

    while True:
        try:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                fits = _check(connection, employer)
                if fits:
                    _insert(connection, employer)
        except psycopg.errors.SerializationFailure:
            continue
        return fits
