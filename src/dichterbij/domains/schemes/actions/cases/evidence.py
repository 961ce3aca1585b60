"""What was shown, what was flagged, and what somebody must look at."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.moving import held, said_why
from dichterbij.domains.schemes.case_models import CaseEvent, Evidence, OfficerTask
from dichterbij.domains.schemes.check_models import Document
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rules.checks import Found, Signal
from dichterbij.domains.schemes.rules.contact import BY_APPLICANT
from dichterbij.domains.schemes.rules.procedure import Stage, Step
from dichterbij.domains.schemes.rules.procedure.stages import ENDED, WITH_MONEY
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError, NotFoundError

LARGEST: Final = 10_000_000
CAME_BACK = ("payment_refused", "payment_returned")
TYPES: Final = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How a document begins that can be read here, whatever its name says."""


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A document as the page took it in, with the digest of its bytes. `content`: to read beside the application until
    the case is long over; empty when only what it is was written down.
    """

    kind: str
    title: str
    media_type: str
    size: int
    digest: str
    content: bytes = b""


def read_document(*, kind: str, title: str, content: bytes) -> NewEvidence:
    """A document to keep for a while. InputError for one that is too large, or no PDF, PNG or JPEG."""
    media = next((media for start, media in TYPES.items() if content.startswith(start)), None)
    if media is None or len(content) > LARGEST:
        raise InputError("A document is a PDF, PNG or JPEG of at most 10 MB.", field="document")
    return NewEvidence(kind, title, media, len(content), hashlib.sha256(content).hexdigest(), content)


def add_evidence(*, case: UUID, version: int | None, document: NewEvidence, actor: Actor | str, now: datetime) -> int:
    """Write down that it was shown; the same document twice is one. The version after it."""
    if not 0 < document.size <= LARGEST or not document.title.strip():
        raise InputError(f"A document has a title and at most {LARGEST // 1_000_000} MB.", field="document")
    with held(case, version, actor=actor, now=now) as moving:
        if not Evidence.objects.filter(case=case, digest=document.digest, struck_at=None).exists():
            row = Evidence.objects.create(
                case=moving.row, kind=document.kind, title=" ".join(document.title.split()), digest=document.digest,
                media_type=document.media_type, size=document.size, added_at=now, added_by=str(actor),
            )  # fmt: skip
            if document.content:
                Document.objects.create(evidence=row, content=document.content)
            moving.take(Step.EVIDENCE_ADDED, data={"kind": document.kind, "digest": document.digest})
        return moving.row.version


def strike_evidence(
    *, case: UUID, version: int, evidence: int, reason: str, actor: Actor | str, now: datetime
) -> int:  # fmt: skip
    """It is not of this case: whoever put it here takes it back. The line stays, its content goes. The version after.

    NotFoundError for a document of another case; NotPossibleError for one of somebody else, or before a decision.
    """
    why = said_why(reason)
    with held(case, version, actor=actor, now=now) as moving:
        row = Evidence.objects.filter(pk=evidence, case=case, struck_at=None).first()
        if row is None:
            raise NotFoundError("There is no such document on this case.")
        if row.added_by != str(actor):
            raise NotPossibleError("Whoever put a document here takes it back.")
        if CaseEvent.objects.filter(case=case, proposal__isnull=False, at__gt=row.added_at).exists():
            raise NotPossibleError("A decision was taken after it was added, so it stays.")
        Evidence.objects.filter(pk=evidence).update(struck_at=now, struck_by=str(actor))
        Document.objects.filter(evidence=row).delete()
        moving.take(Step.EVIDENCE_STRUCK, reason=why, data={"kind": row.kind, "digest": row.digest})
        return moving.row.version


def flag(*, case: UUID, signals: Iterable[Signal], actor: Actor | str, now: datetime) -> int:
    """Flags on a case, each once as long as its reason is the same. Nothing is refused by them. How many are new."""
    new = 0
    with held(case, None, actor=actor, now=now) as moving:
        for signal in signals:
            told = {
                "code": signal.code.value, "rule": signal.reason.rule, "source": signal.reason.source,
                "inputs": {key: str(value) for key, value in signal.reason.inputs.items()},
            }  # fmt: skip
            there = CaseEvent.objects.filter(case=case, step=Step.FLAGGED.value, data=told)
            if not there.exists():
                moving.row.open_flags += 1
                moving.take(Step.FLAGGED, data=told)
                new += 1
    return new


def answer_flag(
    *,
    case: UUID,
    version: int,
    flagged: int,
    answer: str,
    actor: Actor | str,
    now: datetime,
    found: Found | None = None,
) -> int:
    """What somebody found out about the flag of event `flagged`. It decides nothing. The version after it."""
    why = said_why(answer, field="answer")
    with held(case, version, actor=actor, now=now) as moving:
        events = CaseEvent.objects.filter(case=case)
        if not events.filter(number=flagged, step=Step.FLAGGED.value).exists():
            raise NotFoundError("There is no such flag on this case.")
        if events.filter(step=Step.FLAG_ANSWERED.value, data__flagged=flagged).exists():
            raise InputError("This flag is answered already.", field="flagged")
        moving.row.open_flags -= 1
        told = {"found": found.value} if found else {}
        moving.take(Step.FLAG_ANSWERED, reason=why, data={"flagged": flagged, **told})
        return moving.row.version


def finish_tasks(*, tasks: Iterable[int], actor: Actor | str, now: datetime) -> None:
    """Somebody looked at all of these, or at none: the errors of `finish_task`."""
    with transaction.atomic():
        for task in tasks:
            finish_task(task=task, actor=actor, now=now)


def finish_task(*, task: int, actor: Actor | str, now: datetime) -> None:
    """Somebody looked at it. The first one counts.

    NotPossibleError for a payment that came back while the case is to be paid: another account ends it, or the same one
    given again. So for an account that the applicant gave, until the case ended.
    """
    with transaction.atomic(), own_work():
        row = OfficerTask.objects.select_for_update(of=("self",)).select_related("case").filter(pk=task).first()
        if row is None:
            raise NotFoundError("There is no such task.")
        if row.done_at is not None:
            return
        stage = Stage(row.case.stage)
        if (row.kind in CAME_BACK and stage in WITH_MONEY) or (row.kind == BY_APPLICANT and stage not in ENDED):
            raise NotPossibleError("Give an account first, another one or the same once more: it is paid there.")
        OfficerTask.objects.filter(pk=task).update(done_at=now, done_by=str(actor))
        data = {"case": row.case.number, "kind": row.kind, "about": row.about}
        record(actor=str(actor), action="case.task_finished", data=data, now=now)
