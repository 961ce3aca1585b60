"""Which round takes applications now, and an application by the key its applicant holds."""

from datetime import datetime
from uuid import UUID

from dichterbij.domains.schemes.models import Receipt, Round
from dichterbij.domains.schemes.queries.listing import ReceiptRow, status
from dichterbij.domains.schemes.rounds import Opened, opened
from dichterbij.domains.schemes.rules.proof import number_of
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
