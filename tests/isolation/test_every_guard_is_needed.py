"""Take any guard away, and the proof goes red: so green says that every guard is there and works.

The core check is what the other tests of this folder assert: the catalogue, the sweep over all tables, and that the
work itself goes on. Every removal is made in a transaction that is taken back.
"""

from collections.abc import Iterator
from itertools import islice

from django.db import connection

from support.catalogue import KEPT, ONLY_ADDED, SITE, faults, is_elsewhere, policies, tables_of_somebody
from support.isolation import Visitor, World
from support.people import as_owner
from support.sweeping import differences, losses, undone

# Taken away alone, nothing changes: another guard says the same.
DOUBLED = {
    "ALTER POLICY people_person_seen ON people_person WITH CHECK (true)":
        "a person is made under people_person_made, and a changed row must still be seen, says PostgreSQL itself",
    **{
        f"ALTER POLICY {table}_seen ON {table} WITH CHECK (true)":
            "who writes is narrowed further by its _guarded policies: test_every_guard_on_writing.py"
        for table in ("referral_handover", "referral_step", "referral_findingvisit")
    },
}  # fmt: skip


def red(world: World, visitors: list[Visitor], *, by_catalogue: bool = False) -> str:
    """The first thing that the core check finds; empty when it finds nothing. `by_catalogue`: look there first."""
    looks = [losses(world), differences(world, visitors), faults()]
    found = (fault for look in (reversed(looks) if by_catalogue else looks) for fault in look)
    return next(islice(found, 1), "")


def removals() -> Iterator[str]:
    """Every guard, as the statement that takes it away or opens it wide."""
    for table, name, _command, seen, written in policies():
        if is_elsewhere(table):
            continue
        if name.endswith("_guarded"):
            continue  # on top of who sees what: test_every_guard_on_writing.py
        yield f"DROP POLICY {name} ON {table}"
        if seen not in (None, "true"):
            yield f"ALTER POLICY {name} ON {table} USING (true)"
        if written not in (None, "true"):
            yield f"ALTER POLICY {name} ON {table} WITH CHECK (true)"
    for table, *_guards in tables_of_somebody():
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} OWNER TO {SITE}"
    yield from (f"GRANT {verb} ON {table} TO {SITE}" for table in ONLY_ADDED for verb in ("UPDATE", "DELETE"))
    yield from (f"GRANT DELETE ON {table} TO {SITE}" for table in KEPT)
    yield from (f"ALTER ROLE {SITE} {right}" for right in ("SUPERUSER", "BYPASSRLS", "CREATEROLE"))
    yield f"GRANT CREATE ON SCHEMA public TO {SITE}"


def test_without_any_one_guard_the_proof_is_red(world: World) -> None:
    visitors = few(world)
    assert red(world, visitors) == ""
    green = [removal for removal in removals() if removal not in DOUBLED and not _red_without(world, visitors, removal)]
    assert green == [], "nothing notices that these guards are gone"


def few(world: World) -> list[Visitor]:
    """One of each kind is enough to notice."""
    names = {"nobody", "citizen", "partner", "a person"}
    desks = [one for one in world.visitors if one.name.startswith(("adviser", "coordinator"))]
    return [desks[1], desks[4], *(one for one in world.visitors if one.name in names)]


def _red_without(world: World, visitors: list[Visitor], removal: str) -> str:
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(removal)
        return red(world, visitors, by_catalogue="POLICY" not in removal and "DISABLE" not in removal)
