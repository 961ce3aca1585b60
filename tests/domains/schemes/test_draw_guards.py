"""Each guard of scores, lists and draws says no by itself; taken away, what it stopped happens."""

from collections.abc import Callable, Sequence
from time import sleep

import pytest
from django.db import connection

from dichterbij.domains.schemes.batches import where
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from domains.schemes.test_each_guard import World as Before
from domains.schemes.test_each_guard import as_owner_says, happens, sql
from support.people import as_owner
from support.schemes import apply
from support.sweeping import undone

pytestmark = pytest.mark.usefixtures("site")

AFTER = "(SELECT max(cursor_at) + interval '1 microsecond' FROM schemes_position)"
UNLISTED = "(SELECT max(until_at) FROM schemes_entrylist)"


class World(Before):
    """Beside it a list that may be drawn, one that may not yet, one of a tender, and a score on no list."""

    def __init__(self) -> None:
        super().__init__()
        self.list = listed(self, AFTER, barrier_now(self), seconds=1)
        self.plan = id_of(apply(self.here, "potter").number) or 0
        self.later = listed(self, UNLISTED, barrier_now(self), seconds=3600)
        self.plans = [id_of(apply(self.here, name).number) or 0 for name in ("tailor", "tiler")]
        for plan, worth in zip(self.plans, (6, 5), strict=True):
            score(self, plan, worth=worth)
        self.two = listed(self, UNLISTED, barrier_now(self), seconds=1, many=2)
        self.unlisted = id_of(apply(self.here, "weaver").number) or 0
        score(self, self.unlisted)
        sleep(1)
        with own_work():
            self.at = where(self.here)


def barrier_now(world: World) -> str:
    """Nobody comes before now any more."""
    sql("UPDATE schemes_position SET barrier_at = clock_timestamp() WHERE round_id = %s", world.here.id)
    return "(SELECT max(barrier_at) FROM schemes_position)"


def listed(world: World, first: str, end: str, *, seconds: int = 60, many: int = 1) -> int:
    """A list of so many, of which the seed is known after so many seconds."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO schemes_entrylist (round_id, from_at, until_at, digest, entrants, seed_from, seed_at,"
            f" published_at, published_by, published_in) VALUES (%s, {first}, {end}, '', %s, 'x',"
            " clock_timestamp() + %s * interval '1 second', clock_timestamp(), 'one', 0) RETURNING id",
            [world.here.id, many, seconds],
        )
        return int(cursor.fetchone()[0])


def draw(
    world: World, first: str, end: str, *, second: str = "two", lots: Sequence[int] = (), many: int | None = None,
    entries: int | None = None, scores: Sequence[int] = (),
) -> None:  # fmt: skip
    """A draw and its lots; it says that there are so `many`."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO schemes_draw (entries_id, round_id, from_at, until_at, reason, seed, list_digest, lots,"
            f" decided_at, decided_by, approved_by) SELECT e.id, %s, {first}, {end}, 'x', 'x', '', %s, now(), 'one', %s"
            " FROM (SELECT) one LEFT JOIN schemes_entrylist e ON e.id = %s RETURNING id",
            [world.here.id, len(lots) if many is None else many, second, entries],
        )
        (pk,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO schemes_lot (draw_id, position, receipt_id, score) SELECT %s, place, receipt, score"
            " FROM unnest(%s::bigint[], %s::int[]) WITH ORDINALITY AS given (receipt, score, place)",
            [pk, [*lots], [*scores]],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def score(
    world: World, receipt: int, *, number: int = 1, worth: int = 5, reasons: str = "x", second: str = "two"
) -> None:
    sql(
        "INSERT INTO schemes_score (round_id, receipt_id, number, score, reasons, given_at, given_by, approved_by)"
        " VALUES (%s, %s, %s, %s, %s, now(), 'one', %s)",
        world.here.id, receipt, number, worth, reasons, second,
    )  # fmt: skip


def mark(world: World, receipt: int, *, number: int = 1, worth: int = 5, reasons: str = "x", by: str = "one") -> None:
    sql(
        "INSERT INTO schemes_mark (round_id, receipt_id, number, score, reasons, given_at, given_by)"
        " VALUES (%s, %s, %s, %s, %s, now(), %s)", world.here.id, receipt, number, worth, reasons, by,
    )  # fmt: skip


# What is tried -> what must be taken away before it succeeds.
Try = Callable[[World], object]
GUARDS: dict[str, tuple[Try, str]] = {
    "a list is after the barrier": (
        lambda w: listed(w, "now() + interval '1 minute'", "now() + interval '1 hour'"),
        "DROP TRIGGER schemes_entrylist_is_in_time ON schemes_entrylist",
    ),
    "a list is not of what is decided": (
        lambda w: listed(w, "now() - interval '1 hour'", "now() - interval '1 minute'"),
        "DROP TRIGGER schemes_entrylist_is_in_time ON schemes_entrylist",
    ),
    "a list comes before its seed": (
        lambda w: listed(w, UNLISTED, barrier_now(w), seconds=-1),
        "ALTER TABLE schemes_entrylist DROP CONSTRAINT schemes_entrylist_comes_before_its_seed",
    ),
    "a list has a stretch": (
        lambda w: listed(w, AFTER, AFTER),
        "ALTER TABLE schemes_entrylist DROP CONSTRAINT schemes_entrylist_has_a_stretch",
    ),
    "who read the order before a list decides nothing after it": (
        lambda w: (listed(w, AFTER, f"{AFTER} + interval '1 microsecond'"), w.batch({})),
        "DROP TRIGGER schemes_entrylist_is_in_time ON schemes_entrylist",
    ),
    "a draw follows a list of before": (
        lambda w: draw(w, UNLISTED, barrier_now(w), lots=[w.unlisted], scores=[5]),
        "DROP TRIGGER schemes_draw_is_in_time ON schemes_draw",
    ),
    "a draw is of nobody else than its list": (
        lambda w: draw(w, "from_at", "until_at", entries=w.list, lots=[w.open], many=2),
        "DROP TRIGGER schemes_draw_is_in_time ON schemes_draw;"
        "DROP TRIGGER schemes_draw_is_whole ON schemes_draw",
    ),
    "a seed is not known before its moment": (
        lambda w: draw(w, "from_at", "until_at", entries=w.later, lots=[w.plan]),
        "DROP TRIGGER schemes_draw_is_in_time ON schemes_draw",
    ),
    "a draw is seen by two": (
        lambda w: draw(w, "from_at", "until_at", entries=w.list, second="one", lots=[w.open]),
        "ALTER TABLE schemes_draw DROP CONSTRAINT schemes_draw_is_seen_by_two",
    ),
    "who read the order before a draw decides nothing after it": (
        lambda w: (draw(w, "from_at", "until_at", entries=w.list, lots=[w.open]), w.batch({})),
        "DROP TRIGGER schemes_draw_is_in_time ON schemes_draw",
    ),
    "a draw has a lot for everybody": (
        lambda w: draw(w, "from_at", "until_at", entries=w.list, many=1),
        "DROP TRIGGER schemes_draw_is_whole ON schemes_draw",
    ),
    "a lot is of somebody in the stretch": (
        lambda w: draw(w, "from_at", "until_at", entries=w.list, lots=[w.first]),
        "DROP TRIGGER schemes_lots_belong ON schemes_lot",
    ),
    "no lot is added to a draw later": (
        lambda w: draw(w, "from_at", "until_at", entries=w.list, lots=[w.open, w.open], many=1),
        "DROP TRIGGER schemes_lots_belong ON schemes_lot;"
        "DROP TRIGGER schemes_draw_is_whole ON schemes_draw;"
        "ALTER TABLE schemes_lot DROP CONSTRAINT schemes_lot_receipt_id_key",
    ),
    "a lot has the score that officers gave": (
        lambda w: draw(w, "from_at", "until_at", entries=w.list, lots=[w.open], scores=[9]),
        "DROP TRIGGER schemes_lots_keep_scores ON schemes_lot",
    ),
    "a higher score goes before a lower one": (
        lambda w: draw(w, "from_at", "until_at", entries=w.two, lots=w.plans[::-1], scores=[5, 6]),
        "DROP TRIGGER schemes_lots_keep_scores ON schemes_lot",
    ),
    "a score is the next one of its application": (
        lambda w: score(w, w.plan, number=3),
        "DROP TRIGGER schemes_score_follows ON schemes_score",
    ),
    "a score has its number for itself": (
        lambda w: score(w, w.unlisted, number=1),
        "DROP TRIGGER schemes_score_follows ON schemes_score;"
        "ALTER TABLE schemes_score DROP CONSTRAINT schemes_score_has_one_number",
    ),
    "a score is of something complete": (
        lambda w: score(w, w.part),
        "DROP TRIGGER schemes_score_follows ON schemes_score",
    ),
    "a score that is public stays": (
        lambda w: score(w, w.open),
        "DROP TRIGGER schemes_score_follows ON schemes_score",
    ),
    "a score is seen by two": (
        lambda w: score(w, w.unlisted, number=2, second="one"),
        "ALTER TABLE schemes_score DROP CONSTRAINT schemes_score_is_seen_by_two",
    ),
    "a score has reasons": (
        lambda w: score(w, w.unlisted, number=2, reasons=""),
        "ALTER TABLE schemes_score DROP CONSTRAINT schemes_score_has_reasons",
    ),
    "a score is not below nothing": (
        lambda w: score(w, w.unlisted, number=2, worth=-1),
        "ALTER TABLE schemes_score DROP CONSTRAINT schemes_score_is_in_range",
    ),
    "a score has two names": (
        lambda w: score(w, w.unlisted, number=2, second=""),
        "ALTER TABLE schemes_score DROP CONSTRAINT schemes_score_has_two_names",
    ),
    "points follow those that this person gave before": (
        lambda w: mark(w, w.unlisted, number=2),
        "DROP TRIGGER schemes_mark_follows ON schemes_mark",
    ),
    "points have their number for themselves": (
        lambda w: (mark(w, w.unlisted), mark(w, w.unlisted)),
        "DROP TRIGGER schemes_mark_follows ON schemes_mark;"
        "ALTER TABLE schemes_mark DROP CONSTRAINT schemes_mark_has_one_number",
    ),
    "points are for something complete": (
        lambda w: mark(w, w.part),
        "DROP TRIGGER schemes_mark_follows ON schemes_mark",
    ),
    "points that are public stay": (
        lambda w: mark(w, w.open),
        "DROP TRIGGER schemes_mark_follows ON schemes_mark",
    ),
    "two people give points, not three": (
        lambda w: [mark(w, w.unlisted, by=who) for who in ("one", "two", "three")],
        "DROP TRIGGER schemes_mark_follows ON schemes_mark",
    ),
    "points have reasons": (
        lambda w: mark(w, w.unlisted, reasons=""),
        "ALTER TABLE schemes_mark DROP CONSTRAINT schemes_mark_has_reasons",
    ),
    "points are not below nothing": (
        lambda w: mark(w, w.unlisted, worth=-1),
        "ALTER TABLE schemes_mark DROP CONSTRAINT schemes_mark_is_in_range",
    ),
    "points are of somebody": (
        lambda w: mark(w, w.unlisted, by=""),
        "ALTER TABLE schemes_mark DROP CONSTRAINT schemes_mark_is_of_somebody",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(site: None) -> World:
    return World()


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.replace(" ", "_"))
def test_a_guard_says_no_and_without_it_it_happens(guard: str, world: World) -> None:
    attempt, without = GUARDS[guard]
    assert happens(world, attempt), "nothing stops it"
    assert happens(world, attempt, without) == "", "something else stops it as well"


@pytest.mark.parametrize("table", ["score", "mark", "entrylist"])
def test_nothing_is_changed_or_emptied_not_by_the_owner_either(table: str, world: World) -> None:
    for verb in (
        f"DELETE FROM schemes_{table}",
        f"TRUNCATE schemes_{table} CASCADE",
        f"UPDATE schemes_{table} SET id = id",
    ):
        assert f"schemes_{table} is only added to" in as_owner_says(verb)
        without = as_owner_says(verb, f"DROP TRIGGER schemes_{table}_stays ON schemes_{table}")
        assert f"schemes_{table} is only added to" not in without
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT verb FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) verb"
            " WHERE has_table_privilege('dichterbij_site', %s, verb))", [f"schemes_{table}"],
        )  # fmt: skip
        assert cursor.fetchone()[0] == ["INSERT"]


def test_whoever_is_not_at_this_work_sees_no_score_and_everybody_sees_the_list(world: World) -> None:
    def seen(table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM schemes_{table} WHERE round_id = %s", [world.here.id])
            return int(cursor.fetchone()[0])

    assert (seen("score"), seen("entrylist")) == (0, 3)
    with undone():
        mark(world, world.unlisted)
        assert seen("mark") == 0
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE schemes_score DISABLE ROW LEVEL SECURITY")
            cursor.execute("ALTER TABLE schemes_mark DISABLE ROW LEVEL SECURITY")
        assert (seen("score"), seen("mark")) == (3, 1)
