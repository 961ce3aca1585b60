"""The crash: one process after the other killed at a moment nobody chose; nothing that was said is lost or doubled."""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.proving.clients import Given, Log, crowd
from benchmarks.proving.rush import Answers
from benchmarks.proving.stage import (
    AGAIN,
    DONE,
    GRANT,
    REST,
    WRONG,
    Note,
    Options,
    Server,
    Site,
    application,
    check_money,
    children,
    database,
    environment,
    open_round,
    say,
    small_disk,
)  # fmt: skip

SLUG = "proof_crash"
PATH = f"/api/v1/regelingen/{SLUG}/aanvragen"
CLIENTS = 12
# Most often what is cheapest to bring back and most in the way: a process of PostgreSQL at work, and the decider.
KINDS = (
    *("backend", "decider", "worker", "backend", "decider", "backend", "server", "decider", "backend", "worker"),
    *("backend", "decider", "backend", "server", "decider", "backend", "worker", "decider", "backend", "site"),
)
LOOK_AFTER = 25  # rounds between two looks at everything
EMPLOYERS = 3_000


class Stage:
    """What runs, and what may be killed."""

    def __init__(self, options: Options, server: Server, answers: Answers) -> None:
        self.options, self.server, self.answers = options, server, answers
        self.site = Site(server.url, options.home / "site.log")
        self.decider = self._decider()
        self.killed: Counter[str] = Counter()
        self.full_disks = 0
        self.log = Log()
        self.stop = threading.Event()
        self.next_number = max(answers.numbers, default=-1) + 1
        self.waiting: dict[int, Given] = {}

    def _decider(self) -> "subprocess.Popen[bytes]":
        words = [
            sys.executable,
            "-m",
            "benchmarks.proving.decider",
            SLUG,
            str(self.options.home / "batches.txt"),
            "0.02",
            "20",
        ]
        with (self.options.home / "decider.log").open("ab") as log:
            return subprocess.Popen(words, env=environment(self.server.url), stdout=log, stderr=log)

    def given(self) -> Iterator[Given]:
        """One application after the other; each stays waiting until it has its answer."""
        while not self.stop.is_set():
            number = self.next_number
            self.next_number += 1
            self.waiting[number] = (number, *application(SLUG, number, EMPLOYERS))
            yield self.waiting[number]

    def answered(self, number: int, receipt: str, proof: str, is_new: bool) -> None:
        """Said to an applicant."""
        self.answers.add(number, receipt, proof, is_new)
        self.waiting.pop(number, None)

    def come(self) -> None:
        """Applicants, until they are stopped; who has no answer then asks once more when all is up again."""
        asyncio.run(crowd(self.site.port, PATH, CLIENTS, self.given(), self.answered, self.stop.is_set, self.log))

    def kill(self, kind: str, chance: random.Random) -> bool:
        """One of them, now; false where there was none of that kind."""
        if kind == "site":
            died = self.site.process.poll() is None
            self.site.kill()
        elif kind == "decider":
            died = self.decider.poll() is None
            self.decider.kill()
        else:
            died = _kill(self._victim(kind, chance))
        self.killed[kind] += died
        return died

    def _victim(self, kind: str, chance: random.Random) -> int:
        if kind == "worker":
            found = children(self.site.process.pid)
            return chance.choice(found) if found else 0
        pids = self.server.pids()
        if kind == "server":
            return pids[0] if pids else 0
        busy = [pid for pid in pids[1:] if _is_backend(pid)]
        return chance.choice(busy) if busy else 0

    def fill_disk(self, disk: Path) -> None:
        """No room for a while."""
        ballast, block = disk / "ballast", b"\0" * (1 << 20)
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(block)
        with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        time.sleep(1.5)
        ballast.unlink()
        self.full_disks += 1

    def mend(self) -> None:
        """Everything up again."""
        if self.decider.poll() is not None:
            self.decider = self._decider()
        if not self.server.pids() or not _answers(self.server):
            self.server.start()
        self.site.ready()

    def end(self) -> None:
        """All down."""
        self.stop.set()
        self.decider.kill()
        self.decider.wait()
        self.site.stop()


def _kill(pid: int) -> bool:
    with contextlib.suppress(OSError):
        if pid:
            os.kill(pid, signal.SIGKILL)
            return True
    return False


def _is_backend(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"proof" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _answers(server: Server) -> bool:
    from dichterbij.bootstrap import postgres

    return postgres._answers(server.home)


def run(options: Options) -> int:
    """So many kills as fit in the time; looked at every few, and at the end. A turn in which nothing died counts for
    nothing; with a small disk every tenth turn is one of a full disk, beside the kills."""
    note, answers = Note(options.home / "crash.json"), Answers(options.home / "crash.txt")
    until = time.monotonic() + options.minutes * 60
    done, turn = int(note.told.get("rounds", 0)), int(note.told.get("turns", 0))
    with database(options.home) as server:
        open_round(SLUG, 5_000 * GRANT + REST)
        stage = Stage(options, server, answers)
        try:
            stage.site.ready()
            while done < options.rounds and time.monotonic() < until:
                turn += 1
                done += _round(stage, turn)
                if turn % LOOK_AFTER == 0:
                    wrong = look(stage)
                    _keep(note, stage, done, wrong, turns=turn)
                    if wrong:
                        return WRONG
            wrong = look(stage)
            if done >= options.rounds:
                wrong += last_look(stage)
            _keep(note, stage, done, wrong, turns=turn, done=done >= options.rounds)
        finally:
            stage.end()
    return WRONG if wrong else DONE if done >= options.rounds else AGAIN


def _keep(note: Note, stage: Stage, rounds: int, wrong: list[str], **told: object) -> None:
    killed = Counter(note.told.get("killed", {})) + stage.killed
    told["full_disks"] = note.told.get("full_disks", 0) + stage.full_disks
    stage.full_disks = 0
    statuses = Counter(note.told.get("statuses", {})) + stage.log.statuses
    stage.killed.clear()
    stage.log.statuses.clear()
    note.keep(rounds=rounds, killed=dict(killed), statuses=dict(statuses), answers=len(stage.answers.numbers),
              wrong=wrong, **told)  # fmt: skip
    say(f"{rounds} rounds, {len(stage.answers.numbers):,} answers, killed {dict(killed)}")
    for one in wrong:
        say(f"WRONG: {one}")


def _round(stage: Stage, number: int) -> bool:
    """Applicants come, somebody is killed, everything comes back, everybody who waited has an answer.

    Whether anybody was killed.
    """
    chance, disk = random.Random(number), small_disk()
    died = False
    stage.stop.clear()
    crowd_at_work = threading.Thread(target=stage.come)
    crowd_at_work.start()
    time.sleep(chance.uniform(0.05, 0.6))
    if disk and number % 11 == 0:
        stage.fill_disk(disk)
    else:
        died = stage.kill(KINDS[number % len(KINDS)], chance)
    time.sleep(chance.uniform(0.0, 0.2))
    stage.mend()
    stage.stop.set()
    crowd_at_work.join()
    left = list(stage.waiting.values())
    asyncio.run(crowd(stage.site.port, PATH, CLIENTS, iter(left), stage.answered, lambda: False, stage.log))
    return died


def look(stage: Stage) -> list[str]:
    """Everything that was ever said is there, once."""
    from django.db import connection, connections

    from dichterbij.domains.schemes.rules.proof import id_of

    connections.close_all()
    wrong = [f"{len(stage.answers.doubled)} got two answers"] if stage.answers.doubled else []
    told = stage.options.home / "batches.txt"  # read before the database: the decider goes on meanwhile
    said = told.read_text().splitlines() if told.exists() else []
    with connection.cursor() as cursor:
        cursor.execute("SET dichterbij.role = 'schemes_work'")
        cursor.execute("SELECT id, encode(proof, 'hex') FROM schemes_receipt")
        kept = dict(cursor.fetchall())
        cursor.execute("SELECT number, encode(b.digest, 'hex') FROM schemes_batch b JOIN schemes_round r"
                       " ON r.id = b.round_id WHERE r.scheme = %s", [SLUG])  # fmt: skip
        batches = dict(cursor.fetchall())
    lost = [number for number, (receipt, proof) in stage.answers.numbers.items() if kept.get(id_of(receipt)) != proof]
    wrong += [f"{len(lost)} answers without their receipt, the first for application {lost[0]}"] if lost else []
    if len(kept) > len(stage.answers.numbers) + len(stage.waiting):
        wrong.append(f"{len(kept)} receipts for {len(stage.answers.numbers)} applications")
    for line in said:
        number, _, digest = line.partition(" ")
        if len(digest) == 64 and batches.get(int(number)) != digest:
            wrong.append(f"batch {number} was written, said its decider, and is not there")
    return wrong + check_money(SLUG)


def last_look(stage: Stage) -> list[str]:
    """Everything decided, decided again, and everybody can see what happened."""
    from uuid import UUID

    from django.db import connections
    from django.utils import timezone

    from dichterbij.domains.schemes import actions, queries
    from dichterbij.domains.schemes.errors import BusyError

    stage.decider.kill()
    stage.decider.wait()
    connections.close_all()
    for _ in range(20):
        with contextlib.suppress(BusyError):
            actions.decide(scheme=SLUG, actor="proof", now=timezone.now())
            break
        time.sleep(0.2)
    replayed = queries.replay(scheme=SLUG)
    wrong = [f"batch {one.batch}, place {one.place}: {one.what}" for one in replayed.differences]
    row = queries.rounds(scheme=SLUG)[0]
    if row.decided != row.received:
        wrong.append(f"{row.received} received, {row.decided} decided")
    for number in range(0, stage.next_number, max(1, stage.next_number // 2_000)):
        found = queries.by_key(key=UUID(application(SLUG, number, EMPLOYERS)[0]))
        if found is None or not found.decisions or not found.proof_holds:
            wrong.append(f"application {number} cannot be looked up")
    return wrong + check_money(SLUG)
