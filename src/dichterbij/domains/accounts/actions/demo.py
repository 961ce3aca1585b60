"""The demonstration's invented accounts: made, or put back as the data say."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.models import (
    Absence,
    Invitation,
    Membership,
    Organisation,
    RecoveryCode,
    SecondFactor,
    User,
)
from dichterbij.domains.accounts.rules.demo import DemoAccount, demo_id, demo_list, demo_organisations
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record

ACTOR = "demo"


def load_demo_accounts(*, now: datetime) -> int:
    """Make those that are not there; returns how many accounts were made. One that is there stays as it is."""
    with account_work():
        _organisations()
        there = set(User.objects.filter(invented=True).values_list("pk", flat=True))
        new = [account for account in demo_list() if demo_id(account.key) not in there]
        for account in new:
            _put(account, now)
        if new:
            record(actor=ACTOR, action="accounts.demo_loaded", data={"accounts": len(new)}, now=now)
    return len(new)


def reset_demo_accounts(*, now: datetime) -> int:
    """Put all of them back: names, roles, no second factor, nobody signed in. Only invented rows are touched."""
    with account_work():
        _organisations()
        mine = User.objects.filter(invented=True)
        Organisation.objects.filter(invented=True, pk__in=_ids()).update(ended_on=None)
        Invitation.objects.filter(organisation__invented=True).delete()
        Absence.objects.filter(membership__user__invented=True).delete()
        RecoveryCode.objects.filter(user__invented=True).delete()
        SecondFactor.objects.filter(user__invented=True).delete()
        Membership.objects.filter(user__invented=True, valid_until=None).update(valid_until=timezone.localdate(now))
        mine.exclude(pk__in=[demo_id(account.key) for account in demo_list()]).update(is_active=False)
        mine.update(signed_out_at=now)
        for account in demo_list():
            _put(account, now)
        record(actor=ACTOR, action="accounts.demo_reset", data={"accounts": len(demo_list())}, now=now)
    return len(demo_list())


def _ids() -> list[UUID]:
    return [demo_id(row.key) for row in demo_organisations()]


def _organisations() -> None:
    for row in demo_organisations():
        values = {name: getattr(row, name) for name in ("name", "kind", "region", "desk", "phone", "email")}
        Organisation.objects.update_or_create(pk=demo_id(row.key), defaults={**values, "invented": True})


def _put(account: DemoAccount, now: datetime) -> None:
    values = {"email": account.email, "name": account.name, "kind": account.kind, "is_active": True, "invented": True}
    user, _ = User.objects.update_or_create(
        pk=demo_id(account.key), defaults=values, create_defaults={**values, "made_at": now}
    )
    today = timezone.localdate(now)
    for organisation, role in account.memberships:
        Membership.objects.filter(user=user, organisation_id=demo_id(organisation), role=role).delete()
        Membership.objects.create(user=user, organisation_id=demo_id(organisation), role=role, valid_from=today)
