"""Looking through all cases of a round: at once where there are few, else by the timer; and when it was done last."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.checking import check_round, known_of, sample_round
from dichterbij.domains.schemes.case_models import Case
from dichterbij.domains.schemes.check_models import CheckAsked
from dichterbij.domains.schemes.models import Round
from dichterbij.domains.schemes.queries.cases import samples
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import DichterbijError

LOCK = 20261124  # beside the number of what was asked, so that one does it
AT_ONCE = 1_000  # cases: more take longer than somebody waits for a page
EACH = timedelta(days=1)
LONGEST = timedelta(days=400)  # after a round closed
log = logging.getLogger(__name__)


def ask_to_look(*, round_id: int, actor: Actor | str, now: datetime, seed: str = "") -> int | None:
    """Look for reasons on all cases of a round; with a `seed`, draw a sample of them. How many reasons are new.

    None where there are many cases, or somebody looks at this moment: a turn of the timer looks. Asked twice before
    that is asked once.
    """
    pk = _asked(round_id, seed, actor, now)
    with own_work():
        few = Case.objects.filter(round_id=round_id).values("pk")[: AT_ONCE + 1].count() <= AT_ONCE
    return _look(pk, now) if pk and few else None


def look_where_asked(*, now: datetime, actor: Actor | str, most: int = 1) -> int:
    """What was asked, and once a day every round that is open or was lately. How many were looked at; repeatable.

    At most so many in one turn, those that an officer asked first: who decides does not wait for it.
    """
    for round_id in _unseen(now):
        _asked(round_id, "", actor, now)
    with own_work():
        rows = list(CheckAsked.objects.filter(done_at=None).order_by("asked_at", "pk").values_list("pk", "asked_by"))
    done = 0
    for pk, _ in sorted(rows, key=lambda row: row[1] == str(actor)):
        try:
            done += _look(pk, now) is not None
        except (DichterbijError, ValueError, DatabaseError) as error:  # the next one goes
            log.error("What was asked as %s cannot be looked at: %s", pk, type(error).__name__)
        if done >= most:
            break
    return done


def _asked(round_id: int, seed: str, actor: Actor | str, now: datetime) -> int | None:
    """What waits to be done; None when somebody else asked it at this moment."""
    with transaction.atomic(), own_work():
        row = CheckAsked.objects.filter(round_id=round_id, seed=seed, done_at=None).first()
        if row is None:
            try:
                with transaction.atomic():
                    row = CheckAsked.objects.create(
                        round_id=round_id, seed=seed, asked_at=now, asked_by=str(actor)
                    )  # fmt: skip
            except IntegrityError:
                return None
            record(actor=str(actor), action="case.look_asked", data={"round": round_id, "seed": seed}, now=now)
        return row.pk


def _look(pk: int, now: datetime) -> int | None:
    """Do what was asked, once. None when it was done, or somebody does it at this moment.

    In no transaction of its own: each reason stands when its case has it, and nobody waits for all others.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        if not cursor.fetchone()[0]:
            return None
    try:
        with own_work():
            row = CheckAsked.objects.get(pk=pk)
        if row.done_at is not None:
            return None
        found = _found(row, now)
        with own_work():
            CheckAsked.objects.filter(pk=pk).update(done_at=now, found=found)
        return found
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])


def _found(row: CheckAsked, now: datetime) -> int:
    on = timezone.localdate(now)
    if row.seed:
        before = samples(round_id=row.round_id, seed=row.seed, most=1)
        if before:  # drawn already, by who did not come to write that it is done
            return sum(stratum.taken for stratum in before[0].strata)
        drawn = sample_round(round_id=row.round_id, seed=row.seed, on=on, actor=row.asked_by, now=now)
        return sum(len(one.taken) for one in drawn)
    known = known_of(row.round_id, on=on)
    return check_round(round_id=row.round_id, known=known, on=on, actor=row.asked_by, now=now)


def _unseen(now: datetime) -> list[int]:
    with own_work():
        looked = CheckAsked.objects.filter(round=OuterRef("pk"), seed="", asked_at__gt=now - EACH)
        rows = Round.objects.filter(opened_at__lt=now - EACH, closes_at__gt=now - LONGEST).exclude(Exists(looked))
        cases = Case.objects.filter(round=OuterRef("pk"))
        return list(rows.filter(Exists(cases)).order_by("pk").values_list("pk", flat=True))
