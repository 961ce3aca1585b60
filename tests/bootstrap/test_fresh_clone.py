"""The two commands in a fresh clone, as a newcomer meets them. Needs git and a package index."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST_START_SECONDS = 420
SECOND_START_SECONDS = 60  # a start that does everything anew takes longer; the promise is 10 on a quiet machine

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A clone with a space in its name, and nothing set up."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("fresh") / "a clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


class Demo:
    """`make demo` in a process group of its own, as a terminal starts it."""

    def __init__(self, folder: Path, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        own = ("DICHTERBIJ_", "DATABASE_URL", "DJANGO_", "VIRTUAL_ENV", "MAKE", "PYTEST_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                ["make", "demo", f"PORT={self.port}"], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=stream, stderr=stream, start_new_session=True,
            )  # fmt: skip
        self.log = log

    def seconds_to_a_page(self, limit: float) -> float:
        began = time.monotonic()
        while time.monotonic() - began < limit:
            assert self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/nl/loket/AM01/job_seeker/work/", timeout=10):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"no page in {limit} s:\n{self.log.read_text()}")

    def wait_for(self, words: str, limit: float = 120) -> None:
        began = time.monotonic()
        while words not in self.log.read_text():
            assert time.monotonic() - began < limit, self.log.read_text()
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)

    def ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(60)


def running_in(folder: Path) -> list[str]:
    """Every process that runs a program of this folder, or on its data."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words:
            found.append(words)
    return found


@pytest.mark.timeout(900)
@pytest.mark.parametrize("words", ["1/3", "2/3", "3/3", "database ...", "reference data", "openings ...", "site, with"])
def test_ctrl_c_at_each_stage_leaves_nothing_running_and_the_next_start_goes_on(
    clone: Path, tmp_path: Path, words: str
) -> None:
    demo = Demo(clone, tmp_path / "log")
    demo.wait_for(words, FIRST_START_SECONDS)
    time.sleep(0.3)
    demo.ctrl_c()
    assert "Traceback" not in demo.log.read_text()
    assert "Stopped" in demo.log.read_text()
    assert running_in(clone) == []


@pytest.mark.timeout(900)
def test_from_what_was_interrupted_to_a_page_and_a_second_start_is_quick(clone: Path, tmp_path: Path) -> None:
    first = Demo(clone, tmp_path / "first")
    first.seconds_to_a_page(FIRST_START_SECONDS)
    first.ctrl_c()
    assert running_in(clone) == []
    second = Demo(clone, tmp_path / "second")
    assert second.seconds_to_a_page(FIRST_START_SECONDS) < SECOND_START_SECONDS
    beside = Demo(clone, tmp_path / "beside")
    beside.seconds_to_a_page(FIRST_START_SECONDS)
    second.ctrl_c()
    assert beside.seconds_to_a_page(10) < 10
    beside.ctrl_c()
    assert running_in(clone) == []
