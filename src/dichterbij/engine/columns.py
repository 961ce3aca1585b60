"""The columns of people and openings: kind, default, range and codes, in the order in which errors are named."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from dichterbij.engine.parameters import AGREEMENTS, DAYPARTS, MODES, Parameters

WORK_LEVELS = (1, 6)


class Kind(Enum):
    """What a value is."""

    TEXT = "text"
    WHOLE = "whole number"
    FLAG = "true or false"
    DAY = "date"
    LIST = "list of texts"
    TASKS = "list of tasks"


@dataclass(frozen=True)
class Column:
    """One column. `default` is what null means; None where null has a meaning of its own (unknown, none)."""

    name: str
    kind: Kind
    required: bool = False
    default: int | tuple[str, ...] | None = None
    low: int | None = None
    high: int | None = None
    codes: tuple[str, ...] | None = None
    may_be_null: bool = False

    @property
    def expected(self) -> str:
        """What the column takes, in words for a message."""
        text = {
            Kind.TEXT: "a text that is not empty",
            Kind.WHOLE: f"a whole number from {self.low} to {self.high}",
            Kind.FLAG: "true or false",
            Kind.DAY: "a date such as 2026-12-01",
            Kind.LIST: "a list of texts without null",
            Kind.TASKS: "a list of tasks, each with hours as a whole number (tenths of an hour a week)",
        }[self.kind]
        if self.name == "pc4":
            text = "a postcode of four digits that is in the postcode table, as a whole number"
        if self.codes is not None:
            text = f"{'one' if self.kind is Kind.TEXT else 'a list'} of {', '.join(self.codes)}"
        return text if self.required else f"{text}, or null"


@dataclass(frozen=True)
class Table:
    """The columns of one kind of file and which of them is the id."""

    name: str
    id_column: str
    columns: tuple[Column, ...]

    def position(self, name: str) -> int:
        """Place of a column in the order of errors."""
        return next(index for index, column in enumerate(self.columns) if column.name == name)

    @property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


def _id(name: str) -> Column:
    return Column(name, Kind.TEXT, required=True)


def _whole(name: str, low: int, high: int, default: int | None = None, *, required: bool = False) -> Column:
    return Column(name, Kind.WHOLE, required=required, default=default, low=low, high=high)


def _flag(name: str, default: bool) -> Column:
    return Column(name, Kind.FLAG, default=int(default))


def _list(name: str, default: tuple[str, ...] | None = (), codes: tuple[str, ...] | None = None) -> Column:
    return Column(name, Kind.LIST, default=default, codes=codes)


PC4 = Column("pc4", Kind.WHOLE, required=True, low=0, high=9999)


def people_table(parameters: Parameters) -> Table:
    """The columns of people; the codes of `avoid` come from the parameters."""
    return Table(
        "people",
        "person_id",
        (
            _id("person_id"),
            PC4,
            _list("modes", None, MODES),
            _flag("ebike_possible", True),
            _whole("max_travel_minutes", 0, 600, 60),
            _whole("max_distance_km", 0, 999),
            _whole("hours_min", 1, 60, 1),
            _whole("hours_max", 1, 60, 40),
            Column("available_from", Kind.DAY),
            _list("dayparts", DAYPARTS, DAYPARTS),
            _list("childcare_dayparts", (), DAYPARTS),
            _whole("dutch", 1, 4),
            _whole("level", 1, 7),
            _list("licences", None),
            _list("legal", None),
            _list("avoid", (), parameters.demands),
            _list("skills", None),
            _whole("learn_weeks_max", 0, 255, 39),
            _list("agreements", AGREEMENTS, AGREEMENTS),
        ),
    )


def openings_table(parameters: Parameters) -> Table:
    """The columns of openings; the codes of `demands` come from the parameters."""
    return Table(
        "openings",
        "opening_id",
        (
            _id("opening_id"),
            PC4,
            Column("agreement", Kind.TEXT, default=("job",), codes=AGREEMENTS),
            _whole("hours_min", 1, 60, required=True),
            _whole("hours_max", 1, 60, required=True),
            Column("latest_start", Kind.DAY),
            _list("dayparts", ("weekday",), DAYPARTS),
            _whole("dutch", 1, 4, 1),
            _flag("dutch_on_the_job", False),
            _whole("level_min", *WORK_LEVELS),
            _list("licences"),
            _list("legal"),
            _list("demands", (), parameters.demands),
            _list("essential"),
            _list("optional"),
            _whole("onboarding_weeks", 0, 52, 8),
            _flag("open_hiring", False),
            _whole("queue_weeks", 0, 255),
            _flag("learning_company", False),
            _flag("carvable", False),
            _whole("carve_min_hours", 1, 60, 12),
            _whole("carve_max_share", 0, 1000, 400),
            Column("tasks", Kind.TASKS),
        ),
    )
