"""To whom a mailing goes: each address once, however many times somebody stands on the lists. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Listed(Protocol):
    """Somebody on the list of a region."""

    @property
    def email(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address, with the regions and kinds for which it stands on the list, in order."""

    email: str
    name: str
    regions: tuple[str, ...]
    kinds: tuple[str, ...]


def recipients(rows: Iterable[Listed]) -> tuple[Recipient, ...]:
    """One per address, whatever its capitals, in the order of regions and names."""
    found: dict[str, list[Listed]] = {}
    for row in sorted(rows, key=lambda one: (one.region, one.name, one.kind)):
        found.setdefault(row.email.strip().casefold(), []).append(row)
    return tuple(
        Recipient(
            mine[0].email.strip(),
            mine[0].name,
            tuple(dict.fromkeys(one.region for one in mine)),
            tuple(sorted({one.kind for one in mine})),
        )
        for mine in found.values()
    )


def digest_of(subject: str, text: str, to: Iterable[Recipient]) -> str:
    """What somebody looked at before it is sent, in short: another word or another address is another digest."""
    shown = [subject, text, sorted(one.email.casefold() for one in to)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def about(mailing: UUID) -> str:
    """How the outbox names the letters of a mailing; their kind is the number of the address."""
    return f"mailing:{mailing}"
