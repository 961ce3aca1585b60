"""What a region agreed about hand-overs, and who stands above its desks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dichterbij.domains.accounts.queries.receivers import (
    OrganisationRow,
    coordinators_of,
    national_teams,
    organisations,
    receivers,
)
from dichterbij.domains.accounts.rules import OrganisationKind
from dichterbij.domains.referral.models import RegionAgreement
from dichterbij.domains.referral.rules import Ladder, Level, load_terms

# Where a region named nobody: the desk that job seekers go to first (rule R07).
FIRST_DOORS = (OrganisationKind.RMT, OrganisationKind.WERKCENTRUM)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The named owner and the term of a region's hand-overs, and what holds where the region said nothing."""

    region: str
    named_owner: OrganisationRow | None
    owner: OrganisationRow | None
    own_days: int | None
    answer_days: int
    days_are_assumed: bool


def agreement(*, region: str, on: date) -> Agreement:
    """What holds in a region on this day."""
    row = RegionAgreement.objects.filter(pk=region).first()
    terms = load_terms(on=on)
    own = row.answer_days if row else None
    there = receivers(region)
    named = next((one for one in there if row and one.id == row.owner_organisation), None)
    days, assumed = terms.days(Level.DESK, region, own), terms.is_assumption(region, own)
    return Agreement(region, named, named or _first_door(there), own, days, assumed)


def ladder_of(*, region: str, on: date) -> Ladder:
    """Who stands above the desks of a region on this day."""
    owner = agreement(region=region, on=on).owner
    coordinators, teams = coordinators_of(region, on=on), national_teams()
    return Ladder(
        owner.id if owner else None, coordinators[0].id if coordinators else None, teams[0].id if teams else None
    )


def gone_among(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those to which nobody can be handed over any more: they have ended."""
    found = organisations(ids)
    there = {row.id for region in {row.region for row in found.values()} for row in receivers(region)}
    return frozenset(ids) - there - {row.id for row in national_teams()}


def _first_door(there: Sequence[OrganisationRow]) -> OrganisationRow | None:
    found = {row.kind: row for row in reversed(there)}
    return next((found[kind] for kind in FIRST_DOORS if kind in found), None)
