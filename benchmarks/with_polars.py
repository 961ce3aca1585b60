"""The bridge with Polars: direct, open hiring and learn-work; travel first, then hard rules, then skills."""

import os
from typing import Any

from benchmarks.plain_tables import Tables

from dichterbij.engine.parameters import MODES, Parameters

Array = Any
FAR = 1 << 20


class Polars:
    """Openings in its own frames; people come and go."""

    name = "Polars"

    def __init__(self, tables: Tables, parameters: Parameters, today: int, *, threads: int, top: int) -> None:
        os.environ["POLARS_MAX_THREADS"] = str(threads)  # is read when polars is imported first
        import polars

        assert polars.thread_pool_size() == threads
        self.pl, self.parameters, self.today, self.top = polars, parameters, today, top
        self.frames: dict[str, Any] = {}
        for name in tables:
            self.load(name, tables[name])

    def load(self, name: str, table: Any) -> None:
        """A frame of its own, in place of the one it had."""
        self.frames[name] = self.pl.from_arrow(table).rechunk()

    def nearest(self) -> tuple[Array, Array, Array]:
        """Person, opening and key of each row of the answer."""
        found = self._top(self._bridges()).collect(engine="streaming")
        return tuple(found[name].to_numpy() for name in ("p", "o", "key"))

    def _reach(self) -> Any:
        pl, col = self.pl, self.pl.col
        own = [
            pl.when((col("modes") & (1 << at)) != 0).then(col(f"by_{code}")).otherwise(FAR)
            for at, code in enumerate(MODES)
        ]
        most, by_ebike = col("max_travel_minutes"), col("by_ebike")
        return (
            self.frames["person"]
            .lazy()
            .join(self.frames["travel"].lazy(), on="home")
            .with_columns(minutes=pl.min_horizontal(own))
            .filter(
                (col("metres") <= col("max_metres"))
                & ((col("minutes") <= most) | ((col("may_step") == 1) & (by_ebike <= most)))
            )
            .with_columns(step=col("minutes") > most)
            .with_columns(travel_minutes=pl.when("step").then(by_ebike).otherwise("minutes"))
            .drop("home", "metres", "minutes", "modes", "max_metres", "may_step", *(f"by_{code}" for code in MODES))
        )

    def _near(self) -> Any:
        pl, col, lead = self.pl, self.pl.col, self.parameters.lead
        gap = pl.when((col("open_hiring") == 1) | (col("dutch") == 0)).then(0)
        adaptable = (1 << len(self.parameters.adaptable)) - 1
        weeks = pl.max_horizontal(
            col("licence_lead"),
            pl.when("step").then(lead["ebike"]).otherwise(0),
            pl.when("care").then(lead["childcare"]).otherwise(0),
            pl.when(col("met") != 0).then(lead["adaptation"]).otherwise(0),
            pl.when(col("open_hiring") == 1).then("queue_weeks").otherwise(0),
            pl.when("at_work").then(0).otherwise(self.parameters.dutch_per_level * col("gap")),
        )
        return (
            self._reach()
            .join(self.frames["opening"].lazy(), on="work", suffix="_needed")
            .filter(
                (col("agreements") & col("agreement") != 0)
                & (
                    pl.max_horizontal("hours_min", "hours_min_needed")
                    <= pl.min_horizontal("hours_max", "hours_max_needed")
                )
                & (col("dayparts_needed") & ~(col("dayparts") | col("childcare_dayparts")) == 0)
                & (col("demands") & col("avoid") & ~pl.lit(adaptable, pl.Int32) == 0)
            )
            .with_columns(
                gap=gap.otherwise(pl.max_horizontal(col("dutch_needed") - col("dutch"), 0)),
                at_work=col("dutch_on_the_job") == 1,
                care=col("dayparts_needed") & ~col("dayparts") != 0,
                met=col("demands") & col("avoid"),
            )
            .filter((col("gap") <= 1) | ((col("gap") == 2) & col("at_work")))
            .join(self.frames["legal_held"].lazy(), on=("legal", "legal_set"))
            .join(self.frames["licence_cost"].lazy(), on=("licences", "licence_set"))
            .select(
                *("p", "o", "rank", "level", "level_min", "longest", "skills_known", "available_from", "latest_start"),
                *("travel_minutes", "open_hiring", "learning_company", "onboarding_weeks"),
                *("skills", "weeks", "unlearnable"),
                lead=weeks,
                steps=col("licence_steps")
                + col("step").cast(pl.Int32)
                + col("care").cast(pl.Int32)
                + col("met").bitwise_count_ones().cast(pl.Int32)
                + (col("gap") > 0).cast(pl.Int32),
                learning=pl.when("at_work").then(self.parameters.dutch_per_level * col("gap")).otherwise(0),
            )
        )

    def _held(self) -> Any:
        """Per person and opening in reach: essential skills held, their weeks, and those that cannot be learned."""
        col = self.pl.col
        return (
            self.frames["person_skill"]
            .lazy()
            .join(self.frames["opening_skill"].lazy(), on="skill")
            .join(self._reach().select("p", "work"), on=("p", "work"), how="semi")
            .group_by("p", "o")
            .agg(
                skills_held=self.pl.len().cast(self.pl.Int32),
                weeks_held=col("learn_weeks").sum(),
                cannot_held=col("cannot").sum(),
            )
        )

    def _missing(self) -> Any:
        pl, col, counts_as = self.pl, self.pl.col, self.parameters.learning.list_counts_as
        looks = (col("skills_known") == 1) & (col("open_hiring") == 0)
        size = pl.max_horizontal("skills", counts_as)
        return (
            self._near()
            .join(self._held(), on=("p", "o"), how="left")
            .with_columns(lacks=pl.when(looks).then(col("skills") - col("skills_held").fill_null(0)).otherwise(0))
            .with_columns(
                lacks_weeks=pl.when(col("lacks") == 0).then(0).otherwise(col("weeks") - col("weeks_held").fill_null(0)),
                never=(col("lacks") > 0) & (col("unlearnable") > col("cannot_held").fill_null(0)),
            )
            .with_columns(needed=(col("lacks_weeks") * counts_as + size - 1) // size)
        )

    def _bridges(self) -> Any:
        pl, col, lead = self.pl, self.pl.col, self.parameters.lead
        lacks, level, level_min = col("lacks") > 0, col("level"), col("level_min")
        hired = col("open_hiring") == 1
        direct = ((level == 0) | (level >= level_min)) & (
            ~lacks | (~col("never") & (col("needed") <= col("onboarding_weeks")))
        )
        learn = (lacks & ~col("never") & (col("learning_company") == 1) & (col("needed") <= col("longest"))) & (
            (level == 0) | (level >= level_min - 1)
        )
        steps, onboarding = col("steps") + lacks.cast(pl.Int32), pl.lit(lead["onboarding"], pl.Int32)
        whole_lead = pl.when(lacks).then(pl.max_horizontal("lead", onboarding)).otherwise("lead")
        whole = self._key(whole_lead, steps, pl.when(hired).then(1).otherwise(0))
        other = self._key(pl.max_horizontal("lead", pl.lit(lead["learn_work"], pl.Int32)), steps, pl.lit(2))
        return (
            self._missing()
            .with_columns(whole=pl.when(hired | direct).then(whole), learn=pl.when(learn).then(other))
            .select("p", "o", "rank", key=pl.min_horizontal("whole", "learn"))
            .filter(col("key").is_not_null())
        )

    def _key(self, weeks: Any, steps: Any, route: Any) -> Any:
        """The distance with the route behind it; null for a start that is too late."""
        pl, col = self.pl, self.pl.col
        undescribed = ((col("open_hiring") == 0) & (col("skills") == 0)).cast(pl.Int64)
        key = undescribed * (1 << 10) + weeks
        parts = ((6, steps), (10, col("learning") + col("needed")), (10, col("travel_minutes")), (2, route))
        for bits, value in parts:
            key = key * (1 << bits) + value
        in_time = pl.max_horizontal(self.today + 7 * weeks.cast(pl.Int64), "available_from") <= col("latest_start")
        return pl.when(in_time).then(key)

    def _top(self, bridges: Any) -> Any:
        """The nearest of each person."""
        pl, col = self.pl, self.pl.col
        order = (col("key") // 4) * (1 << 20) + col("rank")
        return (
            bridges.with_columns(order=order)
            .group_by("p")
            .agg(pl.all().bottom_k_by("order", self.top))
            .explode(pl.exclude("p"))
            .sort("p", "order")
            .select("p", "o", "key")
        )
