"""The labour market of a region in figures, each with what it counts, its date and its source."""

from dataclasses import dataclass

from django.utils.translation import gettext

from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.queries.areas import RegionRow
from dichterbij.domains.regions.rules.figures import Flow
from dichterbij.web.regions import words
from dichterbij.web.regions.bars import Bar, bars, count
from dichterbij.web.regions.links import address

MOST_FLOWS = 5


@dataclass(frozen=True)
class Activity:
    """Something the region did, with the routes it went over and the document that tells it."""

    name: str
    what: str
    routes: str
    source: str


@dataclass(frozen=True)
class Labour:
    """Figures in words; `tension` is empty when no document tells it."""

    inhabitants: str
    population_15_74: str
    tension: str
    share_within: int
    residents_jobs: str
    located_jobs: str
    commuting: tuple[Bar, ...]
    goes_to: tuple[Bar, ...]
    comes_from: tuple[Bar, ...]
    activities: tuple[Activity, ...]


def of_region(row: RegionRow, names: dict[str, str], language: str) -> Labour:
    """The figures of a region. `names`: regions by code."""
    told, travel = figures.tension(row.code), figures.commuting(row.code)
    return Labour(
        inhabitants=count(row.inhabitants),
        population_15_74=count(row.population_15_74),
        tension=str(words.TENSION[told]) if told else "",
        share_within=travel.share_within,
        residents_jobs=count(travel.of_residents),
        located_jobs=count(travel.located),
        commuting=bars(
            (
                (gettext("lives and works here"), travel.within, "", ""),
                (gettext("lives here, works elsewhere"), travel.goes_out, "", ""),
                (gettext("lives elsewhere, works here"), travel.comes_in, "", ""),
            )
        ),
        goes_to=_flows(travel.out, names),
        comes_from=_flows(travel.into, names),
        activities=_activities(row.code, language),
    )


def _flows(flows: tuple[Flow, ...], names: dict[str, str]) -> tuple[Bar, ...]:
    return bars(
        (names.get(flow.region_code, flow.region_code), flow.jobs, address("regions:region", flow.region_code), "")
        for flow in flows[:MOST_FLOWS]
    )


def _activities(region_code: str, language: str) -> tuple[Activity, ...]:
    return tuple(
        Activity(
            name=item.name.in_language(language),
            what=item.what.in_language(language),
            routes=", ".join(str(words.ROUTES[route]) for route in item.routes),
            source=item.source,
        )
        for item in figures.activities(region_code)
    )
