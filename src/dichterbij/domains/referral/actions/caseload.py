"""Who of a desk does the work: taken over or given one by one, or a whole caseload at once; and taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import Leaving
from dichterbij.domains.accounts.queries import coworkers
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.referral.actions.watching import leave_behind
from dichterbij.domains.referral.errors import ChangedError, HolderGoneError, NotPossibleError
from dichterbij.domains.referral.may import DATA, PURPOSE, check_may, check_may_divide
from dichterbij.domains.referral.models import Division, Handover
from dichterbij.domains.referral.queries.caseload import open_work, undoable
from dichterbij.domains.referral.queries.regions import gone_among
from dichterbij.domains.referral.queries.rows import HandoverRow, handover_row
from dichterbij.domains.referral.rules import State, load_terms
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import NotFoundError

GIVEN = "referral.adviser_changed"


@dataclass(frozen=True, slots=True)
class Given:
    """One hand-over that went to another colleague: who did it before and who now (None: nobody in particular)."""

    handover: UUID
    before: UUID | None
    after: UUID | None
    version: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many of a division went back; with the others somebody did something since."""

    back: int
    all: int


def give(*, actor: Actor, handover: UUID, version: int, to: UUID | None, now: datetime) -> HandoverRow:
    """A colleague of the actor's desk does it from now on: oneself, somebody else, or nobody in particular.

    NotFoundError for what is not theirs and for who does not work there, ChangedError when somebody moved it since
    `version`, NotPossibleError for what is not accepted.
    """
    check_may(actor, now)
    ours = actor.organisation
    with transaction.atomic(), own_work():
        row = Handover.objects.select_for_update().filter(pk=handover).first()
        if row is None or ours is None or row.owner_organisation != ours:
            raise NotFoundError("There is no such hand-over.")
        if row.version != version:
            raise ChangedError("Somebody did something with this hand-over in the meantime. Look at it once more.")
        if row.state != State.ACCEPTED:
            raise NotPossibleError("Only what a desk accepted is the work of one of its people.")
        _check_work_there(actor, ours, [to] if to else [], now)
        if row.adviser != to:
            _change(row, to, actor, now)
        return handover_row(row)


def divide(
    *, actor: Actor, organisation: UUID, of: UUID | None, to: Sequence[UUID | None], now: datetime
) -> tuple[Given, ...]:
    """All that a colleague has open goes to others, in turn; None among them is nobody in particular.

    `of` None: what nobody does now. One event for each, and a division that can be taken back. NotAllowedError out of
    reach, NotFoundError for a colleague who does not work there, and for nobody else to give it to.
    """
    check_may_divide(actor, organisation, now)
    if not to or of in to:
        raise NotFoundError("Name the others who go on with it.")
    with transaction.atomic(), own_work():
        _check_work_there(actor, organisation, [one for one in to if one], now)
        rows = open_work(actor=actor, organisation=organisation, of=of, now=now).select_for_update()
        given = tuple(_in_turn(rows.order_by("accepted_at", "id"), to, actor, now))
        _keep(organisation, of, given, actor, now)
        return given


def undo_divide(*, actor: Actor, organisation: UUID, division: UUID, now: datetime) -> TakenBack:
    """Take a division of this desk back, whoever made it, but for what somebody did something with since.

    NotAllowedError out of reach, NotFoundError for none, one that was taken back, or one whose term is over,
    HolderGoneError where the colleague who had them does not work there any more: nothing moves then.
    """
    check_may_divide(actor, organisation, now)
    with transaction.atomic(), own_work():
        kept = undoable(organisation, now).select_for_update().filter(pk=division).first()
        if kept is None:
            raise NotFoundError("There is no such division to take back.")
        if kept.of is not None and kept.of not in _workers(actor, organisation, now):
            raise HolderGoneError("Whoever had this work does not work at this desk any more. Divide it anew.")
        given = {UUID(row): (UUID(to) if to else None, version) for row, to, version in kept.moved}
        rows = Handover.objects.select_for_update().filter(pk__in=given, owner_organisation=organisation)
        same = [row for row in rows.filter(state=State.ACCEPTED.value).order_by("id")
                if (row.adviser, row.version) == given[row.pk]]  # fmt: skip
        for row in same:
            _change(row, kept.of, actor, now)
        kept.undone_at, kept.undone_by = now, actor.user
        kept.save(update_fields=["undone_at", "undone_by"])
        return TakenBack(len(same), len(given))


def hand_on(leaving: Leaving) -> None:
    """What somebody who leaves a desk had goes to the colleagues who were named, else to nobody in particular.

    Runs in the transaction in which the role ends. Nothing moves where they go on with this work in another role. Of a
    desk that everybody has left now, all goes up at once; NotPossibleError where nobody stands above.
    """
    there = _workers(leaving.actor, leaving.organisation, leaving.now)
    if leaving.user in there:
        return
    _check_work_there(leaving.actor, leaving.organisation, leaving.work_to, leaving.now)
    if leaving.organisation in gone_among([leaving.organisation]):
        leave_behind(leaving.organisation, leaving.now)
    with own_work():
        rows = open_work(
            actor=leaving.actor, organisation=leaving.organisation, of=leaving.user, now=leaving.now
        ).select_for_update()
        list(_in_turn(rows.order_by("accepted_at", "id"), leaving.work_to, leaving.actor, leaving.now))


def _in_turn(rows: Iterable[Handover], to: Sequence[UUID | None], actor: Actor, now: datetime) -> Iterator[Given]:
    for row, colleague in zip(rows, cycle(to or [None]), strict=False):
        if row.adviser != colleague:
            yield _change(row, colleague, actor, now)


def _change(row: Handover, to: UUID | None, actor: Actor, now: datetime) -> Given:
    """In the caller's own work: one row, one event. The version goes up: whoever looks at an older page is told."""
    before, row.adviser, row.version = row.adviser, to, row.version + 1
    row.save(update_fields=["adviser", "version"])
    data = {
        "handover": str(row.pk), "reference": row.reference, "organisation": str(row.owner_organisation),
        "from": str(before) if before else None, "to": str(to) if to else None,
    }  # fmt: skip
    record(actor=str(actor), action=GIVEN, data=data, now=now)
    return Given(row.pk, before, to, row.version)


def _keep(organisation: UUID, of: UUID | None, given: Sequence[Given], actor: Actor, now: datetime) -> None:
    """In the caller's own work: what moved, for as long as it can be taken back; older ones of anybody go."""
    term = timedelta(days=load_terms(on=timezone.localdate(now)).undo_days)
    Division.objects.filter(made_at__lt=now - term).delete()
    if given:
        moved = [[str(one.handover), str(one.after) if one.after else None, one.version] for one in given]
        Division.objects.create(organisation=organisation, of=of, made_by=actor.user, made_at=now, moved=moved)


def _check_work_there(actor: Actor, organisation: UUID, people: Sequence[UUID], now: datetime) -> None:
    if people and set(people) - _workers(actor, organisation, now):
        raise NotFoundError("There is no such colleague at this desk.")


def _workers(actor: Actor, organisation: UUID, now: datetime) -> set[UUID]:
    on = timezone.localdate(now)
    return {one.user for one in coworkers(actor=actor, organisation=organisation, what=(PURPOSE, DATA), on=on)}
