"""What a posting is: several transfers that are kept together or not at all."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dichterbij.domains.budget.rules.places import Account, Transfer
from dichterbij.shared.errors import InputError

LONGEST_REASON = 500
MOST_TRANSFERS = 20_000


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting that is kept: its place in the chain. `is_new` is false when it was there already."""

    posting: UUID
    place: int
    transfers: int
    cents: int
    is_new: bool


def check_posting(transfers: Sequence[Transfer], reason: str) -> None:
    """InputError for what no posting can be."""
    if not transfers:
        raise InputError("A posting moves something: give at least one transfer.")
    if len(transfers) > MOST_TRANSFERS:
        raise InputError(f"A posting has at most {MOST_TRANSFERS} transfers; divide them over several.")
    if not reason.strip() or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputError(f"Say in one line why the money moves (at most {LONGEST_REASON} characters).")
    if len({one.id for one in transfers}) != len(transfers):
        raise InputError("Two transfers of this posting have the same id.")


def net(transfers: Iterable[Transfer]) -> dict[Account, int]:
    """What a posting does to each account, in cents; adds up to zero."""
    changes: Counter[Account] = Counter()
    for one in transfers:
        changes[one.source] -= one.cents
        changes[one.target] += one.cents
    return dict(changes)


def content(
    transfers: Sequence[Transfer], *, reason: str, actor: str, approved_by: str, on: date | None, proposal: UUID | None
) -> bytes:
    """A digest that is the same when the same is asked again, later too."""
    told: list[list[str | int | None]] = [
        [reason, actor, approved_by, on.isoformat() if on else None, str(proposal) if proposal else None]
    ]
    told += [list(_told(one)) for one in transfers]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).digest()


def _told(one: Transfer) -> Iterable[str | int | None]:
    yield from (str(one.id), one.source.name, one.target.name, one.cents, one.reference)
    yield micros(one.until)
    yield from (str(told) if told else None for told in (one.settles, one.corrects))


def micros(moment: datetime | None) -> int | None:
    """Microseconds since 1970, whole: as the chain writes a moment down."""
    if moment is None:
        return None
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond
