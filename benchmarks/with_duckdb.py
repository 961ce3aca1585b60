"""The bridge in SQL with DuckDB: direct, open hiring and learn-work; travel first, then hard rules, then skills."""

from typing import Any

import duckdb
import numpy as np
from benchmarks.plain_tables import Tables

from dichterbij.engine.parameters import MODES, Parameters

Array = Any
FAR = 1 << 20

REACH = """
reach AS (
    SELECT *, minutes > max_travel_minutes AS step,
        CASE WHEN minutes > max_travel_minutes THEN by_ebike ELSE minutes END AS travel_minutes
    FROM (
        SELECT person.*, work, metres, by_ebike, least({own_modes}) AS minutes
        FROM person JOIN travel USING (home)
    )
    WHERE metres <= max_metres
      AND (minutes <= max_travel_minutes OR (may_step = 1 AND by_ebike <= max_travel_minutes))
)"""
NEAR = """
near AS (
    SELECT r.p, r.work, r.level, r.longest, r.skills_known, r.available_from, r.travel_minutes,
        o.o, o.rank, o.skills, o.weeks, o.unlearnable, o.level_min, o.onboarding_weeks, o.open_hiring,
        o.learning_company, o.latest_start,
        CASE WHEN o.open_hiring = 1 OR r.dutch = 0 THEN 0 ELSE greatest(o.dutch - r.dutch, 0) END AS gap,
        o.dutch_on_the_job = 1 AS at_work,
        o.dayparts & ~r.dayparts <> 0 AS care,
        o.demands & r.avoid AS met,
        greatest(
            c.licence_lead,
            CASE WHEN r.step THEN {ebike} ELSE 0 END,
            CASE WHEN care THEN {childcare} ELSE 0 END,
            CASE WHEN met <> 0 THEN {adaptation} ELSE 0 END,
            CASE WHEN o.open_hiring = 1 THEN o.queue_weeks ELSE 0 END,
            CASE WHEN at_work THEN 0 ELSE {dutch} * gap END
        ) AS lead,
        c.licence_steps + r.step::INT + care::INT + bit_count(met) + (gap > 0)::INT AS steps,
        CASE WHEN at_work THEN {dutch} * gap ELSE 0 END AS learning
    FROM reach r
    JOIN opening o USING (work)
    JOIN legal_held USING (legal, legal_set)
    JOIN licence_cost c USING (licences, licence_set)
    WHERE r.agreements & o.agreement <> 0
      AND r.hours_min <= o.hours_max AND o.hours_min <= r.hours_max
      AND o.dayparts & ~(r.dayparts | r.childcare_dayparts) = 0
      AND o.demands & r.avoid & ~{adaptable} = 0
      AND (gap <= 1 OR (gap = 2 AND at_work))
)"""
HELD = """
held AS (
    SELECT s.p, e.o, count(*)::INT AS skills_held,
        sum(e.learn_weeks)::INT AS weeks_held, sum(e.cannot)::INT AS cannot_held
    FROM person_skill s JOIN opening_skill e USING (skill) JOIN reach r ON r.p = s.p AND r.work = e.work
    GROUP BY s.p, e.o
)"""
HELD_OF_ALL_LEFT = """
held AS (
    SELECT near.p, e.o, count(*)::INT AS skills_held,
        sum(e.learn_weeks)::INT AS weeks_held, sum(e.cannot)::INT AS cannot_held
    FROM near JOIN opening_skill e USING (o) JOIN person_skill s ON s.p = near.p AND s.skill = e.skill
    WHERE near.skills_known = 1 AND near.open_hiring = 0
    GROUP BY near.p, e.o
)"""
ROUTES = """
missing AS (
    SELECT near.*,
        CASE WHEN skills_known = 1 AND open_hiring = 0 THEN skills - coalesce(skills_held, 0) ELSE 0 END AS lacks,
        CASE WHEN lacks = 0 THEN 0 ELSE weeks - coalesce(weeks_held, 0) END AS lacks_weeks,
        lacks > 0 AND unlearnable > coalesce(cannot_held, 0) AS never,
        (lacks_weeks * {counts_as} + greatest(skills, {counts_as}) - 1) // greatest(skills, {counts_as}) AS needed
    FROM near LEFT JOIN held USING (p, o)
),
routes AS (
    SELECT p, o, rank, open_hiring = 0 AND skills = 0 AS undescribed, travel_minutes, learning + needed AS learning,
        CASE WHEN open_hiring = 1 THEN 1 WHEN (level = 0 OR level >= level_min)
            AND (lacks = 0 OR (NOT never AND needed <= onboarding_weeks)) THEN 0 END AS whole,
        CASE WHEN lacks > 0 AND NOT never AND learning_company = 1 AND needed <= longest
            AND (level = 0 OR level >= level_min - 1) THEN 2 END AS learn,
        CASE WHEN lacks > 0 THEN greatest(lead, {onboarding}) ELSE lead END AS whole_lead,
        greatest(lead, {learn_work}) AS learn_lead,
        steps + (lacks > 0)::INT AS steps, latest_start, available_from
    FROM missing
    WHERE whole IS NOT NULL OR learn IS NOT NULL
),
bridges AS (
    SELECT p, o, rank, least(
        CASE WHEN whole IS NOT NULL AND greatest({today} + 7 * whole_lead, available_from) <= latest_start
            THEN {whole_key} END,
        CASE WHEN learn IS NOT NULL AND greatest({today} + 7 * learn_lead, available_from) <= latest_start
            THEN {learn_key} END) AS key
    FROM routes
)"""
TOP = """
SELECT p, o, key FROM bridges WHERE key IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY p ORDER BY key >> 2, rank) <= {top} ORDER BY p, key >> 2, rank"""


def _key(lead: str, route: str) -> str:
    parts = f"undescribed::BIGINT << 10 | {lead}"
    for bits, value in ((6, "steps"), (10, "learning"), (10, "travel_minutes"), (2, route)):
        parts = f"({parts}) << {bits} | {value}"
    return parts


def query_of(parameters: Parameters, today: int, top: int, held: str = HELD) -> str:
    """The whole search as one query."""
    own = ", ".join(f"CASE WHEN modes & {1 << at} <> 0 THEN by_{code} ELSE {FAR} END" for at, code in enumerate(MODES))
    values = {
        "own_modes": own,
        **parameters.lead,
        "dutch": parameters.dutch_per_level,
        "adaptable": (1 << len(parameters.adaptable)) - 1,
        "counts_as": parameters.learning.list_counts_as,
        "today": today,
        "whole_key": _key("whole_lead", "whole"),
        "learn_key": _key("learn_lead", "learn"),
        "top": top,
    }
    return ("WITH " + ",".join([REACH, NEAR, held, ROUTES]) + TOP).format(**values)


class DuckDB:
    """Openings in tables of its own memory; people come and go."""

    name, held = "DuckDB", HELD

    def __init__(self, tables: Tables, parameters: Parameters, today: int, *, threads: int, top: int) -> None:
        self.connection = duckdb.connect(config={"threads": threads, "memory_limit": "8GB"})
        self.query = query_of(parameters, today, top, self.held)
        for name in tables:
            self.load(name, tables[name])

    def load(self, name: str, table: Any) -> None:
        """A table of its own, in place of the one it had."""
        self.connection.register("given", table)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")  # noqa: S608
        self.connection.unregister("given")

    def nearest(self) -> tuple[Array, Array, Array]:
        """Person, opening and key of each row of the answer."""
        found = self.connection.execute(self.query).fetchnumpy()
        return tuple(np.asarray(found[name]) for name in ("p", "o", "key"))


class PlainDuckDB(DuckDB):
    """The same, skills looked up the way one writes it first."""

    name, held = "DuckDB, skills last", HELD_OF_ALL_LEFT
