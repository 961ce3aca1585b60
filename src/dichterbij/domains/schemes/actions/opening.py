"""Opening a round: the version that was published, its ceiling reserved on the ledger; and raising the barrier."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import DatabaseError, connection, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget import queries as balances
from dichterbij.domains.budget.rules import Account, State, Transfer
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.errors import BusyError, NotPossibleError
from dichterbij.domains.schemes.models import Position, Round
from dichterbij.domains.schemes.rounds import Opened, account_of, as_opened, caps_of, digest_of, opened
from dichterbij.domains.schemes.rules import check_ceiling
from dichterbij.domains.schemes.rules.moments import micros, moment_of
from dichterbij.shared.errors import InputError

BARRIER_TIMEOUT = "2s"  # nobody who applies waits longer for a barrier than this
BARRIER_TRIES = 5


def open_round(
    *,
    definition: str,
    source: Account,
    account: str,
    posting: UUID,
    actor: Actor | str,
    now: datetime,
    choices: dict[str, str] | None = None,
    ceiling_cents: int | None = None,
    objections_cents: int = 0,
    exercise: tuple[datetime, datetime] | None = None,
    approved_by: Actor | str | None = None,
) -> Opened:
    """Open the scheme in this file's text. Its ceiling goes from `source` to `account` (reserved:...), now.

    `posting`: made by whoever asks; the same one again gives the same round. `exercise`: when it is open instead.
    InputError for a scheme that cannot be opened; the ledger's errors when there is too little money.
    """
    before = Round.objects.filter(posting=posting).values_list("pk", flat=True).first()
    if before is not None:
        return opened(before)
    reserved = account_of(account)
    opens_at, closes_at = exercise or _moments(definition, choices or {})
    scheme = as_opened(definition, choices or {}, opens_at=opens_at, closes_at=closes_at,
                       is_exercise=exercise is not None)  # fmt: skip
    cents = scheme.ceiling.cents if ceiling_cents is None else ceiling_cents
    if cents is None or cents <= 0:
        raise InputError(f"{scheme.slug}: a round needs a ceiling of more than nothing; the scheme names none.")
    if ceiling_cents is None:  # said otherwise, it is new money beside what was committed before
        committed = balances.balance(Account(State.COMMITTED, reserved.place))
        check_ceiling(scheme, committed_cents=committed)
    told: dict[str, object] = {
        "scheme": scheme.slug, "definition": scheme.digest, "choices": choices or {}, "exercise": exercise is not None,
        "opens": micros(opens_at), "closes": micros(closes_at), "ceiling": cents, "objections": objections_cents,
        "caps": caps_of(scheme), "account": reserved.name,
    }  # fmt: skip
    with transaction.atomic():
        _one_at_a_time(scheme.slug)
        _check_apart(scheme.slug, opens_at, closes_at)
        row = Round.objects.create(
            scheme=scheme.slug, version=scheme.version, definition=definition, choices=choices or {},
            is_exercise=exercise is not None, digest=digest_of(told), account=reserved.name, ceiling_cents=cents,
            objections_cents=objections_cents, caps=caps_of(scheme), opens_at=opens_at, closes_at=closes_at,
            opened_at=now, opened_by=str(actor), posting=posting,
        )  # fmt: skip
        found = opened(row.pk)
        ledger.post(posting=posting, transfers=_reserving(found, source, posting), actor=actor, now=now,
                    reason=f"Ceiling of {scheme.slug} of {scheme.version}", approved_by=approved_by)  # fmt: skip
        record(actor=str(actor), action="schemes.opened", data=told | {"digest": row.digest.hex()}, now=now)
    return found


def raise_barrier(*, opened: Opened) -> datetime:
    """Until which moment every receipt is there and none will come. Commits; waits for receipts that are being written.

    BusyError when one of them stays unfinished.
    """
    for _ in range(BARRIER_TRIES):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [BARRIER_TIMEOUT])
                cursor.execute(
                    "UPDATE schemes_position SET barrier_at = clock_timestamp() WHERE round_id = %s"
                    " RETURNING barrier_at",
                    [opened.id],
                )
                moment: datetime = cursor.fetchone()[0]
                return moment
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) != "55P03":
                raise
    raise BusyError("An application is being received and does not get ready. Nothing was decided; try again.")


def take_fence(opened: Opened) -> int:
    """A number that is higher than that of every decider before. Commits."""
    with transaction.atomic():
        position = Position.objects.select_for_update().get(pk=opened.id)
        position.fence += 1
        position.save(update_fields=["fence"])
        return position.fence


def _moments(definition: str, choices: dict[str, str]) -> tuple[datetime, datetime]:
    epoch = moment_of(0)
    scheme = as_opened(definition, choices, opens_at=epoch, closes_at=epoch, is_exercise=False)
    return moment_of(scheme.periods[0].opens), moment_of(scheme.periods[-1].ends)


def _one_at_a_time(scheme: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(20260613, hashtext(%s))", [scheme])


def _check_apart(scheme: str, opens_at: datetime, closes_at: datetime) -> None:
    if Round.objects.filter(scheme=scheme, opens_at__lt=closes_at, closes_at__gt=opens_at).exists():
        raise NotPossibleError(f"{scheme} has a round in these days already. Two rounds of one scheme never overlap.")


def _reserving(found: Opened, source: Account, posting: UUID) -> list[Transfer]:
    if source.state is State.RESERVED:
        raise InputError("The ceiling comes from free or earmarked money, not from what is reserved already.")
    wanted = [(found.reserved, found.ceiling_cents), (found.held_back, found.objections_cents)]
    reference = f"{found.scheme.slug} {found.scheme.version}"
    return [Transfer(uuid5(posting, to.name), source, to, cents, reference) for to, cents in wanted if cents]
