"""The whole country as a command: time and largest memory, with the full output and with the compact one."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import Row, Timed, say, short, spread, verdict
from benchmarks.national import COMMAND, ON, make

SECTION = "The whole country, as a command"
GOALS = {"full": (150.0, 210.0), "compact": (90.0, 150.0)}
MEMORY = (2.0**30, 2.0**31)


class Run(NamedTuple):
    """What one command took."""

    seconds: float
    peak: int  # bytes
    written: int  # bytes
    rows: int


def rows_of(data: Path, sizes: str, repeats: int, room: Path) -> list[Row]:
    """Each output several times; goals count for the size of the country only."""
    found = []
    compile_first(room)
    for output in ("full", "compact"):
        options = ["--compact"] if output == "compact" else []
        if options and not has_option(options[0]):
            say("the command has no --compact: left out")
            continue
        runs = []
        for number in range(repeats):
            say(f"{output} output, run {number + 1} of {repeats}")
            runs.append(run(data, options, room))
        timed = Timed(tuple(one.seconds for one in runs))
        met = verdict(timed.median, *GOALS[output], larger_is_better=False)
        goals = dict(zip(("goal", "must"), map(short, GOALS[output]), strict=True))
        note = f"{runs[-1].rows:,} rows, {runs[-1].written / 2**20:,.0f} MiB, Parquet in and out"
        found.append(Row(SECTION, f"match, {output} output", short(timed.median), spread(timed), sizes,
                         met=met, note=note, **goals))  # fmt: skip
        peak = max(one.peak for one in runs)
        met = verdict(peak, *MEMORY, larger_is_better=False)
        found.append(Row(SECTION, f"largest memory, {output} output", f"{peak / 2**30:.2f} GiB", "", sizes,
                         goal="1 GiB", must="2 GiB", met=met, note="resident"))  # fmt: skip
    return found


def has_option(name: str) -> bool:
    """Whether `match` knows this option."""
    return name in subprocess.run([*COMMAND, "match", "--help"], check=True, capture_output=True, text=True).stdout


def compile_first(room: Path) -> None:
    """A small run that does not count: what is compiled is kept."""
    with tempfile.TemporaryDirectory(dir=room) as name:
        make(Path(name), people=2_000, openings=5_000)
        run(Path(name), [], room)


def run(data: Path, options: list[str], room: Path) -> Run:
    """One command from start to end."""
    with tempfile.TemporaryDirectory(dir=room) as name:
        out = Path(name) / "match.parquet"
        files = ["--people", str(data / "people.parquet"), "--openings", str(data / "openings.parquet")]
        command = [*COMMAND, "match", *files, *options, "--date", ON.isoformat(), "--out", str(out)]
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=sys.stderr, stderr=sys.stderr)
        _, status, usage = os.wait4(child.pid, 0)  # of this command alone; RUSAGE_CHILDREN holds the largest of all
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"The command stopped with exit code {child.returncode}.")
        record = json.loads((Path(name) / "match.parquet.run.json").read_text())
        unit = 1 if sys.platform == "darwin" else 1024
        written = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
        return Run(seconds, usage.ru_maxrss * unit, written, int(record["counts"]["rows"]))
