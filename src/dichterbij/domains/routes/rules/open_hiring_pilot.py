"""What the pilot of open hiring reports, worked out from its queues: who stood on a list, who started, and in turn."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from statistics import median_low

from dichterbij.data import ROOT, read_yaml
from dichterbij.shared.errors import InputError

FOLDER = ROOT / "demo" / "open_hiring_pilot"


class Benefit(StrEnum):
    """Whether somebody on the list got a benefit."""

    NONE = "none"
    BENEFIT = "benefit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody's place on the list of an employer. Started, or gone from the list, or neither: still waiting."""

    employer: str
    place: int
    joined_on: date
    started_on: date | None
    left_on: date | None
    benefit: Benefit

    def waits_on(self, day: date) -> bool:
        """Whether this person stood on the list on that day and was not called yet."""
        ends = [one for one in (self.started_on, self.left_on) if one is not None]
        return self.joined_on <= day and all(day < one for one in ends)


@dataclass(frozen=True, slots=True)
class PilotReport:
    """Counts of people, each over `on_list`. `out_of_turn`: started while somebody before them still waited."""

    employers: int
    on_list: int
    started: int
    left: int
    waiting: int
    out_of_turn: int
    middle_days: int
    by_benefit: dict[Benefit, int]
    started_by_benefit: dict[Benefit, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What the document prints, to lay beside what is worked out."""

    source: str
    employers: int
    more_than_on_list: int
    started: int


def pilot_report(entries: Sequence[Entry]) -> PilotReport:
    """The report over these records. InputError without anybody who started, and for a record that cannot be."""
    _check(entries)
    started = [one for one in entries if one.started_on is not None]
    if not started:
        raise InputError("a report needs at least one person who started")
    left = sum(one.left_on is not None for one in entries)
    return PilotReport(
        employers=len({one.employer for one in entries}),
        on_list=len(entries),
        started=len(started),
        left=left,
        waiting=len(entries) - len(started) - left,
        out_of_turn=_out_of_turn(entries),
        middle_days=median_low((one.started_on - one.joined_on).days for one in started if one.started_on),
        by_benefit=dict(Counter(one.benefit for one in entries)),
        started_by_benefit=dict(Counter(one.benefit for one in started)),
    )


def agrees(report: PilotReport, printed: Printed) -> bool:
    """Whether the records give what was printed."""
    return (
        report.employers == printed.employers
        and report.on_list > printed.more_than_on_list
        and report.started == printed.started
    )


@cache
def pilot_entries() -> tuple[Entry, ...]:
    """The invented records."""
    with (FOLDER / "queue.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_entry(row) for row in csv.DictReader(lines))


@cache
def printed() -> Printed:
    """The numbers of the letter."""
    row = read_yaml(FOLDER / "printed.yaml")["printed"]
    return Printed(row["source"], row["employers"], row["more_than_on_list"], row["started"])


def _entry(row: dict[str, str]) -> Entry:
    days = [date.fromisoformat(row[name]) if row[name] else None for name in ("started_on", "left_on")]
    joined = date.fromisoformat(row["joined_on"])
    return Entry(row["employer"], int(row["place"]), joined, days[0], days[1], Benefit(row["benefit"]))


def _check(entries: Iterable[Entry]) -> None:
    seen: set[tuple[str, int]] = set()
    for one in entries:
        where = f"{one.employer}, place {one.place}"
        ends = [day for day in (one.started_on, one.left_on) if day is not None]
        if len(ends) > 1:
            raise InputError(f"{where}: somebody starts or leaves the list, not both")
        if any(day < one.joined_on for day in ends):
            raise InputError(f"{where}: that is before this person joined the list")
        if (one.employer, one.place) in seen:
            raise InputError(f"{where}: this place is taken twice")
        seen.add((one.employer, one.place))


def _out_of_turn(entries: Iterable[Entry]) -> int:
    queues: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        queues[one.employer].append(one)
    return sum(
        any(other.place < one.place and other.waits_on(one.started_on) for other in queue)
        for queue in queues.values()
        for one in queue
        if one.started_on is not None
    )
