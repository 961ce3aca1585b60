"""Which companies belong together, the de-minimis aid that they had, and how much room is left."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from dichterbij.domains.schemes.batches import ON_RECEIPT
from dichterbij.domains.schemes.check_models import AidTold, UndertakingTie
from dichterbij.domains.schemes.rules.checks import Aid, Room, Tie, TieKind, read_checks, room_left, undertakings
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.rules.outcome import Outcome
from dichterbij.shared.errors import NotFoundError

_FACTS = """
    SELECT c.name, c.number, n.scheme, coalesce(m.facts, r.facts)
    FROM schemes_case c JOIN schemes_round n ON n.id = c.round_id JOIN schemes_receipt r ON r.id = c.receipt_id
    LEFT JOIN schemes_completion m ON m.receipt_id = r.id WHERE c.id = %s
"""
_GRANTS = """
    SELECT c.id, c.number, c.name, c.round_id, coalesce(m.facts, r.facts)::jsonb->>'employer',
           coalesce((c.state->>'decided_on')::date, c.received_on), d.cents
    FROM schemes_case c JOIN schemes_round n ON n.id = c.round_id JOIN schemes_receipt r ON r.id = c.receipt_id
    LEFT JOIN schemes_completion m ON m.receipt_id = r.id
    JOIN LATERAL (SELECT cents, turn FROM {} d ORDER BY place DESC LIMIT 1) d ON d.cents > 0
    WHERE n.scheme = ANY(%s) AND (%s::text[] IS NULL OR coalesce(m.facts, r.facts)::jsonb->>'employer' = ANY(%s))
    ORDER BY 6, d.turn
"""


@dataclass(frozen=True, slots=True)
class TieRow:
    """Two companies that belong together, and how that is known."""

    id: UUID
    one: str
    other: str
    kind: TieKind
    since: date
    until: date | None
    source: str
    told_by: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class AidRow:
    """Aid that a company says it had; 0 cents: none."""

    id: UUID
    entity: str
    cents: int
    on: date
    source: str
    told_by: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant of a scheme here that is such aid, on the day of the right to it."""

    case: UUID
    number: str
    name: str
    round_id: int
    entity: str
    on: date
    cents: int


@dataclass(frozen=True, slots=True)
class Undertaking:
    """The undertaking of an applicant on a day: its companies, ties, aid, and the room that is left.

    `is_aid`: whether the scheme of this application is looked at as de-minimis aid. `ceiling_cents`: for all together.
    """

    entity: str
    name: str
    members: tuple[str, ...]
    ties: tuple[TieRow, ...]
    aids: tuple[AidRow, ...]
    grants: tuple[GrantRow, ...]
    room: Outcome[Room]
    ceiling_cents: int
    is_aid: bool


def undertaking_of(case: UUID, *, on: date) -> Undertaking | None:
    """The undertaking of whoever applied; None when no company was named. NotFoundError for no such case."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_FACTS, [str(case)])
        found = cursor.fetchone()
        if found is None:
            raise NotFoundError("There is no such case.")
        name, _number, scheme, facts = found
        entity = str(json.loads(facts).get("employer") or "")
        if not entity:
            return None
        checks, ties, told = read_checks(on=on), tie_rows(), aid_rows()
        groups = undertakings([entity, *(one.entity for one in told)], map(as_tie, ties), on=on)
        members = tuple(sorted(one for one in groups if groups[one] == groups[entity]))
        own = tuple(one for one in told if one.entity in members)
        given = grants(checks.de_minimis_schemes, members)
        room = room_left(entity, (*map(as_aid, own), *map(grant_as_aid, given)), groups, on=on, checks=checks)
        return Undertaking(
            entity, name, members, tuple(one for one in ties if {one.one, one.other} & set(members)), own, given, room,
            checks.de_minimis_cents, scheme in checks.de_minimis_schemes,
        )  # fmt: skip


def tie_rows() -> tuple[TieRow, ...]:
    """Every tie that was not struck out, oldest first."""
    with own_work():
        rows = UndertakingTie.objects.filter(struck_at=None).order_by("since", "id")
        return tuple(
            TieRow(
                one.pk, one.one, one.other, TieKind(one.kind), one.since, one.until, one.source, one.told_by,
                one.told_at,
            )
            for one in rows
        )  # fmt: skip


def aid_rows() -> tuple[AidRow, ...]:
    """All aid that companies told of and was not struck out, oldest first."""
    with own_work():
        rows = AidTold.objects.filter(struck_at=None).order_by("on", "id")
        return tuple(
            AidRow(one.pk, one.entity, one.cents, one.on, one.source, one.told_by, one.told_at) for one in rows
        )


def grants(schemes: Iterable[str], entities: Iterable[str] | None = None) -> tuple[GrantRow, ...]:
    """Grants of these schemes in the order of their days; of these companies, or of all."""
    wanted = None if entities is None else list(entities)
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_GRANTS.format(ON_RECEIPT.format("c.receipt_id")), [sorted(schemes), wanted, wanted])
        return tuple(
            GrantRow(id, number, name, round_id, entity or number, on, cents)
            for id, number, name, round_id, entity, on, cents in cursor.fetchall()
        )


def as_tie(row: TieRow) -> Tie:
    """As the rules take it."""
    return Tie(row.one, row.other, row.kind, row.since, row.until)


def as_aid(row: AidRow) -> Aid:
    """As the rules take it."""
    return Aid(row.entity, row.cents, row.on, row.source)


def grant_as_aid(row: GrantRow) -> Aid:
    """As the rules take it."""
    return Aid(row.entity, row.cents, row.on, row.number)
