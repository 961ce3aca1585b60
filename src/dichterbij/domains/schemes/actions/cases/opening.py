"""An application becomes a case in the hands of officers; what the decider decided becomes a proposal on it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.letters import write_letter
from dichterbij.domains.schemes.actions.cases.moving import APPLICANT, DECIDER, Moving, held
from dichterbij.domains.schemes.actions.cases.sticking import goes
from dichterbij.domains.schemes.batches import ON_RECEIPT
from dichterbij.domains.schemes.case_models import Case, CaseEvent
from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.models import Receipt
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules import Why
from dichterbij.domains.schemes.rules.procedure import CaseState, Stage, Step, day_of, keep
from dichterbij.domains.schemes.rules.procedure.payments import check_account, masked
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

# Refusals that leave somebody waiting for money that may still come free are decided on as well: the law wants a
# decision in time, and a later one can be better.
_PLACES = """
    SELECT coalesce(b.place, 0), p.places FROM schemes_position p LEFT JOIN schemes_brought b USING (round_id)
    WHERE p.round_id = %s
"""
_LOOK = """
    WITH looked AS (
        (SELECT id FROM schemes_case c WHERE round_id = %(round)s AND to_look
         AND NOT EXISTS (SELECT FROM schemes_stuck s WHERE s.receipt_id = c.receipt_id)
         ORDER BY receipt_id LIMIT %(most)s)
        UNION SELECT c.id FROM schemes_decision d JOIN schemes_case c ON c.receipt_id = d.receipt_id
        WHERE d.round_id = %(round)s AND d.place > %(after)s AND d.place <= %(until)s)
    SELECT c.id, c.version, d.place > c.adopted AND (c.stage = 'received' OR c.stage = 'refused' AND d.cents > 0),
           d.cents, d.reason, d.place, c.receipt_id
    FROM looked JOIN schemes_case c USING (id)
    LEFT JOIN LATERAL (
        SELECT cents, reason, place FROM {on_receipt} d ORDER BY place DESC LIMIT 1) d ON true
    ORDER BY d.place
"""
_LOOKED = """
    UPDATE schemes_case c SET to_look = false FROM unnest(%s::uuid[], %s::int[]) AS seen (id, version)
    WHERE c.id = seen.id AND c.version = seen.version AND c.to_look
"""
_BROUGHT = """
    INSERT INTO schemes_brought (round_id, place) VALUES (%s, %s)
    ON CONFLICT (round_id) DO UPDATE SET place = greatest(schemes_brought.place, excluded.place)
"""
_COMPLETED = """
    SELECT c.id, c.receipt_id, k.complete_at FROM schemes_completion k JOIN schemes_case c USING (receipt_id)
    WHERE k.round_id = %(round)s AND c.stage = 'incomplete' AND k.complete_at
          > coalesce((SELECT received_at FROM schemes_brought WHERE round_id = %(round)s), '-infinity')
    UNION SELECT c.id, c.receipt_id, k.complete_at FROM schemes_case c JOIN schemes_completion k USING (receipt_id)
    WHERE c.round_id = %(round)s AND c.to_look AND c.stage = 'incomplete'
      AND NOT EXISTS (SELECT FROM schemes_stuck s WHERE s.receipt_id = c.receipt_id)
"""
# A lock with two keys takes numbers up to 2^31; there are more receipts.
LOCK = "SELECT pg_advisory_xact_lock(hashint8extended(%s, 20260614))"


@dataclass(frozen=True, slots=True)
class Party:
    """Who applied, as letters and the bank need it. `account`: an IBAN, or empty until it is known."""

    name: str
    email: str = ""
    account: str = ""
    language: str = "nl"
    invented: bool = False


def open_case(*, number: str, party: Party, actor: Actor | str, now: datetime) -> Case:
    """The case of the application with this number; the one that is there when it was opened before.

    The letter that says it was received goes out at once. NoRoundError for no such number; InputError for a name or an
    account that cannot be used.
    """
    account = check_account(party.account) if party.account else ""
    if not party.name.strip() or party.language not in ("nl", "en"):
        raise InputError("A case has the name of who applied, and a language: nl or en.", field="name")
    with transaction.atomic(), own_work():
        pk = id_of(number)
        receipt = None if pk is None else Receipt.objects.filter(pk=pk).first()
        if receipt is None:
            raise NoRoundError(f"There is no application with the number {number}.")
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [receipt.pk])  # of two at once, one opens it
        before = Case.objects.filter(receipt=receipt).first()
        return before or _open(receipt, party, account, str(actor), now)


def adopt_decisions(*, round_id: int, now: datetime, most: int = 1_000, stuck: list[str] | None = None) -> int:
    """What the decider decided stands as a proposal on each case: an officer sees it, and approves it. How many.

    Before that: what applicants completed since is written on their cases. Looks at about so many that are new, and
    at nothing else. Repeatable. A case that cannot be moved keeps no other one waiting; its number comes in `stuck`.
    """
    left = [] if stuck is None else stuck
    _note_completions(round_id, now, left)
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_PLACES, [round_id])
        after, last = cursor.fetchone()
        until = min(last, after + most)
        values = {"round": round_id, "most": most, "after": after, "until": until}
        cursor.execute(_LOOK.format(on_receipt=ON_RECEIPT.format("c.receipt_id")), values)
        rows = cursor.fetchall()
    proposed = 0
    for case, _, is_new, cents, reason, place, receipt in rows:
        if is_new:
            do = partial(_adopt, case, cents, reason, place, now)
            done = goes(receipt, "gets no proposal", do, now=now)
            proposed += bool(done)
            left += [number_of(receipt)] if done is None else []
    seen = [(case, version) for case, version, is_new, *_ in rows if not is_new]
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_LOOKED, [[case for case, _ in seen], [version for _, version in seen]])
        cursor.execute(_BROUGHT, [round_id, until])
    return proposed


def _adopt(case: UUID, cents: int, reason: int, place: int, now: datetime) -> bool:
    with held(case, None, actor=DECIDER, now=now) as moving:
        stage = moving.state.stage
        if moving.row.adopted >= place or not (stage is Stage.RECEIVED or (stage is Stage.REFUSED and cents)):
            return False  # somebody else did something at the same moment
        moving.row.adopted, moving.row.to_look = place, False
        step = Step.GRANTED if cents else Step.REFUSED
        why = Why(reason).name.lower()
        told = {"step": step.value, "cents": cents, "place": place, "why": why}
        # Money came free for somebody who was refused: a new decision, in place of the refusal.
        again = {"reopens": True} if stage is Stage.REFUSED else {}
        moving.note(Step.PROPOSED.value, cents=cents, reason=why, data=told | again)
    return True


def _note_completions(round_id: int, now: datetime, left: list[str]) -> None:
    """Where the applicant sent what was missing, the case is complete since that day, and its term runs again."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_COMPLETED, {"round": round_id})
        done = cursor.fetchall()
    for case, receipt, complete_at in done:
        do = partial(_complete, case, complete_at, now)
        if goes(receipt, "cannot be noted as complete", do, now=now) is None:
            left.append(number_of(receipt))


def _complete(case: UUID, complete_at: datetime, now: datetime) -> bool:
    with held(case, None, actor=APPLICANT, now=now) as moving:
        if moving.state.stage is Stage.INCOMPLETE:
            moving.take(Step.COMPLETED, on=day_of(complete_at))
    return True


def _open(receipt: Receipt, party: Party, account: str, actor: str, now: datetime) -> Case:
    scheme = opened(receipt.round_id).scheme
    received_on = day_of(receipt.received_at)
    state = CaseState(Stage.RECEIVED, received_on, complete_on=_day(receipt.complete_at))
    row = Case(
        id=uuid4(), number=number_of(receipt.pk), receipt=receipt, round_id=receipt.round_id,
        applicant=receipt.applicant, name=" ".join(party.name.split()), email=party.email, language=party.language,
        account=account, weeks=scheme.terms["decide"].weeks, stage=state.stage.value, state=keep(state),
        received_on=received_on, moved_at=now, invented=party.invented,
    )  # fmt: skip
    row.save(force_insert=True)
    told = {"proof": bytes(receipt.proof).hex(), "complete": receipt.complete_at is not None}
    if account:  # whoever brought it does not release its payment
        told["account"] = masked(account)
    CaseEvent.objects.create(
        case=row, number=1, step=Step.RECEIVED.value, on=received_on, at=now, actor=actor,
        data=told,
    )  # fmt: skip
    moving = Moving(row, state, actor, now)
    moving.keep()
    write_letter(moving, "receipt", version=1)
    record(actor=actor, action="case.received", data={"case": row.number, "day": str(timezone.localdate(now))}, now=now)
    return row


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else day_of(moment)
