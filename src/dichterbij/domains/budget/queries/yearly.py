"""What a region set aside at the end of each year, and what is known of each activity: by its own accounts alone."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection

from dichterbij.domains.budget.queries.balances import balances
from dichterbij.domains.budget.rules import State

_PER_YEAR = """
    WITH aside AS (SELECT id, purpose FROM budget_account WHERE region = %s AND state = 'earmarked')
    SELECT side.purpose, extract(year FROM posting.day)::int, sum(side.cents)::bigint FROM (
        SELECT aside.purpose, moved.posting, moved.cents
        FROM aside JOIN budget_transfer AS moved ON moved.target = aside.id
        UNION ALL
        SELECT aside.purpose, moved.posting, -moved.cents
        FROM aside JOIN budget_transfer AS moved ON moved.source = aside.id
    ) AS side JOIN budget_posting AS posting ON posting.id = side.posting
    GROUP BY 1, 2 ORDER BY 1, 2
"""


def set_aside(region: str, last: int) -> Mapping[str, Mapping[int, int]]:
    """Cents of each earmark at the end of each year, from the first with any up to `last`; of `last` as it is now."""
    changes: defaultdict[str, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_PER_YEAR, [region])
        for purpose, year, cents in cursor.fetchall():
            changes[purpose][year] = cents
    return {purpose: _ends(found, last) for purpose, found in changes.items()}


def _ends(changes: Mapping[int, int], last: int) -> dict[int, int]:
    balance, ends = 0, dict[int, int]()
    for year in range(min(changes), last + 1):
        balance += changes.get(year, 0)
        ends[year] = balance
    return ends


def told_by_activity(region: str) -> dict[str, dict[str, int | str]]:
    """What the ledger knows of each activity of a region: its route, and what is promised and paid, in cents."""
    found: dict[str, dict[str, int | str]] = {}
    for one in balances(region=region):
        place, state = one.account.place, one.account.state
        if not place.activity or state not in (State.COMMITTED, State.PAID):
            continue
        known = found.setdefault(place.activity, {"activity": place.activity})
        if place.route:
            known["route"] = place.route
        name = f"{state.value}_cents"
        known[name] = int(known.get(name, 0)) + one.cents
    return found
