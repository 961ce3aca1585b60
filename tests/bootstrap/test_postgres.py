"""The embedded server: shared, taken over, picked up where a start was interrupted, and gone with its last user."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from dichterbij.bootstrap import postgres
from dichterbij.shared.errors import UnavailableError

Holder = Callable[[Path], "subprocess.Popen[str]"]
HOLDER = """
import sys, time
from pathlib import Path
from dichterbij.bootstrap import postgres, stopping
stopping.once()
try:
    print("starting", flush=True)
    with postgres.running(Path(sys.argv[1]), throwaway=True):
        print("up", flush=True)
        time.sleep(60)
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.fixture
def holder() -> Iterator[Holder]:
    """Starts another process that holds the server up."""
    with contextlib.ExitStack() as started:

        def start(home: Path) -> "subprocess.Popen[str]":
            command = [sys.executable, "-c", HOLDER, str(home)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
            started.enter_context(process)
            started.callback(process.kill)
            said(process, "starting")
            return process

        yield start


def said(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n"


def is_up(home: Path) -> bool:
    try:
        psycopg.connect(postgres.database_url(home), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a server that was started once."""
    folder = tmp_path_factory.mktemp("embedded")
    with postgres.running(folder, throwaway=True):
        assert is_up(folder)
    return folder


def test_the_last_user_stops_the_server(home: Path, holder: Holder) -> None:
    assert not is_up(home)
    with postgres.running(home, throwaway=True):
        other = holder(home)
        said(other, "up")
        other.send_signal(signal.SIGTERM)
        other.wait(10)
        assert is_up(home)
    assert not is_up(home)


def test_a_user_that_leaves_first_does_not_stop_it_for_the_others(home: Path, holder: Holder) -> None:
    other = holder(home)
    said(other, "up")
    with postgres.running(home, throwaway=True):
        pass
    assert is_up(home)
    other.send_signal(signal.SIGINT)
    other.wait(10)
    assert not is_up(home)


def test_two_that_start_at_once_in_a_new_folder_share_one_server(tmp_path: Path, holder: Holder) -> None:
    home = tmp_path / "new"
    both = [holder(home), holder(home)]
    for process in both:
        said(process, "up")
    for process in both:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    assert not is_up(home)


def test_a_server_whose_user_was_killed_is_taken_over(home: Path, holder: Holder) -> None:
    killed = holder(home)
    said(killed, "up")
    killed.kill()
    killed.wait(10)
    with postgres.running(home, throwaway=True):
        assert is_up(home)
    assert not is_up(home)


def test_a_killed_server_recovers(home: Path) -> None:
    with postgres.running(home, throwaway=True):
        number = int((home / "data" / "postmaster.pid").read_text().split()[0])
        subprocess.run(["kill", "-9", str(number)], check=True)
        time.sleep(0.5)
    with postgres.running(home, throwaway=True):
        assert is_up(home)


def test_a_killed_server_comes_back_while_one_of_its_own_is_still_at_work(home: Path) -> None:
    with (
        postgres.running(home, throwaway=True),
        contextlib.closing(psycopg.connect(postgres.database_url(home))) as connection,
    ):
        connection.execute("SET max_parallel_workers_per_gather = 0")
        number = int((home / "data" / "postmaster.pid").read_text().split()[0])
        connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 8000000)")
        subprocess.run(["kill", "-9", str(number)], check=True)
        with postgres.running(home, throwaway=True):
            assert is_up(home)


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_a_stop_at_any_moment_of_the_first_start_leaves_nothing_running(
    tmp_path: Path, after: float, holder: Holder
) -> None:
    process = holder(tmp_path / "new")
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert out.splitlines()[-1] == "stopped"
    assert not is_up(tmp_path / "new")
    assert not (tmp_path / "new" / "data" / "postmaster.pid").exists()


def test_a_stop_at_any_moment_of_a_later_start_leaves_nothing_running(home: Path, holder: Holder) -> None:
    for milliseconds in range(0, 150, 10):
        process = holder(home)
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGINT)
        process.wait(20)
    time.sleep(0.5)  # what was just being started would be there by now
    assert not is_up(home)


def test_an_unfinished_first_start_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "data.unfinished" / "base").mkdir(parents=True)
    (tmp_path / "data.unfinished" / "PG_VERSION").write_text("18\n")
    with postgres.running(tmp_path, throwaway=True):
        assert is_up(tmp_path)
    assert not (tmp_path / "data.unfinished").exists()


def test_data_of_another_version_are_left_alone_and_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(UnavailableError, match="PostgreSQL 16"), postgres.running(tmp_path):
        pass
    assert (tmp_path / "data" / "PG_VERSION").read_text() == "16\n"


def test_only_its_owner_can_reach_the_server(home: Path) -> None:
    with postgres.running(home, throwaway=True):
        assert home.stat().st_mode & 0o077 == 0
        assert postgres.socket_directory(home).stat().st_mode & 0o077 == 0
        with psycopg.connect(postgres.database_url(home)) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
