"""What is kept of somebody, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ContactKind(StrEnum):
    """How somebody can be reached."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"


class Ground(StrEnum):
    """Why an organisation may see somebody: AVG art. 6(1), public task (e) or consent (a)."""

    PUBLIC_TASK = "public_task"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class NewContact:
    """A way to reach somebody, as it was typed."""

    kind: ContactKind
    value: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to register. `region` is a region's code; at least one contact."""

    name: str
    language: str
    region: str
    contacts: tuple[NewContact, ...]
    profile: Mapping[str, Any] | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Through:
    """Nobody signed in: a helper, a finding place's code, the person, or a term that passed ("system").

    The page that says so has the person beside it, or their own secret link. `reference`: the hand-over or code.
    """

    kind: str
    reference: str

    def __post_init__(self) -> None:
        if self.kind not in THROUGH:
            raise ValueError(f"{self.kind!r} is none of {', '.join(THROUGH)}")

    def __str__(self) -> str:
        """As the journal names who acted."""
        return f"{self.kind}:{self.reference}" if self.reference else self.kind


THROUGH = ("helper", "finding_place", "self", "system")
