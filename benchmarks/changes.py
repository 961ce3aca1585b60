"""Times one opening added, changed or closed in the country: whom it concerns, and the stored lists that follow.

    .venv/bin/python benchmarks/changes.py --people people.parquet --openings openings.parquet --cache DIR
        [--openings-tried 2000] [--changes 300] [--top 50] [--spare 14] [--threads 2] [--seed 1]

The lists of all people are searched for once and kept in the cache folder, task by task, so that an interrupted search
goes on; later runs load them. Openings are drawn at random. Three things are timed, on one thread, in this process:
- whom it concerns: for an opening as a new or a closed one (the same search); for a changed one both are added up;
- a change as a whole: read and checked, whom it concerns, lists patched, those that ran short searched for again;
- what of that is the search again.
Processor time is shown beside the time on the clock: on a busy machine only the first says something.
"""

import argparse
import hashlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Index, People, build_index, read_openings, read_people
from dichterbij.engine.changes import StoredLists
from dichterbij.engine.facts import opening_at_row
from dichterbij.engine.matching import Matcher

ON = date(2026, 12, 1)


def main() -> None:
    """Search or load the lists, try openings, make changes, print what was measured."""
    options = arguments()
    parameters = load_parameters(on=ON)
    people = read_people(options.people, parameters).table
    index = build_index(read_openings(options.openings, parameters).table, parameters, seed=0)
    lists = lists_of(people, index, options)
    start = time.perf_counter()
    stored = StoredLists.of(people, index, ON, lists, top=options.top)
    print(f"made ready in {time.perf_counter() - start:.1f} s")
    pick = np.random.default_rng(options.seed)
    tried = pick.choice(len(index), min(options.openings_tried + 2, len(index)), replace=False).astype(int).tolist()
    concerns(stored, tried)
    changes(stored, pick.choice(len(index), min(options.changes + 2, len(index)), replace=False).astype(int).tolist())


def arguments() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("people", "openings", "cache"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    numbers = (("openings-tried", 2_000), ("changes", 300), ("top", 50), ("spare", 14), ("threads", 2), ("seed", 1))
    for name, default in numbers:
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def lists_of(people: People, index: Index, options: argparse.Namespace) -> Any:
    """The nearest openings of all people, from the cache folder or searched for now."""
    width = options.top + options.spare
    names = [f"{path.stat().st_size}" for path in (options.people, options.openings)]
    key = hashlib.sha256(f"{names} {len(people)} {len(index)} {width} {index.parameters.digest}".encode()).hexdigest()
    options.cache.mkdir(parents=True, exist_ok=True)
    kept, done = options.cache / f"lists-{key[:12]}.npy", options.cache / f"done-{key[:12]}.txt"
    mode: Any = "r+" if kept.exists() else "w+"
    lists = np.lib.format.open_memmap(kept, mode, np.int32, (len(people), width))
    matcher = Matcher(people, index, ON, options.threads)
    finished = {int(line) for line in done.read_text().split()} if done.exists() else set()
    left = [number for number in range(len(matcher.tasks)) if number not in finished]
    if left:
        start = time.perf_counter()
        with done.open("a") as stream:
            matcher.nearest(width, into=lists, tasks=left, finished=lambda number: written(stream, lists, number))
        print(f"lists searched for: {len(left)} of {len(matcher.tasks)} tasks, {time.perf_counter() - start:.0f} s")
    return np.array(lists)


def written(stream: Any, lists: Any, number: int) -> None:
    """The task is done and kept."""
    lists.flush()
    print(number, file=stream, flush=True)


def concerns(stored: StoredLists, places: list[int]) -> None:
    """Whom random openings concern, as new, closed and changed ones."""
    timed(lambda: stored.whom_it_concerns(places[0]))  # compiles
    rows = [timed(lambda place=place: len(stored.whom_it_concerns(place)[0])) for place in places]  # type: ignore[misc]
    clock, cpu, found = (np.array(column) for column in zip(*rows, strict=True))
    print(f"\nwhom it concerns, {len(rows):,} openings: {found.mean():,.0f} people on average, at most {found.max():,}")
    table("added or closed", clock, cpu)
    table("changed", clock[1:] + clock[:-1], cpu[1:] + cpu[:-1])
    records = stored.live.records.values[places]
    carved = records["task_start"] < records["task_end"]
    for name, chosen in (("open hiring", records["open_hiring"] == 1), ("can be carved", carved)):
        if chosen.any():
            table(f"of these: {name}", clock[chosen], cpu[chosen])


def changes(stored: StoredLists, places: list[int]) -> None:
    """Openings closed, opened again as they were, and changed; each as a whole."""
    parameters, index = stored.live.parameters, stored.live.index
    kinds: dict[str, list[Any]] = {"closed": [], "added": [], "changed": []}
    searched: list[int] = []
    for number, place in enumerate(places):
        row = as_row(opening_at_row(index.openings, int(index.row_of[place]), parameters))
        name = row["opening_id"]
        kind = ("closed", "changed")[number % 2]
        if kind == "closed":
            kinds["closed"].append(timed(lambda name=name: stored.close(name).searched))  # type: ignore[misc]
            kinds["added"].append(timed(lambda row=row: stored.add(row).searched))  # type: ignore[misc]
        else:
            row["onboarding_weeks"] = (row["onboarding_weeks"] + 4) % 53
            kinds["changed"].append(timed(lambda name=name, row=row: stored.change(name, row).searched))  # type: ignore[misc]
        searched.append(kinds[kind][-1][2])
    # The first of each compiles, and is left out.
    print(f"\nchanges as a whole; {np.mean(searched):.1f} lists searched for again on average")
    for kind, (_, *rows) in kinds.items():
        if rows:
            table(kind, *(np.array(column) for column in list(zip(*rows, strict=True))[:2]))


def as_row(opening: Any) -> dict[str, Any]:
    """The opening with the columns of the contract."""
    row = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(opening).items()}
    row["tasks"] = [as_row(task) for task in opening.tasks] if hasattr(opening, "tasks") else None
    row.pop("place", None)
    return {name: value for name, value in row.items() if name != "tasks" or value is not None}


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds on the clock and of the processor, and what came of it."""
    clock, cpu = time.perf_counter(), time.thread_time()
    result = work()
    return (time.perf_counter() - clock) * 1e3, (time.thread_time() - cpu) * 1e3, result


def table(name: str, clock: Any, cpu: Any) -> None:
    """A line with the middle and the slow end."""
    parts = [
        f"{what} p50 {p[0]:.1f}  p95 {p[1]:.1f}  p99 {p[2]:.1f} ms"
        for what, p in (("clock", np.percentile(clock, (50, 95, 99))), ("processor", np.percentile(cpu, (50, 95, 99))))
    ]
    print(f"  {name:<26} {'   '.join(parts)}   (n = {len(clock):,})")


if __name__ == "__main__":
    main()
