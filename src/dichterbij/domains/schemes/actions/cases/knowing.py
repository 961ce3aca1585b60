"""What officers find out about companies: which ones belong together, and the de-minimis aid that they had."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.moving import held, said_why
from dichterbij.domains.schemes.check_models import AidTold, UndertakingTie
from dichterbij.domains.schemes.rules.checks import TieKind
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError, NotFoundError


def tell_aid(
    *, aid: UUID, entity: str, cents: int, on: date, source: str, actor: Actor | str, now: datetime
) -> None:  # fmt: skip
    """Write down aid that a company had; 0 cents: it says that it had none. The same `aid` twice is one."""
    why = said_why(source, field="source")
    if not entity or cents < 0:
        raise InputError("Aid is of a company, and not less than nothing.", field="amount")
    if on > timezone.localdate(now):
        raise InputError("A company had it today or before.", field="on")
    with transaction.atomic(), own_work():
        row = AidTold(id=aid, entity=entity, cents=cents, on=on, source=why, told_at=now, told_by=str(actor))
        if not _is_new(row):
            return
        _tell("scheme.aid_told", actor, now, aid=str(aid), cents=cents, on=on.isoformat())


def tell_tie(
    *, tie: UUID, one: str, other: str, kind: TieKind, since: date, source: str, actor: Actor | str, now: datetime,
    until: date | None = None,
) -> None:  # fmt: skip
    """Write down that two companies belong together. The same `tie` twice is one."""
    why = said_why(source, field="source")
    if not one or not other or one == other:
        raise InputError("A tie has two companies.", field="other")
    if until is not None and until < since:
        raise InputError("It ends on the day it began, or later.", field="until")
    with transaction.atomic(), own_work():
        row = UndertakingTie(
            id=tie, one=one, other=other, kind=kind.value, since=since, until=until, source=why, told_at=now,
            told_by=str(actor),
        )  # fmt: skip
        if not _is_new(row):
            return
        _tell("scheme.tie_told", actor, now, tie=str(tie), kind=kind.value, since=since.isoformat())


def strike_out(*, id: UUID, actor: Actor | str, now: datetime) -> None:
    """Aid or a tie was written down wrongly: from now on it does not count. Repeatable; NotFoundError for neither."""
    with transaction.atomic(), own_work():
        for model in (AidTold, UndertakingTie):
            row = model.objects.select_for_update().filter(pk=id).first()
            if row is None:
                continue
            if row.struck_at is None:
                model.objects.filter(pk=id).update(struck_at=now, struck_by=str(actor))
                _tell("scheme.struck_out", actor, now, what=model._meta.model_name, id=str(id))
            return
    raise NotFoundError("There is no such line.")


def end_placement(*, case: UUID, version: int, last_day: date, reason: str, actor: Actor | str, now: datetime) -> int:
    """Write down the last day of the placement of a case; the newest one counts. The version after it."""
    why = said_why(reason)
    if last_day > timezone.localdate(now):
        raise InputError("The placement ended today or before.", field="last_day")
    with held(case, version, actor=actor, now=now) as moving:
        moving.take(Step.PLACEMENT_ENDED, until=last_day, reason=why)
        return moving.row.version


def _is_new(row: AidTold | UndertakingTie) -> bool:
    """Whether it is kept now; not when the same one is there, also of somebody at this very moment."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if type(row)._default_manager.filter(pk=row.pk).exists():
            return False
        raise
    return True


def _tell(action: str, actor: Actor | str, now: datetime, **data: Any) -> None:
    record(actor=str(actor), action=action, data=data, now=now)
