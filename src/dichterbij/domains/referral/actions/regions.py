"""A region's coordinator names who watches over its hand-overs, and how long its desks have."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries.receivers import receivers
from dichterbij.domains.accounts.rules import Actor, Reach, read_permissions
from dichterbij.domains.journal.actions import record
from dichterbij.domains.referral.models import RegionAgreement
from dichterbij.domains.referral.rules import load_terms
from dichterbij.shared.errors import InputError

AGREED = "referral.region_agreed"
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a coordinator fills in; None leaves it to the packaged rules, or to no aim."""

    owner: UUID | None
    answer_days: int | None
    places: int | None
    people: int | None


def set_agreement(*, actor: Actor, region: str, owner: UUID | None, answer_days: int | None, now: datetime) -> None:
    """Keep the named owner and the term of a region; None leaves it to the packaged rules. For new moves from now on.

    NotAllowedError for another region or role, InputError for an owner or a term that cannot be.
    """
    _check(actor, region, owner, answer_days, now)
    values = {
        "owner_organisation": owner, "answer_days": answer_days, "changed_at": now, "changed_by": str(actor),
    }  # fmt: skip
    with transaction.atomic(), acting(actor):
        RegionAgreement.objects.update_or_create(region=region, defaults=values)
        data = {"region": region, "owner": str(owner) if owner else None, "answer_days": answer_days}
        record(actor=str(actor), action=AGREED, data=data, now=now)


def agree(*, actor: Actor, region: str, agreed: Agreed, now: datetime) -> None:
    """Keep all that a region agreed on, or nothing of it. As `set_agreement` and `set_goals`."""
    with transaction.atomic():
        set_agreement(actor=actor, region=region, owner=agreed.owner, answer_days=agreed.answer_days, now=now)
        set_goals(actor=actor, region=region, places=agreed.places, people=agreed.people, now=now)


def set_goals(*, actor: Actor, region: str, places: int | None, people: int | None, now: datetime) -> None:
    """Keep how many finding places, and how many people through them, a region aims at; None for no aim."""
    _check_coordinates(actor, region, now)
    if any(goal is not None and not 1 <= goal <= MOST for goal in (places, people)):
        raise InputError(f"A goal is 1 to {MOST}.", field="goals")
    values = {"goal_places": places, "goal_people": people, "changed_at": now, "changed_by": str(actor)}
    with transaction.atomic(), acting(actor):
        RegionAgreement.objects.update_or_create(region=region, defaults=values)
        data = {"region": region, "places": places, "people": people}
        record(actor=str(actor), action="referral.goals_set", data=data, now=now)


def _check_coordinates(actor: Actor, region: str, now: datetime) -> None:
    reach = read_permissions(timezone.localdate(now)).reach(actor.role, "run_region", "organisation")
    if reach is not Reach.COUNTRY and (reach is not Reach.REGION or actor.region != region):
        raise NotAllowedError("Only the coordinator of a region changes what it agreed.")


def _check(actor: Actor, region: str, owner: UUID | None, answer_days: int | None, now: datetime) -> None:
    today = timezone.localdate(now)
    _check_coordinates(actor, region, now)
    if owner is not None and owner not in {row.id for row in receivers(region)}:
        raise InputError("The named owner is a desk or partner of the region itself.", field="owner")
    longest = load_terms(on=today).longest_days
    if answer_days is not None and not 1 <= answer_days <= longest:
        raise InputError(f"A term is 1 to {longest} working days.", field="answer_days")
