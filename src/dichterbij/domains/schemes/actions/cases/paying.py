"""Payment files: made by one, released by another one. Each payment is in one file and paid once.

The same file asked for twice is the same file. On the ledger money is paid when a file is released; what the bank
answers stands in `answered`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Account, State, Transfer
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.committing import free_rest, parts
from dichterbij.domains.schemes.actions.cases.evidence import CAME_BACK
from dichterbij.domains.schemes.actions.cases.moving import FourEyesError, Moving, held
from dichterbij.domains.schemes.actions.cases.resuming import IN_DOUBT, check_payments_go_on
from dichterbij.domains.schemes.case_models import Case, CaseEvent, OfficerTask
from dichterbij.domains.schemes.contact_models import Contact
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.payment_models import Payment, PaymentFile, PaymentResult
from dichterbij.domains.schemes.rounds import Opened, opened
from dichterbij.domains.schemes.rules.contact import BY_APPLICANT, STOPS
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.rules.procedure import payments as rules
from dichterbij.domains.schemes.rules.procedure.payments import Order, Payer, Result
from dichterbij.domains.schemes.rules.procedure.stages import WITH_MONEY
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import NotFoundError

MOST: Final = 2_000

MOST_NAMED: Final = 10

WAITS: Final = (*CAME_BACK, BY_APPLICANT, IN_DOUBT, STOPS)  # tasks that keep a case out of the next file
SINCE: Final = {
    IN_DOUBT: "perhaps paid already", STOPS: "the applicant stops", BY_APPLICANT: "another account was given",
}  # fmt: skip


def change_account(*, case: UUID, version: int, account: str, reason: str, actor: Actor | str, now: datetime) -> int:
    """Where is paid from now on; a task about the account before it ends with it. The version after it."""
    checked = rules.check_account(account)
    with held(case, version, actor=actor, now=now) as moving:
        told = {"from": rules.masked(moving.row.account), "account": rules.masked(checked)}
        moving.row.account = checked
        moving.take(Step.ACCOUNT_CHANGED, reason=" ".join(reason.split()), data=told)
        tasks = OfficerTask.objects.filter(case=case, kind__in=(*CAME_BACK, BY_APPLICANT), done_at=None)
        tasks.update(done_at=now, done_by=str(actor))
        contact = Contact.objects.filter(pk=moving.row.receipt_id).first()
        if contact and contact.account != checked:  # replaced whole: the site changes none
            Contact.objects.filter(pk=contact.pk).delete()
            contact.account = checked
            contact.save(force_insert=True)
        return moving.row.version


def prepare_file(
    *,
    file: UUID,
    round_id: int,
    payer: Payer,
    execute_on: date,
    write: Callable[[Order], bytes],
    actor: Actor | str,
    now: datetime,
    most: int = MOST,
) -> UUID:
    """Everything of a round that is due, in one file that waits to be released. The same `file` twice is one.

    `write` makes its bytes (`gateways.payments.write_order`). NotPossibleError when nothing is due, or after an old
    backup was put back.
    """
    with transaction.atomic(), own_work():
        check_payments_go_on()
        if PaymentFile.objects.filter(pk=file).exists():
            return file
        here = opened(round_id)
        rows = list(chain.from_iterable(_order(here, case, actor, now) for case in _due(round_id, most)))
        if not rows:
            raise NotPossibleError("Nothing is due now that can be paid.")
        payments = tuple(_line(row, here) for row in rows)
        order = Order(file, payer, now, execute_on, payments)
        content = write(order)
        kept = PaymentFile.objects.create(
            id=file, message_id=order.message_id, round_id=round_id, count=len(payments), cents=order.cents,
            execute_on=execute_on, content=content, digest=_digest(content), prepared_by=str(actor), prepared_at=now,
        )  # fmt: skip
        for position, row in enumerate(rows, 1):
            row.file, row.position = kept, position
        Payment.objects.bulk_create(rows)
        _tell(actor, "case.file_prepared", kept, now)
    return file


def release_file(*, file: UUID, actor: Actor | str, now: datetime) -> bytes:
    """Somebody else says yes: the money is paid on the ledger, and these bytes go to the bank. Repeatable.

    FourEyesError for who made the file, or wrote down an account in it. NotPossibleError for one that was dropped, or
    when a case in it was withdrawn, lowered or held since, or is paid elsewhere: the text says which.
    """
    with transaction.atomic(), own_work():
        row = _file(file)
        if row.released_at is not None:
            return bytes(row.content)
        if row.dropped_at is not None:
            raise NotPossibleError("This file was dropped: make a new one.")
        if str(actor) == row.prepared_by or _brought_an_account(row, str(actor)):
            raise FourEyesError("Whoever made this file, or wrote down an account in it, does not release it.")
        check_payments_go_on()
        payments = list(row.payments.order_by("position"))
        _check_still_due(payments, actor, now)
        row.released_by, row.released_at = str(actor), now
        row.save(update_fields=["released_by", "released_at"])
        moves = [move for one in payments for move in moves_of(one, opened(row.round_id))]
        ledger.post(posting=row.pk, transfers=moves, reason=f"Payment file {row.message_id}", actor=row.prepared_by,
                    approved_by=str(actor), now=now)  # fmt: skip
        _tell(actor, "case.file_released", row, now)
        return bytes(row.content)


def drop_file(*, file: UUID, reason: str, actor: Actor | str, now: datetime) -> None:
    """A file that was not released never is; what stood in it is due again. Repeatable."""
    with transaction.atomic(), own_work():
        row = _file(file)
        if row.released_at is not None:
            raise NotPossibleError("This file was released: only the bank can refuse it now.")
        if row.dropped_at is not None:
            return
        row.dropped_by, row.dropped_at = str(actor), now
        row.save(update_fields=["dropped_by", "dropped_at"])
        for payment in row.payments.order_by("position"):
            with held(payment.case_id, None, actor=actor, now=now) as moving:
                moving.take(Step.PAYMENT_FAILED, cents=payment.cents, reason=" ".join(reason.split()))
                free_rest(moving, "Its payment file was dropped")
            PaymentResult.objects.create(payment=payment, result=Result.REFUSED.value, code="DROPPED", at=now)
        _tell(actor, "case.file_dropped", row, now)


def _due(round_id: int, most: int) -> list[UUID]:
    """Cases with something to pay, an account to pay to, and nobody who must look first."""
    blocked = OfficerTask.objects.filter(kind__in=WAITS, done_at=None).values("case")
    cases = Case.objects.filter(round_id=round_id, due_cents__gt=0).exclude(account="").exclude(pk__in=blocked)
    return list(cases.order_by("received_on", "number").values_list("pk", flat=True)[:most])


def _order(here: Opened, case: UUID, actor: Actor | str, now: datetime) -> Iterator[Payment]:
    with held(case, None, actor=actor, now=now) as moving:
        state = moving.state
        cents, out = state.due_cents, state.ordered_cents + state.paid_cents - state.repaid_cents
        if not cents:  # another file took it since
            return
        event = moving.take(Step.PAYMENT_ORDERED, cents=cents)
        beyond = dict(parts(moving.row, out, out + cents)).get(here.held_back.place, 0)
        yield Payment(
            id=uuid5(case, f"payment {event.number}"), case=moving.row, event=event.number, cents=cents,
            beyond_cents=beyond, name=moving.row.name, account=moving.row.account,
        )  # fmt: skip


def _line(row: Payment, here: Opened) -> rules.Payment:
    words = f"{row.case.number} {here.scheme.title.in_language(row.case.language)}"
    return rules.Payment(row.pk, row.name, row.account, row.cents, words)


def moves_of(payment: Payment, here: Opened) -> Iterator[Transfer]:
    """From committed to paid, of the ceiling and of what was held back for objections."""
    parts = (
        (payment.pk, here.committed.place, payment.cents - payment.beyond_cents),
        (uuid5(payment.pk, "beyond"), here.held_back.place, payment.beyond_cents),
    )
    for id, place, cents in parts:
        if cents:
            yield Transfer(id, Account(State.COMMITTED, place), Account(State.PAID, place), cents, payment.case.number)


def _check_still_due(payments: Iterable[Payment], actor: Actor | str, now: datetime) -> None:
    """Each case is held until the file is released, and still asks for this payment. NotPossibleError."""
    changed: dict[str, str] = {}
    for one in payments:
        with held(one.case_id, None, actor=actor, now=now) as moving:
            if why := _changed_since(moving, one):
                changed[moving.row.number] = why
    if changed:
        said = ", ".join(f"{number} ({why})" for number, why in list(changed.items())[:MOST_NAMED])
        more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
        raise NotPossibleError(
            f"Changed since this file was made: {said}{more}. Drop this file and make a new one.", cases=tuple(changed)
        )


def _changed_since(moving: Moving, payment: Payment) -> str:
    """What keeps this payment from being made as it was ordered; empty when nothing does."""
    state, row = moving.state, moving.row
    if state.stage not in WITH_MONEY:
        return state.stage.value
    if state.held_on is not None:
        return "payment is held"
    if state.in_excess_cents:
        return "the amount became lower"
    tasks = set(OfficerTask.objects.filter(case=row, kind__in=SINCE, done_at=None).values_list("kind", flat=True))
    for kind, why in SINCE.items():
        if kind in tasks:
            return why
    return "" if (row.account, row.name) == (payment.account, payment.name) else "another account"


def _brought_an_account(row: PaymentFile, actor: str) -> bool:
    """Whether this person opened a case in it with an account, or changed the account of one."""
    events = CaseEvent.objects.filter(case__in=row.payments.values("case"), actor=actor, data__has_key="account")
    return events.filter(step__in=[Step.RECEIVED.value, Step.ACCOUNT_CHANGED.value]).exists()


def _file(file: UUID) -> PaymentFile:
    row = PaymentFile.objects.select_for_update().filter(pk=file).first()
    if row is None:
        raise NotFoundError("There is no such payment file.")
    return row


def _tell(actor: Actor | str, action: str, row: PaymentFile, now: datetime) -> None:
    data = {"file": str(row.pk), "digest": row.digest, "count": row.count, "cents": row.cents}
    record(actor=str(actor), action=action, data=data, now=now)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
