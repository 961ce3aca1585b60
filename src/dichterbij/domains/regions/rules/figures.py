"""What is known of a region in numbers and documents: tension, commuting, activities."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dichterbij.shared.words import Words


class Tension(StrEnum):
    """How hard employers find it to get people, in the classes of UWV."""

    TIGHT = "tight"
    VERY_TIGHT = "very_tight"


@dataclass(frozen=True, slots=True)
class Flow:
    """Jobs of people who live in one region and work in another; `region_code` is that other one."""

    region_code: str
    jobs: int


@dataclass(frozen=True, slots=True)
class Commuting:
    """Jobs of employees: of who lives and works here, of who goes out, of who comes in; the largest flows first."""

    within: int
    out: tuple[Flow, ...]
    into: tuple[Flow, ...]

    @property
    def goes_out(self) -> int:
        """Jobs of people who live here and work elsewhere."""
        return sum(flow.jobs for flow in self.out)

    @property
    def comes_in(self) -> int:
        """Jobs of people who live elsewhere and work here."""
        return sum(flow.jobs for flow in self.into)

    @property
    def of_residents(self) -> int:
        """Jobs of the people who live here."""
        return self.within + self.goes_out

    @property
    def located(self) -> int:
        """Jobs that are here."""
        return self.within + self.comes_in

    @property
    def share_within(self) -> int:
        """Of every hundred jobs of people who live here, how many are here; 0 without jobs."""
        return round(100 * self.within / self.of_residents) if self.of_residents else 0


@dataclass(frozen=True, slots=True)
class Activity:
    """Something a region did for the four routes, by a document; whether it is still there is not known."""

    name: Words
    what: Words
    routes: tuple[str, ...]
    source: str


def commuting(region_code: str, flows: Iterable[tuple[str, str, int]]) -> Commuting:
    """A region's part of `flows` (home, work, jobs). Flows without jobs are left out."""
    rows = [row for row in flows if row[2] and region_code in row[:2]]
    within = sum(jobs for home, work, jobs in rows if home == work)
    out = [Flow(work, jobs) for home, work, jobs in rows if home == region_code != work]
    into = [Flow(home, jobs) for home, work, jobs in rows if work == region_code != home]
    return Commuting(within, _largest_first(out), _largest_first(into))


def _largest_first(flows: list[Flow]) -> tuple[Flow, ...]:
    return tuple(sorted(flows, key=lambda flow: (-flow.jobs, flow.region_code)))
