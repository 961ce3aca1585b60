"""What a region agreed about hand-overs, and who stands above its desks."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import (
    OrganisationRow,
    coordinators_of,
    national_teams,
    organisations,
    receivers,
)
from dichterbij.domains.accounts.rules import OrganisationKind
from dichterbij.domains.people.queries import who_may_see
from dichterbij.domains.people.rules import Ground, read_grounds
from dichterbij.domains.referral.may import PURPOSE
from dichterbij.domains.referral.models import Handover, RegionAgreement
from dichterbij.domains.referral.rules import OPEN, Ladder, Level, load_terms
from dichterbij.domains.referral.seeing import own_work

# Where a region named nobody: the desk that job seekers go to first (rule R07).
FIRST_DOORS = (OrganisationKind.RMT, OrganisationKind.WERKCENTRUM)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The named owner and the term of a region's hand-overs, and what holds where the region said nothing.

    `owner` None: nobody watches before the coordinator. `sees_by_consent`: the owner has no public task, and
    `for_others` has whoever did not say yes to it.
    """

    region: str
    named_owner: OrganisationRow | None
    owner: OrganisationRow | None
    own_days: int | None
    answer_days: int
    days_are_assumed: bool
    sees_by_consent: bool = False
    for_others: OrganisationRow | None = None


def agreement(
    *, region: str, on: date, without: UUID | None = None, among: Iterable[OrganisationRow] | None = None
) -> Agreement:
    """What holds in a region on this day; as it is once everybody left the desk `without`.

    `among`: the region's receivers, where somebody has just read them.
    """
    row = RegionAgreement.objects.filter(pk=region).first()
    terms = load_terms(on=on)
    own = row.answer_days if row else None
    there = [row for row in (receivers(region) if among is None else among) if row.id != without]
    named = next((one for one in there if row and one.id == row.owner_organisation), None)
    days, assumed = terms.days(Level.DESK, region, own), terms.is_assumption(region, own)
    owner, first = named or _first_door(there), _first_door(there)
    by_consent = owner is not None and not _has_public_task(owner, on)
    return Agreement(region, named, owner, own, days, assumed, by_consent, first if by_consent else None)


def ladder_of(*, region: str, on: date, without: UUID | None = None) -> Ladder:
    """Who stands above the desks of a region on this day; as it is once everybody left the desk `without`."""
    return _ladder(region, on, without, lambda _row: True)


def ladder_for(*, region: str, person: UUID | None, now: datetime, without: UUID | None = None) -> Ladder:
    """`ladder_of` for this person: no organisation to which they did not say yes and that has no public task.

    At the top the national team stays: it sees nobody by itself, and sends on. No person: an employer's is anybody's.
    """
    may_see = _may_see(person, now) if person else lambda _row: True
    return _ladder(region, timezone.localdate(now), without, may_see)


def ladder_without_yes(*, region: str, receiver: UUID, on: date) -> Ladder:
    """`ladder_of` where nobody was asked about anybody but the receiver: organisations with a public task only."""
    return _ladder(region, on, None, lambda row: row.id == receiver or _has_public_task(row, on))


def may_have(*, organisation: UUID, person: UUID, now: datetime) -> bool:
    """Whether this organisation can help this person: it has a public task, or they said yes to it."""
    found = organisations([organisation]).get(organisation)
    return found is not None and _may_see(person, now)(found)


def _ladder(region: str, on: date, without: UUID | None, may_see: Callable[[OrganisationRow], bool]) -> Ladder:
    agreed = agreement(region=region, on=on, without=without)
    owner = agreed.owner if agreed.owner and may_see(agreed.owner) else agreed.for_others
    coordinators = [row.id for row in coordinators_of(region, on=on) if row.id != without and may_see(row)]
    teams = [row.id for row in national_teams() if row.id != without]
    return Ladder(owner.id if owner else None, coordinators[0] if coordinators else None, teams[0] if teams else None)


def _may_see(person: UUID, now: datetime) -> Callable[[OrganisationRow], bool]:
    seeing, on = who_may_see(person=person, purpose=PURPOSE, now=now), timezone.localdate(now)
    return lambda row: row.id in seeing or _has_public_task(row, on)


def _has_public_task(row: OrganisationRow, on: date) -> bool:
    return read_grounds(on).ground_of(row.kind.value) is Ground.PUBLIC_TASK


@dataclass(frozen=True, slots=True)
class GoesUp:
    """So many open hand-overs of a desk go to somebody above it; `to` None: nobody stands there.

    By the region's agreement: whoever did not say yes to an organisation without a public task goes to one with it.
    """

    to: OrganisationRow | None
    count: int


def goes_up(*, organisation: UUID, on: date) -> tuple[GoesUp, ...]:
    """Where everything goes that a desk has open, once everybody left it; only numbers leave this module."""
    with own_work():
        rows = Handover.objects.filter(to_organisation=organisation, state__in=OPEN).order_by("region", "level")
        places = list(rows.values_list("region", "level").annotate(count=Count("id")))
    counted = Counter[UUID | None]()
    for region, level, count in places:
        ladder = ladder_of(region=region, on=on, without=organisation)
        step = ladder.at_or_above(Level(level), none_of=[organisation])
        counted[step[1] if step else None] += count
    named = organisations(counted)
    return tuple(GoesUp(named.get(to) if to else None, count) for to, count in counted.items())


def gone_among(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those to which nobody can be handed over any more: they have ended, or everybody who worked there left."""
    found = organisations(ids)
    there = {row.id for region in {row.region for row in found.values()} for row in receivers(region)}
    return frozenset(ids) - there - {row.id for row in national_teams()}


def _first_door(there: Sequence[OrganisationRow]) -> OrganisationRow | None:
    found = {row.kind: row for row in reversed(there)}
    return next((found[kind] for kind in FIRST_DOORS if kind in found), None)
