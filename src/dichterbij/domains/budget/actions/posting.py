"""Writing to the ledger: one posting is one transaction, kept whole or not at all, and only once."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget import errors
from dichterbij.domains.budget.actions.opening import ids_of
from dichterbij.domains.budget.models import Link, Posting
from dichterbij.domains.budget.rules import Account, Posted, State, Transfer, net
from dichterbij.domains.budget.rules.postings import check_posting, content
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import InputError, UnavailableError

_LOCK = "SELECT pg_advisory_xact_lock(20260601)"
_TRANSFERS = """
    INSERT INTO budget_transfer (id, posting, source, target, cents, reference, until, settles, corrects)
    SELECT id, %s, source, target, cents, reference, until, settles, corrects
    FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[], %s::uuid[],
                %s::uuid[])
        WITH ORDINALITY AS given (id, source, target, cents, reference, until, settles, corrects, place)
    ORDER BY place
"""
# The promise that the database saw broken -> what is said about it.
REFUSALS: dict[str, tuple[type[errors.LedgerError], str]] = {
    "budget_move_known": (errors.MoveError, "Money does not go from the one state to the other."),
    "budget_same_purpose": (errors.MoveError, "This money has a purpose and a fund; it stays with them."),
    "budget_same_region": (errors.MoveError, "This money is of a region; until it is free it stays there."),
    "budget_four_eyes": (errors.ApprovalError, "Somebody else must approve this: money leaves here by four eyes."),
    "budget_earmark_four_eyes": (errors.ApprovalError, "Earmarked money is made free by four eyes: ask somebody else."),
    "budget_approved_by_another": (errors.ApprovalError, "Whoever asks does not approve it: ask somebody else."),
    "budget_proposal": (errors.ApprovalError, "This money waits for an approved proposal."),
    "budget_proposal_approved": (errors.ApprovalError, "This proposal was not approved by then."),
    "budget_as_proposed": (errors.ApprovalError, "The proposal says other accounts than these."),
    "budget_within_proposal": (errors.ApprovalError, "This is more than the proposal says."),
    "budget_decided_by_another": (errors.ApprovalError, "Whoever proposed it does not decide on it."),
    "budget_correction": (errors.CorrectionError, "A correction goes back the way its transfer came, and no further."),
    "budget_term_ahead": (errors.TermError, "A term is of reserved money, and lies ahead."),
    "budget_term_settled": (errors.TermError, "This is not held, or its term has passed, or it goes elsewhere."),
    "budget_settled_once": (errors.TermError, "More is settled than was reserved."),
    "budget_held_is_there": (errors.TermError, "Part of this money is held by a term."),
    "budget_within_bound": (errors.LedgerError, "There is less in an account than is asked of it."),
}


def post(
    *,
    posting: UUID,
    transfers: Sequence[Transfer],
    reason: str,
    actor: Actor | str,
    now: datetime,
    approved_by: Actor | str | None = None,
    on: date | None = None,
    proposal: UUID | None = None,
) -> Posted:
    """Move money. The same `posting` with the same content again changes nothing and gives the same answer.

    `on`: the day it is of (that of `now`). InsufficientError and other errors of the ledger: nothing was written,
    and a transaction around this one can go on.
    """
    check_posting(transfers, reason)
    by, approver = str(actor), str(approved_by or "")
    asked = content(transfers, reason=reason, actor=by, approved_by=approver, on=on, proposal=proposal)
    try:
        with transaction.atomic():
            lock()
            if there := _there(posting, asked, transfers):
                return there
            rows = ids_of({account for one in transfers for account in (one.source, one.target)})
            _check_balances(transfers, rows)
            day = on or timezone.localdate(now)
            Posting.objects.create(
                id=posting, day=day, at=now, recorded_at=now, actor=by, approved_by=approver, proposal=proposal,
                reason=reason, content=asked,
            )  # fmt: skip
            _write(posting, transfers, {account: row[0] for account, row in rows.items()})
            done = Posted(posting, _place(posting), len(transfers), sum(one.cents for one in transfers), True)
            record(actor=by, action="budget.posted", data=_told(done), now=now)
            return done
    except IntegrityError as error:
        raise refusal(error) from error


def lock() -> None:
    """Nobody else writes to the ledger until this transaction ends. Before accounts are made, so nobody waits twice.

    UnavailableError when others hold it longer than this connection waits.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_LOCK)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise UnavailableError("Somebody else is writing to the ledger now. Try again in a moment.") from error


def refusal(error: IntegrityError) -> Exception:
    """What the database said, in words; the error itself when it is no promise of the ledger."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if name == "budget_transfer_id_key":
        return errors.DifferentError("A transfer of this posting has an id that was used before.")
    kind, told = REFUSALS.get(name, (None, ""))
    return kind(told, promise=name) if kind else error


def _there(posting: UUID, asked: bytes, transfers: Sequence[Transfer]) -> Posted | None:
    before = Posting.objects.filter(pk=posting).values_list("content", flat=True).first()
    if before is None:
        return None
    if bytes(before) != asked:
        raise errors.DifferentError(f"Posting {posting} was made before, with other content. Give a new one a new id.")
    return Posted(posting, _place(posting), len(transfers), sum(one.cents for one in transfers), False)


def _check_balances(transfers: Sequence[Transfer], rows: dict[Account, tuple[int, int, int]]) -> None:
    """Under the lock, so what is seen stays so. What is held by a term is not there for others."""
    freed = {one.source: 0 for one in transfers}
    for one in transfers:
        freed[one.source] += one.cents if one.settles else 0
    for account, change in net(transfers).items():
        _row, balance, held = rows[account]
        there = balance - held + freed.get(account, 0)
        if change < 0 and account.state is not State.OUTSIDE and there + change < 0:
            raise errors.InsufficientError(account, there, -change)


def _write(posting: UUID, transfers: Sequence[Transfer], rows: dict[Account, int]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_TRANSFERS, [
                posting, [one.id for one in transfers], [rows[one.source] for one in transfers],
                [rows[one.target] for one in transfers], [one.cents for one in transfers],
                [one.reference for one in transfers], [one.until for one in transfers],
                [one.settles for one in transfers], [one.corrects for one in transfers],
            ])  # fmt: skip
    except UnicodeEncodeError as error:
        raise InputError("A reference holds a character that cannot be written down.") from error


def _place(posting: UUID) -> int:
    return Link.objects.values_list("place", flat=True).get(posting=posting)


def _told(done: Posted) -> dict[str, object]:
    return {"posting": str(done.posting), "place": done.place, "transfers": done.transfers, "cents": done.cents}
