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
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.schemes_one_by_one import CONNECTIONS, GRANT, Row, many, others

ROOT = Path(__file__).parent.parent
PAGE, BEGIN, END = ROOT / "docs" / "reference" / "deciding.md", "<!-- table -->", "<!-- end of table -->"
CEILING = 1_700_000_000


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


def open_round(slug: str, ceiling: int, *, seconds: float = 86_400, **changes: object) -> Any:
    """The employer subsidy as an exercise under this name, open now and for so many seconds."""
    from datetime import timedelta

    import yaml
    from django.utils import timezone

    from dichterbij.domains.budget import actions as ledger
    from dichterbij.domains.budget.rules import Transfer, read_account
    from dichterbij.domains.schemes import actions
    from dichterbij.domains.schemes.rules.files import ROOT as FILES

    now, free = timezone.now(), read_account(f"free:{slug}")
    text = (FILES / "employer_subsidy" / "2022-05-13.yaml").read_text(encoding="utf-8")
    if changes:
        text = yaml.safe_dump({**yaml.safe_load(text), **changes}, allow_unicode=True)
    money = [Transfer(uuid4(), read_account(f"outside:{slug}"), free, ceiling)]
    ledger.post(posting=uuid4(), transfers=money, reason="bench", actor="bench", now=now)
    return actions.open_round(
        definition=text.replace("scheme: employer_subsidy", f"scheme: {slug}"), source=free, posting=uuid4(),
        account=f"reserved:{slug}", actor="bench", now=now, ceiling_cents=ceiling,
        exercise=(now - timedelta(hours=1), now + timedelta(seconds=seconds)),
    )  # fmt: skip


def facts(number: int, employers: int, chance: random.Random) -> str:
    """An application that is eligible, as it is kept."""
    told = {
        "applicant": "employer", "category": "open_hiring", "employer": f"kvk:{chance.randrange(employers):08}",
        "met": ["interview", "unused_potential"], "person": f"person:{number:032x}", "start": "2022-05-01",
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":"), sort_keys=True)


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
                [round_id, [UUID(int=(round_id << 64) + number) for number in numbers], rows],
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


def shared_out(applications: int, employers: int) -> list[Row]:
    """The same applications when everybody gets the same part: all in one batch, after the window has closed."""
    from django.utils import timezone

    from dichterbij.domains.schemes import actions, queries

    seconds = 30 + applications / 4_000
    begun = time.monotonic()
    here = open_round("pro_rata", CEILING, seconds=seconds, questions=[],
                      distribution={"method": "pro_rata", "rest": "next", "source": "assumption"},
                      caps=[{"whose": "employer", "counts": "times", "most": 5, "source": "assumption"}])  # fmt: skip
    fill(here.id, applications, employers)
    time.sleep(max(0.0, seconds + 1 - (time.monotonic() - begun)))
    wall = time.perf_counter()
    done = actions.decide(scheme="pro_rata", actor="bench", now=timezone.now())
    wall = time.perf_counter() - wall
    again = time.perf_counter()
    replayed = queries.replay(scheme="pro_rata")
    again = time.perf_counter() - again
    assert (done.decisions, done.batches, done.cents) == (applications, 1, CEILING), done
    assert (replayed.differences, replayed.decisions) == ((), applications)
    return [("Pro rata, all in one batch", f"{wall:.0f} s", f"{applications:,} shared the ceiling to the cent; "
             f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most; replayed in {again:.0f} s",
             "")]  # fmt: skip


def judged(applications: int) -> list[Row]:
    """Everything decided again in memory."""
    from datetime import date

    from dichterbij.domains.schemes.rules import Decider, scheme
    from dichterbij.domains.schemes.rules.simulating import invented

    found = scheme("employer_subsidy", date(2022, 7, 1)).as_exercise()
    columns = invented(found, applications, 60_000, "1")
    Decider(found, CEILING).decide(columns)
    began = time.perf_counter()
    decided = Decider(found, CEILING).decide(columns)
    took = time.perf_counter() - began
    assert int(decided.cents.sum()) == 11_333 * GRANT
    return [("Decided again in memory", f"{took:.2f} s", f"{applications:,} applications, judged and decided", "2 s")]


def main() -> None:
    """Everything, once."""
    options = arguments()
    options.home.mkdir(parents=True, exist_ok=True)
    try:
        with database(options.home) as url:
            rows = judged(options.judged)
            rows += receipts(url, options.seconds)
            rows += decider(options.applications, options.employers)
            rows += shared_out(options.applications, options.employers)
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
