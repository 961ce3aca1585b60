"""Ten thousand tries to read what is somebody else's, over regions and organisations: nothing comes back."""

import logging
from collections.abc import Callable, Iterator
from random import Random

import pytest
from django.db import connection

from support import tries
from support.isolation import WORDS, Visitor, World
from support.people import as_owner
from support.sweeping import undone

LEAST = 10_000
SQL, ORM, DOORS, PAGES = 430, 130, 36, 12  # for each visitor; a fifth of it in `make test`


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)


@pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.long)])
def test_ten_thousand_tries_read_nothing(world: World, share: int) -> None:
    count: dict[str, int] = {}
    found = [leak for visitor in world.visitors for leak in tried(world, visitor, count, share)]
    assert found == []
    assert sum(count.values()) >= LEAST // share, count


def tried(world: World, visitor: Visitor, count: dict[str, int], share: int) -> Iterator[str]:
    """What leaked to this visitor; every kind of try is counted."""
    draw = Random(visitor.name)
    kinds: list[tuple[Callable[..., Iterator[tries.Try]], int, bool]] = [
        (tries.of_sql, SQL, False), (tries.of_orm, ORM, False), (tries.of_pages, PAGES, True),
    ]  # fmt: skip
    if visitor.somebody:
        kinds.append((tries.of_doors, DOORS, True))
    for make, whole, at_a_door in kinds:
        number = -(-whole // share)
        count[make.__name__] = count.get(make.__name__, 0) + number
        yield from tries.leaks(world, visitor, make(world, visitor, draw, number), at_a_door=at_a_door)


@pytest.mark.parametrize(
    "table", ["people_person", "people_contact", "referral_handover", "referral_step", "accounts_user"]
)
def test_the_tries_do_find_what_is_not_guarded(world: World, table: str) -> None:
    """Without the guard of one table three hundred of the same tries find it: they are no blanks."""
    visitor = next(one for one in world.visitors if one.name.startswith("adviser"))
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        assert list(tries.leaks(world, visitor, tries.of_sql(world, visitor, Random(1), 300)))
        assert list(tries.leaks(world, visitor, tries.of_orm(world, visitor, Random(1), 300)))


def test_pages_and_doors_do_show_what_is_ones_own(world: World) -> None:
    """A page that shows nobody anything would pass every other test."""
    shown = dict.fromkeys((tries.of_pages, tries.of_doors), False)
    for visitor in (one for one in world.visitors if one.name.startswith(("adviser", "coordinator"))):
        own = set(world.marks) - set(world.forbidden(visitor))
        for make in shown:
            texts = (set(WORDS.findall(one.text)) for one in make(world, visitor, Random(7), 30))
            shown[make] = shown[make] or any(own & words for words in texts)
    assert all(shown.values())
