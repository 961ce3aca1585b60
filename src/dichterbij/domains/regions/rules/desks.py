"""Which desk helps whom: job seekers to the RMT of their own region, employers to its WSP, unless a region deviates."""

from collections.abc import Callable, Iterable
from datetime import date

from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind, Place, Referral, Topic, Who
from dichterbij.domains.regions.rules.desk_words import why
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.errors import UnavailableError


def which_desks(
    *, who: Who, topic: Topic, home_region: str | None, work_region: str | None, on: date, desks: Iterable[Desk]
) -> Outcome[tuple[Referral, ...]]:
    """The desks for this question, home region first, then the region of work, then national ones: never none.

    Regions are AM codes or None (unknown). Raises UnavailableError only when no national desk in `desks` is valid.
    """
    valid = [desk for desk in desks if desk.is_valid(on)]
    referrals: list[Referral] = []
    for place, region in _regions(home_region, work_region):
        referrals += _in_region(valid, who, topic, region, place)
    wants_team = who is Who.NATIONAL_EMPLOYER or not referrals
    referrals += _national(valid, who, topic, wants_team=wants_team, region_known=bool(home_region or work_region))
    return Outcome(tuple(referrals), tuple(_reason(referral, who, topic) for referral in referrals))


def _regions(home: str | None, work: str | None) -> list[tuple[Place, str]]:
    regions = [(Place.HOME, home)] if home else []
    if work and work != home:
        regions.append((Place.WORK, work))
    return regions


def _in_region(valid: list[Desk], who: Who, topic: Topic, region: str, place: Place) -> list[Referral]:
    """The region's desks for the question; else its first door for this person; else any desk it has."""
    here = [desk for desk in valid if desk.region_code == region]
    tests: list[Callable[[Desk], bool]] = [
        lambda desk: who in desk.serves and topic in desk.topics,
        lambda desk: who in desk.serves and Topic.WORK in desk.topics,
        lambda desk: Topic.WORK in desk.topics,
        lambda desk: True,
    ]
    for turn, test in enumerate(tests):
        found = [desk for desk in here if test(desk)]
        if found:
            return _referrals(found, place, who, is_fallback=turn > 0)
    return []


def _national(valid: list[Desk], who: Who, topic: Topic, *, wants_team: bool, region_known: bool) -> list[Referral]:
    """National desks for this question; with `wants_team` the national team too."""
    national = [desk for desk in valid if desk.region_code is None]
    team = [desk for desk in national if desk.kind is Kind.NATIONAL]
    found = [desk for desk in national if desk not in team and who in desk.serves and topic in desk.topics]
    referrals = _referrals(found, Place.NATIONAL, who, is_fallback=False)
    if wants_team and not team:
        raise UnavailableError("No national desk is valid on this date: desks/NL.yaml must hold one without an end.")
    if wants_team:
        is_stopgap = who is not Who.NATIONAL_EMPLOYER
        referrals += _referrals(team, Place.NATIONAL, who, is_fallback=is_stopgap, region_known=region_known)
    return referrals


def _referrals(
    desks: list[Desk], place: Place, who: Who, *, is_fallback: bool, region_known: bool = True
) -> list[Referral]:
    order = list(Kind)
    return [
        Referral(desk, place, is_fallback, why(desk, place, who, is_fallback=is_fallback, region_known=region_known))
        for desk in sorted(desks, key=lambda desk: (order.index(desk.kind), desk.desk_id))
    ]


def _reason(referral: Referral, who: Who, topic: Topic) -> Reason:
    desk = referral.desk
    inputs = {"desk": desk.desk_id, "who": who.value, "topic": topic.value, "place": referral.place.value}
    return Reason(rule=referral.why.rule, source=referral.why.source, inputs=inputs | {"region": desk.region_code})
