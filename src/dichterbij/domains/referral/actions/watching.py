"""What the calendar does: remind whoever has the ball before the term ends, and move up what got no answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone

from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral.actions.letters import Mail
from dichterbij.domains.referral.actions.moving import ENDED, Moved, store_move
from dichterbij.domains.referral.actions.subjects import letters_to_them
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.regions import gone_among, ladder_for
from dichterbij.domains.referral.queries.rows import ball_of
from dichterbij.domains.referral.rules import OPEN, Move, State, after_working_days, load_terms, states
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import DichterbijError

Watch = Callable[[UUID, date, datetime], tuple[str, str] | None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """What one round did, by reference. `dead_ends`: waiting past the last term, with nobody left above.

    `failed`: could not be moved now, by number; the next round tries again.
    """

    reminded: tuple[str, ...]
    escalated: tuple[str, ...]
    dead_ends: tuple[str, ...]
    failed: tuple[str, ...] = ()


def watch_terms(*, now: datetime) -> Watched:
    """Remind and move up everything that is due. Repeatable: a second round on the same day does nothing.

    Each hand-over is its own transaction: one that cannot be moved keeps no other waiting.
    """
    today = timezone.localdate(now)
    done: dict[str, list[str]] = {"reminded": [], "escalated": [], "dead_end": [], "failed": []}
    for watch, find in ((_take_over, _left_behind), (_watch, _due)):
        for pk in find(today):
            what = _tried(watch, pk, today, now)
            if what:
                done[what[0]].append(what[1])
    return Watched(*(tuple(done[kind]) for kind in ("reminded", "escalated", "dead_end", "failed")))


def _tried(watch: Watch, pk: UUID, today: date, now: datetime) -> tuple[str, str] | None:
    try:
        return watch(pk, today, now)
    except (DichterbijError, DatabaseError) as error:
        # Only the kind: what a database says may quote a row.
        log.warning("Hand-over %s could not be moved: %s", pk, type(error).__name__)
        return "failed", str(pk)


def _left_behind(_today: date) -> list[UUID]:
    """What is open with an organisation that has ended or that everybody left, or is answered for by one."""
    with own_work():
        waiting = Handover.objects.filter(state__in=OPEN)
        held = {one for pair in waiting.values_list("to_organisation", "owner_organisation").distinct() for one in pair}
        gone = gone_among(held)
        theirs = Q(to_organisation__in=gone) | Q(owner_organisation__in=gone)
        return list(waiting.filter(theirs).order_by("answer_by", "id").values_list("id", flat=True))


def _take_over(pk: UUID, today: date, now: datetime) -> tuple[str, str] | None:
    """Up from an organisation that ended, or that everybody left; also what it had accepted."""
    with transaction.atomic(), own_work():
        row = Handover.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=OPEN).first()
        if row is None:
            return None
        if _moved_up(row, today, now):
            return "escalated", row.reference
        return ("dead_end", row.reference) if row.state == State.ACCEPTED.value else None


def leave_behind(organisation: UUID, now: datetime) -> None:
    """In the transaction in which everybody left it: what it had goes up at once, and is answered for above.

    NotPossibleError where nobody stands above who could get it: then nobody may leave yet.
    """
    today = timezone.localdate(now)
    with own_work():
        theirs = Q(to_organisation=organisation) | Q(owner_organisation=organisation)
        waiting = Handover.objects.select_for_update().filter(theirs, state__in=OPEN)
        for row in waiting.order_by("answer_by", "id"):
            if not _moved_up(row, today, now) and row.to_organisation == organisation:
                raise NotPossibleError("Nobody stands above this desk who can go on with what it has open.")


def _moved_up(row: Handover, today: date, now: datetime) -> bool:
    """A locked row of whoever is gone goes up; False where nobody is left there, or nobody is gone."""
    before, gone = ball_of(row), gone_among([row.to_organisation, row.owner_organisation])
    ball = states.lose(before, gone=gone, ladder=ladder_for(region=row.region, person=row.person, now=now))
    if ball == before:
        return False
    moved = Moved(Move.ESCALATED, ball, Through("system", row.reference), reason=ENDED)
    mails = [Mail("receiver", "receiver"), Mail("sender", "moved"), *letters_to_them(row, "person_moved", now)]
    store_move(row, moved, now=now, mails=mails)
    return True


def _due(today: date) -> list[UUID]:
    """What is past its term, and what ends soon and was not reminded of yet."""
    soon = after_working_days(today, load_terms(on=today).remind_days)
    with own_work():
        waiting = Handover.objects.filter(state=State.SENT.value, answer_by__lte=soon)
        waiting = waiting.exclude(Q(answer_by__gte=today) & Q(reminded_for=F("answer_by")))
        return list(waiting.order_by("answer_by", "id").values_list("id", flat=True))


def _watch(pk: UUID, today: date, now: datetime) -> tuple[str, str] | None:
    with transaction.atomic(), own_work():
        row = Handover.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.SENT.value).first()
        if row is None:
            return None
        if row.answer_by < today:
            return _past_its_term(row, today, now)
        if row.reminded_for == row.answer_by:
            return None
        return _remind(row, row.answer_by, now)


def _past_its_term(row: Handover, today: date, now: datetime) -> tuple[str, str] | None:
    before = ball_of(row)
    ball = states.miss_term(before, ladder=ladder_for(region=row.region, person=row.person, now=now))
    if ball == before:
        if row.reminded_for == today:
            return None
        _remind(row, today, now)
        return "dead_end", row.reference
    mails = [Mail("receiver", "receiver"), Mail("sender", "overdue"), *letters_to_them(row, "person_late", now)]
    store_move(row, Moved(Move.ESCALATED, ball, Through("system", row.reference)), now=now, mails=mails)
    return "escalated", row.reference


def _remind(row: Handover, reminded_for: date, now: datetime) -> tuple[str, str]:
    row.reminded_for = reminded_for
    moved = Moved(Move.REMINDED, ball_of(row), Through("system", row.reference))
    store_move(row, moved, now=now, mails=[Mail("receiver", "reminder")])
    return "reminded", row.reference
