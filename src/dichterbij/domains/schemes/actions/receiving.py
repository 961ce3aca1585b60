"""Receiving applications: once for each key, with a number and a proof at once. Nothing is decided here.

The receipt is its own event: it is only added to, so no event of the journal stands beside it. Those would make every
applicant in the country wait for one chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from dichterbij.domains.schemes.actions.contacting import Compose, keep_contact
from dichterbij.domains.schemes.errors import NoRoundError, NotPossibleError, OtherContentError
from dichterbij.domains.schemes.models import Receipt, Round
from dichterbij.domains.schemes.rounds import Opened, opened, opened_as
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.proof import canonical, id_of, number_of
from dichterbij.domains.schemes.rules.written import check_conditions, check_who, read_facts
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

LONGEST_APPLICANT = 200
MOST_FACTS = 8_000  # characters
_NOW = """
    SELECT id, digest FROM schemes_round WHERE scheme = %s AND opens_at <= clock_timestamp()
    ORDER BY opens_at DESC LIMIT 1
"""
_ADD = """
    INSERT INTO schemes_receipt (round_id, key, applicant, facts, received_at, complete_at, ticket, proof)
    VALUES (%s, %s, %s, %s, now(), CASE WHEN %s THEN now() END, '', '')
    ON CONFLICT (key) DO NOTHING RETURNING id, received_at, complete_at, proof
"""
_COMPLETE = """
    INSERT INTO schemes_completion (receipt_id, round_id, key, facts, complete_at, ticket, proof)
    VALUES (%s, %s, %s, %s, now(), '', '') ON CONFLICT DO NOTHING RETURNING complete_at, proof
"""


@dataclass(frozen=True, slots=True)
class Received:
    """What the applicant gets at once. `is_new` is false when this key was received before, with the same content."""

    number: str
    proof: str
    received_at: datetime
    complete_at: datetime | None
    is_new: bool


def receive(
    *,
    scheme: str,
    key: UUID,
    applicant: str,
    facts: Mapping[str, Any],
    is_complete: bool = True,
    contact: NewContact | None = None,
    confirm: Compose | None = None,
) -> Received:
    """Keep an application. Ask again with the same key after any fault: it is received once, and the answer is equal.

    The moment is the database's own, so there is no `now`. `applicant`: an opaque name of who applies. `facts`: those
    of `rules.written`, with employers and persons in the one way of `check_who`. NotPossibleError before the scheme
    opens; an application after it closes is received, and refused by its decision. OtherContentError when the key was
    used for something else. `contact` is kept beside it, for a term; `confirm` makes the mail that tells its number.
    """
    reached = contact.checked() if contact else None
    with own_work(), connection.cursor() as cursor:
        here = _open_now(scheme)
        text = _checked(here, applicant, facts)
        cursor.execute(_ADD, [here.id, key, applicant, text, is_complete])
        row = cursor.fetchone()
        if row is None:
            return _again(key, applicant, text)
        pk, received_at, complete_at, proof = row
        if reached:
            keep_contact(pk, reached, confirm, received_at)
    return Received(number_of(pk), bytes(proof).hex(), received_at, complete_at, True)


def complete(*, number: str, key: UUID, facts: Mapping[str, Any]) -> Received:
    """What was missing came: the application counts from now on, with these facts. Idempotent in `key`, as receive.

    NotPossibleError for an application that was complete already; InputError for no such number.
    """
    with own_work(), connection.cursor() as cursor:
        row = Receipt.objects.filter(pk=id_of(number) or 0).first()
        if row is None:
            raise NoRoundError(f"There is no application with the number {number}.")
        text = _checked(opened(row.round_id), row.applicant, facts)
        if row.complete_at is not None:
            raise NotPossibleError(f"{number} was complete when it came; it cannot be changed any more.")
        cursor.execute(_COMPLETE, [row.pk, row.round_id, key, text])
        done = cursor.fetchone()
        if done is not None:
            return Received(number, bytes(done[1]).hex(), row.received_at, done[0], True)
        cursor.execute("SELECT key, facts, complete_at, proof FROM schemes_completion WHERE receipt_id = %s", [row.pk])
        before = cursor.fetchone()
    if before is None or before[0] != key or before[1] != text:
        raise OtherContentError(f"{number} was completed before, with other facts.", number=number)
    return Received(number, bytes(before[3]).hex(), row.received_at, before[2], False)


def _checked(opened: Opened, applicant: str, facts: Mapping[str, Any]) -> str:
    """The facts as they are kept. InputError for what no decider of this round can read."""
    if not applicant.strip() or len(applicant) > LONGEST_APPLICANT or not applicant.isprintable():
        raise InputError(f"Say who applies, in one line of at most {LONGEST_APPLICANT} characters.")
    if "score" in facts:
        raise InputError("score is given by officers, never by who applies.")
    try:
        read = read_facts(facts, complete_at=opened.opens_at)
        check_conditions(opened.scheme, read)
        check_who(opened.scheme, read)
        text = canonical(facts)
    except RecursionError:
        raise InputError("The facts of an application are texts, numbers and one list, not lists in lists.") from None
    if len(text) > MOST_FACTS:
        raise InputError(f"The facts of an application are at most {MOST_FACTS} characters.")
    return text


def _open_now(scheme: str) -> Opened:
    """The round that takes applications now. A round never changes, so the last answer holds until another opens."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW, [scheme])
        row = cursor.fetchone()
    return opened_as(*row) if row else _not_open(scheme)


def _again(key: UUID, applicant: str, text: str) -> Received:
    """The answer that was given before, or why there is none."""
    row = Receipt.objects.get(key=key)
    number = number_of(row.pk)
    if (row.applicant, row.facts) != (applicant, text):
        raise OtherContentError(
            f"This key was used before for {number}, with other content. Make a new key for another application.",
            number=number,
        )
    return Received(number, bytes(row.proof).hex(), row.received_at, row.complete_at, False)


def _not_open(scheme: str) -> Opened:
    first = Round.objects.filter(scheme=scheme).order_by("opens_at").values_list("opens_at", flat=True).first()
    if first is None:
        raise NoRoundError(f"The scheme {scheme} is not open, and never was.")
    raise NotPossibleError(f"{scheme} opens at {first:%Y-%m-%d %H:%M:%S %Z}. Apply from then on.", opens_at=first)
