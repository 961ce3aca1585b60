"""People as rows for pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A way to reach somebody: email, phone or post."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Everything about one person. `profile` is None when nothing was told about work."""

    id: UUID
    name: str
    language: str
    region: str
    made_at: datetime
    invented: bool
    contacts: tuple[ContactRow, ...]
    profile: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list: since when and until when the organisation may see them."""

    id: UUID
    name: str
    language: str
    region: str
    since: datetime
    until: datetime
    invented: bool
