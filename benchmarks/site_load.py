"""How fast "Wat is dichtbij?" answers through its real door, with as many visitors at once as asked.

    DICHTERBIJ_HOME=/somewhere python benchmarks/site_load.py [--users 16] [--seconds 60] [--takeover] [--json FILE]

The home holds a loaded database (`dichterbij migrate`, `load-reference`, `load-demo --openings FILE`). The site is
started as docs/guides/operator.md says, with two workers. Visitors wait a second between pages and bring browsers'
headers; every visitor is somebody new after one round: postcode, list, a question, list, a filter, an opening.
The load generator is this one process, on the same machine: its processor time is reported beside that of the site.
"""

import argparse
import contextlib
import gzip
import html
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np
import pyarrow as pa

from dichterbij.bootstrap import database
from dichterbij.bootstrap.settings import HOME
from dichterbij.data import reference_table

# As in docs/guides/operator.md.
WORKERS = 2
THREADS = 1
START_SECONDS = 900
CLOCK = os.sysconf("SC_CLK_TCK")
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "nl", "User-Agent": "site_load", "Connection": "keep-alive"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OPENING = re.compile(r'href="(/nl/dichtbij/vacature/[^"/]+/)"')
ANSWERS = (
    ("reizen", {"modes": ["bike", "car"], "minutes": "45", "ebike": ""}),
    ("reizen", {"modes": ["bike"], "minutes": "30", "ebike": "yes"}),
    ("tijden", {"hours_min": "16", "hours_max": "32", "dayparts": ["weekday", "evening"]}),
    ("wensen", {}),
)
FILTERS = ({"minutes": "30"}, {"hours_max": "24"}, {"sector": "Q"}, {"route": "open_hiring"}, {"route": "learn_work"})


@dataclass
class Log:
    """What was asked, and how it went."""

    times: list[tuple[float, str, float, int, int]] = field(default_factory=list)  # at, page, seconds, status, bytes
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, page: str, began: float, status: int, size: int) -> None:
        """One answer."""
        with self.lock:
            self.times.append((began, page, time.perf_counter() - began, status, size))


class Visitor:
    """A browser: one connection, cookies, and the forms of the page it is on."""

    def __init__(self, port: int, log: Log, seed: int, think: float) -> None:
        self.port, self.log, self.random, self.think = port, log, random.Random(seed), think
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.page = ""

    def ask(self, name: str, address: str, form: dict[str, Any] | None = None) -> str:
        """One page, and on to where it sends; the last page's text."""
        body = None
        if form is not None:
            token = TOKEN.search(self.page)
            body = urlencode({"csrfmiddlewaretoken": token[1] if token else "", **form}, doseq=True)
        status, where = self._once(name, address, body)
        if status in (301, 302, 303):
            status, _ = self._once(f"{name}, shown", where, None)
        return self.page

    def _once(self, name: str, address: str, body: str | None) -> tuple[int, str]:
        headers = {**HEADERS, "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        try:
            self.connection.request("GET" if body is None else "POST", address, body, headers)
            answer = self.connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.log.add(name, began, 0, 0)
            return 0, ""
        self.log.add(name, began, answer.status, len(data))
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            key, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[key] = value
        if answer.status == 200:
            self.page = (
                gzip.decompress(data).decode() if answer.headers["Content-Encoding"] == "gzip" else data.decode()
            )
        return answer.status, urlsplit(answer.headers["Location"] or "").path

    def rest(self) -> None:
        """A moment of reading; on average as long as asked."""
        time.sleep(self.think * self.random.uniform(0.5, 1.5))

    def round(self, pc4s: list[int]) -> None:
        """Somebody new finds out what is near."""
        self.cookies, self.page = {}, ""
        self.ask("start", "/nl/dichtbij/")
        self.rest()
        self.ask("postcode", "/nl/dichtbij/", {"postcode": str(self.random.choice(pc4s))})
        self.rest()
        group, answers = self.random.choice(ANSWERS)
        self.ask("question", f"/nl/dichtbij/vragen/{group}/")
        self.rest()
        self.ask("answer", f"/nl/dichtbij/vragen/{group}/", {**answers, "save": "1"})
        self.rest()
        self.ask("filter", "/nl/dichtbij/lijst/filter/", self.random.choice(FILTERS))
        self.rest()
        self.ask("block", "/nl/dichtbij/lijst/te-vragen/?page=2")
        self.rest()
        found = OPENING.findall(self.page)
        if found:
            self.ask("opening", html.unescape(self.random.choice(found)))
            self.rest()


@contextlib.contextmanager
def site(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site with its ordinary workers, once it is ready."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-log",
               "dichterbij.bootstrap.wsgi:application"]  # fmt: skip
    environment = {**os.environ, "DICHTERBIJ_READY_BEFORE_ANSWERING": "1", "DICHTERBIJ_DEMO": "1"}
    process = subprocess.Popen(command, env=environment)
    try:
        began = time.monotonic()
        while time.monotonic() - began < START_SECONDS and process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    break
            time.sleep(0.2)
        print(f"ready after {time.monotonic() - began:.0f} s", file=sys.stderr)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [pid, *(below for child in children for below in tree(child))]


def seconds_of(pids: list[int]) -> float:
    """Processor seconds of these processes so far, with those of children that ended."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            total += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return total / CLOCK


def postgres() -> list[int]:
    """The processes of the embedded database of this home; none for another."""
    found = list((HOME / "postgres").rglob("postmaster.pid"))
    return tree(int(found[0].read_text().split()[0])) if found else []


def memory_of(pids: list[int]) -> tuple[float, float]:
    """Megabytes of these processes: each with its share of what is shared, and what is theirs alone."""
    found = {"Pss": 0, "Private_Dirty": 0}
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name = line.partition(":")[0]
                if name in found:
                    found[name] += int(line.split()[1])
    return found["Pss"] / 1024, found["Private_Dirty"] / 1024


def another_delivery() -> None:
    """One opening more, of another origin: all openings are made ready again."""
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone

    from dichterbij.domains.openings import actions

    now = timezone.now()
    row = {"opening_id": f"load-{now.timestamp():.0f}", "pc4": 3511, "hours_min": 16, "hours_max": 32,
           "title_nl": "Verzonnen werk", "title_en": "Invented work", "invented": True}  # fmt: skip
    actions.load_openings(actor="site_load", openings=pa.Table.from_pylist([row]), origin="site_load", now=now)
    connections.close_all()


def report(log: Log, since: float, until: float) -> dict[str, Any]:
    """Milliseconds per page and over all, with how many and how many went wrong."""
    rows: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for began, page, seconds, status, size in log.times:
        if since <= began < until:
            rows[page].append((seconds * 1000, status, size))
            rows["all"].append((seconds * 1000, status, size))
    return {page: _row(found) for page, found in rows.items()}


def _row(found: list[tuple[float, int, int]]) -> dict[str, float]:
    times = np.array([row[0] for row in found])
    return {
        "n": len(found),
        "errors": sum(not 200 <= row[1] < 400 for row in found),
        **{f"p{part}": round(float(np.percentile(times, part)), 1) for part in (50, 95, 99)},
        "max": round(float(times.max()), 1),
        "kB": round(sum(row[2] for row in found) / len(found) / 1000, 1),
    }


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """One load test."""
    log, stop = Log(), threading.Event()
    pc4s = sorted(reference_table("postcodes", "postcodes.csv")["pc4"].to_pylist())

    def visit(number: int) -> None:
        visitor = Visitor(arguments.port, log, 1000 * arguments.seed + number, arguments.think)
        time.sleep(arguments.think * number / arguments.users)
        while not stop.is_set():
            visitor.round(pc4s)

    with database.available(HOME), site(arguments.port) as process:
        threads = [threading.Thread(target=visit, args=(number,), daemon=True) for number in range(arguments.users)]
        for thread in threads:
            thread.start()
        time.sleep(arguments.warm_up)
        workers, servers = tree(process.pid), postgres()
        began, own = time.perf_counter(), time.process_time()
        before = [seconds_of(workers), seconds_of(servers)]
        if arguments.takeover:
            time.sleep(arguments.seconds / 4)
            another_delivery()
            time.sleep(arguments.seconds * 3 / 4)
        else:
            time.sleep(arguments.seconds)
        ended = time.perf_counter()
        after = [seconds_of(workers), seconds_of(servers)]
        used = {"generator": time.process_time() - own, "site": after[0] - before[0], "database": after[1] - before[1]}
        memory = memory_of(workers)
        stop.set()
        pages = report(log, began, ended)
    asked = pages["all"]["n"]
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "users": arguments.users,
        "seconds": round(ended - began, 1),
        "takeover": arguments.takeover,
        "pages_per_second": round(asked / (ended - began), 1),
        "pages": pages,
        "processor_seconds": {name: round(value, 2) for name, value in used.items()},
        "processor_ms_per_page": {name: round(1000 * value / asked, 1) for name, value in used.items()},
        "memory_mb": {"with share": round(memory[0]), "own": round(memory[1])},
    }


def show(found: dict[str, Any]) -> None:
    """The report as a table."""
    print(f"{found['users']} visitors, {found['seconds']} s, {found['pages_per_second']} pages a second")
    columns = ("n", "errors", "p50", "p95", "p99", "max", "kB")
    print(f"{'page':<18}" + "".join(f"{name:>9}" for name in columns))
    for page, row in sorted(found["pages"].items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"{page:<18}" + "".join(f"{row[name]:>9}" for name in columns))
    for name in ("processor_seconds", "processor_ms_per_page", "memory_mb"):
        print(f"{name}: {found[name]}")


def main() -> None:
    """Run, show, and keep as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--warm-up", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=8065)
    parser.add_argument("--takeover", action="store_true")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
    found = run(arguments)
    show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
