"""The rush: everybody at once through the whole site, and exactly the right decisions in the end."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO
from uuid import UUID

from benchmarks.proving import witness
from benchmarks.proving.clients import Given, Log, calm, crowd
from benchmarks.proving.stage import (
    AGAIN,
    DONE,
    GRANT,
    REST,
    ROOT,
    WRONG,
    Note,
    Options,
    Site,
    application,
    check_money,
    database,
    environment,
    open_round,
    say,
)  # fmt: skip

SLUG = "employer_subsidy"
PATH = f"/api/v1/regelingen/{SLUG}/aanvragen"
TOLD = "browsers.json"
WARM = 200
SETTLED = 45  # seconds after the start
RATE = 100  # a second, for a minute, before the rush


class Answers:
    """Every answer that was given, in a file that is only added to."""

    def __init__(self, path: Path) -> None:
        self.numbers: dict[int, tuple[str, str]] = {}
        self.doubled: list[int] = []
        if path.exists():
            whole = path.read_bytes().rpartition(b"\n")[0]  # the last line may be half
            for line in whole.decode().splitlines():
                number, receipt, proof = line.split()
                self.numbers[int(number)] = (receipt, proof)
            path.write_bytes(whole + b"\n" if whole else b"")
        self.file: IO[str] = path.open("a", buffering=1)

    def add(self, number: int, receipt: str, proof: str, _is_new: bool) -> None:
        """One answer; another one for the same application must be equal."""
        before = self.numbers.get(number)
        if before is None:
            self.numbers[number] = (receipt, proof)
            self.file.write(f"{number} {receipt} {proof}\n")
        elif before != (receipt, proof):
            self.doubled.append(number)


def run(options: Options) -> int:
    """The part of the rush that fits in the time; then the decisions."""
    note, answers = Note(options.home / "rush.json"), Answers(options.home / "rush.txt")
    until = time.monotonic() + options.minutes * 60
    with database(options.home) as server:
        open_round(SLUG, options.grants * GRANT + REST)
        todo = (number for number in range(options.applications) if number not in answers.numbers)
        given = ((number, *application(SLUG, number, options.employers)) for number in todo)
        site = Site(server.url, options.home / "site.log", whole=True)
        try:
            site.ready(900)
            if len(answers.numbers) < options.applications:
                _press(options, note, answers, given, site, server.url, until)
        finally:
            site.stop()
        say(f"{len(answers.numbers):,} of {options.applications:,} have an answer")
        if len(answers.numbers) < options.applications:
            return AGAIN
        return _decide(options, note, answers)


def _press(
    options: Options, note: Note, answers: Answers, given: Iterator[Given], site: Site, url: str, until: float
) -> None:
    # A site that has been up for a while, as at every opening: what it makes ready after its start is ready. And every
    # worker has answered something before anything is timed; these are applications like all others.
    time.sleep(0 if "calm" in note.told else SETTLED)
    asyncio.run(crowd(site.port, PATH, 8, islice(given, WARM), answers.add, lambda: False, Log()))
    if "calm" not in note.told:
        log = asyncio.run(calm(site.port, PATH, RATE, options.calm_seconds, given, answers.add))
        note.keep(calm={"rate": RATE, "seconds": options.calm_seconds, "statuses": dict(log.statuses),
                        "p50": log.at(0.5), "p99": log.at(0.99), "worst": log.at(1.0)})  # fmt: skip
        say(f"at {RATE} a second: {note.told['calm']}")
    before, began, log = len(answers.numbers), time.monotonic(), Log()
    decider, people = _decider(url, options.home), _browsers(options, site.port)
    try:
        asyncio.run(crowd(site.port, PATH, options.clients, given, answers.add,
                          lambda: time.monotonic() > until, log))  # fmt: skip
        people.wait()
    finally:
        decider.terminate()
        decider.wait()
    took = time.monotonic() - began
    parts = [*note.told.get("parts", []), {
        "answers": len(answers.numbers) - before, "seconds": took, "statuses": dict(log.statuses),
        "p50": log.at(0.5), "p99": log.at(0.99), "worst": log.at(1.0), "clients": options.clients,
    }]  # fmt: skip
    note.keep(parts=parts)
    say(f"{parts[-1]}")


def _decider(url: str, home: Path) -> "subprocess.Popen[bytes]":
    """One that decides every few seconds, as an operator's timer does."""
    with (home / "decider.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.proving.decider", SLUG, str(home / "decider.txt"), "5", "5000"],
            env=environment(url), stdout=log, stderr=log,
        )  # fmt: skip


def _browsers(options: Options, port: int) -> "subprocess.Popen[bytes]":
    """People with a browser beside the programs, all at once; once."""
    told = options.home / TOLD
    many = 0 if told.exists() else options.browsers
    words = [sys.executable, "-m", "benchmarks.proving.browsers", str(port), SLUG, str(many)]
    return subprocess.Popen([*words, str(options.home / "again.json" if told.exists() else told)], cwd=ROOT)


def _decide(options: Options, note: Note, answers: Answers) -> int:
    """Everything decided, counted, and decided again."""
    from django.db import connection
    from django.utils import timezone

    from dichterbij.domains.schemes import actions, queries
    from dichterbij.domains.schemes.rules import REASONS

    actions.decide(scheme=SLUG, actor="proof", now=timezone.now())
    row = queries.rounds(scheme=SLUG)[0]
    replayed = queries.replay(scheme=SLUG)
    with connection.cursor() as cursor:
        cursor.execute("SET dichterbij.role = 'schemes_work'")
        cursor.execute("SELECT coalesce(max(units), 0) FROM schemes_counter WHERE kind = 'employer'")
        (most,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM schemes_receipt r JOIN schemes_round o ON o.id = r.round_id"
                       " WHERE o.scheme = %s", [SLUG])  # fmt: skip
        (kept,) = cursor.fetchone()
    grants = row.reasons.get("granted", 0)
    wrong = check_money(SLUG)
    wrong += [f"{one.batch}, {one.place}: {one.what}" for one in replayed.differences]
    wrong += [f"{grants} grants"] if grants != options.grants else []
    wrong += [f"{row.left_cents} cents left"] if row.left_cents != REST else []
    wrong += [f"an employer with {most}"] if most > 5 else []
    people = json.loads((options.home / TOLD).read_text())
    total = options.applications + people["browsers"]
    wrong += [f"{kept} receipts for {total} applications"] if kept != total else []
    wrong += people["problems"]
    wrong += [f"{people['given_a_later_place']} got a later place"] if people["given_a_later_place"] else []
    rows = (queries.by_key(key=UUID(key)) for key in people["keys"])
    unseen = sum(row is None or not row.decisions or not row.proof_holds for row in rows)
    wrong += [f"{unseen} who came with a browser cannot see what happened"] if unseen else []
    wrong += [f"{len(answers.doubled)} got two answers"] if answers.doubled else []
    with connection.cursor() as cursor:
        cursor.execute("SET dichterbij.role = 'schemes_work'")
        cursor.execute(witness.ROWS, [SLUG])
        found = witness.asked(cursor.fetchall())
    differs, right = witness.differences(found, dict(REASONS), options.grants * GRANT + REST)
    wrong += differs
    wrong += _bad_answers(note)
    del people["keys"]
    note.keep(done=True, wrong=wrong, people=people, witnessed=dict(right), applications=total, grants=grants,
              reasons=dict(row.reasons),
              left_cents=row.left_cents, most_of_an_employer=most, digest=replayed.digest,
              batches=replayed.batches)  # fmt: skip
    for one in wrong:
        say(f"WRONG: {one}")
    return WRONG if wrong else DONE


def _bad_answers(note: Note) -> list[str]:
    """No page of a fault, ever; and at 100 a second 99 in 100 within a second."""
    statuses = [note.told["calm"]["statuses"], *(part["statuses"] for part in note.told.get("parts", []))]
    bad = sorted({status for one in statuses for status in one if status not in ("200", "201")})
    slow = note.told["calm"]["p99"] > 1
    return [f"status {status}" for status in bad] + (["99 in 100 took over a second at 100 a second"] if slow else [])
