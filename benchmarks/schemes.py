"""Scarce money measured on the database, in one run: receipts, the ordered decider, and how others would do it.

    .venv/bin/python benchmarks/schemes.py --home /somewhere [--applications 300000] [--seconds 10] [--docs]

Starts an embedded PostgreSQL under the home, with everything written to disk as a site has it, and drops its data at
the end. Fails when an answer is wrong (a cent over, an employer over five, a replay that differs), never for a time.
Other ways to decide get the same question (five an employer, so much in all) in a table of their own, each decision in
a transaction of its own, from as many connections. docs/reference/deciding.md tells what is measured and why.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))
ROOT = Path(__file__).parent.parent
PAGE, BEGIN, END = ROOT / "docs" / "reference" / "deciding.md", "<!-- table -->", "<!-- end of table -->"
GRANT = 150_000
CEILING = 1_700_000_000
CONNECTIONS = 16
SMALL = 1_500  # grants that fit in the comparison
Row = tuple[str, str, str, str]


def arguments() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="a new folder for the database")
    parser.add_argument("--applications", type=int, default=300_000)
    parser.add_argument("--employers", type=int, default=60_000)
    parser.add_argument("--judged", type=int, default=1_000_000, help="applications decided again in memory")
    parser.add_argument("--seconds", type=float, default=10, help="of each comparison")
    parser.add_argument("--docs", action="store_true", help="put the table in docs/reference/deciding.md")
    return parser.parse_args()


@contextmanager
def database(home: Path) -> Iterator[str]:
    """A migrated database on a server of its own."""
    from dichterbij.bootstrap import postgres

    os.environ["DICHTERBIJ_HOME"] = str(home)
    with postgres.running(home / "postgres"):
        import psycopg

        with psycopg.connect(postgres.database_url(home / "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench ENCODING 'UTF8' TEMPLATE template0")
        url = postgres.database_url(home / "postgres", "bench")
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings"}
        os.environ.update(environment)
        command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", "migrate"]
        subprocess.run(command, env=environment, check=True)
        import django

        django.setup()
        try:
            yield url
        finally:
            from django.db import connections

            connections.close_all()


def open_round(slug: str, ceiling: int) -> Any:
    """The employer subsidy as an exercise under this name, open now."""
    from datetime import timedelta

    from django.utils import timezone

    from dichterbij.domains.budget import actions as ledger
    from dichterbij.domains.budget.rules import Transfer, read_account
    from dichterbij.domains.schemes import actions
    from dichterbij.domains.schemes.rules.files import ROOT as FILES

    now, free = timezone.now(), read_account(f"free:{slug}")
    text = (FILES / "employer_subsidy" / "2022-05-13.yaml").read_text(encoding="utf-8")
    money = [Transfer(uuid4(), read_account(f"outside:{slug}"), free, ceiling)]
    ledger.post(posting=uuid4(), transfers=money, reason="bench", actor="bench", now=now)
    return actions.open_round(
        definition=text.replace("scheme: employer_subsidy", f"scheme: {slug}"), source=free, posting=uuid4(),
        account=f"reserved:{slug}", actor="bench", now=now, ceiling_cents=ceiling,
        exercise=(now - timedelta(hours=1), now + timedelta(days=1)),
    )  # fmt: skip


def facts(number: int, employers: int, chance: random.Random) -> str:
    """An application that is eligible, as it is kept."""
    told = {
        "applicant": "employer", "category": "open_hiring", "employer": f"kvk:{chance.randrange(employers):08}",
        "met": ["interview", "unused_potential"], "person": f"person:{number:032x}", "start": "2022-05-01",
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":"), sort_keys=True)


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


ADD = """
    INSERT INTO schemes_receipt (round_id, key, applicant, facts, received_at, complete_at, ticket, proof)
    VALUES (%s, %s, %s, %s, now(), now(), '', '') ON CONFLICT (key) DO NOTHING RETURNING id
"""


def receipts(url: str, seconds: float) -> list[Row]:
    """Receipts a second: on the database, and by the action itself."""
    from dichterbij.domains.schemes import actions

    here = open_round("receipts", CEILING)

    def add(connection: Any, chance: random.Random) -> int:
        connection.execute(ADD, [here.id, uuid4(), "bench", facts(chance.randrange(1 << 40), 60_000, chance)])
        return 1

    rate, _ = many(url, seconds, add)
    told = json.loads(facts(1, 10, random.Random(1)))
    began, done = time.process_time(), 0
    stop = time.perf_counter() + seconds / 2
    while time.perf_counter() < stop:
        actions.receive(scheme="receipts", key=uuid4(), applicant="bench", facts=told)
        done += 1
    each = (time.process_time() - began) / done
    return [
        (
            "Receipts, on the database",
            f"{rate:,.0f} a second",
            f"{CONNECTIONS} connections, each receipt committed",
            "",
        ),
        ("Receipts, the whole action", f"{1 / each:,.0f} a second", "of one core's processor time in Python", ""),
    ]


def fill(round_id: int, applications: int, employers: int) -> None:
    """So many receipts, as fast as they go in."""
    from django.db import connection

    from dichterbij.domains.schemes.seeing import own_work

    chance = random.Random(20_261_122)
    for first in range(0, applications, 20_000):
        numbers = range(first, min(first + 20_000, applications))
        rows = [facts(number, employers, chance) for number in numbers]
        with own_work(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO schemes_receipt (round_id, key, applicant, facts, received_at, complete_at, ticket, proof)"
                " SELECT %s, key, 'bench', facts, now(), now(), '', '' FROM unnest(%s::uuid[], %s::text[])"
                " AS given (key, facts)",
                [round_id, [UUID(int=number) for number in numbers], rows],
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE schemes_receipt")


def backend() -> float:
    """Processor seconds of our own connection's process in the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with suppress(OSError):
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def decider(applications: int, employers: int) -> list[Row]:
    """The ordered decider over all of them, exactly; and all of them again."""
    from django.db import connection
    from django.utils import timezone

    from dichterbij.domains.schemes import actions, queries

    here = open_round("decider", CEILING)
    fill(here.id, applications, employers)
    wall, python, sql = time.perf_counter(), time.process_time(), backend()
    done = actions.decide(scheme="decider", actor="bench", now=timezone.now())
    wall, python, sql = time.perf_counter() - wall, time.process_time() - python, backend() - sql
    row = queries.rounds(scheme="decider")[0]
    assert (done.decisions, done.grants, row.left_cents) == (applications, 11_333, 50_000), done
    with connection.cursor() as cursor:
        cursor.execute("SET dichterbij.role = 'schemes_work'")
        cursor.execute("SELECT max(units) FROM schemes_counter WHERE kind = 'employer' AND round_id = %s", [here.id])
        assert cursor.fetchone()[0] <= 5
    again = time.perf_counter()
    replayed = queries.replay(scheme="decider")
    again = time.perf_counter() - again
    assert (replayed.differences, replayed.decisions) == ((), applications)
    rate, work = applications / wall, applications / (python + sql)
    return [
        ("Ordered decider", f"{rate:,.0f} a second", f"{applications:,} decided, 11,333 granted, 500 euros left; "
         f"{work:,.0f} a second of processor time: {python:.1f} s in Python, {sql:.1f} s in the database", "20,000"),
        ("Replay from the database", f"{applications / again:,.0f} a second", f"{again:.1f} s, every byte equal", ""),
    ]  # fmt: skip


def judged(applications: int) -> list[Row]:
    """Everything decided again in memory."""
    from datetime import date

    from dichterbij.cli.schemes_simulation import invented
    from dichterbij.domains.schemes.rules import Decider, scheme

    found = scheme("employer_subsidy", date(2022, 7, 1)).as_exercise()
    columns = invented(found, applications, 60_000, "1")
    Decider(found, CEILING).decide(columns)
    began = time.perf_counter()
    decided = Decider(found, CEILING).decide(columns)
    took = time.perf_counter() - began
    assert int(decided.cents.sum()) == 11_333 * GRANT
    return [("Decided again in memory", f"{took:.2f} s", f"{applications:,} applications, judged and decided", "2 s")]


OTHERS_TABLES = """
    DROP TABLE IF EXISTS grants, pot, employer;
    CREATE TABLE grants (id bigserial PRIMARY KEY, employer int NOT NULL, cents bigint NOT NULL);
    CREATE INDEX ON grants (employer) INCLUDE (cents);
    CREATE TABLE pot (id int PRIMARY KEY, left_cents bigint NOT NULL);
    CREATE TABLE employer (id int PRIMARY KEY, times int NOT NULL);
"""


MOST = "SELECT count(*) FROM grants GROUP BY employer ORDER BY 1 DESC LIMIT 1"


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


def main() -> None:
    """Everything, once."""
    options = arguments()
    options.home.mkdir(parents=True, exist_ok=True)
    try:
        with database(options.home) as url:
            rows = judged(options.judged)
            rows += receipts(url, options.seconds)
            rows += decider(options.applications, options.employers)
            rows += others(url, options.seconds, 400)
    finally:
        shutil.rmtree(options.home / "postgres", ignore_errors=True)
    table = _table(rows)
    print(table)
    if options.docs:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(before + BEGIN + "\n\n" + table + "\n" + END + rest.partition(END)[2], encoding="utf-8")


def _table(rows: list[Row]) -> str:
    from benchmarks.measuring import Clock, circumstances

    about = circumstances(0, 0, Clock.ELAPSED)[:3]
    lines = [*(f"- {line}" for line in about), "", "| what | how quick | of what | goal |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


if __name__ == "__main__":
    main()
