"""Who should get what, counted once more without a line of the product: plain rules, one after the other."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

GRANT, MOST = 150_000, 5
FIRST, LAST = "2022-04-01", "2022-12-31"
ROUTES = {"open_hiring", "jobcarving", "learn_work", "encounters"}
ROWS = """
    SELECT r.key, r.facts, (extract(epoch FROM r.complete_at) * 1000000)::bigint, d.reason, d.cents, d.place, o.digest
    FROM schemes_receipt r JOIN schemes_round o ON o.id = r.round_id
    LEFT JOIN schemes_decision d ON d.receipt_id = r.id AND d.earlier IS NULL WHERE o.scheme = %s
"""


class Asked(NamedTuple):
    """An application as it was kept, and what the product decided."""

    moment: int
    ticket: bytes
    facts: dict[str, Any]
    reason: int | None
    cents: int | None
    place: int | None


def asked(rows: Iterable[tuple[Any, ...]]) -> list[Asked]:
    """In the order that was published: by moment, and those of one moment by a digest of the key."""
    return sorted(
        (
            Asked(moment, hashlib.sha256(bytes(opening) + key.bytes).digest(), json.loads(facts), *decided)
            for key, facts, moment, *decided, opening in rows
        ),
        key=lambda one: (one.moment, one.ticket),
    )


def expected(found: Iterable[Asked], ceiling: int) -> list[str]:
    """The reason of each, in words."""
    left, units, people, reasons = ceiling, Counter[str](), set[str](), []
    for one in found:
        facts = one.facts
        employer, group = facts["employer"], facts.get("group", facts["employer"])
        reason = _of_itself(facts)
        if reason is None and facts["person"] in people:
            reason = "person_full"
        if reason is None and units[f"employer {employer}"] == MOST:
            reason = "employer_full"
        if reason is None and units[f"group {group}"] == MOST:
            reason = "group_full"
        if reason is None and left < GRANT:
            reason = "ceiling_reached"
        if reason is None:
            left -= GRANT
            units.update((f"employer {employer}", f"group {group}"))
            people.add(facts["person"])
        reasons.append(reason or "granted")
    return reasons


def _of_itself(facts: dict[str, Any]) -> str | None:
    """Why it is refused whatever others ask; None when it is not."""
    met = set(facts.get("met", ()))
    if facts["start"] < FIRST:
        return "started_too_early"
    if facts["start"] > LAST:
        return "started_too_late"
    if facts.get("category") not in ROUTES:
        return "no_route"
    for code, reason in (("unused_potential", "not_unused_potential"), ("interview", "no_interview")):
        if code not in met:
            return reason
    for code, reason in (("praktijkleren", "praktijkleren_too"), ("own_employee", "own_employee")):
        if code in met:
            return reason
    return None


def differences(found: list[Asked], names: dict[int, str], ceiling: int) -> tuple[list[str], Counter[str]]:
    """Where the product decided otherwise, the first ten; and how often each reason was right."""
    wrong, right = [], Counter[str]()
    places = [one.place for one in found]
    if places != sorted(places, key=lambda place: (place is None, place)):
        wrong.append("decided in another order than was published")
    for one, reason in zip(found, expected(found, ceiling), strict=True):
        told = names.get(one.reason) if one.reason is not None else None
        cents = GRANT if reason == "granted" else 0
        if (told, one.cents) == (reason, cents):
            right[reason] += 1
        else:
            wrong.append(f"place {one.place}: {told} of {one.cents} cents, expected {reason} of {cents}")
    return wrong[:10], right
