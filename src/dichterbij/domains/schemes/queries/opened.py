"""Which round takes applications now, and an application by the key its applicant holds."""

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from dichterbij.domains.schemes.models import Completion, Receipt, Round
from dichterbij.domains.schemes.ordering import AFTER_CLOSING, closing
from dichterbij.domains.schemes.queries.listing import ReceiptRow, status
from dichterbij.domains.schemes.rounds import Opened, opened, round_at
from dichterbij.domains.schemes.rules.moments import moment_of
from dichterbij.domains.schemes.rules.proof import id_of, is_code_of, number_of
from dichterbij.domains.schemes.seeing import own_work


def open_now(*, scheme: str, now: datetime) -> Opened | None:
    """The round of this scheme that is open at this moment; None when there is none."""
    found = Round.objects.filter(scheme=scheme, opens_at__lte=now, closes_at__gt=now)
    pk = found.order_by("-opens_at").values_list("pk", flat=True).first()
    return None if pk is None else opened(pk)


def opened_last(*, scheme: str, now: datetime) -> Opened | None:
    """The round of this scheme that opened last before this moment, also when it has closed; None before the first."""
    found = Round.objects.filter(scheme=scheme, opens_at__lte=now)
    pk = found.order_by("-opens_at").values_list("pk", flat=True).first()
    return None if pk is None else opened(pk)


def open_schemes(*, now: datetime) -> frozenset[str]:
    """The names of all schemes with a round that is open at this moment."""
    found = Round.objects.filter(opens_at__lte=now, closes_at__gt=now)
    return frozenset(found.values_list("scheme", flat=True))


def by_key(*, key: UUID) -> ReceiptRow | None:
    """The application that was sent with this key: only who sent it knows the key. None when nothing came."""
    with own_work():
        pk = Receipt.objects.filter(key=key).values_list("pk", flat=True).first()
        return None if pk is None else status(number=number_of(pk))


def key_of(*, number: str, code: str) -> UUID | None:
    """The key of the application with this number, for who has the first signs of its proof (`code_of`).

    None for no such number and for another code: the same answer.
    """
    pk = id_of(number)
    with own_work():
        if pk is None or not any(is_code_of(code, one) for one in _kept_proofs(pk)):
            return None
        return Receipt.objects.values_list("key", flat=True).get(pk=pk)


def by_number(*, number: str, proof: str) -> ReceiptRow | None:
    """The application of this number, for who shows its proof: of its receipt, or of what came later to complete it.

    None for no such number and for another proof: the same answer.
    """
    told, pk = proof.strip().lower(), id_of(number)
    with own_work():
        kept = [*_kept_proofs(pk)] if pk is not None else []
        if not any(compare_digest(told.encode(), one.encode()) for one in kept):
            return None
        return status(number=number)


def _kept_proofs(pk: int) -> Iterator[str]:
    for rows in (Receipt.objects.filter(pk=pk), Completion.objects.filter(receipt_id=pk)):
        for proof in rows.values_list("proof", flat=True):
            yield bytes(proof).hex()


def hears_after(*, scheme: str, at: datetime | None = None) -> datetime | None:
    """When the window closes before which nobody hears anything; None where each hears in turn.

    Of the round that took applications at this moment, the last one unless given.
    """
    found = round_at(scheme, at)
    return moment_of(closing(found)) if found.scheme.distribution.method in AFTER_CLOSING else None
