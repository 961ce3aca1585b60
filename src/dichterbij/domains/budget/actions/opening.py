"""Accounts are made when money first goes there; one that asks for more than a posting is opened before."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget.errors import DifferentError
from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.rules import Account, Needs
from dichterbij.domains.journal.actions import record

_MISSING = """
    INSERT INTO budget_account (name, state, fund, tranche, region, scheme, route, purpose, activity)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                         %s::text[], %s::text[]) AS given (name)
    ORDER BY name ON CONFLICT (name) DO NOTHING
"""


def open_account(*, account: Account, needs: Needs, actor: Actor | str, now: datetime) -> None:
    """From now on money leaves this account only with what it needs. It never needs less again: DifferentError."""
    with transaction.atomic():
        ids_of([account])
        row = Row.objects.select_for_update().get(name=account.name)
        if row.needs == needs.value:
            return
        if row.needs:
            raise DifferentError(f"{account.name} needs {row.needs}; that stays.")
        Row.objects.filter(pk=row.pk).update(needs=needs.value)
        data = {"account": account.name, "needs": needs.value}
        record(actor=str(actor), action="budget.account_opened", data=data, now=now)


def ids_of(accounts: Iterable[Account]) -> dict[Account, tuple[int, int, int]]:
    """Row, balance and what is held of each; those that are not there are made. In the caller's transaction."""
    wanted = {account.name: account for account in accounts}
    found = _read(wanted)
    missing = [account for account in wanted.values() if account not in found]
    if missing:
        columns = zip(*((one.name, one.state.value, *one.place.words) for one in missing), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_MISSING, [list(column) for column in columns])
        found = _read(wanted)
    return found


def _read(wanted: dict[str, Account]) -> dict[Account, tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, id, balance_cents, held_cents FROM budget_account WHERE name = ANY (%s)", [[*wanted]]
        )
        return {wanted[name]: (pk, balance, held) for name, pk, balance, held in cursor.fetchall()}
