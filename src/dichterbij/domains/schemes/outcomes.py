"""Decisions of one batch worked out, as columns. Read by whoever decides and by the replay; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dichterbij.domains.schemes.batches import COLUMNS, NONE, WAITING, Rows
from dichterbij.domains.schemes.ordering import Candidate, closing, scored
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Decider, Method, judge_many
from dichterbij.domains.schemes.rules.distribution import shared
from dichterbij.domains.schemes.rules.judging_many import period_of
from dichterbij.domains.schemes.rules.standing import I64, units_of


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody who was refused for want of money or room only."""

    place: int
    turn: int
    asked_cents: int
    reason: int
    candidate: Candidate


def judged(opened: Opened, decider: Decider, candidates: Sequence[Candidate], after: int) -> Rows:
    """The decisions on these receipts, whose turn comes after this place.

    Pro rata, those of the windows are all of them, and share what is left: nobody waits for what others leave.
    """
    columns = scored(opened, candidates)
    left = opened.ceiling_cents - decider.committed_cents
    if is_shared(opened, candidates):
        told = shared(opened.scheme, opened.ceiling_cents, columns, decider.state)
        decided, asked, before = told.decisions, told.asked, np.full(len(candidates), left)
    else:
        asked, _ = judge_many(opened.scheme, columns)
        decided = decider.decide(columns)
        before = left - (np.cumsum(decided.cents) - decided.cents)
    places = np.arange(after + 1, after + 1 + len(candidates), dtype=np.int64)
    zeros = np.zeros(len(candidates), np.int64)
    reason = decided.reason.astype(np.int64)
    waits = np.isin(reason, () if opened.scheme.distribution.method is Method.PRO_RATA else WAITING)
    return Rows(
        {
            "place": places, "turn": places, "receipt": np.array([one.receipt for one in candidates], np.int64),
            "earlier": zeros + NONE, "cents": decided.cents, "beyond_cents": zeros,
            "units": units_of(opened.scheme, decided.cents, columns["quantity"]), "reason": reason,
            "asked_cents": asked, "left_cents": before, "waits": waits.astype(np.int64),
            "window": period_of(opened.scheme, columns["complete_at"]).astype(np.int64),
            "category": columns["category"], "person_key": columns["person"], "employer_key": columns["employer"],
            "group_key": columns["group"],
        },
        [one.proof for one in candidates],
    )  # fmt: skip


def is_shared(opened: Opened, candidates: Sequence[Candidate]) -> bool:
    """Whether these are all those who share out pro rata."""
    is_pro_rata = opened.scheme.distribution.method is Method.PRO_RATA
    return is_pro_rata and candidates[0].complete_at < closing(opened)


def again(opened: Opened, decider: Decider, waiters: Sequence[Waiter]) -> list[dict[str, int | bytes]]:
    """Judge these again, in this order; what is new."""
    left = opened.ceiling_cents - decider.committed_cents
    columns = scored(opened, [one.candidate for one in waiters])
    decided = decider.decide(columns)
    units = units_of(opened.scheme, decided.cents, columns["quantity"])
    before = left - (np.cumsum(decided.cents) - decided.cents)
    window = period_of(opened.scheme, columns["complete_at"])
    return [
        {
            "turn": one.turn, "receipt": one.candidate.receipt, "earlier": one.place, "cents": int(decided.cents[at]),
            "beyond_cents": 0, "units": int(units[at]), "reason": int(decided.reason[at]),
            "asked_cents": one.asked_cents, "left_cents": int(before[at]),
            "waits": int(int(decided.reason[at]) in WAITING), "window": int(window[at]),
            "category": int(columns["category"][at]), "person_key": int(columns["person"][at]),
            "employer_key": int(columns["employer"][at]), "group_key": int(columns["group"][at]),
            "proof": one.candidate.proof,
        }
        for at, one in enumerate(waiters)
        if decided.cents[at] > 0 or decided.reason[at] != one.reason
    ]  # fmt: skip


def rows_of(found: Sequence[dict[str, int | bytes]], after: int) -> Rows:
    """These decisions as columns, with places after this one."""
    placed = [one | {"place": after + number} for number, one in enumerate(found, 1)]
    columns: dict[str, I64] = {name: np.array([one[name] for one in placed], np.int64) for name in COLUMNS}
    return Rows(columns, [bytes(one["proof"]) for one in found if isinstance(one["proof"], bytes)])
