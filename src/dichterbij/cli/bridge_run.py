"""What `match`, `people-for` and `explain` share: their options, reading, progress and the record of a run."""

import errno
import gc
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij import __version__
from dichterbij.cli.inputs import check_inputs, skipping_mentioned
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import BadRow, Openings, Parameters, People, read_openings, read_people
from dichterbij.engine.compiled import KEPT_IN
from dichterbij.engine.partitions.reading import read_manifest, read_parts
from dichterbij.engine.reading import Input
from dichterbij.shared.errors import InputError

WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LISTS, PAIRS = "nearest.search", "kernel.evaluate"  # what is compiled last of what makes lists, or looks at pairs
PEOPLE = "People: .parquet or .jsonl, or a folder that `partition` made."
Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date written 2026-12-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        if not WRITTEN_DAY.fullmatch(value):
            self.fail(f"{value!r} is not a date such as 2026-12-01.", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day that exists.", param, ctx)


def bridge_options(command: Command) -> Command:
    """The inputs, the date and the parameters."""
    options = [
        click.option("--people", required=True, type=click.Path(path_type=Path), help=PEOPLE),
        click.option(
            "--openings", required=True, type=click.Path(path_type=Path), help="Openings: .parquet or .jsonl."
        ),
        click.option("--date", "on", type=Day(), help="The day to match for; today unless given."),
        click.option("--parameters", type=click.Path(path_type=Path), help="A folder with parameters of your own."),
        click.option("--skip-bad-rows", is_flag=True, help="Set rows that cannot be used apart and go on."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


MOST_THREADS = 1024
threads_option = click.option(
    "--threads", type=click.IntRange(1, MOST_THREADS), help="Threads to work with; one a core unless given."
)


def output_options(command: Command) -> Command:
    """Where the result goes, and the seed that decides ties."""
    out = click.option("--out", required=True, type=click.Path(path_type=Path), help="Result: .parquet or .jsonl.")
    seed = click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Decides ties.")
    return out(seed(command))


@dataclass
class Run:
    """Inputs as read, and what the record of the run needs."""

    people_path: Path
    openings_path: Path
    on: date
    parameters: Parameters
    people: People
    openings: Openings
    bad: list[BadRow]
    people_sha256: str  # of what was read
    openings_sha256: str
    durations: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Count the seconds of this part."""
        start = time.perf_counter()
        yield
        self.durations[part] = round(self.durations.get(part, 0.0) + time.perf_counter() - start, 3)

    def record(self, command: str, seed: int, counts: Mapping[str, Any], **options: object) -> dict[str, Any]:
        """What a reader needs to run this again and compare."""
        parameters = self.parameters
        return {
            "command": command,
            "product": "dichterbij",
            "version": __version__,
            "date": self.on.isoformat(),
            "seed": seed,
            **options,
            "parameters": {
                "valid_from": parameters.valid_from.isoformat(),
                "sha256": parameters.digest,
                "reference_sha256": parameters.reference_digest,
            },
            "inputs": {
                "people": {"file": str(self.people_path), "sha256": self.people_sha256},
                "openings": {"file": str(self.openings_path), "sha256": self.openings_sha256},
            },
            "counts": {
                "people": len(self.people),
                "openings": len(self.openings),
                "bad_rows": len(self.bad),
                **counts,
            },
            "durations_seconds": self.durations,
        }


class Progress:
    """Says on stderr how far it is and about how long it takes, from the first second on, at most once a second."""

    def __init__(self) -> None:
        self.started = self.said = time.monotonic()
        self.shown = False
        self.stage = ""
        self.totals: dict[str, int] = {}
        self.since: tuple[float, float] | None = None

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage begins, of so many in all when that is known."""
        self.stage, self.since = stage, None
        if total is not None:
            self.totals[stage] = total

    def __call__(self, stage: str, done: int, total: int | None = None, share: float | None = None) -> None:
        """Report `done` of `total`; `share` is the part of the work that this is, where it differs."""
        if stage != self.stage:
            self.begin(stage)
        now, total = time.monotonic(), total or self.totals.get(stage)
        share = share if share is not None else done / total if total else 0.0
        self.since = self.since or (now, share)
        if now - self.started < 1 or now - self.said < 1:
            return
        self.said, self.shown = now, True
        of = f" of {total:,}" if total else ""
        click.echo(f"{stage}: {done:,}{of} ({now - self.started:.0f} s{self._left(now, share, self.since)})", err=True)

    @staticmethod
    def _left(now: float, share: float, since: tuple[float, float]) -> str:
        """About how long this stage still takes, by what it did since its first report: before that it warmed up."""
        if share <= since[1] or now - since[0] < 1:
            return ""
        seconds = (now - since[0]) * max(0.0, 1 - share) / (share - since[1])
        return f", about {seconds:.0f} s left" if seconds < 120 else f", about {seconds / 60:.0f} min left"


def read_run(
    people: Path,
    openings: Path,
    *,
    on: date | None,
    parameters: Path | None,
    skip_bad_rows: bool,
    progress: Progress,
    compiled: str | None = LISTS,
) -> Run:
    """Read parameters, people and openings. InputError for what cannot be used.

    `compiled`: what has to be there for the command not to wait for it.
    """
    check_inputs(people, openings)
    if compiled:
        tell_first_time(compiled)
    on = on or date.today()  # noqa: DTZ011 - the user's own calendar day is meant
    start = time.perf_counter()
    loaded = load_parameters(on=on, directory=parameters)
    for path in (people, openings):
        progress.totals[f"reading {path}"] = rows_of(path)
    with _without_collector(), skipping_mentioned(people, openings):
        found = _read_people(people, loaded, skip_bad_rows, progress)
        offered = read_openings(openings, loaded, skip_bad_rows=skip_bad_rows, progress=progress)
    bad = [*found.bad, *offered.bad]
    if bad:
        apart = "1 bad row is set apart" if len(bad) == 1 else f"{len(bad):,} bad rows are set apart; the first"
        click.echo(f"{apart}: {bad[0].sentence()}", err=True)
    for path, rows, kind in ((people, len(found.table), "people"), (openings, len(offered.table), "openings")):
        if not rows:
            say(f"{path}: there are no {kind} in it.")
    durations = {"reading": round(time.perf_counter() - start, 3)}
    return Run(people, openings, on, loaded, found.table, offered.table, bad, found.digest, offered.digest, durations)


def tell_first_time(function: str = LISTS) -> None:
    """Say why the first run takes longer, when this compiled function is not there yet."""
    if not any(Path(KEPT_IN).rglob(f"{function}-*.nbi")):
        say("First run: the engine is being compiled; this takes one to three minutes, once.")


def _read_people(path: Path, parameters: Parameters, skip_bad_rows: bool, progress: Progress) -> Input[People]:
    """People of a file, or of the parts made of one: the same people, in its order and under its digest."""
    if not path.is_dir():
        return read_people(path, parameters, skip_bad_rows=skip_bad_rows, progress=progress)
    progress.totals[f"reading {path}"] = read_manifest(path).rows
    people, manifest = read_parts(path, parameters, progress=progress)
    return Input(people, (), manifest.rows, manifest.source_sha256)


def rows_of(path: Path) -> int:
    """Rows of a Parquet file; 0 for others, whose rows are known when they are read."""
    try:
        return int(pq.read_metadata(path).num_rows) if path.suffix.lower() == ".parquet" and path.is_file() else 0
    except (OSError, pa.ArrowException):
        return 0  # reading it tells what is wrong


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows hold no cycles; looking for them is a third of the time of reading JSON Lines."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def enough_memory(run: str = "a run") -> Iterator[None]:
    """InputError that says what to do when the machine gives no more memory."""
    try:
        yield
    except (MemoryError, OSError, RuntimeError) as error:
        is_full = isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM
        if not is_full and "can't start new thread" not in str(error):
            raise
        raise InputError(
            f"Not enough memory for {run}. Stop other programs, raise the limit that was set (ulimit -v, the "
            f"container's), take fewer --threads, or give the people in parts; then give the same command again."
        ) from error


def number(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def say(text: str) -> None:
    """A line on stderr."""
    print(text, file=sys.stderr)
