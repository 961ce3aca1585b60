"""After an old backup was put back: nothing is paid until the files that went to the bank since then were compared.

What was released in the lost time is at the bank, and due once more here. So `skip_numbers` stops payments, and they go
on when somebody gave every payment file that left since the backup, or said that there was none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.schemes.actions.restoring import SKIPPED_EVENT
from dichterbij.domains.schemes.case_models import Case, OfficerTask
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.payment_models import Payment, PaymentFile
from dichterbij.domains.schemes.rules.procedure.payments import SentOrder, SentPayment
from dichterbij.domains.schemes.seeing import own_work

COMPARED_EVENT = "schemes.payments_compared"
IN_DOUBT = "payment_in_doubt"


@dataclass(frozen=True, slots=True)
class Compared:
    """Payments that are here; cases that were paid in the lost time and wait now; numbers that are not here.

    `unreleased`: files that are here, went to the bank, and stand as not released: release them, carry them nowhere.
    """

    known: int
    in_doubt: tuple[str, ...]
    not_here: tuple[str, ...]
    unreleased: tuple[str, ...]


def check_payments_go_on() -> None:
    """NotPossibleError between an old backup that was put back and the comparison."""
    stopped, compared = (next(iter(latest_events(action=one)), None) for one in (SKIPPED_EVENT, COMPARED_EVENT))
    if stopped and (compared is None or compared.id < stopped.id):
        raise NotPossibleError(
            "An old backup was put back: what was released since then is at the bank and would be paid twice. Nothing"
            " is paid until the files that left were compared (`dichterbij schemes compare-payments`)."
        )


def compare_payments(*, orders: Sequence[SentOrder], actor: Actor | str, now: datetime) -> Compared:
    """Compare every payment file that left since the backup, and let payments go on. Repeatable.

    Each payment that is not here is a task on its case, which waits for a person before it is paid.
    """
    with transaction.atomic(), own_work():
        known = 0
        found: dict[str, set[str]] = {"in_doubt": set(), "not_here": set()}
        for order in orders:
            for one in order.payments:
                if Payment.objects.filter(pk=one.id, file__message_id=order.message_id).exists():
                    known += 1
                else:
                    found[_ask(one, order, now)].add(one.number)
        names = [order.message_id for order in orders]
        files = PaymentFile.objects.filter(message_id__in=names, released_at=None, dropped_at=None)
        done = Compared(known, tuple(sorted(found["in_doubt"])), tuple(sorted(found["not_here"])),
                        tuple(sorted(files.values_list("message_id", flat=True))))  # fmt: skip
        data = {"files": names, "known": known, "in_doubt": list(done.in_doubt), "not_here": len(done.not_here)}
        record(actor=str(actor), action=COMPARED_EVENT, data=data, now=now)
        return done


def _ask(one: SentPayment, order: SentOrder, now: datetime) -> str:
    case = Case.objects.select_for_update().filter(number=one.number).first()
    if case is None:
        return "not_here"
    told = {"payment": str(one.id), "code": order.message_id, "cents": one.cents}
    OfficerTask.objects.get_or_create(
        case=case, kind=IN_DOUBT, about=str(one.id), defaults={"made_at": now, "data": told}
    )
    return "in_doubt"
