"""Times, medians, and the one table that a run of the benchmarks prints."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "numba", "pyarrow", "duckdb", "polars", "sparse_dot_topn", "faiss-cpu")


@dataclass(frozen=True)
class Timed:
    """Seconds of each run, from first to last."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The one in the middle."""
        return statistics.median(self.runs)

    def each(self, divisor: float) -> "Timed":
        """The same per so many."""
        return Timed(tuple(run / divisor for run in self.runs))


@dataclass(frozen=True)
class Row:
    """One line of the table. `goal` and `must` are told as they are meant, `met` is worked out by whoever measured."""

    section: str
    name: str
    value: str
    spread: str
    sample: str
    ratio: str = ""
    goal: str = ""
    must: str = ""
    met: str = ""
    note: str = ""


HEADS = (
    "what",
    "median",
    "spread",
    "over",
    "against ours",
    "goal",
    "must",
    "met",
    "what it is, and what it leaves out",
)


class Clock(Enum):
    """What a time is: elapsed; or processor time spread over the cores used, for a machine that others use too."""

    ELAPSED = "elapsed"
    PROCESSOR = "processor"

    def now(self, cores: int) -> float:
        """Seconds since some moment."""
        return time.perf_counter() if self is Clock.ELAPSED else time.process_time() / cores


def times(work: Callable[[], Any], repeats: int, *, cores: int, clock: Clock, warm: bool = True) -> tuple[Timed, Any]:
    """How long it takes, several times, after once that does not count; and its last answer."""
    if warm:
        work()
    runs, answer = [], None
    for _ in range(max(repeats, 1)):
        start = clock.now(cores)
        answer = work()
        runs.append(clock.now(cores) - start)
    return Timed(tuple(runs)), answer


def short(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def spread(timed: Timed) -> str:
    """Shortest to longest."""
    return f"{short(min(timed.runs))} – {short(max(timed.runs))}"


def verdict(value: float, goal: float, must: float, *, larger_is_better: bool) -> str:
    """Whether the goal or the must is met."""
    sign = 1 if larger_is_better else -1
    if sign * value >= sign * goal:
        return "goal"
    return "must" if sign * value >= sign * must else "no"


def say(text: str) -> None:
    """Progress, on stderr."""
    print(f"[bench {time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


TOLD = {
    Clock.ELAPSED: "elapsed",
    Clock.PROCESSOR: "processor time over the cores used, because the machine was not ours alone",
}


def circumstances(people: int, openings: int, clock: Clock) -> list[str]:
    """Machine, versions, date and sizes."""
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES if _version(name))
    lowest = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return [
        f"Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"Machine: {os.cpu_count()} cores, {_processor()}, {_memory()}; load {lowest:.1f} when the table was made",
        f"Versions: dichterbij {_version('dichterbij')}, Python {platform.python_version()}, {versions}",
        f"Times in process are {TOLD[clock]}",
        f"Data: {people:,} invented people, {openings:,} invented openings",
    ]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB"


def _cells(row: Row) -> tuple[str, ...]:
    return (row.name, row.value, row.spread, row.sample, row.ratio, row.goal, row.must, row.met, row.note)


def as_markdown(rows: Sequence[Row], lines: Iterable[str], printed: str = "") -> str:
    """The table for docs/reference/performance.md, and what else was printed."""
    text = ["\n".join(f"- {line}" for line in lines), ""]
    for section in dict.fromkeys(row.section for row in rows):
        own = [row for row in rows if row.section == section]
        used = [at for at in range(len(HEADS)) if any(_cells(row)[at] for row in own)]
        text += [f"**{section}**", "", "| " + " | ".join(HEADS[at] for at in used) + " |", "|" + "---|" * len(used)]
        text += ["| " + " | ".join(_cells(row)[at].replace("|", "\\|") for at in used) + " |" for row in own]
        text.append("")
    text += ["```", printed.strip(), "```", ""] if printed else []
    return "\n".join(text)


def as_text(rows: Sequence[Row], lines: Iterable[str]) -> str:
    """The table for a terminal: what each leaves out stands under it."""
    text = [*lines, ""]
    widths = [max(len(head), *(len(_cells(row)[at]) for row in rows)) for at, head in enumerate(HEADS[:-1])]
    text.append("  ".join(head.ljust(width) for head, width in zip(HEADS[:-1], widths, strict=True)))
    for section in dict.fromkeys(row.section for row in rows):
        text += ["", f"-- {section}"]
        for row in rows:
            if row.section == section:
                cells = _cells(row)
                text.append(
                    "  ".join(cell.ljust(width) for cell, width in zip(cells[:-1], widths, strict=True)).rstrip()
                )
                text += [f"      {row.note}"] if row.note else []
    return "\n".join(text)
