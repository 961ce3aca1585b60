"""The stage of a proof: a database with everything written to disk, the site, a round, and a note of where it is."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

GRANT = 150_000
REST = 50_000
DONE, WRONG, AGAIN = 0, 1, 3
COMMAND = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()"]
ROOT = Path(__file__).resolve().parents[2]
BOTH = ["interview", "unused_potential"]
BROKEN: dict[int, dict[str, Any]] = {
    1: {"start": "2022-03-31"}, 2: {"start": "2023-01-01"}, 3: {"category": None}, 4: {"met": ["unused_potential"]},
    5: {"met": ["interview"]}, 6: {"met": [*BOTH, "praktijkleren"]}, 7: {"met": [*BOTH, "own_employee"]},
}  # fmt: skip
EARLIER, OF_A_GROUP, OF_MANY = 8, 9, range(10, 20)


@dataclass(frozen=True)
class Options:
    """What was asked."""

    part: str
    home: Path
    applications: int
    employers: int
    grants: int
    clients: int
    browsers: int
    rounds: int
    minutes: float
    calm_seconds: float
    docs: bool


class Note:
    """What is known of a part so far, in a file that is whole or not there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def keep(self, **told: Any) -> None:
        """Write it down."""
        self.told |= told
        beside = self.path.with_suffix(".partial")
        beside.write_text(json.dumps(self.told, indent=1))
        beside.replace(self.path)


def say(text: str) -> None:
    """Progress."""
    print(f"[proof {time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


@dataclass
class Server:
    """PostgreSQL under a folder: started, killed, and started again."""

    home: Path
    url: str = ""
    restarts: int = field(default=0)

    def start(self) -> None:
        """Up, after whatever happened before."""
        from dichterbij.bootstrap import postgres
        from dichterbij.shared.errors import UnavailableError

        for attempt in range(60):
            try:
                postgres._private_folder(self.home)
                postgres._initialise(self.home)
                if not postgres._answers(self.home):
                    postgres._start(self.home, {})
                break
            except UnavailableError:
                if attempt == 59:
                    raise
                time.sleep(0.25)  # the children of a killed server are still on their way out
        self.url = postgres.database_url(self.home, "proof")

    def stop(self) -> None:
        """Down, in peace."""
        from dichterbij.bootstrap import postgres

        postgres._run("pg_ctl", "stop", "-D", str(self.home / "data"), "-m", "fast", "-w", "-s", must=False)

    def pids(self) -> list[int]:
        """Of the server itself first, then of its children; none when it is not there."""
        try:
            main = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
            return [main, *children(main)]
        except (OSError, ValueError, IndexError):
            return []

    def make(self) -> None:
        """The database with its tables, once."""
        import psycopg

        from dichterbij.bootstrap import postgres

        with psycopg.connect(postgres.database_url(self.home), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'proof'").fetchone():
                connection.execute("CREATE DATABASE proof ENCODING 'UTF8' TEMPLATE template0")
        subprocess.run([*COMMAND, "migrate"], env=environment(self.url), check=True)


def children(pid: int) -> list[int]:
    """The processes right below this one."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def environment(url: str) -> dict[str, str]:
    """For a process of the product on this database."""
    places = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(filter(None, places))}


def small_disk() -> Path | None:
    """Where the database is on a disk of its own, that may be filled: DICHTERBIJ_SMALL_DISK."""
    given = os.environ.get("DICHTERBIJ_SMALL_DISK")
    return Path(given).resolve() if given else None


@contextlib.contextmanager
def database(home: Path) -> Iterator[Server]:
    """A server with the tables in it; Django in this process looks at it. On the small disk, when there is one."""
    server = Server((small_disk() or home) / "postgres")
    server.start()
    try:
        server.make()
        os.environ["DATABASE_URL"] = server.url
        import django

        django.setup()
        yield server
    finally:
        server.stop()


class Site:
    """The site as the operator's guide starts it, on its own port. `whole`: a worker answers when all is ready."""

    def __init__(self, url: str, log: Path, workers: int = 2, *, whole: bool = False) -> None:
        self.whole = {"DICHTERBIJ_READY_BEFORE_ANSWERING": "1"} if whole else {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
                        str(self.port), "--workers", str(workers), "--blocking-threads", "1", "--backlog", "2048",
                        "--respawn-failed-workers", "--no-log", "dichterbij.bootstrap.wsgi:application"]  # fmt: skip
        self.log, self.url = log, url
        subprocess.run([sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
                       env=environment(url), check=True)  # fmt: skip
        self.process = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command, env=environment(self.url) | self.whole, stdout=log, stderr=log, start_new_session=True
            )

    def ready(self, seconds: float = 120) -> None:
        """Wait until it answers; started anew when it is gone."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                self.process = self._started()
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"the site does not answer: {self.log}")

    def kill(self) -> None:
        """All of it, with no chance to tell."""
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """In peace."""
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


def open_round(slug: str, ceiling: int) -> None:
    """The employer subsidy as an exercise of a month under this name; once."""
    from datetime import timedelta

    from django.utils import timezone

    from dichterbij.domains.budget import actions as ledger
    from dichterbij.domains.budget.rules import Transfer, read_account
    from dichterbij.domains.schemes import actions, queries
    from dichterbij.domains.schemes.rules.files import ROOT as FILES

    if queries.rounds(scheme=slug):
        return
    now, free = timezone.now(), read_account(f"free:{slug}")
    text = (FILES / "employer_subsidy" / "2022-05-13.yaml").read_text(encoding="utf-8")
    money = [Transfer(uuid5(NAMESPACE_OID, slug), read_account(f"outside:{slug}"), free, ceiling)]
    ledger.post(posting=uuid5(NAMESPACE_OID, f"{slug} money"), transfers=money, reason="proof", actor="proof", now=now)
    actions.open_round(
        definition=text.replace("scheme: employer_subsidy", f"scheme: {slug}"), source=free,
        posting=uuid5(NAMESPACE_OID, f"{slug} round"), account=f"reserved:{slug}", actor="proof", now=now,
        ceiling_cents=ceiling, exercise=(now - timedelta(hours=1), now + timedelta(days=30)),
    )  # fmt: skip


def application(slug: str, number: int, employers: int) -> tuple[str, bytes]:
    """Key and body of one application: the same for the same number.

    Of every hundred seven break one rule each, one is for a person who was asked for before, one is of one of ten
    groups, and ten are of two hundred employers who ask for many.
    """
    key, kind = _key(slug, number), number % 100
    employer = f"kvk:{int(key) % employers:08}"
    facts: dict[str, Any] = {"applicant": "employer", "employer": employer, "person": _somebody(key),
                             "start": "2022-05-01", "category": "open_hiring",
                             "met": BOTH}  # fmt: skip
    facts |= BROKEN.get(kind, {})
    if kind == EARLIER and number > 100 + EARLIER:
        facts["person"] = _somebody(_key(slug, number - 100 - EARLIER))
    if kind == OF_A_GROUP:
        facts["group"] = f"kvk:90{int(key) % 10:06}"
    if kind in OF_MANY:
        facts["employer"] = f"kvk:80{int(key) % 200:06}"
    if facts["category"] is None:
        del facts["category"]
    return str(key), json.dumps({"aanvrager": facts["employer"], "feiten": facts}).encode()


def _somebody(key: UUID) -> dict[str, str]:
    return {"naam": f"Verzonnen {key.hex}", "geboortedatum": "1990-01-01"}


def _key(slug: str, number: int) -> UUID:
    return uuid5(UUID(int=6), f"{slug} {number}")


def check_money(slug: str) -> list[str]:
    """What is not as it must be between decisions, what is left and the ledger."""
    from dichterbij.domains.budget import queries as ledger
    from dichterbij.domains.budget.rules import read_account
    from dichterbij.domains.schemes import queries

    row, wrong = queries.rounds(scheme=slug)[0], []
    committed, reserved = (ledger.balance(read_account(f"{state}:{slug}")) for state in ("committed", "reserved"))
    if committed != row.granted_cents:
        wrong.append(f"{row.granted_cents} cents granted, {committed} committed on the ledger")
    if reserved != row.left_cents or reserved < 0:
        wrong.append(f"{row.left_cents} cents left, {reserved} reserved on the ledger")
    return wrong
