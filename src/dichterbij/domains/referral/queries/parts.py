"""The parts of a work list as the database finds them: each piece of a part by one index, and never more than is asked.

A desk may have tens of thousands of hand-overs. So a part is counted up to a number, and read so many rows at a time;
the policies say what may be seen, here stands where it is found.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q

from dichterbij.domains.referral.models import Handover
from dichterbij.shared.counted import Counted as Counted


class Tab(StrEnum):
    """A part of the work list."""

    ACCEPT = "accept"
    WAITING = "waiting"
    OVERDUE = "overdue"
    OURS = "ours"
    DONE = "done"


# In each piece the desk stands in one role: so one index finds it. Together they are the part, some rows twice.
_SENT, _LATE = "state = 'sent'", "state = 'sent' AND answer_by < %(today)s"
_TO, _OWNER, _FROM = (f"{name}_organisation = %(ours)s" for name in ("to", "owner", "from"))
_PIECES: Mapping[Tab, tuple[str, ...]] = {
    Tab.ACCEPT: (f"{_TO} AND {_SENT}",),
    Tab.WAITING: tuple(f"{role} AND {_SENT} AND to_organisation <> %(ours)s" for role in (_OWNER, _FROM)),
    Tab.OVERDUE: tuple(f"{role} AND {_LATE}" for role in (_OWNER, _FROM, _TO)),
    Tab.OURS: (f"{_OWNER} AND state = 'accepted'",),
    Tab.DONE: tuple(f"{role} AND ended_at IS NOT NULL" for role in (_TO, _OWNER, _FROM)),
}
_URGENT, _NEWEST = "answer_by, made_at, id", "ended_at DESC, id"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose list it is, on which day, and what of it is wanted: as SQL behind another condition, with its values."""

    wanted: str
    values: Mapping[str, Any]


def place(ours: UUID, today: date, wanted: Q) -> Place:
    """The list of an organisation, of which only this is wanted."""
    text, values = _condition(wanted)
    return Place(text, {"ours": ours, "today": today, **values})


def counted(place: Place, most: Mapping[Tab, int]) -> dict[Tab, Counted]:
    """How many each part has, of each at most so many. One statement, for inside `by_index`."""
    numbers = ", ".join(f"({_number(tab, place.wanted, limit)})" for tab, limit in most.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {numbers}", place.values)
        found: Sequence[int] = cursor.fetchone()
    return {
        tab: Counted(min(number, limit), is_all=number <= limit)
        for (tab, limit), number in zip(most.items(), found, strict=True)
    }


def rows(place: Place, tab: Tab, part: slice, *, groups: Sequence[str] = ("true",), **values: object) -> list[Handover]:
    """Rows of a part, the most urgent first (what is done: the newest). One statement, for inside `by_index`.

    `groups`: conditions, with these `values`, of which rows of the first come before those of the next.
    """
    order = _NEWEST if tab is Tab.DONE else _URGENT
    pieces = [
        f"(SELECT {group} AS rank, * FROM referral_handover WHERE {piece} AND {condition}{place.wanted}"  # noqa: S608  # nosec B608 - words of this module; values go by name
        f" ORDER BY {order} LIMIT {int(part.stop)})"
        for group, condition in enumerate(groups)
        for piece in _PIECES[tab]
    ]
    together = f"SELECT * FROM ({' UNION '.join(pieces)}) AS found ORDER BY rank, {order}"  # noqa: S608  # nosec B608
    here = f" LIMIT {int(part.stop - part.start)} OFFSET {int(part.start)}"
    return list(Handover.objects.raw(together + here, {**place.values, **values}))


def _number(tab: Tab, wanted: str, most: int) -> str:
    """How many: the second piece without those of the first, so that it stops as soon as there are enough."""
    pieces, before = [], ""
    for piece in _PIECES[tab]:
        pieces.append(f"SELECT 1 FROM referral_handover WHERE {piece}{before}{wanted}")  # noqa: S608  # nosec B608
        before += f" AND ({piece}) IS NOT TRUE"
    return f"SELECT count(*) FROM ({' UNION ALL '.join(pieces)} LIMIT {int(most) + 1}) AS found"  # noqa: S608  # nosec B608


def _condition(wanted: Q) -> tuple[str, dict[str, Any]]:
    """As SQL with its values by name, to put behind another condition."""
    query = Handover.objects.filter(wanted).query
    try:
        text, values = query.where.as_sql(query.get_compiler(connection=connection), connection)
    except FullResultSet:
        return "", {}
    except EmptyResultSet:
        return " AND false", {}
    named = {f"wanted_{place}": value for place, value in enumerate(values)}
    return f" AND ({text % tuple(f'%({name})s' for name in named)})", named


@contextmanager
def by_index() -> Iterator[None]:
    """A stretch in which rows are read in the order of an index, so that reading can stop.

    The database takes policies for much stricter than they are, and would rather read everything and sort it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_bitmapscan', 'off', true)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_bitmapscan', 'on', true)")
