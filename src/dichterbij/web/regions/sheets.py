"""The sheet of a region: four routes as planks of one bridge, each with whom to call and where to read on."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.queries.areas import RegionRow
from dichterbij.web.desks.cards import DeskCard, language
from dichterbij.web.regions import words
from dichterbij.web.regions.desks import RegionDesks
from dichterbij.web.regions.links import route_address

LINES: dict[str, str | Promise] = {
    "learn_work": _("You work and learn the trade at the same time, often at a recognised company."),
    "carving": _("The tasks that do not fit go out of the job. What is left is work that fits."),
    "open_hiring": _("No CV, no interview. You put your name on the list. Whoever is next may start."),
    "meeting": _("You meet each other in another way: at a market, a walk or a day along at work."),
}


@dataclass(frozen=True)
class RouteLine:
    """A route in one line; `address` is empty while it has no page. Two desks may be the same one.

    `done_here`: what documents tell that the region did over this route; empty when they tell nothing.
    """

    code: str
    name: str
    line: str
    address: str
    done_here: str
    seeker: DeskCard
    employer: DeskCard


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet; `address` is the whole address of the region's page, to point a phone at."""

    code: str
    name: str
    routes: tuple[RouteLine, ...]
    questions: tuple[tuple[str, DeskCard], ...]
    address: str
    on: date
    is_invented: bool


def routes(region_code: str) -> tuple[tuple[str, str], ...]:
    """The four routes by name, with the address of their page (empty while there is none)."""
    return tuple((str(words.ROUTES[code]), route_address(code, region_code)) for code in LINES)


def of_region(row: RegionRow, found: RegionDesks, site: str, on: date) -> Sheet:
    """The sheet of a region; `site` is where this site is reached."""
    lines = tuple(_line(code, row.code, found.by_route[code], site) for code in LINES)
    return Sheet(
        code=row.code,
        name=row.name,
        routes=lines,
        questions=found.by_question,
        address=_whole(site, reverse("regions:region", args=[row.code])),
        on=on,
        is_invented=any(desk.invented for desk in _all_desks(found)),
    )


def _all_desks(found: RegionDesks) -> tuple[DeskCard, ...]:
    """Every desk that stands on the sheet."""
    return (*(desk for _, desk in found.by_question), *(desk for pair in found.by_route.values() for desk in pair))


def _line(code: str, region_code: str, desks: tuple[DeskCard, DeskCard], site: str) -> RouteLine:
    done = [item.name.in_language(language()) for item in figures.activities(region_code) if code in item.routes]
    return RouteLine(
        code=code,
        name=str(words.ROUTES[code]),
        line=str(LINES[code]),
        address=_whole(site, route_address(code, region_code)),
        done_here=", ".join(done),
        seeker=desks[0],
        employer=desks[1],
    )


def _whole(site: str, address: str) -> str:
    return urljoin(site, address) if address else ""
