"""Which programs there are, and whose key this is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dichterbij.domains.accounts.models import Program
from dichterbij.domains.accounts.rules import read_permissions
from dichterbij.domains.accounts.sealing import digest_of_key
from dichterbij.domains.accounts.working import account_work


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program of an organisation. `ends_on`: the first day on which its key works no more."""

    id: UUID
    name: str
    organisation: str
    rights: tuple[str, ...]
    made_at: datetime
    ends_on: date
    ended_at: datetime | None

    def __str__(self) -> str:
        """As the journal names who acted."""
        return f"program:{self.id}"

    def may(self, route: str, on: date) -> bool:
        """Whether it has the right that this operation asks. KeyError for one that asks for no key."""
        purpose, _data = read_permissions(on).programs[route]
        return purpose in self.rights


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a key that was shown: the program; or that it was one's before (`is_over`), or never anybody's."""

    program: ProgramRow | None
    is_over: bool = False


def by_shown_key(*, key: str, on: date) -> Shown:
    """Whose key this is on this day."""
    with account_work():
        row = Program.objects.filter(digest=digest_of_key(key)).select_related("organisation").first()
    if row is None:
        return Shown(None)
    is_over = row.ended_at is not None or row.ends_on <= on or row.organisation.ended_on is not None
    return Shown(None if is_over else _row(row), is_over)


def programs() -> tuple[ProgramRow, ...]:
    """All of them, ended ones too, by name."""
    with account_work():
        return tuple(_row(row) for row in Program.objects.select_related("organisation").order_by("name", "made_at"))


def _row(row: Program) -> ProgramRow:
    return ProgramRow(
        row.pk, row.name, row.organisation.name, tuple(row.rights), row.made_at, row.ends_on, row.ended_at
    )
