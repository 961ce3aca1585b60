"""`dichterbij match --engine dask` on processes over TLS: the bytes of one machine, also when things break."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import dichterbij
from gateways.cluster.conftest import World
from gateways.cluster.local_cluster import Certificates, LocalCluster, end, stop

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

MATCH = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", "match"]
NO_TIME = 5


def match(options: list[str]) -> "subprocess.Popen[str]":
    """The command, begun."""
    return subprocess.Popen([*MATCH, *options], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]", code: int = 0) -> str:
    """What it said, after it ended with this exit code."""
    try:
        said = process.communicate(timeout=200)[1]
    finally:
        process.kill()
    assert process.returncode == code, said
    return said


def kept_parts(out: Path) -> list[Path]:
    """Finished parts of a run."""
    return sorted(out.with_suffix(".kept").glob("*/part-*.npy"))


def wait_for_parts(out: Path, process: "subprocess.Popen[str]") -> None:
    """Until a part is finished."""
    until = time.monotonic() + 100
    while not kept_parts(out):
        assert process.poll() is None, ended(process)
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def cluster(world: World, tmp_path: Path) -> Iterator[LocalCluster]:
    """A scheduler without workers."""
    with LocalCluster(tmp_path, world.certificates) as made:
        yield made.start_scheduler()


@pytest.fixture(scope="module")
def two_workers(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A cluster that nobody breaks."""
    with LocalCluster(tmp_path_factory.mktemp("two"), world.certificates) as made:
        made.start_scheduler().start_worker()
        made.start_worker()
        yield made


@pytest.mark.long  # that parts make the bytes of one machine is in test_tasks.py
def test_two_workers_write_the_bytes_of_one_machine_and_leave_nothing_behind(
    world: World, two_workers: LocalCluster, tmp_path: Path
) -> None:
    out = tmp_path / "m.jsonl"
    ended(match(world.on(two_workers.address, out)))
    assert out.read_bytes() == world.expected
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".kept") == []
    assert json.loads((tmp_path / "m.jsonl.run.json").read_text())["engine"] == "dask"


@pytest.mark.long
def test_a_certificate_of_another_authority_is_refused(world: World, two_workers: LocalCluster, tmp_path: Path) -> None:
    others = Certificates(tmp_path / "others")
    options = [*world.on(two_workers.address, tmp_path / "m.jsonl"), *others.of_ours, "--timeout", str(NO_TIME)]
    said = ended(match(options), 2)
    assert f"The scheduler {two_workers.address} cannot be reached" in said
    assert "certificate" in said.lower()
    assert not (tmp_path / "m.jsonl").exists()


@pytest.mark.long
def test_parquet_has_the_rows_of_one_machine(world: World, two_workers: LocalCluster, tmp_path: Path) -> None:
    out, local = tmp_path / "m.parquet", tmp_path / "local.parquet"
    ended(match(world.on(two_workers.address, out)))
    ended(match([*world.inputs, "--out", str(local)]))
    assert pq.read_table(out).equals(pq.read_table(local))


@pytest.mark.long
def test_a_worker_with_other_code_is_named_and_nothing_is_mixed(
    world: World, cluster: LocalCluster, tmp_path: Path
) -> None:
    other = other_engine(tmp_path / "other")
    cluster.start_worker(PYTHONPATH=str(other))
    said = ended(match(world.on(cluster.address, tmp_path / "m.jsonl")), 2)
    assert "it differs in the engine of dichterbij" in said
    assert "Worker tls://127.0.0.1:" in said
    assert not kept_parts(tmp_path / "m.jsonl")


def other_engine(folder: Path) -> Path:
    """The package with one more line in its engine."""
    package, own = folder / "dichterbij", Path(dichterbij.__file__).parent
    package.mkdir(parents=True)
    for item in own.iterdir():
        if item.name != "engine":
            (package / item.name).symlink_to(item)
    shutil.copytree(own / "engine", package / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    with (package / "engine" / "matching.py").open("a") as file:
        file.write("\n# another line\n")
    return folder


@pytest.mark.long
def test_a_worker_killed_in_mid_run_costs_nothing_but_time(world: World, cluster: LocalCluster, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    victim = start_and_stop_one_of_two(cluster)
    run = match(world.on(cluster.address, out))
    wait_for_parts(out, run)
    end(victim)
    ended(run)
    assert out.read_bytes() == world.expected


@pytest.mark.long
def test_what_a_worker_that_stands_still_holds_is_done_by_another(
    world: World, cluster: LocalCluster, tmp_path: Path
) -> None:
    start_and_stop_one_of_two(cluster)
    ended(match(world.on(cluster.address, tmp_path / "m.jsonl")))
    assert (tmp_path / "m.jsonl").read_bytes() == world.expected


@pytest.mark.long
def test_a_scheduler_that_is_restarted_gets_what_is_left(world: World, cluster: LocalCluster, tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    start_and_stop_one_of_two(cluster)
    run = match(world.on(cluster.address, out))
    wait_for_parts(out, run)
    cluster.end_all()
    cluster.start_scheduler().start_worker()
    ended(run)
    assert out.read_bytes() == world.expected


@pytest.mark.long
def test_a_scheduler_that_stays_away_is_a_clear_end_and_the_next_run_goes_on(
    world: World, cluster: LocalCluster, tmp_path: Path
) -> None:
    out = tmp_path / "m.jsonl"
    start_and_stop_one_of_two(cluster)
    options = world.on(cluster.address, out)
    run = match([*options, "--timeout", "30"])
    wait_for_parts(out, run)
    cluster.end_all()
    said = ended(run, 2)
    assert "give the same command again" in said
    assert "distributed" not in said
    assert not out.exists()
    damaged = kept_parts(out)[0]
    damaged.write_bytes(b"half a part")
    cluster.start_scheduler()
    again = match(options)
    cluster.start_worker()
    ended(again)
    assert out.read_bytes() == world.expected


@pytest.mark.long
def test_a_cluster_without_workers_is_a_clear_end(world: World, cluster: LocalCluster, tmp_path: Path) -> None:
    said = ended(match([*world.on(cluster.address, tmp_path / "m.jsonl"), "--timeout", str(NO_TIME)]), 2)
    assert "the scheduler has no workers" in said


def start_and_stop_one_of_two(cluster: LocalCluster) -> "subprocess.Popen[bytes]":
    """Two workers of which one stands still: parts handed to it are held, and not done."""
    still = cluster.start_worker()
    cluster.wait_for_workers(1)
    cluster.start_worker()
    cluster.wait_for_workers(2)
    stop(still)
    return still
