"""The answer of the desk journey: desks with the reason for each, and the map of their region."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from dichterbij.domains.regions.queries import areas, desks, outlines
from dichterbij.domains.regions.rules.desk_kinds import Kind, Place, Referral, Topic, Who
from dichterbij.domains.regions.rules.outlines import Outline
from dichterbij.web.desks import cards, words


@dataclass(frozen=True)
class Shown:
    """A desk, and why it is shown."""

    card: cards.DeskCard
    why: str
    source: str


@dataclass(frozen=True)
class RegionMap:
    """A region's outline, and the same in words: its municipalities."""

    name: str
    outline: Outline
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The desks of one place: where somebody lives, works, or national."""

    title: str
    desks: tuple[Shown, ...]
    map: RegionMap | None


@dataclass(frozen=True)
class Answer:
    """At least one desk, the best first; what was asked in words; what to say."""

    groups: tuple[Group, ...]
    who: str
    topic: str
    say: str

    @property
    def first(self) -> Shown:
        """The desk to call first."""
        return self.groups[0].desks[0]


def find(*, who: Who, topic: Topic, home: str | None, work: str | None, now: datetime) -> Answer:
    """The desks for this question at `now` (local time)."""
    outcome = desks.desks_for(who=who, topic=topic, home_region=home, work_region=work, on=now.date())
    groups = tuple(
        _group(place, tuple(found), now, both=bool(home and work))
        for place, found in groupby(outcome.value, key=lambda referral: referral.place)
    )
    return Answer(groups, str(words.WHO[who]), words.topic(topic, who), words.what_to_say(who, topic))


def all_of(region_code: str | None, now: datetime) -> tuple[cards.DeskCard, ...]:
    """Every desk of a region that is valid today, by kind; the national ones for None."""
    found = [desk for desk in desks.all_desks() if desk.region_code == region_code and desk.is_valid(now.date())]
    return tuple(cards.card(desk, now) for desk in sorted(found, key=lambda desk: list(Kind).index(desk.kind)))


def _group(place: Place, referrals: tuple[Referral, ...], now: datetime, *, both: bool) -> Group:
    shown = tuple(_shown(referral, now) for referral in referrals)
    code = referrals[0].desk.region_code
    region_map = _map(code) if code else None
    return Group(_title(place, region_map.name if region_map else "", both=both), shown, region_map)


def _shown(referral: Referral, now: datetime) -> Shown:
    return Shown(cards.card(referral.desk, now), cards.in_language(referral.why.words), referral.why.source)


def _title(place: Place, region: str, *, both: bool) -> str:
    if place is Place.NATIONAL:
        return _("For the whole country")
    if not both:
        return _("In region %(region)s") % {"region": region}
    if place is Place.HOME:
        return _("Where you live: region %(region)s") % {"region": region}
    return _("Where you work: region %(region)s") % {"region": region}


def _map(code: str) -> RegionMap:
    names = tuple(row.name for row in areas.municipalities(code))
    return RegionMap(areas.region(code).name, outlines.outline(code), names)
