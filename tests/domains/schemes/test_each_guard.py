"""Each guard of a round says no by itself; taken away, what it stopped happens. So green says that each is needed.

What is tried is raw SQL in the role of the site, as a mistake in our own code would do it, and is taken back.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.db import DatabaseError, connection

from dichterbij.domains.budget.rules import Account, State
from dichterbij.domains.schemes.batches import _DECISIONS, COLUMNS, _array, where
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from support.budget import move, posted
from support.people import as_owner
from support.schemes import GRANT, apply, decided, key_of, opened
from support.sweeping import undone

pytestmark = pytest.mark.usefixtures("site")

RECEIPT = ("INSERT INTO schemes_receipt (round_id, key, applicant, facts, received_at, complete_at, ticket, proof)"
           " VALUES (%s, %s, 'x', '{}', now(), now(), '', '')")  # fmt: skip

NUMBERED = RECEIPT.replace("(round_id", "(id, round_id").replace("VALUES (%s", "VALUES (9223372036854775807, %s")

COMPLETION = ("INSERT INTO schemes_completion (receipt_id, round_id, key, facts, complete_at, ticket, proof)"
              " VALUES (%s, %s, %s, '{}', now(), '', '')")  # fmt: skip


def sql(statement: str, *values: object) -> None:
    """As the site's own work, and everything that waits for the end of the transaction looked at now."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


class World:
    """A round with a grant, somebody who waits, and a receipt nobody decided."""

    def __init__(self) -> None:
        self.here, self.elsewhere = opened(ceiling=GRANT, objections=5 * GRANT), opened(ceiling=GRANT)
        self.first = id_of(apply(self.here, "bakery", "sami", key=key_of(f"kept {self.here.id}")).number) or 0
        self.waiting = id_of(apply(self.here, "butcher").number) or 0
        decided(self.here)
        self.open = id_of(apply(self.here, "smith").number) or 0
        self.part = id_of(apply(self.here, "carpenter", complete=False).number) or 0
        with own_work():
            self.at = where(self.here)

    def batch(self, *rows: dict[str, int], moves: int | None = None, **changes: object) -> None:
        """A batch written by hand, with its money (that of its grants, unless `moves` says otherwise)."""
        told = [self.row(number) | row for number, row in enumerate(rows, 1)]
        cents = sum(one["cents"] for one in told) if moves is None else moves
        posting = self.posted(cents, self.here.held_back) if cents else None
        head = {
            "round_id": self.here.id, "number": self.at.batches + 1, "kind": "objection", "fence": self.at.fence,
            "barrier_at": None, "first_place": self.at.places + 1, "last_place": self.at.places + len(told),
            "cursor_at": None, "cursor_key": b"", "frees": False, "digest": b"x", "posting": posting, "note": "",
            "decided_by": "x", "written_in": 0,
        } | changes  # fmt: skip
        names = ", ".join(head)
        with own_work(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO schemes_batch ({names}, decided_at) VALUES ({', '.join(['%s'] * len(head))}, now())"
                " RETURNING id", [*head.values()],
            )  # fmt: skip
            (pk,) = cursor.fetchone()
            decisions(self.here.id, pk, told)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    def row(self, number: int = 1) -> dict[str, int]:
        """A decision on the receipt that has none: 100 cents."""
        place = self.at.places + number
        told = dict.fromkeys(COLUMNS, 0) | {"earlier": -1, "cents": 100, "reason": 1, "turn": place, "place": place}
        return told | {"receipt": self.open, "person_key": 1, "employer_key": 2, "group_key": -1, "beyond_cents": 100}

    def posted(self, cents: int, source: Account) -> UUID:
        posting = uuid4()
        posted(move(source, Account(State.COMMITTED, source.place), cents), posting=posting)
        return posting


def decisions(round_id: int, batch: int, rows: list[dict[str, int]]) -> None:
    columns = [_array(np.array([row[name] for row in rows], np.int64)) for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS, [round_id, batch, *columns])


def batch_of_before(world: World) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM schemes_batch WHERE round_id = %s ORDER BY number DESC LIMIT 1", [world.here.id])
        return int(cursor.fetchone()[0])


def alone(world: World) -> None:
    """A decision in a batch that was written before."""
    with own_work():
        decisions(world.here.id, batch_of_before(world), [world.row() | {"place": 1000, "turn": 1000, "cents": 0,
                                                                         "beyond_cents": 0}])  # fmt: skip


# What is tried -> what must be taken away before it succeeds.
Try = Callable[[World], object]
GUARDS: dict[str, tuple[Try, str]] = {
    "a key is used once": (
        lambda w: sql(RECEIPT, w.here.id, key_of(f"kept {w.here.id}")),
        "ALTER TABLE schemes_receipt DROP CONSTRAINT schemes_receipt_key_is_used_once",
    ),
    "facts are JSON": (
        lambda w: sql(RECEIPT.replace("'{}'", "'{'"), w.here.id, uuid4()),
        "DROP TRIGGER schemes_receipt_arrives ON schemes_receipt",
    ),
    "what was complete is not completed": (
        lambda w: sql(COMPLETION, w.first, w.here.id, uuid4()),
        "DROP TRIGGER schemes_completion_arrives ON schemes_completion",
    ),
    "an older fence writes nothing": (
        lambda w: w.batch({}, fence=w.at.fence - 1),
        "DROP TRIGGER schemes_batch_follows ON schemes_batch;"
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a batch comes after the newest one": (
        lambda w: w.batch({}, number=w.at.batches + 2),
        "DROP TRIGGER schemes_batch_follows ON schemes_batch;"
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a batch has its number for itself": (
        lambda w: w.batch({}, number=w.at.batches),
        "DROP TRIGGER schemes_batch_follows ON schemes_batch;"
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision;"
        "ALTER TABLE schemes_batch DROP CONSTRAINT schemes_batch_has_one_number",
    ),
    "nothing is decided beyond the barrier": (
        lambda w: w.batch({}, kind="decided", barrier_at="2100-01-01"),
        "DROP TRIGGER schemes_batch_follows ON schemes_batch;"
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a batch is whole": (
        lambda w: w.batch({}, last_place=w.at.places + 2),
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "a grant has its money": (
        lambda w: w.batch({}, moves=0),
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "the money has its grant": (
        lambda w: w.batch({}, moves=200),
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "a grant is not paid from the money of another round": (
        lambda w: w.batch({"beyond_cents": 0}, moves=0, posting=w.posted(100, w.elsewhere.reserved)),
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "a grant under the ceiling is not paid from what is for objections": (
        lambda w: w.batch({"beyond_cents": 0}),
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "a batch is of a known kind": (
        lambda w: w.batch({}, kind="mistake"),
        "ALTER TABLE schemes_batch DROP CONSTRAINT schemes_batch_kind_is_known",
    ),
    "decisions come with their batch": (
        alone,
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a decision is on a receipt of the round": (
        lambda w: w.batch({"receipt": 1 << 40}),
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a decision keeps the turn of the one before": (
        lambda w: w.batch(replacing(w, w.at.places + 1) | {"turn": 1}),
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a decision names one on the same receipt": (
        lambda w: w.batch(replacing(w, w.at.places + 1) | {"receipt": w.part}),
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision",
    ),
    "a receipt has one first decision": (
        lambda w: w.batch({"receipt": w.first}),
        "DROP INDEX schemes_decision_is_begun_once",
    ),
    "a decision is replaced once": (
        lambda w: w.batch(replacing(w, w.at.places + 1), replacing(w, w.at.places + 2)),
        "DROP INDEX schemes_decision_is_replaced_once",
    ),
    "a place is taken once": (
        lambda w: w.batch({}, {"receipt": w.part, "place": w.at.places + 1, "person_key": 9}, moves=200),
        "ALTER TABLE schemes_decision DROP CONSTRAINT schemes_decision_has_one_place;"
        "DROP TRIGGER schemes_decisions_belong ON schemes_decision;"
        "ALTER TABLE schemes_batch DISABLE TRIGGER schemes_batch_is_whole",
    ),
    "a decision is not below nothing": (
        lambda w: w.batch({"units": -1}, moves=100),
        "ALTER TABLE schemes_decision DROP CONSTRAINT schemes_decision_is_not_minus;"
        "ALTER TABLE schemes_counter DROP CONSTRAINT schemes_counter_keeps_to_units",
    ),
    "what is paid beyond the ceiling is part of the grant": (
        lambda w: w.batch({"beyond_cents": 101}),
        "ALTER TABLE schemes_decision DROP CONSTRAINT schemes_decision_beyond_is_part;"
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "who waits has nothing": (
        lambda w: w.batch({"waits": 1}),
        "ALTER TABLE schemes_decision DROP CONSTRAINT schemes_decision_waits_or_has",
    ),
    "an employer keeps to its units": (
        lambda w: w.batch({"units": 6}),
        "ALTER TABLE schemes_counter DROP CONSTRAINT schemes_counter_keeps_to_units",
    ),
    "a person keeps to one time": (
        lambda w: w.batch({}, {"receipt": w.part, "turn": w.at.places + 2}),
        "ALTER TABLE schemes_counter DROP CONSTRAINT schemes_counter_keeps_to_times",
    ),
    "a round keeps to its ceiling": (
        lambda w: w.batch({"cents": 6 * GRANT, "beyond_cents": 6 * GRANT}, moves=0),
        "ALTER TABLE schemes_counter DROP CONSTRAINT schemes_counter_keeps_to_cents;"
        "DROP TRIGGER schemes_batch_is_whole ON schemes_batch",
    ),
    "caps are counted whoever writes": (
        lambda w: w.batch({"units": 6}),
        "DROP TRIGGER schemes_decisions_count ON schemes_decision",
    ),
    "the decider goes on, never back": (
        lambda w: sql("UPDATE schemes_position SET fence = fence - 1 WHERE round_id = %s", w.here.id),
        "DROP TRIGGER schemes_position_moves ON schemes_position",
    ),
    "nobody fences off every decider to come": (
        lambda w: sql("UPDATE schemes_position SET fence = fence + 2 WHERE round_id = %s", w.here.id),
        "DROP TRIGGER schemes_fence_is_next ON schemes_position",
    ),
    "nobody gives a receipt its number": (
        lambda w: sql(NUMBERED, w.here.id, uuid4()), "GRANT INSERT ON schemes_receipt TO dichterbij_site",
    ),
}  # fmt: skip


def replacing(world: World, place: int) -> dict[str, int]:
    """A later decision on who waits."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(
            'SELECT place, "window", category, person_key, employer_key, group_key FROM schemes_decision'
            " WHERE receipt_id = %s", [world.waiting],
        )  # fmt: skip
        before, *same = cursor.fetchone()
    names = ("window", "category", "person_key", "employer_key", "group_key")
    return dict(zip(names, same, strict=True)) | {
        "receipt": world.waiting, "earlier": before, "turn": before, "place": place, "cents": 0, "beyond_cents": 0,
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(site: None) -> World:
    return World()


def happens(world: World, attempt: Try, without: str = "") -> str:
    """Empty when it happens; else what stopped it. Taken back."""
    try:
        with undone():
            if without:
                with as_owner(), connection.cursor() as cursor:
                    cursor.execute(without)
            attempt(world)
    except DatabaseError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.replace(" ", "_"))
def test_a_guard_says_no_and_without_it_it_happens(guard: str, world: World) -> None:
    attempt, without = GUARDS[guard]
    assert happens(world, attempt), "nothing stops it"
    assert happens(world, attempt, without) == "", "something else stops it as well"


KEPT = (
    "round",
    "receipt",
    "completion",
    "score",
    "entrylist",
    "draw",
    "lot",
    "batch",
    "decision",
    "position",
    "counter",
)


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_changed_or_emptied_not_by_the_owner_either(table: str, world: World) -> None:
    tries = [f"DELETE FROM schemes_{table}", f"TRUNCATE schemes_{table} CASCADE"]
    if table not in ("position", "counter"):
        tries.append(f"UPDATE schemes_{table} SET round_id = round_id" if table not in ("round", "lot") else
                     f"UPDATE schemes_{table} SET id = id")  # fmt: skip
    for statement in tries:
        told = f"schemes_{table} is only added to"
        assert told in as_owner_says(statement)
        assert told not in as_owner_says(statement, f"DROP TRIGGER schemes_{table}_stays ON schemes_{table}")


def as_owner_says(statement: str, before: str = "") -> str:
    try:
        with undone(), as_owner(), own_work(), connection.cursor() as cursor:
            if before:
                cursor.execute(before)
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("table", KEPT)
def test_the_site_may_only_add_and_keeps_no_count_itself(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT verb FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) verb"
            " WHERE has_table_privilege('dichterbij_site', %s, verb))", [f"schemes_{table}"],
        )  # fmt: skip
        assert cursor.fetchone()[0] == ([] if table in ("position", "counter", "receipt") else ["INSERT"])


@pytest.mark.parametrize("table", ["receipt", "completion", "lot", "decision", "counter"])
def test_whoever_is_not_at_this_work_sees_no_application(table: str, world: World) -> None:
    def seen() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM schemes_{table}")
            return int(cursor.fetchone()[0])

    with own_work():
        there = seen()
    assert seen() == 0
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE schemes_{table} DISABLE ROW LEVEL SECURITY")
        assert seen() == there
    assert there or table in ("completion", "lot")
