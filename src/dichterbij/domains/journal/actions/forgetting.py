"""Uses of data go from the log when their term is over."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from dichterbij.domains.journal.actions.events import record
from dichterbij.domains.journal.models import Processing
from dichterbij.domains.journal.rules import first_day_kept
from dichterbij.domains.journal.saying import said

JOURNAL_WORK = "journal_work"


@dataclass(frozen=True, slots=True)
class ForgottenUses:
    """How many uses of before this day went, or would go."""

    before: date
    count: int


def forget_uses(*, actor: str, now: datetime, dry_run: bool = False) -> ForgottenUses:
    """Delete the uses whose term is over, with one event; `dry_run` only counts them. A second time changes nothing."""
    before = first_day_kept(timezone.localdate(now))
    over = Processing.objects.filter(at__lt=timezone.make_aware(datetime.combine(before, time.min)))
    with said(role=JOURNAL_WORK):
        if dry_run:
            return ForgottenUses(before, over.count())
        count, _ = over.delete()
        if count:
            data = {"before": before.isoformat(), "count": count}
            record(actor=actor, action="journal.uses_forgotten", data=data, now=now)
    return ForgottenUses(before, count)
