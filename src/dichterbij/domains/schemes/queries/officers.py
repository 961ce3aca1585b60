"""What the pages of officers show beside the cases: the ceiling now, what is due, new applications, a payment file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Sum

from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.schemes.case_models import Case, Stuck
from dichterbij.domains.schemes.models import Receipt, Round
from dichterbij.domains.schemes.payment_models import Payment, PaymentFile
from dichterbij.domains.schemes.queries.cases import FileRow, file_row
from dichterbij.domains.schemes.rounds import opened, opened_as
from dichterbij.domains.schemes.rules import Method, Scheme
from dichterbij.domains.schemes.rules.pace import LOOKS_BACK, Pace, pace
from dichterbij.domains.schemes.rules.procedure import day_of
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.counted import Counted
from dichterbij.shared.errors import NotFoundError
from dichterbij.shared.words import Words

MOST_ROUNDS, MOST_COUNTED = 50, 100
_NEW = """
    SELECT count(*) FROM (
        SELECT new.id FROM schemes_round r LEFT JOIN schemes_brought b ON b.round_id = r.id
        CROSS JOIN LATERAL (
            SELECT a.id FROM schemes_receipt a
            WHERE a.round_id = r.id AND a.received_at > coalesce(b.received_at, '-infinity')
              AND NOT EXISTS (SELECT FROM schemes_case c WHERE c.receipt_id = a.id)
            ORDER BY a.received_at LIMIT %s) new
        UNION SELECT s.receipt_id FROM schemes_stuck s
        WHERE NOT EXISTS (SELECT FROM schemes_case c WHERE c.receipt_id = s.receipt_id) LIMIT %s) found
"""
_WENT = """
    SELECT coalesce(sum(d.cents - d.beyond_cents - coalesce(e.cents - e.beyond_cents, 0)), 0)::bigint
    FROM schemes_decision d JOIN schemes_batch b ON b.id = d.batch_id
    LEFT JOIN schemes_decision e ON e.round_id = d.round_id AND e.place = d.earlier
    WHERE d.round_id = %s AND b.decided_at >= %s
"""


@dataclass(frozen=True, slots=True)
class RoundName:
    """A round to choose from."""

    id: int
    scheme: str
    title: Words
    opens_at: datetime
    is_exercise: bool


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The money of a round at this moment, as the ledger has it. `held_back_cents`: for won objections, beside it."""

    round_id: int
    ceiling_cents: int
    granted_cents: int
    left_cents: int
    held_back_cents: int
    pace: Pace


@dataclass(frozen=True, slots=True)
class Due:
    """What can be paid now of a round."""

    round_id: int
    count: int
    cents: int


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A payment in a file. `said`: what the bank answered, empty while it did not."""

    case: UUID
    number: str
    name: str
    account: str
    cents: int
    said: tuple[str, ...]


def rounds_of_officers() -> tuple[RoundName, ...]:
    """Every round, the newest first."""
    return tuple(_named(row)[0] for row in _newest())


def ceiling(round_id: int, *, now: datetime) -> Ceiling:
    """The ceiling of a round now. A few queries, however many applications there are."""
    here, today = opened(round_id), day_of(now)
    left = ledger.balance(here.reserved)
    since = now - timedelta(days=LOOKS_BACK)
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_WENT, [round_id, since])
        went = int(cursor.fetchone()[0])
    found = pace(left, [went], on=today)
    return Ceiling(round_id, here.ceiling_cents, here.ceiling_cents - left, left, ledger.balance(here.held_back), found)


def without_case(round_id: int, *, most: int = 500) -> tuple[tuple[str, str], ...]:
    """Number and applicant of applications that officers have not seen yet, in the order they came."""
    with own_work():
        rows = Receipt.objects.filter(round_id=round_id).exclude(Exists(Case.objects.filter(receipt=OuterRef("pk"))))
        found = rows.order_by("pk").values_list("pk", "applicant")[:most]
        return tuple((number_of(pk), applicant) for pk, applicant in found)


def new_applications(*, most: int = MOST_COUNTED) -> Counted:
    """How many applications officers have not seen yet, of all rounds, counted up to `most`."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_NEW, [most + 1, most + 1])
        return Counted.up_to(most, int(cursor.fetchone()[0]))


def stuck(*, most: int = MOST_COUNTED) -> tuple[str, ...]:
    """Numbers of applications that cannot go on, whoever looks at them; the longest ago first."""
    with own_work():
        return tuple(map(number_of, Stuck.objects.order_by("tried_at", "pk").values_list("pk", flat=True)[:most]))


def due() -> Mapping[int, Due]:
    """What is due, and has an account to pay to, by round."""
    with own_work():
        rows = Case.objects.filter(due_cents__gt=0).exclude(account="").order_by("round").values("round")
        found = rows.annotate(count=Count("pk"), cents=Sum("due_cents"))
        return {row["round"]: Due(row["round"], row["count"], int(row["cents"])) for row in found}


def payment_file(id: UUID) -> tuple[FileRow, bytes]:
    """A payment file with its bytes. NotFoundError when there is none."""
    with own_work():
        row = PaymentFile.objects.filter(pk=id).first()
    if row is None:
        raise NotFoundError("There is no such payment file.")
    return file_row(row), bytes(row.content)


def paid_in(id: UUID) -> tuple[PaidRow, ...]:
    """The payments of a file, and what the bank said of each."""
    with own_work():
        rows = Payment.objects.filter(file=id).select_related("case").prefetch_related("results").order_by("position")
        return tuple(
            PaidRow(one.case_id, one.case.number, one.name, one.account, one.cents, _said(one)) for one in rows
        )


def _said(payment: Payment) -> tuple[str, ...]:
    return tuple(sorted(one.result for one in payment.results.all()))


def rounds_with_points() -> tuple[RoundName, ...]:
    """The rounds that go by points, the newest first."""
    found = [_named(row) for row in _newest()]
    return tuple(one for one, scheme in found if scheme.distribution.method is Method.TENDER)


def _newest() -> Iterable[tuple[int, bytes, datetime, bool]]:
    rows = Round.objects.order_by("-opens_at", "-id").values_list("pk", "digest", "opens_at", "is_exercise")
    return [(pk, bytes(digest), opens_at, is_exercise) for pk, digest, opens_at, is_exercise in rows[:MOST_ROUNDS]]


def _named(row: tuple[int, bytes, datetime, bool]) -> tuple[RoundName, Scheme]:
    pk, digest, opens_at, is_exercise = row
    scheme = opened_as(pk, digest).scheme
    return RoundName(pk, scheme.slug, scheme.title, opens_at, is_exercise), scheme
