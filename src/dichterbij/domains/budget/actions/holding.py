"""Two phases: reserve with a term, then commit or release; the calendar releases what nobody settled in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget.actions.posting import lock, post
from dichterbij.domains.budget.errors import TermError
from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.models import Reservation
from dichterbij.domains.budget.models import Transfer as Moved
from dichterbij.domains.budget.rules import Account, Posted, State, Transfer, read_account

AT_A_TIME = 1_000
LAPSED = "The term of these reservations has passed"


@dataclass(frozen=True, slots=True)
class Held:
    """What is left of a reservation, and between which accounts."""

    id: UUID
    account: Account
    came_from: Account
    left_cents: int


def reserve(
    *,
    posting: UUID,
    reservation: UUID,
    source: Account,
    cents: int,
    until: datetime,
    reason: str,
    actor: Actor | str,
    now: datetime,
    target: Account | None = None,
    reference: str = "",
    approved_by: Actor | str | None = None,
) -> Posted:
    """Hold money until a moment; `reservation` is the id to commit or release it by. `target`: source's own place."""
    to = target or Account(State.RESERVED, source.place)
    move = Transfer(reservation, source, to, cents, reference, until=until)
    return post(posting=posting, transfers=[move], reason=reason, actor=actor, now=now, approved_by=approved_by)


def commit(
    *,
    posting: UUID,
    reservation: UUID,
    reason: str,
    actor: Actor | str,
    now: datetime,
    cents: int | None = None,
    target: Account | None = None,
    approved_by: Actor | str | None = None,
) -> Posted:
    """Promise what was held, or part of it (the rest stays held). TermError after the term."""
    held = _held(reservation)
    to = target or Account(State.COMMITTED, held.account.place)
    move = Transfer(uuid5(posting, str(reservation)), held.account, to, cents or _left(held, posting),
                    settles=reservation)  # fmt: skip
    return post(posting=posting, transfers=[move], reason=reason, actor=actor, now=now, approved_by=approved_by)


def release(
    *,
    posting: UUID,
    reservation: UUID,
    reason: str,
    actor: Actor | str,
    now: datetime,
    cents: int | None = None,
    approved_by: Actor | str | None = None,
) -> Posted:
    """Give back what was held, or part of it, to where it came from."""
    held = _held(reservation)
    move = Transfer(uuid5(posting, str(reservation)), held.account, held.came_from, cents or _left(held, posting),
                    settles=reservation)  # fmt: skip
    return post(posting=posting, transfers=[move], reason=reason, actor=actor, now=now, approved_by=approved_by)


def release_expired(*, actor: Actor | str, now: datetime) -> int:
    """Give back everything whose term has passed; how many. Repeatable: a second round finds nothing."""
    done = 0
    while count := _release_some(actor, now):
        done += count
    return done


def _release_some(actor: Actor | str, now: datetime) -> int:
    """Under the lock, so that nobody settles in the meantime what is given back here."""
    with transaction.atomic():
        lock()
        moves = [
            Transfer(uuid5(one.id, "expired"), one.account, one.came_from, one.left_cents, settles=one.id)
            for one in _expired(now)
        ]
        if moves:
            posting = uuid5(NAMESPACE_OID, " ".join(str(one.id) for one in moves))
            post(posting=posting, transfers=moves, reason=LAPSED, actor=actor, now=now)
        return len(moves)


def _held(reservation: UUID) -> Held:
    found = _read(list(Reservation.objects.filter(pk=reservation)))
    if not found:
        raise TermError("There is no such reservation.")
    return found[0]


def _left(held: Held, posting: UUID) -> int:
    """All that is left; for a posting that was made before, what it moved then."""
    before = Moved.objects.filter(posting=posting, settles=held.id).values_list("cents", flat=True).first()
    if before is None and not held.left_cents:
        raise TermError("This reservation was settled already.")
    return before or held.left_cents


def _expired(now: datetime) -> list[Held]:
    return _read(list(Reservation.objects.filter(left_cents__gt=0, until__lt=now).order_by("until", "id")[:AT_A_TIME]))


def _read(rows: Sequence[Reservation]) -> list[Held]:
    ids = {pk for row in rows for pk in (row.account, row.came_from)}
    names = {pk: read_account(name) for pk, name in Row.objects.filter(pk__in=ids).values_list("pk", "name")}
    return [Held(row.pk, names[row.account], names[row.came_from], row.left_cents) for row in rows]
