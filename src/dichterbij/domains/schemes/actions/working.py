"""What goes on by itself: deciding what is complete, and bringing applications and decisions to the officers."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions.cases.opening import Party, adopt_decisions, open_case
from dichterbij.domains.schemes.actions.cases.sticking import goes, loosen
from dichterbij.domains.schemes.actions.deciding import Decided, decide
from dichterbij.domains.schemes.case_models import Case
from dichterbij.domains.schemes.contact_models import Contact
from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.models import Receipt
from dichterbij.domains.schemes.rounds import waiting_schemes
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import DichterbijError

MOST = 200  # cases at once: each begins with a printed letter
MOST_STUCK = 20
SECONDS = 45  # of one turn: a timer comes every minute
MICROSECOND = timedelta(microseconds=1)
# In the order they came. `brought` says until when all of them were seen.
_WITHOUT_CASE = """
    SELECT a.id, a.applicant, a.received_at FROM schemes_receipt a
    WHERE a.round_id = {round} AND a.received_at > coalesce(
          (SELECT received_at FROM schemes_brought WHERE round_id = {round}), '-infinity')
      AND NOT EXISTS (SELECT FROM schemes_case c WHERE c.receipt_id = a.id)
      AND NOT EXISTS (SELECT FROM schemes_stuck s WHERE s.receipt_id = a.id)
    ORDER BY a.received_at, a.id LIMIT {most}
"""
_WITH_NEWS = """
    SELECT r.id, r.is_exercise, p.barrier_at FROM schemes_round r JOIN schemes_position p ON p.round_id = r.id
    LEFT JOIN schemes_brought b ON b.round_id = r.id
    WHERE p.places > coalesce(b.place, 0)
       OR EXISTS (SELECT FROM schemes_case c WHERE c.round_id = r.id AND c.to_look
                  AND NOT EXISTS (SELECT FROM schemes_stuck s WHERE s.receipt_id = c.receipt_id))
       OR EXISTS ({without_case})
       OR EXISTS (SELECT FROM schemes_completion k JOIN schemes_case c ON c.receipt_id = k.receipt_id
                  WHERE k.round_id = r.id AND c.stage = 'incomplete'
                    AND k.complete_at > coalesce(b.received_at, '-infinity')
                    AND NOT EXISTS (SELECT FROM schemes_stuck s WHERE s.receipt_id = k.receipt_id))
    ORDER BY r.opens_at DESC
"""
_BROUGHT = """
    INSERT INTO schemes_brought (round_id, received_at) VALUES (%s, %s) ON CONFLICT (round_id)
    DO UPDATE SET received_at = greatest(schemes_brought.received_at, excluded.received_at)
"""
_STUCK = """
    SELECT s.receipt_id, a.applicant, r.is_exercise,
           EXISTS (SELECT FROM schemes_case c WHERE c.receipt_id = a.id)
    FROM schemes_stuck s JOIN schemes_receipt a ON a.id = s.receipt_id
    JOIN schemes_round r ON r.id = a.round_id WHERE s.tried_at < %s ORDER BY s.tried_at LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came into the hands of officers. `numbers`: of the applications that have a letter now.

    `stuck`: of those that could not become a case or get their proposal; they are tried again, and keep no other one
    waiting.
    """

    numbers: tuple[str, ...] = ()
    proposals: int = 0
    stuck: tuple[str, ...] = ()

    def __add__(self, other: "TakenIn") -> "TakenIn":
        return TakenIn(
            self.numbers + other.numbers, self.proposals + other.proposals, self.stuck + other.stuck
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worked:
    """What one turn did. `left`: schemes that could not be decided now, with the reason."""

    decided: Decided
    taken_in: TakenIn
    left: tuple[tuple[str, str], ...]


def work(*, actor: Actor | str, now: datetime, most: int = MOST, seconds: float = SECONDS) -> Worked:
    """Decide every round with work, then bring what is new to the officers, and so on while there is something new.

    Begins nothing new after so many seconds. Repeatable, also beside another one. A scheme that cannot be decided now
    (another decider, lots not drawn) keeps no other one waiting. Never inside a transaction.
    """
    done, taken, ends = Decided(), TakenIn(), time.monotonic() + seconds
    while True:
        left = []
        for scheme in waiting_schemes():
            try:
                done += decide(scheme=scheme, actor=actor, now=now)
            except DichterbijError as error:
                left.append((scheme, error.message))
        taken += take_in(actor=actor, now=now, most=most)
        if time.monotonic() >= ends or not _with_news():
            return Worked(done, taken, tuple(left))


def take_in(*, actor: Actor | str, now: datetime, most: int = MOST) -> TakenIn:
    """Applications that came become cases, and what the decider decided a proposal on them. Repeatable.

    At most so many new cases: the rest is for the next time.
    """
    numbers, stuck, proposals = list[str](), list[str](), 0
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_STUCK, [now, MOST_STUCK])
        again = cursor.fetchall()
    for pk, applicant, is_exercise, has_case in again:
        if has_case:  # its proposal is tried again below
            if not goes(pk, "cannot be looked at", partial(loosen, pk), now=now):
                stuck.append(number_of(pk))
            continue
        is_open = _opens(pk, _party(pk, applicant, is_exercise), actor, now) and loosen(pk)
        (numbers if is_open else stuck).append(number_of(pk))
    for round_id, is_exercise, barrier in _with_news():
        room = max(0, most - len(numbers))
        rows = _without_case(round_id, room)
        for pk, applicant, _ in rows:
            is_open = _opens(pk, _party(pk, applicant, is_exercise), actor, now)
            (numbers if is_open else stuck).append(number_of(pk))
        proposals += adopt_decisions(round_id=round_id, now=now, stuck=stuck)
        # Until the barrier nothing comes any more; of one moment there may be more than were read.
        seen = barrier if len(rows) < room else min(barrier, rows[-1][2] - MICROSECOND) if barrier and rows else None
        if seen:
            with own_work(), connection.cursor() as cursor:
                cursor.execute(_BROUGHT, [round_id, seen])
    return TakenIn(tuple(numbers), proposals, tuple(stuck))


def _with_news() -> list[tuple[int, bool, datetime | None]]:
    """Rounds with something that officers have not seen, the newest first, with the barrier of each."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_WITH_NEWS.format(without_case=_WITHOUT_CASE.format(round="r.id", most=1)))
        found: list[tuple[int, bool, datetime | None]] = cursor.fetchall()
    return found


def _opens(receipt: int, party: Party, actor: Actor | str, now: datetime) -> bool:
    """Whether it is a case now. Whatever is wrong with this one, the next one goes."""
    do = partial(open_case, number=number_of(receipt), party=party, actor=actor, now=now)
    return goes(receipt, "cannot become a case", do, now=now) is not None


def _without_case(round_id: int, most: int) -> list[tuple[int, str, datetime]]:
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_WITHOUT_CASE.format(round="%(round)s", most="%(most)s"), {"round": round_id, "most": most})
        found: list[tuple[int, str, datetime]] = cursor.fetchall()
    return found


def case_of(number: str, *, actor: Actor | str, now: datetime) -> Case:
    """The case of this application, opened now where it was not yet. NoRoundError for no such number."""
    with own_work():
        receipt = Receipt.objects.select_related("round").filter(pk=id_of(number) or 0).first()
    if receipt is None:
        raise NoRoundError(f"There is no application with the number {number}.")
    party = _party(receipt.pk, receipt.applicant, receipt.round.is_exercise)
    return open_case(number=number, party=party, actor=actor, now=now)


def _party(receipt: int, applicant: str, is_exercise: bool) -> Party:
    """Who applied: the number before the name stays with the application, the address with the contact."""
    first, _, rest = applicant.partition(" ")
    with own_work():
        language = Contact.objects.filter(pk=receipt).values_list("language", flat=True).first()
    return Party(
        rest if first.isdigit() and rest else applicant, language=language or "nl", invented=is_exercise
    )  # fmt: skip
