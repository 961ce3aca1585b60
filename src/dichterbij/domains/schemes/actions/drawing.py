"""A draw: the decision document that says in which order applications are decided where the moment cannot say it.

First the list of who takes part is published, with where the seed will come from and when; then, after that moment,
lots are drawn with the seed. In a tender the list has the scores, and lots divide those that are equal.
"""

from datetime import datetime
from typing import NoReturn

from django.db import DatabaseError, connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.deciding import one_decider
from dichterbij.domains.schemes.actions.opening import raise_barrier
from dichterbij.domains.schemes.actions.scoring import check_scored
from dichterbij.domains.schemes.batches import where
from dichterbij.domains.schemes.entrants import complete_between, list_digest, order_of
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.models import Draw, EntryList
from dichterbij.domains.schemes.ordering import closing
from dichterbij.domains.schemes.rounds import Opened, round_at
from dichterbij.domains.schemes.rules import Method
from dichterbij.domains.schemes.rules.moments import moment_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

LONGEST = 500
REFUSALS = {
    "SF008": "Applications may still come in this stretch. Raise the barrier after it has ended, and draw then.",
    "SF009": "Part of this stretch is decided already; what was granted is not taken back by a draw.",
    "SF010": "There is a list or a draw in this stretch already.",
    "SF016": "Publish the list of who takes part first: it is public before anybody knows the seed.",
    "SF017": "The seed is not known yet at this moment, or this list needs none. The list says from when it is.",
    "23505": "This list was drawn already.",
    "23514": "The moment of the seed lies after the list is published, and the list says where the seed comes from.",
}
_LOTS = """
    INSERT INTO schemes_lot (draw_id, position, receipt_id, score)
    SELECT %s, place, pk, nullif(score, -1)
    FROM unnest(%s::bigint[], %s::int[]) WITH ORDINALITY AS given (pk, score, place)
"""


def publish_list(
    *,
    scheme: str,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    seed_from: str = "",
    seed_at: datetime | None = None,
    actor: Actor | str,
    now: datetime,
    at: datetime | None = None,
) -> EntryList:
    """Publish who takes part in a draw of this stretch (the whole round unless given), before the seed can be known.

    `seed_from`, `seed_at`: where the seed will come from, such as a lottery that has not been drawn, and when. Neither
    for a tender in which equal scores go by receipt. From now on nothing of this stretch is decided before the draw.
    NotPossibleError when applications may still come, part of it is decided, or a score is missing.
    """
    opened = round_at(scheme, from_at if at is None else at)
    distribution = opened.scheme.distribution
    if distribution.method is Method.PRO_RATA:
        raise NotPossibleError(f"In {scheme} everybody gets the same part: nobody is drawn.")
    if distribution.method is Method.TENDER and (from_at or until_at):
        raise NotPossibleError(f"In {scheme} all plans are compared with each other: the list is of the whole round.")
    by_receipt = distribution.method is Method.TENDER and distribution.ties == "receipt"
    if by_receipt != (seed_at is None) or by_receipt != (not seed_from.strip()):
        raise InputError("Say where the seed comes from and when; only a tender with equal scores by receipt has none.")
    if len(seed_from) > LONGEST or not (seed_from + " ").isprintable():
        raise InputError(f"Say in one line where the seed comes from (at most {LONGEST} characters).")
    first, end = from_at or opened.opens_at, until_at or moment_of(closing(opened))
    raise_barrier(opened=opened)
    try:
        with one_decider(opened), own_work():
            where(opened, locked=True)  # so nobody moves the barrier: who is in the stretch is what is listed now
            entrants = complete_between(opened, first, end)
            if distribution.method is Method.TENDER:
                check_scored(opened, first, end)
            row = EntryList.objects.create(
                round_id=opened.id, from_at=first, until_at=end, digest=list_digest(entrants), entrants=len(entrants),
                seed_from=seed_from, seed_at=seed_at, published_at=now, published_by=str(actor), published_in=0,
            )  # fmt: skip
            told = {"scheme": scheme, "round": opened.id, "list": row.digest.hex(), "entrants": row.entrants,
                    "seed_from": seed_from, "seed_at": seed_at and seed_at.isoformat()}  # fmt: skip
            record(actor=str(actor), action="schemes.listed", data=told, now=now)
    except DatabaseError as error:
        _say(error)
    return row


def draw_lots(
    *,
    scheme: str,
    seed: str,
    reason: str,
    actor: Actor | str,
    approved_by: Actor | str,
    now: datetime,
    from_at: datetime | None = None,
    at: datetime | None = None,
) -> int:
    """Draw the order of all on a published list; how many lots there are.

    `seed` is what came out of where the list says. A lot is sha256 of `seed:number`; in a tender the highest score goes
    first and lots divide those that are equal. `from_at`: of which list, the one that was published last unless given.
    NotPossibleError without a list, before the moment of its seed, or when it was drawn. BusyError while somebody
    decides.
    """
    if str(actor) == str(approved_by):
        raise NotPossibleError("Somebody else approves a draw: two people see it.")
    if not reason.strip() or (seed and (not seed.strip() or not seed.isprintable())):
        raise InputError("A draw has a seed that everybody can read, and a reason.")
    opened = round_at(scheme, from_at if at is None else at)
    try:
        with one_decider(opened), own_work(), connection.cursor() as cursor:
            where(opened, locked=True)
            listed = _list(opened, from_at)
            entrants = complete_between(opened, listed.from_at, listed.until_at)
            order = order_of(opened, entrants, seed)
            row = Draw.objects.create(
                round_id=opened.id, entries=listed, from_at=listed.from_at, until_at=listed.until_at, reason=reason,
                seed=seed, list_digest=list_digest(entrants), lots=len(order), decided_at=now, decided_by=str(actor),
                approved_by=str(approved_by),
            )  # fmt: skip
            scores = [-1 if one.score is None else one.score for one in order]
            cursor.execute(_LOTS, [row.pk, [one.receipt for one in order], scores])
            cursor.execute("SET CONSTRAINTS schemes_draw_is_whole IMMEDIATE")
            cursor.execute("SET CONSTRAINTS schemes_draw_is_whole DEFERRED")
            told = {"scheme": scheme, "round": opened.id, "draw": row.pk, "lots": len(order), "seed": seed,
                    "list": bytes(row.list_digest).hex(), "reason": reason}  # fmt: skip
            record(actor=str(actor), action="schemes.drawn", data=told, now=now)
    except DatabaseError as error:
        _say(error)
    return len(order)


def _list(opened: Opened, from_at: datetime | None) -> EntryList:
    found = EntryList.objects.filter(round_id=opened.id, **({} if from_at is None else {"from_at": from_at}))
    row = found.order_by("-published_at").first()
    if row is None:
        raise NotPossibleError(REFUSALS["SF016"])
    return row


def _say(error: DatabaseError) -> NoReturn:
    told = REFUSALS.get(getattr(error.__cause__, "sqlstate", None) or "")
    if told is None:
        raise error
    raise NotPossibleError(told) from error
