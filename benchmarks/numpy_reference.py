"""The bridge with NumPy alone, rule by rule for one person at a time: the reference for exactness and one to race with.

Written from docs/concepts/bridge.md apart from the kernel: it shares the reading of files with it and nothing else. Per
person the openings in reach are gathered, filtered by one rule after another, and the best picked; travel is worked out
once per home, licences once per set of licences held. All four routes; `carving=False` leaves that one out.
"""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from benchmarks.numpy_tables import (
    FAR,
    Flat,
    Travel,
    distinct,
    flat_of,
    licence_cost,
    ranks,
    renumbering,
    stretches,
    sums,
    tasks_of,
)

from dichterbij.engine.parameters import MODES, NOT_LEARNABLE, Parameters
from dichterbij.engine.tables import Openings, People

Array = Any
DIRECT, OPEN_HIRING, LEARN_WORK, CARVING = range(4)
# Of a row of `Reference.nearest`.
COLUMNS = ("opening", "route", "undescribed", "weeks", "steps", "learning", "minutes", "mode", "agreed")
WEEKS_BITS, STEPS_BITS, LEARNING_BITS, MINUTES_BITS, RANK_BITS = 10, 6, 10, 10, 20
NONE = np.int64(1) << 40  # of distances: cannot be had
WALK, EBIKE = MODES.index("walk"), MODES.index("ebike")
NEVER = np.int64(1) << 62
IF_UNKNOWN = 1 << MODES.index("bike") | 1 << MODES.index("public_transport")
SMALL = {
    "int8": "agreement dayparts dutch dutch_on_the_job level_min open_hiring learning_company",
    "int16": "hours_min hours_max onboarding_weeks queue_weeks carve_min_hours carve_max_share",
    "int32": "demands",
    "int64": "latest_start",
}


class Near(NamedTuple):
    """Openings that pass the rules of every route, with what they cost so far."""

    opening: Array
    weeks: Array
    steps: Array
    minutes: Array
    mode: Array
    gap: Array  # in Dutch

    def only(self, keep: Array) -> "Near":
        """Only these."""
        return Near(*(part[keep] for part in self))


class Reference:
    """Openings by place of work, and people as they were read."""

    def __init__(
        self,
        people: People,
        openings: Openings,
        parameters: Parameters,
        on: date,
        *,
        seed: int = 0,
        carving: bool = True,
    ) -> None:
        self.people, self.parameters = people, parameters
        self.today = (on - date(1970, 1, 1)).days
        place = openings.numbers["place"]
        self.row_of = np.argsort(place, kind="stable")
        self.work_place, first = np.unique(place[self.row_of], return_index=True)
        self.place_start = np.append(first, len(place))
        self.get = {
            name: openings.numbers[name][self.row_of].astype(kind)
            for kind, names in SMALL.items()
            for name in names.split()
        }
        queue = self.get["queue_weeks"]
        self.get["queue_weeks"] = np.where(queue < 0, parameters.open_hiring_queue, queue).astype(np.int16)
        self.rank = ranks(openings, seed)[self.row_of]
        self.essential = flat_of(openings.essential, self.row_of)
        self.essentials = np.diff(self.essential.start).astype(np.int32)
        self.words = openings.essential.words
        weeks = np.array([parameters.learn_weeks(word) for word in self.words], dtype=np.int64)
        # One number per skill holds three sums: skills missing, weeks, and skills that cannot be learned.
        self.packed = (np.int64(1) << 48) + (weeks << 16) + (weeks == NOT_LEARNABLE)
        self.skill_of = renumbering(people.skills, self.words)
        self.tasks = tasks_of(openings, self.row_of) if carving else None
        self.licence_sets, self.licence_set = distinct(openings.licences, self.row_of)
        self.legal_sets, self.legal_set = distinct(openings.legal, self.row_of)
        self.licences_known: dict[frozenset[str], tuple[Array, Array]] = {}
        self.travel = Travel(parameters, self.work_place)
        self.home, self.metres, self.by_mode = -1, np.zeros(0), np.zeros((len(MODES), 0))
        self.lacking = self.packed.copy()

    def nearest(self, who: int, top: int) -> Array:
        """The nearest openings of one person, a row each with COLUMNS; `opening` is the row of the table."""
        person = {name: int(values[who]) for name, values in self.people.numbers.items()}
        held = self.held_skills(who)
        self.lacking[held] = 0
        near = self._near(person, who)
        found = list(self._offers(person, near)) if near is not None else []
        self.lacking[held] = self.packed[held]
        if not found:
            return np.zeros((0, len(COLUMNS)), dtype=np.int64)
        keys, opening, mode, agreed = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.where(keys < NONE, (keys >> 2 << RANK_BITS) | self.rank[opening], NEVER)
        most = 2 * top  # an opening stands there twice at most: as a whole job and carved
        best = np.argpartition(order, most - 1)[:most] if len(order) > most else np.arange(len(order))
        best = best[order[best] < NEVER]
        best = best[np.lexsort((keys[best], order[best]))]
        best = best[np.sort(np.unique(opening[best], return_index=True)[1])][:top]
        return np.column_stack([self.rows_of(keys[best], opening[best]), mode[best], agreed[best]]).astype(np.int64)

    def rows_of(self, keys: Array, opening: Array) -> Array:
        """The rows of these keys: COLUMNS up to minutes."""
        route, rest = keys & 3, keys >> 2
        parts = []
        for bits in (MINUTES_BITS, LEARNING_BITS, STEPS_BITS, WEEKS_BITS):
            parts.append(rest & ((1 << bits) - 1))
            rest = rest >> bits
        minutes, learning, steps, weeks = parts
        return np.stack([self.row_of[opening], route, rest, weeks, steps, learning, minutes], axis=1).astype(np.int64)

    # Travel, agreement, legal, licences and Dutch.

    def reach(self, person: dict[str, int]) -> tuple[Array, Array, Array]:
        """Per place of work minutes (FAR where it is too far), mode, and whether the e-bike is a step."""
        if person["place"] != self.home:
            self.home = person["place"]
            self.metres, self.by_mode = self.travel.from_home(self.home)
        modes = (
            person["modes"] if person["modes"] >= 0 else 1 << MODES.index("bike") | 1 << MODES.index("public_transport")
        )
        order = [MODES.index(mode.code) for mode in self.parameters.modes]
        own = np.array([mode for mode in order if (modes | 1 << WALK) >> mode & 1])
        first = self.by_mode[own].argmin(axis=0)
        minutes, mode, most = self.by_mode[own].min(axis=0), own[first], person["max_travel_minutes"]
        step = np.zeros(len(minutes), dtype=bool)
        if person["ebike_possible"] and not modes >> EBIKE & 1:
            step = (minutes > most) & (self.by_mode[EBIKE] <= most)
            minutes, mode = np.where(step, self.by_mode[EBIKE], minutes), np.where(step, EBIKE, mode)
        near = minutes <= most
        if person["max_distance_km"] >= 0:
            near &= self.metres <= 1000 * person["max_distance_km"]
        return np.where(near, minutes, FAR), mode, step

    def _near(self, person: dict[str, int], who: int) -> Near | None:
        minutes, mode, step = self.reach(person)
        places = np.flatnonzero(minutes < FAR)
        if not len(places):
            return None
        opening, _ = stretches(self.place_start[places], self.place_start[places + 1])
        at = np.repeat(places, self.place_start[places + 1] - self.place_start[places])
        keep = (person["agreements"] >> self.get["agreement"][opening]) & 1 == 1
        if person["legal_known"]:
            legal = frozenset(self.people.legal.of(who))
            keep &= np.array([codes <= legal for codes in self.legal_sets])[self.legal_set[opening]]
        opening, at = opening[keep], at[keep]
        weeks, steps = np.where(step[at], self.parameters.lead["ebike"], 0), step[at].astype(np.int64)
        near = Near(opening, weeks, steps, minutes[at], mode[at], np.zeros(len(at), dtype=np.int64))
        if person["licences_known"]:
            lead, count = self._licences(frozenset(self.people.licences.of(who)))
            sets = self.licence_set[opening]
            near = near._replace(weeks=np.maximum(weeks, lead[sets]), steps=steps + count[sets]).only(lead[sets] >= 0)
        return near

    def _licences(self, held: frozenset[str]) -> tuple[Array, Array]:
        """Lead weeks (-1: cannot be had) and counted steps of each set of licences for somebody who holds these."""
        if held not in self.licences_known:
            costs = [licence_cost(self.parameters, codes, held) for codes in self.licence_sets]
            self.licences_known[held] = tuple(np.array(part, dtype=np.int64) for part in zip(*costs, strict=True))
        return self.licences_known[held]

    def _with_dutch(self, person: dict[str, int], near: Near) -> tuple[Near, Array]:
        """With the gap in Dutch as a step, those too far off left out; and weeks of learning it on the job."""
        gap = np.maximum(self.get["dutch"][near.opening].astype(np.int64) - person["dutch"], 0)
        if not person["dutch"]:
            gap[:] = 0
        at_work = self.get["dutch_on_the_job"][near.opening] == 1
        keep = (gap <= 1) | ((gap == 2) & at_work)
        long = self.parameters.dutch_per_level * gap
        weeks = np.maximum(near.weeks, np.where(at_work, 0, long))
        near = near._replace(weeks=weeks, steps=near.steps + (gap > 0), gap=gap).only(keep)
        return near, np.where(at_work, long, 0)[keep]

    # The routes.

    def _offers(self, person: dict[str, int], near: Near) -> Any:
        """Keys (with the route in the last two bits), openings, modes and agreed hours, route by route."""
        hired = self.get["open_hiring"][near.opening] == 1
        yield self._open_hiring(person, self._whole(person, near.only(hired)))
        near, learning = self._with_dutch(person, near.only(~hired))
        if self.tasks is not None:
            can = self.tasks.start[near.opening + 1] > self.tasks.start[near.opening]
            yield self._carving(person, near.only(can), learning[can])
        fits = self._fits(person, near)
        yield self._described(person, self._costs_of_job(person, near.only(fits)), learning[fits])

    def _hours_fit(self, person: dict[str, int], opening: Array) -> Array:
        most = np.minimum(self.get["hours_max"][opening], person["hours_max"])
        return np.maximum(self.get["hours_min"][opening], person["hours_min"]) <= most

    def _fits(self, person: dict[str, int], near: Near) -> Array:
        """Hours, dayparts and demands of the whole job."""
        able = person["dayparts"] | person["childcare_dayparts"]
        keep = self._hours_fit(person, near.opening)
        keep &= (self.get["dayparts"][near.opening] & ~able) == 0
        return keep & ((self.get["demands"][near.opening] & person["avoid"] & ~self._adaptable()) == 0)

    def _adaptable(self) -> int:
        return (1 << len(self.parameters.adaptable)) - 1

    def _costs_of_job(self, person: dict[str, int], near: Near) -> Near:
        care = (self.get["dayparts"][near.opening] & ~person["dayparts"]) != 0
        return self._with_care(near, care, self.get["demands"][near.opening] & person["avoid"])

    def _with_care(self, near: Near, care: Array, met: Array) -> Near:
        lead = self.parameters.lead
        weeks = np.maximum(near.weeks, np.where(care, lead["childcare"], 0))
        weeks = np.maximum(weeks, np.where(met != 0, lead["adaptation"], 0))
        return near._replace(weeks=weeks, steps=near.steps + care + np.bitwise_count(met))

    def _whole(self, person: dict[str, int], near: Near) -> Near:
        return self._costs_of_job(person, near.only(self._fits(person, near)))

    def _keys(self, person: dict[str, int], near: Near, route: int, learning: Array, undescribed: Array) -> Array:
        """Distances with the route behind them; NONE for those that start too late."""
        key = (undescribed.astype(np.int64) << WEEKS_BITS) | near.weeks
        key = (((key << STEPS_BITS) | near.steps) << LEARNING_BITS) | learning
        key = (((key << MINUTES_BITS) | near.minutes) << 2) | route
        start = np.maximum(self.today + 7 * near.weeks, person["available_from"])
        return np.where(start <= self.get["latest_start"][near.opening], key, NONE)

    def _agreed(self, person: dict[str, int], opening: Array) -> Array:
        return 10 * np.minimum(self.get["hours_max"][opening].astype(np.int64), person["hours_max"])

    def _open_hiring(self, person: dict[str, int], near: Near) -> tuple[Array, ...]:
        near = near._replace(weeks=np.maximum(near.weeks, self.get["queue_weeks"][near.opening]))
        none = np.zeros(len(near.opening), dtype=np.int64)
        keys = self._keys(person, near, OPEN_HIRING, none, none)
        return keys, near.opening, near.mode, self._agreed(person, near.opening)

    def _described(self, person: dict[str, int], near: Near, dutch: Array) -> tuple[Array, ...]:
        """The smaller of direct and learn-work."""
        essentials = self.essentials[near.opening].astype(np.int64)
        missing, weeks, learnable = self._missing(person, near.opening)
        counts_as = self.parameters.learning.list_counts_as
        needed = -(-weeks * counts_as // np.maximum(essentials, counts_as))
        level, level_min = person["level"], self.get["level_min"][near.opening]
        lacks, undescribed, lead = missing > 0, essentials == 0, self.parameters.lead
        direct = near._replace(
            weeks=np.maximum(near.weeks, np.where(lacks, lead["onboarding"], 0)), steps=near.steps + lacks
        )
        can = ~lacks | (learnable & (needed <= self.get["onboarding_weeks"][near.opening]))
        can &= (level == 0) | (level_min <= level)
        keys = np.where(can, self._keys(person, direct, DIRECT, dutch + needed, undescribed), NONE)
        learn = near._replace(weeks=np.maximum(near.weeks, lead["learn_work"]), steps=near.steps + 1)
        can = lacks & learnable & (needed <= min(self.parameters.learning.cap, person["learn_weeks_max"]))
        can &= (self.get["learning_company"][near.opening] == 1) & ((level == 0) | (level_min <= level + 1))
        other = np.where(can, self._keys(person, learn, LEARN_WORK, dutch + needed, undescribed), NONE)
        return np.minimum(keys, other), near.opening, near.mode, self._agreed(person, near.opening)

    def _missing(self, person: dict[str, int], opening: Array) -> tuple[Array, Array, Array]:
        """Essential skills missing, their weeks, and whether all of them can be learned."""
        if not person["skills_known"]:
            none = np.zeros(len(opening), dtype=np.int64)
            return none, none, none == 0
        total = self._lacking(self.essential, opening)
        return total >> 48, (total >> 16) & 0xFFFFFFFF, total & 0xFFFF == 0

    def _lacking(self, lists: Flat, rows: Array) -> Array:
        """Per list what the person lacks of it, as three sums in one number."""
        ids, ends = lists.taken(rows)
        return sums(self.lacking[ids], ends)

    def held_skills(self, who: int) -> Array:
        sets = self.people.skills
        ids = self.skill_of[sets.ids[sets.start[who] : sets.start[who + 1]]]
        return ids[ids >= 0]

    def _carving(self, person: dict[str, int], near: Near, dutch: Array) -> tuple[Array, ...]:
        """The same job without the tasks that do not fit."""
        tasks, opening, get = self.tasks, near.opening, self.get
        assert tasks is not None
        task, ends = stretches(tasks.start[opening], tasks.start[opening + 1])
        can = (tasks.demands[task] & person["avoid"] & ~self._adaptable()) == 0
        can &= (tasks.dayparts[task] & ~(person["dayparts"] | person["childcare_dayparts"])) == 0
        can &= (person["level"] == 0) | (tasks.level_min[task] <= person["level"])
        if person["skills_known"]:
            can &= self._lacking(tasks.skills, task) == 0
        total, kept = sums(tasks.hours[task], ends), sums(tasks.hours[task] * can, ends)
        demands, dayparts = (_all_bits(np.where(can, part[task], 0), ends) for part in (tasks.demands, tasks.dayparts))
        agreed = np.minimum(kept, 10 * person["hours_max"])
        fits = agreed >= 10 * np.maximum(get["carve_min_hours"][opening].astype(np.int64), person["hours_min"])
        fits &= (total - agreed) * 1000 <= get["carve_max_share"][opening].astype(np.int64) * total
        fits &= (kept < total) | ~self._hours_fit(person, opening)
        near = near._replace(weeks=np.maximum(near.weeks, self.parameters.lead["carving"]), steps=near.steps + 1)
        near = self._with_care(near, (dayparts & ~person["dayparts"]) != 0, demands & person["avoid"])
        near, dutch, agreed = near.only(fits), dutch[fits], agreed[fits]
        keys = self._keys(person, near, CARVING, dutch, self.essentials[near.opening] == 0)
        return keys, near.opening, near.mode, agreed


def _all_bits(masks: Array, ends: Array) -> Array:
    """The bits of each stretch together; no stretch is empty."""
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
    return np.bitwise_or.reduceat(masks, starts) if len(masks) else np.zeros(0, dtype=np.int64)
