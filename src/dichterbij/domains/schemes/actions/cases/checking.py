"""Flags on the cases of a round, and a sample with its seed: written down so that anybody can draw it again."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.schemes.actions.cases.evidence import flag
from dichterbij.domains.schemes.case_models import CaseEvent
from dichterbij.domains.schemes.queries.cases.undertakings import (
    aid_rows,
    as_aid,
    as_tie,
    grant_as_aid,
    grants,
    tie_rows,
)
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.checks import (
    Aid,
    Checks,
    Draw,
    Employer,
    Placement,
    Signal,
    SignalCode,
    Tie,
    de_minimis_signal,
    draw_sample,
    duplicate_employers,
    duplicate_people,
    over_the_group_cap,
    quick_dismissals,
    read_checks,
    risk_class,
    room_left,
    undertakings,
)
from dichterbij.domains.schemes.rules.checks import own_employer as own_employers
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.rules.scheme import Counts, Whose
from dichterbij.domains.schemes.seeing import own_work

COUNTED = (Counts.TIMES, Counts.UNITS)  # of placements; a cap in cents says nothing about how many
_CASES = """
    SELECT c.id, c.number, c.name, c.account, c.received_on, coalesce(m.facts, r.facts)
    FROM schemes_case c JOIN schemes_receipt r ON r.id = c.receipt_id
    LEFT JOIN schemes_completion m ON m.receipt_id = r.id WHERE c.round_id = %s ORDER BY c.number
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the applications: ties between entities, owners and addresses of employers, last days.

    `aids`: de-minimis aid that employers say they had; None where the scheme gives no de-minimis aid.
    """

    ties: tuple[Tie, ...] = ()
    owners: Mapping[str, frozenset[str]] | None = None
    addresses: Mapping[str, str] | None = None
    ended_on: Mapping[str, date] | None = None
    most_per_group: int | None = None
    aids: tuple[Aid, ...] | None = None


def known_of(round_id: int, *, on: date) -> Known:
    """What officers wrote down, and what the scheme says about groups. Owners and addresses are not known yet."""
    scheme = opened(round_id).scheme
    caps = [one.most for one in scheme.caps if one.whose in (Whose.GROUP, Whose.EMPLOYER) and one.counts in COUNTED]
    is_aid = scheme.slug in read_checks(on=on).de_minimis_schemes
    with own_work():
        ended = CaseEvent.objects.filter(case__round_id=round_id, step=Step.PLACEMENT_ENDED.value).order_by("number")
        ended_on = {number: day for number, day in ended.values_list("case__number", "until") if day}
    return Known(
        ties=tuple(map(as_tie, tie_rows())), ended_on=ended_on, most_per_group=min(caps, default=None),
        aids=tuple(map(as_aid, aid_rows())) if is_aid else None,
    )  # fmt: skip


def check_round(*, round_id: int, known: Known, on: date, actor: Actor | str, now: datetime) -> int:
    """Put every flag there is reason for on the cases of a round. Repeatable; refuses nothing. How many are new."""
    cases, employers, placements = _read(round_id, known)
    checks = read_checks(on=on)
    signals = [
        *duplicate_people(placements, checks=checks),
        *quick_dismissals(placements, checks=checks),
        *own_employers(placements, employers, checks=checks),
    ]
    if known.most_per_group is not None:
        signals += over_the_group_cap(placements, known.ties, most=known.most_per_group, on=on, source=checks.source)
    if known.aids is not None:
        signals += _beyond_de_minimis(round_id, known, checks)
    by_employer = defaultdict(list)
    for placement in placements:
        by_employer[placement.employer].append(placement.application)
    for signal in duplicate_employers(employers.values(), checks=checks):
        numbers = tuple(number for key in signal.applications for number in by_employer[key])
        signals.append(Signal(signal.code, numbers, signal.reason))
    return _flag(signals, cases, actor, now)


def sample_round(*, round_id: int, seed: str, on: date, actor: Actor | str, now: datetime) -> tuple[Draw, Draw]:
    """A sample by risk and one from all, with this seed: the same seed on the same cases gives the same ones.

    The seed, a digest of the list and every chance are written in the journal.
    """
    cases, _, _ = _read(round_id, Known())
    checks = read_checks(on=on)
    with own_work():
        flags = CaseEvent.objects.filter(case__round_id=round_id, step=Step.FLAGGED.value)
        codes = defaultdict(list)
        for number, data in flags.values_list("case__number", "data"):
            codes[number].append(SignalCode(data["code"]))
    classes = {number: risk_class(codes[number]).value for number in cases}
    by_risk = draw_sample(classes, checks.risk_rates, seed=seed)
    from_all = draw_sample(dict.fromkeys(cases, "all"), {"all": checks.random_rate}, seed=f"{seed}, all")
    signals = [
        *by_risk.signals(SignalCode.RISK_SAMPLE, checks=checks),
        *from_all.signals(SignalCode.RANDOM_SAMPLE, checks=checks),
    ]
    new = _flag(signals, cases, actor, now)
    strata = [*by_risk.strata, *from_all.strata]
    record(actor=str(actor), action="case.sampled", now=now, data={
        "round": round_id, "seed": seed, "list": by_risk.list_digest, "new": new,
        "strata": [[one.name, one.size, len(one.taken), str(one.chance)] for one in strata],
    })  # fmt: skip
    return by_risk, from_all


def _read(round_id: int, known: Known) -> tuple[dict[str, UUID], dict[str, Employer], list[Placement]]:
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_CASES, [round_id])
        rows = cursor.fetchall()
    cases = {number: case for case, number, *_ in rows}
    employers: dict[str, Employer] = {}
    placements = []
    for _, number, name, account, received_on, facts in rows:
        told: dict[str, Any] = json.loads(facts)
        key = str(told.get("employer") or number)
        employers.setdefault(key, Employer(
            key, name, account, (known.addresses or {}).get(key, ""), owners=(known.owners or {}).get(key, frozenset()),
        ))  # fmt: skip
        start = date.fromisoformat(told["start"]) if told.get("start") else received_on
        if told.get("person"):
            placements.append(Placement(number, key, str(told["person"]), start, (known.ended_on or {}).get(number)))
    return cases, employers, placements


def _beyond_de_minimis(round_id: int, known: Known, checks: Checks) -> Iterable[Signal]:
    """Each grant of the round after those before it, of other rounds too, on the day of the right to it.

    Only companies with a tie are grouped: a country full of others would be grouped again for each grant.
    """
    had = defaultdict[str, list[Aid]](list)
    for aid in known.aids or ():
        had[aid.entity].append(aid)
    for grant in grants({*checks.de_minimis_schemes, opened(round_id).scheme.slug}):
        if grant.round_id == round_id:
            groups = undertakings([grant.entity], known.ties, on=grant.on)
            own = [aid for one in groups if groups[one] == groups[grant.entity] for aid in had.get(one, ())]
            room = room_left(grant.entity, own, groups, on=grant.on, checks=checks)
            yield from de_minimis_signal(grant.number, grant.cents, room)
        had[grant.entity].append(grant_as_aid(grant))


def _flag(signals: Iterable[Signal], cases: Mapping[str, UUID], actor: Actor | str, now: datetime) -> int:
    by_case = defaultdict(list)
    for signal in signals:
        for number in signal.applications:
            by_case[number].append(signal)
    return sum(
        flag(case=cases[number], signals=several, actor=actor, now=now) for number, several in sorted(by_case.items())
    )
