"""A draw: the decision document that says in which order applications are decided where the moment cannot say it."""

import hashlib
from datetime import datetime

from django.db import DatabaseError, connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.deciding import one_decider
from dichterbij.domains.schemes.batches import where
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.models import Draw
from dichterbij.domains.schemes.queries.listing import complete_between
from dichterbij.domains.schemes.rounds import round_at
from dichterbij.domains.schemes.rules import draw
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

REFUSALS = {
    "SF008": "Applications may still come in this stretch. Raise the barrier after it has ended, and draw then.",
    "SF009": "Part of this stretch is decided already; what was granted is not taken back by a draw.",
    "SF010": "There is a draw in this stretch already.",
}
_LOTS = """
    INSERT INTO schemes_lot (draw_id, position, receipt_id)
    SELECT %s, place, pk FROM unnest(%s::bigint[]) WITH ORDINALITY AS given (pk, place)
"""


def list_digest(numbers: list[str]) -> bytes:
    """Over the numbers of all who take part, in their order: published before anybody knows the seed."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).digest()


def draw_lots(
    *,
    scheme: str,
    from_at: datetime,
    until_at: datetime,
    seed: str,
    reason: str,
    actor: Actor | str,
    approved_by: Actor | str,
    now: datetime,
    at: datetime | None = None,
) -> int:
    """Draw the order of all applications that were complete in this stretch; how many lots there are.

    `seed` comes from outside, after the list was published (`queries.drawing_list`). A lot is sha256 of `seed:number`.
    `at`: in the round that took applications at that moment, in place of the one of when the stretch begins.
    NotPossibleError when the stretch is not over, is decided already, or has a draw. BusyError while somebody decides.
    """
    if str(actor) == str(approved_by):
        raise NotPossibleError("Somebody else approves a draw: two people see it.")
    if not seed.strip() or not seed.isprintable() or not reason.strip():
        raise InputError("A draw has a seed that everybody can read, and a reason.")
    opened = round_at(scheme, from_at if at is None else at)
    try:
        with one_decider(opened), own_work(), connection.cursor() as cursor:
            where(opened, locked=True)  # so nobody moves the barrier: who is in the stretch is what is listed now
            listed = complete_between(opened, from_at, until_at)
            numbers = [one.number for one in listed]
            order = [listed[place].receipt for place in draw(seed, numbers).tolist()]
            row = Draw.objects.create(
                round_id=opened.id, from_at=from_at, until_at=until_at, reason=reason, seed=seed,
                list_digest=list_digest(numbers), lots=len(order), decided_at=now, decided_by=str(actor),
                approved_by=str(approved_by),
            )  # fmt: skip
            cursor.execute(_LOTS, [row.pk, order])
            cursor.execute("SET CONSTRAINTS schemes_draw_is_whole IMMEDIATE")
            cursor.execute("SET CONSTRAINTS schemes_draw_is_whole DEFERRED")
            told = {"scheme": scheme, "round": opened.id, "draw": row.pk, "lots": len(order), "seed": seed,
                    "list": bytes(row.list_digest).hex(), "reason": reason}  # fmt: skip
            record(actor=str(actor), action="schemes.drawn", data=told, now=now)
    except DatabaseError as error:
        told_plainly = REFUSALS.get(getattr(error.__cause__, "sqlstate", None) or "")
        if told_plainly is None:
            raise
        raise NotPossibleError(told_plainly) from error
    return len(order)
