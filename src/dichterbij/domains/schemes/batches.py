"""One batch: its rows and digest, where a round stands before it, and writing it with the ledger, all or nothing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np
import numpy.typing as npt
from django.db import DatabaseError, IntegrityError, connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Transfer
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.errors import BusyError, FencedError, NotPossibleError
from dichterbij.domains.schemes.models import Position
from dichterbij.domains.schemes.ordering import Cursor
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Decider, Rest, Why
from dichterbij.domains.schemes.rules.moments import micros, moment_of
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.rules.standing import Grants, standing
from dichterbij.domains.schemes.seeing import own_work

I64 = npt.NDArray[np.int64]
# Every column of a decision but its batch and round; together they are what is digested.
COLUMNS = ("place", "turn", "receipt", "earlier", "cents", "beyond_cents", "units", "reason", "asked_cents",
           "left_cents", "waits", "window", "category", "person_key", "employer_key", "group_key")  # fmt: skip
NONE = -1  # no earlier decision
WAITING = (Why.PERSON_FULL, Why.EMPLOYER_FULL, Why.GROUP_FULL, Why.PLACES_FULL, Why.CEILING_REACHED)
FENCED, NOT_NEXT = "SF001", "SF002"
_BATCH = """
    INSERT INTO schemes_batch (round_id, number, kind, fence, barrier_at, first_place, last_place, cursor_at,
        cursor_key, frees, digest, posting, note, decided_at, decided_by, written_in)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0) RETURNING id
"""
_DECISIONS = """
    INSERT INTO schemes_decision (round_id, batch_id, place, turn, receipt_id, earlier, cents, beyond_cents, units,
        reason, asked_cents, left_cents, waits, "window", category, person_key, employer_key, group_key)
    SELECT %s, %s, place, turn, receipt, nullif(earlier, -1), cents, beyond, units, reason, asked, lft, waits <> 0,
           win, category, person, employer, grp
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
                %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
                %s::bigint[], %s::bigint[])
        AS given (place, turn, receipt, earlier, cents, beyond, units, reason, asked, lft, waits, win, category,
                  person, employer, grp)
"""
# Every decision on a receipt. The first and later ones stand in two indexes; with neither named the database reads all.
ON_RECEIPT = """(SELECT * FROM schemes_decision WHERE receipt_id = {0} AND earlier IS NULL
    UNION ALL SELECT * FROM schemes_decision WHERE receipt_id = {0} AND earlier IS NOT NULL)"""
_IN_FORCE = """
    SELECT "window", category, cents - beyond_cents, cents, units, person_key, employer_key, group_key
    FROM schemes_decision d WHERE round_id = %s AND cents > 0
      AND NOT EXISTS (SELECT FROM schemes_decision l WHERE l.round_id = d.round_id AND l.earlier = d.place)
"""
_STOPPED = """
    SELECT DISTINCT "window", category FROM schemes_decision d WHERE round_id = %s AND waits AND reason = %s
      AND NOT EXISTS (SELECT FROM schemes_decision l WHERE l.round_id = d.round_id AND l.earlier = d.place)
"""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Decisions of one batch as columns, with the proof of each receipt."""

    columns: dict[str, I64]
    proofs: Sequence[bytes]

    def __len__(self) -> int:
        return len(self.proofs)

    @property
    def granted_cents(self) -> int:
        """The sum of what is granted."""
        return int(self.columns["cents"].sum())


@dataclass(frozen=True, slots=True)
class Here:
    """Where a round stands: after this batch and this place, with this digest."""

    fence: int
    batches: int
    places: int
    cursor: Cursor
    freed: bool
    digest: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written about a batch, beside its rows. `frees`: who waits may get something now."""

    kind: str
    note: str = ""
    barrier_at: datetime | None = None
    cursor: Cursor | None = None
    frees: bool = False


def where(opened: Opened, *, locked: bool = False) -> Here:
    """Where the round stands now; `locked`: and stays, until the transaction ends."""
    rows = Position.objects.select_for_update() if locked else Position.objects.all()
    row = rows.get(pk=opened.id)
    return Here(row.fence, row.batches, row.places, _cursor(row), row.freed,
                bytes(row.digest))  # fmt: skip


def _cursor(row: Position) -> Cursor:
    return Cursor(micros(row.cursor_at), bytes(row.cursor_key)) if row.cursor_at else Cursor()


def decider_of(opened: Opened, *, anew: bool = False) -> Decider:
    """A decider that knows all decisions in force. `anew`: as if nobody who did not fit had ended anything."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [opened.id])
        table = np.array(cursor.fetchall(), np.int64).reshape(-1, 8).T
        stopped: set[tuple[int, int]] = set()
        if opened.scheme.distribution.rest is Rest.STOP and not anew:
            cursor.execute(_STOPPED, [opened.id, int(Why.CEILING_REACHED)])
            stopped = set(cursor.fetchall())
    return decider_after(opened, table, stopped)


def decider_after(opened: Opened, table: I64, stopped: set[tuple[int, int]]) -> Decider:
    """A decider after these grants: rows window, category, cents under the ceiling, cents, units and three keys."""
    grants = Grants(table[0], table[1], table[2], table[3], table[4], table[5:8])
    return Decider(opened.scheme, opened.ceiling_cents, standing(opened.scheme, grants, stopped=stopped))


def digest_after(before: bytes, kind: str, number: int, rows: Rows) -> bytes:
    """The digest of a batch: over the one before, and every number and receipt in it."""
    table = np.column_stack([rows.columns[name] for name in COLUMNS]).astype("<i8")
    digest = hashlib.sha256(before)
    digest.update(f"{kind}|{number}|{len(rows)}|".encode())
    digest.update(table.tobytes())
    digest.update(b"".join(rows.proofs))
    return digest.digest()


def granting(opened: Opened, rows: Rows) -> Callable[[UUID], list[Transfer]]:
    """The transfers of what these rows grant: from what is reserved to what is committed, one for each grant."""
    source, target = opened.reserved, opened.committed
    granted = np.flatnonzero(rows.columns["cents"] > 0)
    places, cents, receipts = (rows.columns[name][granted].tolist() for name in ("place", "cents", "receipt"))

    def moves(posting: UUID) -> list[Transfer]:
        return [
            Transfer(uuid5(posting, str(place)), source, target, amount, number_of(receipt))
            for place, amount, receipt in zip(places, cents, receipts, strict=True)
        ]

    return moves


def write(
    opened: Opened, here: Here, batch: Batch, rows: Rows, transfers: Callable[[UUID], list[Transfer]], *,
    fence: int, actor: Actor | str, now: datetime, approved_by: Actor | str | None = None,
) -> Here:  # fmt: skip
    """Write a batch after `here`, with its posting and its event: all of it or nothing.

    FencedError when another decider took over; BusyError when another batch came first.
    """
    number, last = here.batches + 1, here.places + len(rows)
    digest = digest_after(here.digest, batch.kind, number, rows)
    posting = uuid5(NAMESPACE_OID, f"{opened.digest.hex()}:{number}")
    moves = transfers(posting)
    after = batch.cursor or here.cursor
    head: list[Any] = [opened.id, number, batch.kind, fence, batch.barrier_at, here.places + 1, last,
            batch.cursor and moment_of(batch.cursor.at), batch.cursor.key if batch.cursor else b"", batch.frees, digest,
            posting if moves else None, batch.note, now, str(actor)]  # fmt: skip
    try:
        with own_work(), connection.cursor() as cursor:
            cursor.execute(_BATCH, head)
            (pk,) = cursor.fetchone()
            if len(rows):
                cursor.execute(_DECISIONS, [opened.id, pk, *(_array(rows.columns[name]) for name in COLUMNS)])
            if moves:
                ledger.post(posting=posting, transfers=moves, actor=actor, now=now, approved_by=approved_by,
                            reason=f"{opened.scheme.slug}, batch {number}: {batch.kind}")  # fmt: skip
            told = _told(opened, number, batch, rows, digest)
            record(actor=str(actor), action=f"schemes.{batch.kind}", data=told, now=now)
            cursor.execute("SET CONSTRAINTS schemes_batch_is_whole IMMEDIATE")
            cursor.execute("SET CONSTRAINTS schemes_batch_is_whole DEFERRED")
    except DatabaseError as error:
        raise _meant(error) from error
    freed = batch.frees or (here.freed and batch.kind != "moved_up")
    return Here(fence, number, last, after, freed, digest)


def _array(column: I64) -> str:
    """As PostgreSQL writes an array: an order quicker than asking the driver for each number."""
    return "{" + ",".join(map(str, column.tolist())) + "}"


def _told(opened: Opened, number: int, batch: Batch, rows: Rows, digest: bytes) -> dict[str, Any]:
    return {
        "scheme": opened.scheme.slug, "round": opened.id, "batch": number, "decisions": len(rows),
        "grants": int((rows.columns["cents"] > 0).sum()), "cents": rows.granted_cents, "digest": digest.hex(),
    }  # fmt: skip


def _meant(error: DatabaseError) -> Exception:
    state = getattr(error.__cause__, "sqlstate", None)
    if state == FENCED:
        return FencedError("Another decider took over this round; this one wrote nothing and stops.")
    if isinstance(error, IntegrityError) and "schemes_counter_keeps_to" in str(error):
        return NotPossibleError("This is more than one employer, person or group may have, or the round as a whole.")
    if state == NOT_NEXT:
        return BusyError("Something else was decided in this round at the same moment; try again.")
    return error
