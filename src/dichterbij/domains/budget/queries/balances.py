"""What is in accounts, now and at the end of a day."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date

from django.db import connection

from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.rules import Account, Place, State, read_account
from dichterbij.shared.errors import InputError

PARTS = ("state", *(field.name for field in fields(Place)))


@dataclass(frozen=True, slots=True)
class Balance:
    """What is in an account; `held_cents` of it is held by a term."""

    account: Account
    cents: int
    held_cents: int = 0


def balance(account: Account) -> int:
    """Cents in an account; 0 for one that never held any."""
    return Row.objects.filter(name=account.name).values_list("balance_cents", flat=True).first() or 0


def available(account: Account) -> int:
    """Cents in an account that no term holds."""
    row = Row.objects.filter(name=account.name).values_list("balance_cents", "held_cents").first()
    return row[0] - row[1] if row else 0


def balances(**where: str) -> tuple[Balance, ...]:
    """Every account with money in it, by name. `where`: parts of an account, such as state, fund or region."""
    rows = Row.objects.filter(**checked(where)).exclude(balance_cents=0).order_by("name")
    return tuple(
        Balance(read_account(name), cents, held)
        for name, cents, held in rows.values_list("name", "balance_cents", "held_cents")
    )


def totals(by: str, **where: str) -> dict[tuple[str, State], int]:
    """Cents per value of one part of the place (`purpose`, `region`...) and state; the world outside is left out."""
    if by not in PARTS:
        raise InputError(f"{by!r} is no part of an account; those are {', '.join(PARTS)}.")
    found: defaultdict[tuple[str, State], int] = defaultdict(int)
    for one in balances(**where):
        if one.account.state is not State.OUTSIDE:
            found[one.account.part(by), one.account.state] += one.cents
    return dict(found)


_SUMS = """
    SELECT account.name, sum(side.cents)::bigint FROM (
        SELECT target AS account, cents, posting FROM budget_transfer
        UNION ALL SELECT source, -cents, posting FROM budget_transfer
    ) AS side JOIN budget_account AS account ON account.id = side.account
    JOIN budget_posting AS told ON told.id = side.posting
    WHERE told.day <= %s GROUP BY account.name HAVING sum(side.cents) <> 0 ORDER BY account.name
"""


def as_of(day: date, **where: str) -> tuple[Balance, ...]:
    """Every account with money in it at the end of a day, added up from the transfers of that day and before."""
    checked(where)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [day])
        found = [Balance(read_account(name), cents) for name, cents in cursor.fetchall()]
    return tuple(one for one in found if all(one.account.part(name) == value for name, value in where.items()))


def rebuild() -> tuple[Balance, ...]:
    """As `as_of`, of all transfers: what `balances()` must be. Terms are not in it."""
    return as_of(date.max)


def checked(where: dict[str, str]) -> dict[str, str]:
    """The same, when every name is a part of an account; InputError otherwise."""
    for name in where:
        if name not in PARTS:
            raise InputError(f"{name!r} is no part of an account; those are {', '.join(PARTS)}.")
    return where
