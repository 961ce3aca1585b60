"""What people decide on one application: withdrawing, settling lower, a won objection. Each is a batch of its own."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid5

import numpy as np
from django.db import connection, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import queries as balances
from dichterbij.domains.budget.errors import InsufficientError
from dichterbij.domains.budget.rules import Account, Transfer
from dichterbij.domains.schemes.batches import COLUMNS, NONE, ON_RECEIPT, Batch, Rows, where, write
from dichterbij.domains.schemes.errors import NoRoundError, NotPossibleError
from dichterbij.domains.schemes.rounds import Opened, opened
from dichterbij.domains.schemes.rules import Why
from dichterbij.domains.schemes.rules.judging_many import period_of
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.rules.standing import units_of
from dichterbij.domains.schemes.rules.written import columns_from
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

LONGEST_NOTE = 500
Row = dict[str, int]
_RECEIPT = """
    SELECT r.round_id, r.id, coalesce(c.proof, r.proof),
           schemes_micros(coalesce(c.complete_at, r.complete_at, r.received_at))::bigint,
           coalesce(c.facts, r.facts)
    FROM schemes_receipt r LEFT JOIN schemes_completion c ON c.receipt_id = r.id WHERE r.id = %s
"""
_IN_FORCE = """
    SELECT place, turn, cents, beyond_cents, units, asked_cents, "window", category, person_key, employer_key,
           group_key, reason
    FROM {} d ORDER BY place DESC LIMIT 1
"""


def withdraw(*, number: str, reason: str, actor: Actor | str, now: datetime) -> int:
    """The application ends, decided or not; what it had comes free for those who wait. The place of the decision.

    Repeatable: what is withdrawn stays so, and the answer is the same.
    """
    return _change(number, "withdrawn", reason, actor, now, None, _withdrawn)


def lower(*, number: str, cents: int, reason: str, actor: Actor | str, now: datetime) -> int:
    """Less is settled than was granted; the difference comes free. NotPossibleError for more, or without a grant."""

    def to(row: Row, opened: Opened) -> Row:
        if not 0 < cents <= row["cents"]:
            raise NotPossibleError(f"{number} has {row['cents']} cents; a lower amount lies between nothing and that.")
        beyond = max(0, cents - (row["cents"] - row["beyond_cents"]))  # what is paid is paid from the ceiling first
        return row | {"cents": cents, "beyond_cents": beyond, "reason": int(Why.SETTLED_LOWER), "waits": 0}

    return _change(number, "lowered", reason, actor, now, None, to)


def grant_on_objection(
    *, number: str, cents: int, reason: str, actor: Actor | str, approved_by: Actor | str, now: datetime
) -> int:
    """A won objection: from what is held back for these, else from what is left of the ceiling.

    Never from somebody who was granted already. InsufficientError when neither is enough: reserve more first.
    """
    if str(actor) == str(approved_by):
        raise NotPossibleError("Somebody else approves a won objection: two people see it.")

    def to(row: Row, opened: Opened) -> Row:
        more = cents - row["cents"]
        if more <= 0:
            raise NotPossibleError(f"{number} has {row['cents']} cents already; an objection gives more than that.")
        held = balances.balance(opened.held_back)
        if held >= more:
            beyond = row["beyond_cents"] + more
        elif balances.balance(opened.reserved) >= more:
            beyond = row["beyond_cents"]
        else:
            raise InsufficientError(opened.held_back, held, more)
        return row | {"cents": cents, "beyond_cents": beyond, "reason": int(Why.ON_OBJECTION), "waits": 0}

    return _change(number, "objection", reason, actor, now, approved_by, to)


def _withdrawn(row: Row, opened: Opened) -> Row:
    return row | {"cents": 0, "beyond_cents": 0, "units": 0, "reason": int(Why.WITHDRAWN), "waits": 0}


def _change(
    number: str, kind: str, note: str, actor: Actor | str, now: datetime, approved_by: Actor | str | None,
    to: Callable[[Row, Opened], Row],
) -> int:  # fmt: skip
    if not note.strip() or len(note) > LONGEST_NOTE or not note.isprintable():
        raise InputError(f"Say in one line why (at most {LONGEST_NOTE} characters).")
    with transaction.atomic(), own_work():
        here_opened, proof, before, columns = _read(number)
        here = where(here_opened, locked=True)
        here_opened, proof, before, columns = _read(number)  # now that nobody else can decide
        if before["reason"] == Why.WITHDRAWN:
            if kind == "withdrawn":
                return before["place"]
            if kind != "objection":  # an objection against the withdrawal itself can be won
                raise NotPossibleError(f"{number} was withdrawn; nothing is decided on it any more.")
        row = to(before, here_opened) | {"place": here.places + 1, "earlier": before["place"]}
        row["turn"] = row["place"] if before["place"] == NONE else before["turn"]
        if row["cents"]:
            units = units_of(here_opened.scheme, np.array([row["cents"]]), columns["quantity"])
            row["units"] = int(units[0])
        row["left_cents"] = balances.balance(here_opened.reserved)
        rows = Rows({name: np.array([row[name]], np.int64) for name in COLUMNS}, [proof])
        moves = _Moves(here_opened, before, row)
        frees = row["cents"] < before["cents"]
        write(here_opened, here, Batch(kind, note, frees=frees), rows, moves, fence=here.fence, actor=actor,
              now=now, approved_by=approved_by)  # fmt: skip
        return row["place"]


def _read(number: str) -> "tuple[Opened, bytes, Row, dict[str, np.ndarray]]":
    with connection.cursor() as cursor:
        cursor.execute(_RECEIPT, [id_of(number)])
        receipt = cursor.fetchone()
        if receipt is None:
            raise NoRoundError(f"There is no application with the number {number}.")
        round_id, pk, proof, complete_at, facts = receipt
        here = opened(round_id)
        columns = columns_from(here.scheme, [(facts, complete_at)])
        cursor.execute(_IN_FORCE.format(ON_RECEIPT.format("%(receipt)s")), {"receipt": pk})
        found = cursor.fetchone()
    names = ("place", "turn", "cents", "beyond_cents", "units", "asked_cents", "window", "category", "person_key",
             "employer_key", "group_key", "reason")  # fmt: skip
    window = int(period_of(here.scheme, columns["complete_at"])[0])
    keys = [int(columns[name][0]) for name in ("category", "person", "employer", "group")]
    values = found or (NONE, NONE, 0, 0, 0, 0, window, *keys, 0)
    return here, bytes(proof), dict(zip(names, values, strict=True)) | {"receipt": pk}, columns


class _Moves:
    """What moves on the ledger, under the ceiling and beyond it."""

    def __init__(self, opened: Opened, before: Row, after: Row) -> None:
        self.opened, self.before, self.after = opened, before, after

    def __call__(self, posting: UUID) -> list[Transfer]:
        opened = self.opened
        beyond = self.after["beyond_cents"] - self.before["beyond_cents"]
        under = self.after["cents"] - self.before["cents"] - beyond
        held_committed = Account(opened.committed.state, opened.held_back.place)
        pairs = [(opened.reserved, opened.committed, under), (opened.held_back, held_committed, beyond)]
        reference = number_of(self.after["receipt"])
        moves = [(source, target, cents) for source, target, cents in pairs if cents]
        return [_move(uuid5(posting, source.name), source, target, cents, reference) for source, target, cents in moves]


def _move(transfer: UUID, source: Account, target: Account, cents: int, reference: str) -> Transfer:
    """That way, or back when it is below nothing."""
    if cents < 0:
        return Transfer(transfer, target, source, -cents, reference)
    return Transfer(transfer, source, target, cents, reference)
