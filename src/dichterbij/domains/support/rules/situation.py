"""What somebody told about their situation, which further questions matter for it, and what fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.support.rules.kinds import Background, Category, Need, Role, Route, Support

# Only when the usual schemes do not help, says their condition: so never the first that somebody reads.
LAST_RESORTS = ("last_obstacle", "personal_arrangement")


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, and for what. `route` and `background` None: not known, and then nothing is left out because of it."""

    role: Role
    needs: tuple[Need, ...]
    route: Route | None = None
    background: Background | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """What may help with one need; an item stands with the first need it helps with."""

    need: Need
    supports: tuple[Support, ...]


def needs_of(role: Role, supports: Iterable[Support], on: date) -> tuple[Need, ...]:
    """The needs for which somebody in this role may get something now, in their own order."""
    found = {need for support in supports if support.is_open(on) and role in support.roles for need in support.needs}
    return tuple(need for need in Need if need in found)


def fitting(situation: Situation, supports: Iterable[Support], on: date) -> tuple[Support, ...]:
    """What may help in this situation: possibilities, never promises."""
    return tuple(
        support
        for support in supports
        if support.is_open(on)
        and situation.role in support.roles
        and support.needs & set(situation.needs)
        and support.region_code in (None, situation.region)
        and (situation.route is None or situation.route in support.routes)
        and (situation.background is None or situation.background in support.backgrounds)
    )


def grouped(situation: Situation, supports: Iterable[Support], on: date) -> tuple[NeedGroup, ...]:
    """What fits, by need; last resorts after the usual, and each item once."""
    left = sorted(fitting(situation, supports, on), key=_place)
    groups = []
    for need in situation.needs:
        inside = tuple(support for support in left if need in support.needs)
        left = [support for support in left if support not in inside]
        if inside:
            groups.append(NeedGroup(need, inside))
    return tuple(groups)


def _place(support: Support) -> tuple[bool, int]:
    return support.support_id in LAST_RESORTS, list(Category).index(support.category)


def differing_by_route(supports: Iterable[Support]) -> tuple[Support, ...]:
    """The items for which it matters over which route somebody starts; none: the route need not be asked."""
    return tuple(support for support in supports if support.routes != frozenset(Route))


def differing_by_background(supports: Iterable[Support]) -> tuple[Support, ...]:
    """The items that exist for some backgrounds only, or on which others decide; none: it need not be asked."""
    return tuple(
        support
        for support in supports
        if support.backgrounds != frozenset(Background)
        or any(share.when is not None for share in (*support.decides, *support.pays))
    )
