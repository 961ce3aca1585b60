"""A decider, a worker of the site and PostgreSQL are killed in the middle: no answer and no grant is lost or doubled.

The long ones are the proof itself (benchmarks/proof.py), with fewer applications and rounds.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.models import Batch
from dichterbij.domains.schemes.rounds import Opened
from support.database import named, server
from support.people import as_the_site
from support.schemes import GRANT, apply, decided, opened
from support.site import environment_of

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("faultsschemes"):
        yield


def decider(here: Opened, told: Path) -> "subprocess.Popen[bytes]":
    """One in a process of its own, two applications at a time, that tells which batches it wrote."""
    with server() as address:
        url = named(address, str(connections["default"].settings_dict["NAME"]))
    command = [sys.executable, "-m", "benchmarks.proving.decider", here.scheme.slug, str(told), "0.01", "2"]
    return subprocess.Popen(command, env=environment_of(url), cwd=ROOT, stdout=subprocess.DEVNULL)


def test_a_decider_that_is_killed_leaves_whole_batches_and_the_next_one_goes_on(site: None, tmp_path: Path) -> None:
    here, told = opened(ceiling=30 * GRANT), tmp_path / "batches.txt"
    for turn in range(40):
        apply(here, f"employer {turn}")
    process, deadline = decider(here, told), time.monotonic() + SECONDS
    while time.monotonic() < deadline and not (told.exists() and told.stat().st_size):
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=SECONDS)
    kept = {row.number: bytes(row.digest).hex() for row in Batch.objects.filter(round_id=here.id)}
    said = [line.split() for line in told.read_text().splitlines()]
    assert said
    assert all(kept[int(number)] == digest for number, digest in said)
    assert ledger.balance(here.committed) == queries.rounds(scheme=here.scheme.slug)[0].granted_cents
    decided(here)
    row = queries.rounds(scheme=here.scheme.slug)[0]
    assert (row.decided, row.granted_cents, dict(row.reasons)) == (
        40, 30 * GRANT, {"granted": 30, "ceiling_reached": 10},
    )  # fmt: skip
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def proof(home: Path, part: str, **options: int) -> dict[str, Any]:
    """A small run of the proof, and what it wrote down."""
    words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    command = [sys.executable, "benchmarks/proof.py", part, "--home", str(home), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1_500, check=False)
    found: dict[str, Any] = json.loads((home / f"{part}.json").read_text())
    assert found["wrong"] == [], done.stderr[-3_000:]
    assert done.returncode == 0, done.stderr[-3_000:]
    return found


@pytest.mark.long  # a server and a site of its own, killed again and again
def test_twenty_crashes_lose_and_double_nothing(tmp_path: Path) -> None:
    found = proof(tmp_path, "crash", rounds=20)
    assert found["rounds"] == 20
    assert found["answers"] > 20
    assert set(found["killed"]) >= {"worker", "decider", "backend", "server", "site"}


@pytest.mark.long  # two thousand through the whole site
def test_a_rush_through_the_whole_site_gives_exactly_the_right_grants(tmp_path: Path) -> None:
    found = proof(tmp_path, "rush", applications=2_000, employers=300, grants=500, clients=32, calm_seconds=0)
    assert (found["grants"], found["left_cents"]) == (500, 50_000)
