"""The desks of a region as its page shows them: whom each helps, and which one to call first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.queries import desks as queries
from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind, Topic, Who
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.desks.cards import DeskCard, card, in_language
from dichterbij.web.regions import words

# A question -> what it is called beside the desk that answers it.
QUESTIONS: tuple[tuple[Who, Topic, str | Promise], ...] = (
    (Who.JOB_SEEKER, Topic.WORK, _("You look for work")),
    (Who.EMPLOYER, Topic.WORK, _("You look for people")),
    (Who.JOB_SEEKER, Topic.LEARNING, _("You want to learn")),
)
# A route -> whom an employer and a job seeker ask about it.
TOPICS = {
    "learn_work": Topic.LEARNING_PLACE,
    "carving": Topic.JOB_CARVING,
    "open_hiring": Topic.OPEN_HIRING,
    "meeting": Topic.WORK,
}


@dataclass(frozen=True)
class RegionDesk:
    """A desk, for whom it is, and for which questions it is the first to call.

    `exception`: why this region refers here and not where other regions do; empty for most.
    """

    card: DeskCard
    serves: str
    exception: str
    first_for: tuple[str, ...]


@dataclass(frozen=True)
class RegionDesks:
    """The desks of a region that are there today, those to call first in front."""

    desks: tuple[RegionDesk, ...]
    by_question: tuple[tuple[str, DeskCard], ...]
    by_route: dict[str, tuple[DeskCard, DeskCard]]

    @property
    def first(self) -> DeskCard:
        """The desk to call when one looks for work."""
        return self.by_question[0][1]


def of_region(region_code: str, now: datetime) -> RegionDesks:
    """The desks at `now` (local time). UnavailableError when no reference data are loaded."""
    everywhere = queries.all_desks()
    if not everywhere:
        raise UnavailableError("There are no desks yet: run `dichterbij load-reference` first.")
    here = [desk for desk in everywhere if desk.region_code == region_code and desk.is_valid(now.date())]

    def first(who: Who, topic: Topic) -> Desk:
        found = which_desks(
            who=who, topic=topic, home_region=region_code, work_region=None, on=now.date(), desks=everywhere
        )
        return found.value[0].desk

    firsts = [(str(name), first(who, topic)) for who, topic, name in QUESTIONS]
    routes = {
        route: (card(first(Who.JOB_SEEKER, topic), now), card(first(Who.EMPLOYER, topic), now))
        for route, topic in TOPICS.items()
    }
    shown = [
        RegionDesk(
            card=card(desk, now),
            serves=_serves(desk),
            exception=in_language(desk.exception) if desk.exception else "",
            first_for=tuple(name for name, found in firsts if found == desk),
        )
        for desk in sorted(here, key=lambda desk: (list(Kind).index(desk.kind), desk.desk_id))
    ]
    ordered = sorted(shown, key=lambda desk: not desk.first_for)
    return RegionDesks(tuple(ordered), tuple((name, card(desk, now)) for name, desk in firsts), routes)


def _serves(desk: Desk) -> str:
    found = ", ".join(str(word) for whom, word in words.SERVES if whom & desk.serves)
    return found[:1].upper() + found[1:]
