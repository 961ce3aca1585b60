"""An applicant sends what was missing; an officer looks whether that is all."""

from datetime import datetime

from django.db import transaction

from dichterbij.domains.schemes.actions.cases.evidence import NewEvidence, add_evidence
from dichterbij.domains.schemes.actions.cases.moving import APPLICANT
from dichterbij.domains.schemes.case_models import Case, Evidence, OfficerTask
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rules.procedure import Stage
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import NotFoundError

MOST_SENT = 10
CAME = "document_came"


def send_missing(*, number: str, document: NewEvidence, now: datetime) -> None:
    """Keep a document of the applicant, and a task to look at it; the same one twice is one.

    NotPossibleError when nothing is asked now, or so many came already.
    """
    with transaction.atomic(), own_work():
        case = Case.objects.select_for_update().filter(number=number).first()
        if case is None:
            raise NotFoundError("There is no such case.")
        if case.stage != Stage.INCOMPLETE.value:
            raise NotPossibleError("Nothing is asked of this application now.")
        if Evidence.objects.filter(case=case, added_by=APPLICANT).count() >= MOST_SENT:
            raise NotPossibleError(f"{MOST_SENT} documents came already: call us.")
        add_evidence(case=case.pk, version=None, document=document, actor=APPLICANT, now=now)
        OfficerTask.objects.get_or_create(case=case, kind=CAME, about=document.digest, defaults={"made_at": now})
