"""Points that officers give by themselves in a tender: two people, apart; where both give the same, that is the score.

What somebody gave can be given anew or taken back until the list is public; every line stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.scoring import REFUSALS, Scored, check_score
from dichterbij.domains.schemes.draw_models import Mark, Score
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rounds import Opened, opened
from dichterbij.domains.schemes.rules import Method
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

CHANGED = "The points that made this score were given anew or taken back."
TWO = "Two colleagues gave {} points already."


@dataclass(frozen=True, slots=True)
class Marked:
    """What was kept. `agreed`: of those, how many have the same points from a colleague; `differ`: other points."""

    kept: int
    agreed: int
    differ: int


def give_marks(*, round_id: int, marks: Sequence[Scored], actor: Actor | str, now: datetime) -> Marked:
    """Keep these points of one person, all or none. What they gave already, with the same words, is not kept again.

    NotPossibleError when the scheme is no tender, the list is public, or two colleagues gave points already.
    """
    here = _tender(round_id)
    for one in marks:
        check_score(one)
    if len({id_of(one.number) for one in marks}) != len(marks):
        raise InputError("An application stands in this list twice.", field="file")
    kept = agreed = differ = 0
    with transaction.atomic(), own_work():
        for one in sorted(marks, key=lambda one: one.number):  # of two lists at once none waits for the other for ever
            if not _give(here, one.number, one.score, one.reasons, str(actor), now):
                continue
            kept += 1
            others = _settle(here, id_of(one.number) or 0, str(actor), now)
            agreed, differ = agreed + others.count(one.score), differ + len(others) - others.count(one.score)
        if kept:
            record(actor=str(actor), action="schemes.marked", now=now,
                   data={"scheme": here.scheme.slug, "round": here.id, "marks": kept, "agreed": agreed})  # fmt: skip
    return Marked(kept, agreed, differ)


def take_marks_back(*, round_id: int, number: str, actor: Actor | str, now: datetime) -> None:
    """Take one's own points of this application back, and with them the score that they made. Repeatable."""
    here = _tender(round_id)
    with transaction.atomic(), own_work():
        if not _give(here, number, None, "", str(actor), now):
            return
        _settle(here, id_of(number) or 0, str(actor), now)
        record(actor=str(actor), action="schemes.mark_taken_back", now=now,
               data={"scheme": here.scheme.slug, "round": here.id, "number": number})  # fmt: skip


def _tender(round_id: int) -> Opened:
    here = opened(round_id)
    if here.scheme.distribution.method is not Method.TENDER:
        raise NotPossibleError(f"{here.scheme.slug} does not go by score.")
    return here


def _give(here: Opened, number: str, score: int | None, reasons: str, actor: str, now: datetime) -> bool:
    """Whether a line was added: not when this person gave just this."""
    pk = id_of(number)
    before = Mark.objects.filter(receipt=pk, given_by=actor).order_by("-number").first()
    if (before is None and score is None) or (before and (before.score, before.reasons) == (score, reasons)):
        return False
    try:
        with transaction.atomic():
            Mark.objects.create(
                round_id=here.id, receipt_id=pk or 0, number=before.number + 1 if before else 1, score=score,
                reasons=reasons, given_by=actor, given_at=now,
            )  # fmt: skip
    except DatabaseError as error:
        told = (REFUSALS | {"SF019": TWO}).get(getattr(error.__cause__, "sqlstate", None) or "")
        if told is None:
            raise
        raise NotPossibleError(told.format(number), number=number) from error
    return True


def _settle(here: Opened, receipt: int, actor: str, now: datetime) -> list[int]:
    """The score follows the points that hold now. The points of colleagues on it."""
    rows = Mark.objects.filter(receipt=receipt).order_by("given_by", "-number").distinct("given_by")
    held = sorted((one for one in rows if one.score is not None), key=lambda one: (one.given_at, one.pk))
    newest = Score.objects.filter(receipt=receipt).order_by("-number").first()
    is_agreed = len(held) == 2 and held[0].score == held[1].score
    if is_agreed:
        first, second = held
        _score(here, receipt, newest, first.score, f"{first.reasons} / {second.reasons}", first.given_by,
               second.given_by, now)  # fmt: skip
    elif newest and newest.score is not None and actor in (newest.given_by, newest.approved_by):
        _score(here, receipt, newest, None, CHANGED, actor, "", now)
    return [one.score for one in held if one.given_by != actor and one.score is not None]


def _score(
    here: Opened, receipt: int, newest: Score | None, score: int | None, reasons: str, given_by: str,
    approved_by: str, now: datetime,
) -> None:  # fmt: skip
    Score.objects.create(
        round_id=here.id, receipt_id=receipt, number=newest.number + 1 if newest else 1, score=score, reasons=reasons,
        given_at=now, given_by=given_by, approved_by=approved_by,
    )  # fmt: skip
