"""Times the bridge: 5,000 people x 100,000 openings, top 50, beside NumPy with the same filters, in one run.

    .venv/bin/python benchmarks/bridge.py [--people 5000] [--openings 100000] [--top 50] [--sample 100] [--seed 1]

The alternative is what one would write without compiling: per person, arrays filtered rule by rule (travel first), the
skills of what is left gathered and summed, the best picked. It leaves carving out, so both run on openings that cannot
be carved when their answers are compared; it is run for a sample of the people and the time scaled up, and said so.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import build_index, match, read_openings, read_people
from dichterbij.engine.arrays import ALWAYS, NO_BRIDGE, UNREACHABLE, World
from dichterbij.engine.held import LEAD, STEPS, enter_person, mark
from dichterbij.engine.matching import Matcher
from dichterbij.engine.parameters import MODES, NOT_LEARNABLE
from dichterbij.engine.scan import travel_space
from dichterbij.engine.travel import travel_table

ON = date(2026, 12, 1)
Array = Any


def main() -> None:
    """Make the files, time both, compare their answers, print what was measured."""
    options = arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()"]
        sizes = ["--people", str(options.people), "--openings", str(options.openings), "--seed", str(options.seed)]
        subprocess.run([*command, "synth", *sizes, "--out", name], check=True, stderr=subprocess.DEVNULL)
        files = ["--people", str(folder / "people.parquet"), "--openings", str(folder / "openings.parquet")]
        given = [*files, "--top", str(options.top), "--date", ON.isoformat()]
        warm = [
            *command,
            "match",
            *files,
            "--top",
            "1",
            "--date",
            ON.isoformat(),
            "--out",
            str(folder / "warm.parquet"),
        ]
        subprocess.run(warm, check=True, stderr=subprocess.DEVNULL)
        for ending in ("parquet", "jsonl"):
            start = time.perf_counter()
            out = ["--out", str(folder / f"match.{ending}")]
            subprocess.run([*command, "match", *given, *out], check=True, stderr=subprocess.DEVNULL)
            print(f"dichterbij match, {ending} out: {time.perf_counter() - start:.1f} s, whole command")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest memory of these commands: {peak:.0f} MiB")
        compare(folder, options)


def arguments() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("people", 5_000), ("openings", 100_000), ("top", 50), ("sample", 100), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def compare(folder: Path, options: argparse.Namespace) -> None:
    """Time engine and NumPy on the same prepared arrays, without carving, and check that they agree."""
    parameters = load_parameters(on=ON)
    people = read_people(folder / "people.parquet", parameters).table
    openings = read_openings(folder / "openings.parquet", parameters).table
    openings.numbers["carvable"][:] = 0
    index = build_index(openings, parameters, seed=0)
    start = time.perf_counter()
    blocks = list(match(people, index, parameters, on=ON, top=options.top, threads=2))
    ours = time.perf_counter() - start
    found: dict[int, list[int]] = {}
    for block in blocks:
        for who, opening in zip(block.person.tolist(), block.opening.tolist(), strict=True):
            found.setdefault(who, []).append(opening)
    alternative = Numpy(Matcher(people, index, ON, 1).worlds[0], index.lists.learn_weeks)
    sample = np.linspace(0, len(people) - 1, min(options.sample, len(people))).astype(int).tolist()
    start = time.perf_counter()
    answers = {who: alternative.nearest(who, options.top) for who in sample}
    theirs = (time.perf_counter() - start) * len(people) / len(sample)
    wrong = [who for who in sample if answers[who] != found.get(who, [])]
    print(f"without carving, from arrays, two threads: {ours:.1f} s")
    print(f"NumPy, filtered, one process: {theirs:.0f} s (scaled up from {len(sample)} people)")
    print(f"lists that differ: {len(wrong)} of {len(sample)}")


class Numpy:
    """The same rules but carving, with arrays filtered rule by rule for each person."""

    def __init__(self, world: World, learn_weeks: Array) -> None:
        self.world, self.rules, self.openings = world, world.rules[0], world.openings
        self.learn_weeks = learn_weeks
        self.columns = {name: np.ascontiguousarray(world.openings[name]) for name in world.openings.dtype.names or ()}
        self.space = travel_space(len(world.work_place))

    def nearest(self, who: int, top: int) -> list[int]:
        """The nearest openings of one person, as their places in the index."""
        person, world = self.world.people[who], self.world
        enter_person(person, world.people_ids, world.codes, world.held)
        parts = self.candidates(person)
        if parts is None:
            mark(person, world.people_ids, world.held, 0)
            return []
        opening, weeks, steps, minutes = parts
        key = np.full(len(opening), NO_BRIDGE)
        hired = self.columns["open_hiring"][opening] == 1
        lists = self.open_hiring(person, opening[hired], weeks[hired], steps[hired], minutes[hired])
        key[hired] = lists
        key[~hired] = self.described(person, opening[~hired], weeks[~hired], steps[~hired], minutes[~hired])
        mark(person, world.people_ids, world.held, 0)
        is_there = key != NO_BRIDGE
        order = np.lexsort((self.columns["rank"][opening[is_there]], key[is_there]))[:top]
        chosen: list[int] = opening[is_there][order].tolist()
        return chosen

    def candidates(self, person: Any) -> tuple[Array, Array, Array, Array] | None:
        """Openings in reach that pass the rules of every route and of the whole job, with weeks, steps and minutes."""
        minutes, by_ebike = self.travel(person)
        places = np.flatnonzero(minutes <= person["max_travel_minutes"])
        if not len(places):
            return None
        starts, ends = self.world.place_start[places], self.world.place_start[places + 1]
        counts = ends - starts
        opening = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) + np.arange(counts.sum())
        minutes, ebike = np.repeat(minutes[places], counts), np.repeat(by_ebike[places], counts)
        get = self.columns
        care = get["dayparts"][opening] & ~person["dayparts"]
        met = get["demands"][opening] & person["avoid"]
        keep = (person["agreements"] >> get["agreement"][opening]) & 1 == 1
        keep &= (care & ~person["childcare_dayparts"]) == 0
        keep &= (met & ~self.rules["adaptable"]) == 0
        keep &= np.maximum(get["hours_min"][opening], person["hours_min"]) <= np.minimum(
            get["hours_max"][opening], person["hours_max"]
        )
        held = self.world.held
        if person["legal_known"]:
            keep &= held.legal_sets[get["legal_set"][opening]] == 1
        licences = get["licence_set"][opening] if person["licences_known"] else np.zeros(len(opening), dtype=int)
        lead, count = (
            held.licence_sets[licences, at] if person["licences_known"] else 0 * licences for at in (LEAD, STEPS)
        )
        keep &= lead >= 0
        weeks = np.maximum(lead, np.where(ebike, self.rules["lead_ebike"], 0))
        weeks = np.maximum(weeks, np.where(care != 0, self.rules["lead_childcare"], 0))
        weeks = np.maximum(weeks, np.where(met != 0, self.rules["lead_adaptation"], 0))
        steps = count + ebike + (care != 0) + np.bitwise_count(met)
        return opening[keep], weeks[keep], steps[keep], minutes[keep]

    def travel(self, person: Any) -> tuple[Array, Array]:
        """Minutes per work place by the quickest mode, or by an e-bike that is a step; far is UNREACHABLE."""
        metres, by_mode = self.space
        travel_table(self.rules, self.world.roads, person["place"], self.world.work_place, metres, by_mode)
        modes = self.rules["modes_if_unknown"] if person["modes"] < 0 else int(person["modes"])
        own = [mode for mode in range(len(MODES)) if (modes | 1) >> mode & 1]
        minutes, most = by_mode[own].min(axis=0), person["max_travel_minutes"]
        ebike = np.zeros(len(minutes), dtype=bool)
        if person["ebike_possible"] and MODES.index("ebike") not in own:
            ebike = (minutes > most) & (by_mode[MODES.index("ebike")] <= most)
            minutes = np.where(ebike, by_mode[MODES.index("ebike")], minutes)
        if person["max_metres"] >= 0:
            minutes = np.where(metres <= person["max_metres"], minutes, UNREACHABLE)
        return minutes, ebike

    def keys(self, person: Any, opening: Array, parts: tuple[Array, ...]) -> Array:
        """Packed distances, NO_BRIDGE for those that start too late."""
        undescribed, weeks, steps, learning, minutes = parts
        rules = self.rules
        key = ((undescribed * rules["span_weeks"] + weeks) * rules["span_steps"] + steps) * rules["span_learning"]
        key = (key + learning) * rules["span_minutes"] + minutes
        available = person["available_from"] if person["available_from"] != ALWAYS else rules["today"]
        start = np.maximum(rules["today"] + 7 * weeks, available)
        return np.where(start <= self.columns["latest_start"][opening], key, NO_BRIDGE)

    def open_hiring(self, person: Any, opening: Array, weeks: Array, steps: Array, minutes: Array) -> Array:
        """Distances over the lists."""
        none = np.zeros(len(opening), dtype=np.int64)
        weeks = np.maximum(weeks, self.columns["queue"][opening])
        return self.keys(person, opening, (none, weeks, steps, none, minutes))

    def described(self, person: Any, opening: Array, weeks: Array, steps: Array, minutes: Array) -> Array:
        """Distances of the smaller of the direct and the learn-work route."""
        get, rules = self.columns, self.rules
        gap = (
            np.maximum(get["dutch"][opening].astype(np.int64) - person["dutch"], 0) if person["dutch"] else 0 * opening
        )
        at_work = get["dutch_on_the_job"][opening] == 1
        speaks = (gap <= 1) | ((gap == 2) & at_work)
        learning = np.where(at_work, rules["dutch_per_level"] * gap, 0)
        weeks = np.maximum(weeks, np.where(at_work, 0, rules["dutch_per_level"] * gap))
        steps = steps + (gap > 0)
        essentials = get["essential_end"][opening] - get["essential_start"][opening]
        missing, total, learnable = self.missing(person, opening, essentials)
        counted = np.maximum(essentials, rules["list_counts_as"])
        needed = -(-total * rules["list_counts_as"] // np.maximum(counted, 1))
        level, level_min = person["level"], get["level_min"][opening].astype(np.int64)
        undescribed = (essentials == 0).astype(np.int64)
        direct_ok = speaks & ((level == 0) | (level >= level_min))
        direct_ok &= (missing == 0) | (learnable & (needed <= get["onboarding_weeks"][opening]))
        start = np.maximum(weeks, np.where(missing > 0, rules["lead_onboarding"], 0))
        direct = self.keys(person, opening, (undescribed, start, steps + (missing > 0), learning + needed, minutes))
        most = min(rules["cap"], person["learn_weeks_max"])
        learn_ok = speaks & learnable & (missing > 0) & (needed <= most) & (get["learning_company"][opening] == 1)
        learn_ok &= (level == 0) | (level >= level_min - 1)
        start = np.maximum(weeks, rules["lead_learn_work"])
        learn = self.keys(person, opening, (undescribed, start, steps + 1, learning + needed, minutes))
        return np.minimum(np.where(direct_ok, direct, NO_BRIDGE), np.where(learn_ok, learn, NO_BRIDGE))

    def missing(self, person: Any, opening: Array, essentials: Array) -> tuple[Array, Array, Array]:
        """Per opening how many essential skills are missing, their weeks, and whether all can be learned."""
        none = np.zeros(len(opening), dtype=np.int64)
        if not person["skills_known"]:
            return none, none, none == 0
        ends = np.cumsum(essentials)
        flat = np.repeat(self.columns["essential_start"][opening] - ends + essentials, essentials) + np.arange(
            ends[-1] if len(ends) else 0
        )
        skills = self.world.skills.ids[flat]
        lacks = self.world.held.skill[skills] == 0
        weeks = np.where(lacks, self.learn_weeks[skills], 0)

        def summed(values: Array) -> Array:
            total = np.concatenate([[0], np.cumsum(values)])
            return total[ends] - total[ends - essentials]

        return summed(lacks), summed(weeks), summed(lacks & (weeks == NOT_LEARNABLE)) == 0


if __name__ == "__main__":
    main()
