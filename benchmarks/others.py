"""The engine against others: the same people, openings and machine, each by the best plan that we found for it."""

import gc
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
from benchmarks import mask_floor, skills_only
from benchmarks.exact import differing, ours
from benchmarks.measuring import Clock, Row, Timed, say, short, spread, times, verdict
from benchmarks.national import ON, National, spread_tasks
from benchmarks.numpy_reference import Reference
from benchmarks.plain_tables import tables_of
from benchmarks.with_duckdb import DuckDB, PlainDuckDB
from benchmarks.with_polars import Polars

from dichterbij.engine.matching import Matcher

Array = Any
SECTION = "Per person against others"
TOP = 50


class Race:
    """What is the same for all: people, threads, how often."""

    def __init__(self, national: National, *, people: int, threads: int, repeats: int, clock: Clock) -> None:
        self.national, self.people, self.threads, self.repeats, self.clock = national, people, threads, repeats, clock
        self.rows: list[Row] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        """All of them, with carving first, then without."""
        reference, our_time = self._ours(self.national, "the engine, all four routes", carving=True)
        self._numpy(reference, our_time)
        self._floor(reference, our_time)
        del reference, self.matcher
        gc.collect()
        reference, our_time = self._ours(self.national.without_carving(), "the engine, without carving", carving=False)
        for engine, people, note in (
            (DuckDB, 500, SQL_NOTE),
            (PlainDuckDB, 200, PLAIN_NOTE),
            (Polars, 500, POLARS_NOTE),
        ):
            self._tables(engine, people, note, reference, our_time)
        self._skills(reference, our_time)

    def _ours(self, national: National, name: str, *, carving: bool) -> tuple[Reference, float]:
        """The engine's time per person, and the reference for the same openings."""
        say(f"{name}: index and tasks")
        self.matcher: Matcher = national.matcher(self.threads)
        tasks = spread_tasks(self.matcher, self.people)
        self.timed = np.concatenate([self.matcher.tasks[task] for task in tasks])
        self.lists = np.empty((len(self.matcher.people), TOP), dtype=np.int32)
        self._search(tasks[:1])  # compiles what is not compiled yet
        say(f"{name}: {len(self.timed):,} people in {len(tasks)} tasks, {self.repeats} times")
        timed, _ = self._times(lambda: self._search(tasks), warm=False)
        each = timed.each(len(self.timed))
        sample = f"{len(self.timed):,} people, {len(tasks)} whole tasks"
        note = f"top {TOP}, {self.threads} threads, {short(timed.median)} a run; search of Matcher.nearest, no files"
        self._add(name, each, sample, note=note)
        reference = Reference(national.people, national.openings, national.parameters, ON, carving=carving)
        return reference, each.median

    def _search(self, tasks: list[int]) -> None:
        self.matcher.nearest(TOP, into=self.lists, tasks=tasks)

    def _times(self, work: Callable[[], Any], *, cores: int = 0, warm: bool = True) -> tuple[Timed, Any]:
        return times(work, self.repeats, cores=cores or self.threads, clock=self.clock, warm=warm)

    def _add(self, name: str, each: Timed, sample: str, **more: str) -> None:
        say(f"{name}: {short(each.median)} a person; {more.get('ratio', '')} {more['note']}")
        self.rows.append(Row(SECTION, name, short(each.median), spread(each), sample, **more))

    def _against(
        self, name: str, each: Timed, sample: str, note: str, our_time: float, asked: tuple[float, float] | None = None
    ) -> None:
        """A row beside ours; `asked` are goal and must, as how many times slower it is."""
        ratio = each.median / our_time
        goals = {}
        if asked:
            met = verdict(ratio, *asked, larger_is_better=True)
            goals = {"goal": f"{asked[0]:g}x", "must": f"{asked[1]:g}x", "met": met}
        self._add(name, each, sample, note=note, ratio=f"{ratio:.3g}x", **goals)

    def _some(self, number: int, per_home: int = 4, *, known_skills: bool = False) -> Array:
        """About so many of the people timed: here and there a few neighbours, most where most people live."""
        numbers = self.national.people.numbers
        rows = self.timed[numbers["skills_known"][self.timed] == 1] if known_skills else self.timed
        rows = rows[np.argsort(numbers["place"][rows], kind="stable")]
        place = numbers["place"][rows]
        first = np.linspace(0, len(rows), max(1, number // per_home), endpoint=False).astype(int)
        at = np.minimum(first[:, None] + np.arange(per_home), len(rows) - 1)
        return rows[np.unique(at[place[at] == place[first][:, None]])]

    def _compare(self, name: str, sample: Array, found: dict[int, Array], columns: int) -> str:
        """Their rows beside ours, as a sentence; differences fail the run."""
        mine = {who: rows[:, :columns] for who, rows in ours(self.matcher, np.sort(sample), self.lists).items()}
        wrong = differing(mine, {who: rows[:, :columns] for who, rows in found.items()})
        if wrong:
            self.wrong.append(f"{name}: the lists of {len(wrong)} of {len(sample)} people differ, first row {wrong[0]}")
        total = sum(len(rows) for rows in mine.values())
        return f"{total:,} rows compared, {len(wrong)} lists differ"

    def _numpy(self, reference: Reference, our_time: float) -> None:
        sample = self._some(400)
        say(f"NumPy: {len(sample)} people")
        timed, found = self._times(lambda: {int(who): reference.nearest(int(who), TOP) for who in sample}, cores=1)
        same = self._compare("NumPy", sample, found, 9)
        note = f"one core against one core; all rules and routes, no lists of steps or skills; {same}"
        per_core = our_time * self.threads
        self._against("NumPy, filtered", timed.each(len(sample)), f"{len(sample)} of these", note, per_core, (80, 40))

    def _floor(self, reference: Reference, our_time: float) -> None:
        say("the floor")
        floor = mask_floor.measure(reference, self._some(1_000, 20), self.threads, max(5, self.repeats), self.clock)
        sample = np.random.default_rng(3).choice(self.timed, min(4_000, len(self.timed)), replace=False)
        sample = sample[np.argsort(reference.people.numbers["place"][sample], kind="stable")]
        pairs = float(np.mean([mask_floor.openings_within(reference, int(who)) for who in sample]))
        each = floor.per_pair.each(1 / pairs)
        times_floor = our_time / each.median
        note = (
            f"{pairs:,.0f} openings within reach of a person; {short(floor.per_pair.median)} a pair by "
            f"{self.threads} threads; does nothing but AND, compare and count"
        )
        met = verdict(times_floor, 12, 25, larger_is_better=False)
        ratio = f"ours is {times_floor:.3g}x"
        self._add("one mask test per pair in reach", each, f"{floor.pairs:,} pairs", note=note, ratio=ratio,
                  goal="12x", must="25x", met=met)  # fmt: skip

    def _tables(self, engine: Any, people: int, note: str, reference: Reference, our_time: float) -> None:
        sample = self._some(people)
        say(f"{engine.name}: {len(sample)} people")
        tables = tables_of(reference, sample)
        other = engine(tables, reference.parameters, reference.today, threads=self.threads, top=TOP)
        del tables
        timed, (person, opening, key) = self._times(other.nearest)
        rows = reference.rows_of(key, opening)
        same = self._compare(engine.name, sample, {int(who): rows[person == who] for who in sample}, 7)
        of = f"{len(sample)} of these at once"
        self._against(engine.name, timed.each(len(sample)), of, f"{note}; {same}", our_time, (800, 400))
        del other
        gc.collect()

    def _skills(self, reference: Reference, our_time: float) -> None:
        sample = self._some(2_000, known_skills=True)
        of = f"{len(sample):,} of these whose skills are known"
        people, openings = skills_only.people_by_skill(reference, sample), skills_only.openings_by_skill(reference)
        if self._has("sparse_dot_topn"):
            say(f"sparse_dot_topn: {len(sample)} people")
            timed, found = self._times(lambda: skills_only.sparse_top(people, openings, TOP, self.threads))
            if wrong := skills_only.check_sparse(people, openings, found):
                self.wrong.append(f"sparse_dot_topn: the sums of {wrong} people differ from the plain product")
            self._against("sparse_dot_topn", timed.each(len(sample)), of, SPARSE_NOTE, our_time, (20, 9))
        if self._has("faiss"):
            say(f"FAISS: {len(sample)} people")
            flat = skills_only.Faiss(openings, self.threads)
            vectors = flat.vectors(people)
            timed, _ = self._times(lambda: flat.top(vectors, TOP))
            self._against("FAISS, flat", timed.each(len(sample)), of, FAISS_NOTE, our_time)

    def _has(self, module: str) -> bool:
        """Whether it is installed; there is no wheel of every library for every machine."""
        if importlib.util.find_spec(module) is None:
            say(f"{module} is not installed here: left out")
            return False
        return True


GIVEN = "minutes from home to work and costs of sets of licences are given ready; not: carving, mode, lists"
SQL_NOTE = (
    "direct, open hiring, learn-work in one query: travel, hard rules, skills held of openings in reach only, top by "
    f"window; 8 GB; {GIVEN}"
)
PLAIN_NOTE = (
    "the same as one writes it first: the skills of each opening left joined with those held, then grouped; "
    "as spatially restricted, but more rows"
)
POLARS_NOTE = (
    "direct, open hiring, learn-work, lazy and streaming: travel, hard rules, skills held of openings in reach, top "
    f"by group; {GIVEN}"
)
SPARSE_NOTE = "sum of the weeks of the skills held, nothing else: no travel, hours, licences, routes or distance"
FAISS_NOTE = (
    f"inner products of a random projection of the skills to {skills_only.DIMENSIONS} numbers: a surrogate, not exact, "
    "and nothing but skills"
)
