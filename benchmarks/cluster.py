"""Times a Dask cluster of two one-thread workers on this machine beside one process with two threads.

    .venv/bin/python benchmarks/cluster.py --people P --openings O [--rows 20000] [--top 50] [--repeats 3] [--json FILE]

Both get the same parts (made by `dichterbij partition`), warm: the kernel compiled, the openings read and the index
built before the clock starts. On the clock of both: reading the parts from disk and matching. On the clock of the
cluster alone: connecting over TLS, handing out parts, writing each part's lists to disk and reading them back into one
array. Not on it: starting processes, making certificates, writing the output, which is the same for both. One process
reads its parts with one thread, as `dichterbij match` does; "matching alone" leaves its reading out, which is harder on
the cluster. Core seconds are those of all processes at work (workers, scheduler and this one): on a machine that others
use too they say more than the clock; but what Dask does every second (heartbeats, looking for answers) then counts
for as much longer as the run takes: see those of the tasks alone.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Index, Parameters, build_index, read_openings
from dichterbij.engine.arrays import I32
from dichterbij.engine.matching import Matcher
from dichterbij.engine.partitions.reading import read_parts
from dichterbij.engine.reading.files import file_digest
from dichterbij.gateways.cluster.client import connected
from dichterbij.gateways.cluster.filling import OnCluster, on_cluster
from dichterbij.gateways.cluster.options import Cluster
from dichterbij.gateways.cluster.tasks import prepare

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from gateways.cluster.local_cluster import Certificates, LocalCluster, core_seconds  # noqa: E402

ON = date(2026, 12, 1)
WORKERS = 2


@dataclass(frozen=True)
class Time:
    """One run."""

    seconds: float
    core_seconds: float
    matching_seconds: float
    task_core_seconds: float


def main() -> None:
    """Cut, start, warm, time both in turn, compare their lists, print."""
    options = arguments()
    parameters = load_parameters(on=ON)
    index = build_index(read_openings(options.openings, parameters).table, parameters, seed=0)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        cut(options.people, folder / "parts", options.rows)
        with LocalCluster(folder, Certificates(folder / "certificates")).start_scheduler() as local:
            for _ in range(WORKERS):
                local.start_worker()
            local.wait_for_workers(WORKERS)
            measured = measure(options, folder / "parts", local, index, parameters)
    report(options, measured)


def arguments() -> argparse.Namespace:
    """What to time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, required=True)
    parser.add_argument("--openings", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=20_000, help="at most so many people a part")
    parser.add_argument("--top", type=int, default=50)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where temporary files go")
    parser.add_argument("--json", type=Path, help="write the numbers here too")
    return parser.parse_args()


def cut(people: Path, folder: Path, rows: int) -> None:
    """People in parts."""
    command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", "partition"]
    given = ["--people", str(people), "--out", str(folder), "--rows", str(rows), "--date", ON.isoformat()]
    subprocess.run([*command, *given], check=True, stderr=subprocess.DEVNULL)


def measure(
    options: argparse.Namespace, parts: Path, local: LocalCluster, index: Index, parameters: Parameters
) -> dict[str, list[Time]]:
    """Both in turn, after one turn to warm up that does not count."""
    own = local.certificates
    cluster = Cluster(local.address, parts, parts.with_name("kept"), own.ca, own.cert, own.key)
    people, manifest = read_parts(parts, parameters)
    matcher = Matcher(people, index, ON, WORKERS)
    lists = {name: np.full((len(people), options.top), -1, dtype=np.int32) for name in ("one process", "cluster")}
    fill = on_cluster(
        cluster, parameters, own_parameters=None, openings=options.openings, seed=0, skip_bad_rows=False, on=ON,
        openings_sha256=file_digest(options.openings), people_sha256=manifest.source_sha256,
    )  # fmt: skip
    warm(cluster, fill, options.top)
    times: dict[str, list[Time]] = {name: [] for name in lists}
    for turn in range(options.repeats + 1):
        one = time_one_process(parts, index, parameters, lists["one process"])
        many = time_cluster(local, fill, matcher, lists["cluster"])
        if turn:
            times["one process"].append(one)
            times["cluster"].append(many)
        if not np.array_equal(lists["one process"], lists["cluster"]):
            raise SystemExit("The lists differ.")
    return times


def warm(cluster: Cluster, fill: OnCluster, top: int) -> None:
    """Openings read and index built on every worker."""
    told = fill.work_for(top).told()
    with connected(cluster) as client:
        workers = list(client.scheduler_info()["workers"])
        for future in [client.submit(prepare, told, workers=[worker], pure=False) for worker in workers]:
            future.result()


def time_one_process(parts: Path, index: Index, parameters: Parameters, lists: I32) -> Time:
    """One process with two threads: reads the parts, fills the lists."""
    lists[:] = -1
    clock, core = time.perf_counter(), time.process_time()
    people, _ = read_parts(parts, parameters)
    read = time.perf_counter()
    # However few people there are: tasks as large as those of the country, which are the cheapest.
    Matcher(people, index, ON, WORKERS, fewest_tasks=1).nearest(lists.shape[1], into=lists)
    end, used = time.perf_counter(), time.process_time() - core
    return Time(end - clock, used, end - read, used)


def time_cluster(local: LocalCluster, fill: OnCluster, matcher: Matcher, lists: I32) -> Time:
    """Two one-thread workers: they read the parts, work them out and keep them; this process fills the lists."""
    lists[:] = -1
    fill.done.clear()
    clock, core = time.perf_counter(), time.process_time() + core_seconds(local)
    fill(matcher, lists.shape[1], lists, range(len(matcher.tasks)), lambda _: None)
    end = time.perf_counter()
    used = time.process_time() + core_seconds(local) - core
    busy = sum(done.seconds for done in fill.done) / WORKERS
    return Time(end - clock, used, busy, sum(done.core_seconds for done in fill.done))


def report(options: argparse.Namespace, times: dict[str, list[Time]]) -> None:
    """Medians and what they say."""
    one, many = (Time(*(statistics.median(getattr(time, name) for time in found) for name in Time.__annotations__))
                 for found in times.values())  # fmt: skip
    found = {
        "efficiency_clock": one.seconds / many.seconds,
        "efficiency_core_seconds": one.core_seconds / many.core_seconds,
        "efficiency_core_seconds_of_tasks": one.core_seconds / many.task_core_seconds,
        "efficiency_clock_matching_alone": one.matching_seconds / many.seconds,
    }
    print(f"medians of {options.repeats}, parts of at most {options.rows:,}")
    print(f"one process, two threads:  {one.seconds:7.2f} s, of which matching {one.matching_seconds:.2f} s; "
          f"{one.core_seconds:.2f} core seconds")  # fmt: skip
    print(f"two one-thread workers:    {many.seconds:7.2f} s, of which at work  {many.matching_seconds:.2f} s; "
          f"{many.core_seconds:.2f} core seconds, of which tasks {many.task_core_seconds:.2f}")  # fmt: skip
    print(
        "efficiency: " + ", ".join(f"{name.removeprefix('efficiency_')} {value:.1%}" for name, value in found.items())
    )
    if options.json:
        runs = {name: [asdict(time) for time in each] for name, each in times.items()}
        options.json.write_text(json.dumps({"rows_a_part": options.rows, "runs": runs, **found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
