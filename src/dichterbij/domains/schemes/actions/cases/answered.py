"""What the bank answers about payments, read once: paid, refused, sent back, or something a person must look at.

A payment that the bank refuses or sends back is committed again, and waits for a person before it is paid anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import IntegrityError, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Transfer
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.committing import free_rest
from dichterbij.domains.schemes.actions.cases.moving import BANK, Moving, held
from dichterbij.domains.schemes.actions.cases.paying import moves_of
from dichterbij.domains.schemes.actions.cases.resuming import IN_DOUBT
from dichterbij.domains.schemes.case_models import OfficerTask
from dichterbij.domains.schemes.payment_models import BankFile, Payment, PaymentResult
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.procedure import Step, StepNotPossibleError
from dichterbij.domains.schemes.rules.procedure.payments import Answer, AnswerLine, Result
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError


@dataclass(frozen=True, slots=True)
class BankRead:
    """What a file of the bank did. `is_new` is false when it was read before: then nothing else happened."""

    counts: Mapping[str, int]
    is_new: bool = True

    def __getitem__(self, what: str) -> int:
        """How many payments are paid, refused, returned, waiting, unknown or odd by this file."""
        return self.counts.get(what, 0)


def read_bank_file(*, answer: Answer, actor: Actor | str, now: datetime) -> BankRead:
    """What the bank says becomes steps of cases, each once. InputError when its number was used for another file."""
    with transaction.atomic(), own_work():
        if BankFile.objects.filter(digest=answer.digest).exists():
            return BankRead({}, is_new=False)
        try:
            with transaction.atomic():
                kept = BankFile.objects.create(
                    digest=answer.digest, message_id=answer.message_id, about=answer.about, lines=len(answer.lines),
                    read_at=now, read_by=str(actor),
                )  # fmt: skip
        except IntegrityError as error:
            if BankFile.objects.filter(digest=answer.digest).exists():  # read by somebody else at this moment
                return BankRead({}, is_new=False)
            raise InputError("The bank used this number for another file: ask the bank.", field="file") from error
        reading = _Reading(kept, now)
        for line in sorted(_lines(answer), key=lambda one: one.end_to_end):  # two files at once wait, and none is stuck
            reading.read(line)
        reading.post(str(actor))
        done = BankRead(reading.counts)
        data = {"message": answer.message_id, "digest": answer.digest, **reading.counts}
        record(actor=str(actor), action="case.bank_answered", data=data, now=now)
        return done


class _Reading:
    """One file of the bank while it is read."""

    def __init__(self, kept: BankFile, now: datetime) -> None:
        self.kept, self.now = kept, now
        self.counts = dict.fromkeys(("paid", "refused", "returned", "waiting", "unknown", "odd"), 0)
        self.back: list[Transfer] = []
        self.came_back = list[UUID]()

    def read(self, line: AnswerLine) -> None:
        """One line. What was said before is not done again; what cannot be is a task for a person."""
        payment = _payment(line.end_to_end)
        if payment is None or payment.file.released_at is None:
            self._never_left(payment, line)
            return
        if line.result is Result.WAITING:
            self.counts["waiting"] += 1
            return
        try:
            with held(payment.case_id, None, actor=BANK, now=self.now) as moving:
                self._said(moving, payment, line)
        except (StepNotPossibleError, InputError):
            self._odd(payment, line)

    def _said(self, moving: Moving, payment: Payment, line: AnswerLine) -> None:
        before = set(payment.results.values_list("result", flat=True))
        if line.result.value in before:
            return
        if line.cents not in (None, payment.cents) or before & {"refused", "returned"}:
            self._odd(payment, line)
            return
        result = Result.RETURNED if line.result is Result.REFUSED and "paid" in before else line.result
        self._done(moving, payment, replace(line, result=result), before)

    def _never_left(self, payment: Payment | None, line: AnswerLine) -> None:
        """Booked by the bank, and not released here: perhaps paid, so it waits for a person before it is paid."""
        if payment is None or line.result not in (Result.PAID, Result.RETURNED):
            self.counts["unknown"] += 1
            return
        self._task(payment, IN_DOUBT, line)
        self.counts["odd"] += 1

    def _odd(self, payment: Payment, line: AnswerLine) -> None:
        self._task(payment, "bank_says_otherwise", line)
        self.counts["odd"] += 1

    def post(self, actor: str) -> None:
        """What comes back is committed again: each a correction that names its payment.

        Where less is granted meanwhile, or nothing, the rest comes free at once.
        """
        if self.back:
            posting = uuid5(NAMESPACE_OID, self.kept.digest)
            ledger.post(posting=posting, transfers=self.back, reason=f"Not carried out: {self.kept.message_id}",
                        actor=BANK, approved_by=actor, now=self.now)  # fmt: skip
        for case in self.came_back:
            with held(case, None, actor=actor, now=self.now) as moving:
                free_rest(moving, "Not carried out by the bank")

    def _done(self, moving: Moving, payment: Payment, line: AnswerLine, before: set[str]) -> None:
        if line.result is Result.RETURNED and "paid" not in before:
            self._step(moving, payment, Result.PAID, "")
        self._step(moving, payment, line.result, line.code)
        if line.result is not Result.PAID:
            here = opened(payment.file.round_id)
            self.back += [_undone(move) for move in moves_of(payment, here)]
            self.came_back.append(payment.case_id)
            self._task(payment, f"payment_{line.result.value}", line)
        self.counts[line.result.value] += 1

    def _step(self, moving: Moving, payment: Payment, result: Result, code: str) -> None:
        steps = {
            Result.PAID: Step.PAID, Result.REFUSED: Step.PAYMENT_FAILED, Result.RETURNED: Step.PAYMENT_RETURNED,
        }  # fmt: skip
        moving.take(steps[result], cents=payment.cents, data={"payment": str(payment.pk), "code": code})
        PaymentResult.objects.create(payment=payment, result=result.value, code=code, bank_file=self.kept, at=self.now)

    def _task(self, payment: Payment, kind: str, line: AnswerLine) -> None:
        told = {"payment": str(payment.pk), "code": line.code, "cents": payment.cents}
        OfficerTask.objects.get_or_create(
            case_id=payment.case_id, kind=kind, about=str(payment.pk), defaults={"made_at": self.now, "data": told}
        )


def _undone(move: Transfer) -> Transfer:
    return Transfer(uuid5(move.id, "back"), move.target, move.source, move.cents, move.reference, corrects=move.id)


def _payment(end_to_end: str) -> Payment | None:
    try:
        id = UUID(hex=end_to_end)
    except ValueError:
        return None
    return Payment.objects.select_related("file", "case").filter(pk=id).first()


def _lines(answer: Answer) -> Iterable[AnswerLine]:
    """Its lines; and where it speaks of the whole order, one for every payment that has no line of its own."""
    if answer.whole is None or not answer.about:
        return answer.lines
    named = {line.end_to_end for line in answer.lines}
    ids = Payment.objects.filter(file__message_id=answer.about).order_by("position").values_list("pk", flat=True)
    others = [AnswerLine(id.hex, answer.whole, answer.whole_code) for id in ids if id.hex not in named]
    return [*answer.lines, *others]
