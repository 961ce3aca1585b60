"""Who got money and promised an interview: a list for the campaign. The journal keeps that it was taken."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.models import Round
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

PROMISE = "interview"
_GRANTED = """
    SELECT receipt.id, receipt.applicant, coalesce(completion.facts, receipt.facts), coalesce(contact.email, '')
    FROM schemes_decision AS decision JOIN schemes_receipt AS receipt ON receipt.id = decision.receipt_id
    LEFT JOIN schemes_completion AS completion ON completion.receipt_id = receipt.id
    LEFT JOIN schemes_contact AS contact ON contact.receipt_id = receipt.id
    WHERE decision.round_id = ANY(%s) AND decision.cents > 0 AND NOT EXISTS (
        SELECT FROM schemes_decision AS later
        WHERE later.round_id = decision.round_id AND later.earlier = decision.place)
    ORDER BY receipt.id
"""


@dataclass(frozen=True, slots=True)
class Willing:
    """An employer who promised an interview: how many grants, the first number, and where to write, when known."""

    employer: str
    applicant: str
    grants: int
    number: str
    email: str


def list_interviews(*, scheme: str, actor: Actor | str, now: datetime) -> tuple[Willing, ...]:
    """Each employer once. Only grants that hold; who was withdrawn or refused is not on it.

    NoRoundError when the scheme was never open; InputError when it asks for no interview.
    """
    rounds = [opened(pk) for pk in Round.objects.filter(scheme=scheme).values_list("pk", flat=True)]
    if not rounds:
        raise NoRoundError(f"{scheme} was never open, so nobody promised an interview.")
    if not any(condition.code == PROMISE for one in rounds for condition in one.scheme.conditions):
        raise InputError(f"{scheme} asks nobody for an interview.")
    with own_work():
        with connection.cursor() as cursor:
            cursor.execute(_GRANTED, [[one.id for one in rounds]])
            rows = cursor.fetchall()
        found = _willing(rows)
        data = {"scheme": scheme, "employers": len(found)}
        record(actor=str(actor), action="schemes.interviews_listed", data=data, now=now)
    return found


def _willing(rows: list[tuple[int, str, str, str]]) -> tuple[Willing, ...]:
    found: dict[str, Willing] = {}
    for receipt, applicant, text, email in rows:
        facts = json.loads(text)
        if PROMISE not in facts.get("met", []):
            continue
        name = facts.get("employer") or applicant
        first = found.get(name, Willing(name, applicant, 0, number_of(receipt), email))
        found[name] = Willing(name, first.applicant, first.grants + 1, first.number, first.email or email)
    return tuple(found.values())
