"""Saying something to the database for a stretch: who acts, for whom, with which link. Policies let through by it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connections, transaction

_KEPT = "dichterbij_said"  # on a connection: what its transaction was told; nothing else may tell it


@contextmanager
def said(*, durable: bool = False, **values: str) -> Iterator[None]:
    """A transaction in which the settings `dichterbij.<name>` have these values; inside another only for its stretch.

    What is said already is not said again, and the end of the outermost transaction forgets it all by itself.
    `durable`: at the end everything is really kept; an error inside somebody else's transaction.
    """
    connection = connections["default"]
    is_inside = connection.in_atomic_block
    before: Mapping[str, str] = getattr(connection, _KEPT, {}) if is_inside else {}
    changed = {name: value for name, value in values.items() if before.get(name, "") != value}
    try:
        with transaction.atomic(durable=durable):
            _say(changed)
            setattr(connection, _KEPT, {**before, **values})
            yield
            if is_inside:  # after an error the savepoint has taken it back already
                _say({name: before.get(name, "") for name in changed})
    finally:
        setattr(connection, _KEPT, before)


def _say(values: Mapping[str, str]) -> None:
    if not values:
        return
    statement = "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(values))
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, [part for name, value in values.items() for part in (f"dichterbij.{name}", value)])
