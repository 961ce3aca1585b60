"""Short words for tests of the ledger."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Barrier
from uuid import UUID, uuid4

from django.db import connection

from dichterbij.domains.budget import actions, errors
from dichterbij.domains.budget.rules import Account, Place, Posted, State, Transfer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FUNDS = count(1)


def new_fund() -> str:
    """A fund that no other test has."""
    return f"fund{next(FUNDS)}"


def at(state: str, fund: str, **place: str) -> Account:
    return Account(State(state), Place(fund, **place))


def move(source: Account, target: Account, cents: int, **given: object) -> Transfer:
    return Transfer(uuid4(), source, target, cents, **given)  # type: ignore[arg-type]


def posted(*transfers: Transfer, posting: UUID | None = None, **given: object) -> Posted:
    values: dict[str, object] = {"reason": "test", "actor": "test", "now": NOW} | given
    return actions.post(posting=posting or uuid4(), transfers=transfers, **values)  # type: ignore[arg-type]


def filled(cents: int = 1_000_000, **place: str) -> str:
    """A new fund with this much free money."""
    fund = new_fund()
    posted(move(at("outside", fund), at("free", fund, **place), cents))
    return fund


def at_once(*work: object) -> list[object]:
    """Every piece in a thread with a connection of its own, started together; what came of each."""
    start = Barrier(len(work))

    def one(piece: object) -> object:
        start.wait()
        try:
            return piece()  # type: ignore[operator]
        except errors.LedgerError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))
