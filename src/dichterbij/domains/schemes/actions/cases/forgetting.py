"""Documents that were shown go when the case is long over; what they were, and their digests, stay."""

from datetime import datetime, timedelta

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.case_models import Objection
from dichterbij.domains.schemes.check_models import Document
from dichterbij.domains.schemes.rules.checks import read_checks
from dichterbij.domains.schemes.rules.procedure import OPEN_OBJECTIONS
from dichterbij.domains.schemes.rules.procedure.stages import ENDED
from dichterbij.domains.schemes.seeing import own_work

MOST = 1_000


def forget_documents(*, actor: Actor | str, now: datetime, most: int = MOST) -> int:
    """Delete documents of cases that ended so many weeks ago, without an open objection. How many; repeatable."""
    before = now - timedelta(weeks=read_checks(on=timezone.localdate(now)).documents_weeks)
    with own_work():
        objected = Objection.objects.filter(stage__in=OPEN_OBJECTIONS).values("case")
        over = Document.objects.filter(
            evidence__case__stage__in=[one.value for one in ENDED], evidence__case__moved_at__lt=before
        ).exclude(evidence__case__in=objected)
        gone = list(over.order_by("pk").values_list("pk", flat=True)[:most])
        if gone:
            Document.objects.filter(pk__in=gone).delete()
            record(actor=str(actor), action="case.documents_forgotten", data={"documents": len(gone)}, now=now)
    return len(gone)
