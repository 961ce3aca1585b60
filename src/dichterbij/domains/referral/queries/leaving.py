"""Reading who leaves school and falls between two desks."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.may import check_may
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.rows import HandoverRow, handover_row
from dichterbij.domains.referral.rules import OPEN, after_working_days
from dichterbij.domains.referral.rules.leaving import WARN_DAYS, Leaving, leaving

MOST = 50


def leaving_of(row: HandoverRow, now: datetime) -> Leaving | None:
    """How the last day at school and the first contact join; None for who does not leave school, or is done."""
    if row.last_day is None or not row.is_open:
        return None
    return leaving(last_day=row.last_day, contact_on=row.contact_on, today=timezone.localdate(now))


def gaps(*, actor: Actor, now: datetime) -> tuple[tuple[HandoverRow, Leaving], ...]:
    """Whom this role sees and about whom somebody must do something, first whose last day is first. One query."""
    check_may(actor, now)
    near = after_working_days(timezone.localdate(now), WARN_DAYS)
    with acting(actor):
        found = Handover.objects.filter(state__in=OPEN, last_day__isnull=False).order_by("last_day", "pk")
        found = found.exclude(contact_on__lte=F("last_day") + timedelta(days=1))
        found = found.exclude(last_day__iso_week_day=5, contact_on__lte=F("last_day") + timedelta(days=3))
        found = found.exclude(contact_on=None, last_day__gt=near)
        rows = [handover_row(row) for row in found[: 4 * MOST]]
    told = [(row, leaving_of(row, now)) for row in rows]
    return tuple((row, one) for row, one in told if one is not None and one.is_warning)[:MOST]
