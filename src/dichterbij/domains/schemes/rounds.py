"""The scheme of an opened round, as it was published, read once in each process."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import yaml
from django.db import connection

from dichterbij.domains.budget.rules import Account, State, read_account
from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.models import Round
from dichterbij.domains.schemes.rules import Counts, Scheme, read_scheme
from dichterbij.domains.schemes.rules.moments import micros
from dichterbij.domains.schemes.rules.proof import canonical
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError

OBJECTIONS = "objections"  # the activity of what is held back for won objections
_AT = """
    SELECT id, digest FROM schemes_round WHERE scheme = %(scheme)s AND opens_at <= coalesce(%(at)s, clock_timestamp())
    ORDER BY opens_at DESC LIMIT 1
"""
# Whoever is not decided on is complete from where the decider is now, not before. OFFSET 0: looked up for those few,
# where the database would else read every decision there is.
_HAS_WORK = """ (p.freed
      OR EXISTS (SELECT FROM schemes_receipt a WHERE a.round_id = r.id
                 AND a.complete_at >= coalesce(p.cursor_at, '-infinity')
                 AND NOT EXISTS
                 (SELECT FROM schemes_decision d WHERE d.receipt_id = a.id AND d.earlier IS NULL OFFSET 0))
      OR EXISTS (SELECT FROM schemes_completion c WHERE c.round_id = r.id
                 AND c.complete_at >= coalesce(p.cursor_at, '-infinity') AND NOT EXISTS
                 (SELECT FROM schemes_decision d WHERE d.receipt_id = c.receipt_id AND d.earlier IS NULL OFFSET 0)))
"""
_WORK = """
    SELECT r.id, r.digest FROM schemes_round r JOIN schemes_position p ON p.round_id = r.id
    WHERE r.scheme = %s AND r.opens_at <= clock_timestamp() AND (r.id = %s OR {has_work}) ORDER BY r.opens_at DESC
"""
_WAITING = """
    SELECT DISTINCT r.scheme FROM schemes_round r JOIN schemes_position p ON p.round_id = r.id
    WHERE r.opens_at <= clock_timestamp() AND {has_work} ORDER BY r.scheme
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A round with its scheme and the accounts that its money goes between."""

    id: int
    digest: bytes
    scheme: Scheme
    ceiling_cents: int
    objections_cents: int
    opens_at: datetime
    closes_at: datetime
    reserved: Account

    @property
    def committed(self) -> Account:
        """Where granted money stands."""
        return Account(State.COMMITTED, self.reserved.place)

    @property
    def held_back(self) -> Account:
        """What is held back for won objections."""
        return Account(State.RESERVED, replace(self.reserved.place, activity=OBJECTIONS))


def round_at(scheme: str, moment: datetime | None = None) -> Opened:
    """The round that took applications at this moment, or takes them now. NoRoundError when there was none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_AT, {"scheme": scheme, "at": moment})
        row = cursor.fetchone()
    if row is None:
        told = f"had no round at {moment:%Y-%m-%d %H:%M:%S %Z}" if moment else "is not open, and never was"
        raise NoRoundError(f"The scheme {scheme} {told}.")
    return opened_as(*row)


def to_decide(scheme: str) -> list[Opened]:
    """Every round that takes applications now, waits for a decision or has money that came free; the newest first.

    NoRoundError when none of this scheme has opened yet.
    """
    last = round_at(scheme)
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_WORK.format(has_work=_HAS_WORK), [scheme, last.id])
        return [opened_as(*row) for row in cursor.fetchall()]


def waiting_schemes() -> list[str]:
    """Every scheme with a round in which somebody waits for a decision, or money came free."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_WAITING.format(has_work=_HAS_WORK))
        return [scheme for (scheme,) in cursor.fetchall()]


def has_work(here: Opened) -> bool:
    """Whether somebody in this round waits for a decision, or money came free."""
    there = "SELECT FROM schemes_round r JOIN schemes_position p ON p.round_id = r.id WHERE r.id = %s AND {has_work}"
    with own_work(), connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({there.format(has_work=_HAS_WORK)})", [here.id])
        return bool(cursor.fetchone()[0])


@lru_cache(maxsize=256)  # every round that a list of officers names, and those that are looked up beside them
def opened_as(pk: int, digest: bytes) -> Opened:
    """A round by its number and digest: never changes, so it is read once."""
    row = Round.objects.get(pk=pk)
    scheme = as_opened(
        row.definition, row.choices, opens_at=row.opens_at, closes_at=row.closes_at, is_exercise=row.is_exercise
    )
    return Opened(row.pk, digest, scheme, row.ceiling_cents, row.objections_cents, row.opens_at, row.closes_at,
                  read_account(row.account))  # fmt: skip


def opened(pk: int) -> Opened:
    """A round by its number."""
    return opened_as(pk, bytes(Round.objects.values_list("digest", flat=True).get(pk=pk)))


def as_opened(
    definition: str, choices: dict[str, str], *, opens_at: datetime, closes_at: datetime, is_exercise: bool
) -> Scheme:
    """The scheme of a file's text. An exercise has its one window at other moments than the file says."""
    scheme = read_scheme(yaml.safe_load(definition), digest=hashlib.sha256(definition.encode()).hexdigest(),
                         choices=choices)  # fmt: skip
    if not is_exercise:
        return scheme
    if len(scheme.periods) > 1:
        return scheme.as_exercise()
    window = replace(scheme.periods[0], opens=micros(opens_at), ends=micros(closes_at))
    return replace(scheme.as_exercise(), periods=(window,))


def caps_of(scheme: Scheme) -> dict[str, dict[str, int]]:
    """The caps as the counters of the database keep them: `{"employer": {"times": 5}}`."""
    caps: dict[str, dict[str, int]] = {}
    for cap in scheme.caps:
        kind = f"{cap.whose.value}_in_window" if cap.each_period else cap.whose.value
        most = caps.setdefault(kind, {})
        what = Counts(cap.counts).value
        most[what] = min(cap.most, most.get(what, cap.most))
    return caps


def digest_of(values: dict[str, Any]) -> bytes:
    """Over all that decides, so that two rounds that differ in anything have other digests."""
    return hashlib.sha256(canonical(values).encode()).digest()


def account_of(name: str) -> Account:
    """The account of a ceiling. InputError for one that is not reserved, or is for objections."""
    account = read_account(name)
    if account.state is not State.RESERVED or account.place.activity == OBJECTIONS:
        raise InputError(f"{name}: the ceiling of a scheme stands on a reserved account, such as reserved:fund:2026.")
    return account
