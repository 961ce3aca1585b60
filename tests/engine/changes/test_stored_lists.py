"""Stored lists follow every change, and are then what a full run over the openings gives."""

import random
from typing import Any

import numpy as np
import pytest

from dichterbij.engine import build_index, match, openings_from_rows, people_from_rows
from dichterbij.engine.changes import Concerned, StoredLists
from dichterbij.shared.errors import InputError
from engine.rows import TODAY, Invented, Row, packaged

SEED = 3


class Street:
    """A small world that changes: its openings in order, as rows, beside the lists that follow."""

    def __init__(self, seed: int, people: int, openings: int, *, top: int, spare: int) -> None:
        self.pick = random.Random(seed)
        self.invented = Invented(seed)
        self.people = people_from_rows(self.invented.people(people), packaged())
        self.openings = {row["opening_id"]: row for row in self.invented.openings(openings)}
        for twin in range(openings // 4):  # openings that differ in nothing but their id: the hash decides
            self.openings[f"twin{twin}"] = {**self.openings[f"o{twin}"], "opening_id": f"twin{twin}"}
        self.top, self.closed, self.made = top, dict[str, Row](), 0
        index = build_index(self._table(), packaged(), seed=SEED)
        self.lists = StoredLists.searched(self.people, index, TODAY, top=top, spare=spare)

    def _table(self) -> Any:
        return openings_from_rows(list(self.openings.values()), packaged())

    def full_run(self) -> list[list[str]]:
        """Each person's nearest openings, searched for in all openings there are now."""
        found: list[list[str]] = [[] for _ in range(len(self.people))]
        for block in match(self.people, self._table(), packaged(), on=TODAY, top=self.top, seed=SEED):
            table = block.table()
            for row, name in zip(block.person.tolist(), table["opening_id"].to_pylist(), strict=True):
                found[row].append(name)
        return found

    def stored(self) -> list[list[str]]:
        """The lists that are kept."""
        return [self.lists.opening_ids(row) for row in range(len(self.people))]

    def step(self) -> tuple[str, Concerned]:
        """One change at random; which opening it was."""
        kinds = ["add", "change", "close", "again", "twin"]
        kind = self.pick.choices(kinds, [3, 4, 3, 1, 2])[0]
        if kind == "again" and self.closed:
            name, row = self.closed.popitem()
            return self._add(name, row)
        if kind == "twin" and self.openings:
            name = f"new{(made := self._next())}"
            return self._add(name, {**self.openings[self._any()], "opening_id": f"new{made}"})
        if kind in ("change", "close") and self.openings:
            name = self._any()
            return self._change(name) if kind == "change" else self._close(name)
        name = f"new{self._next()}"
        return self._add(name, self.invented.opening(name))

    def _next(self) -> int:
        self.made += 1
        return self.made

    def _any(self) -> str:
        return self.pick.choice(list(self.openings))

    def _add(self, name: str, row: Row) -> tuple[str, Concerned]:
        self.openings[name] = row
        return name, self.lists.add(row)

    def _close(self, name: str) -> tuple[str, Concerned]:
        self.closed[name] = self.openings.pop(name)
        return name, self.lists.close(name)

    def _change(self, name: str) -> tuple[str, Concerned]:
        row = self.openings[name]
        other = self.invented.opening(name)
        some: dict[str, Any] = self.pick.choice(
            [
                other,
                {"pc4": other["pc4"]},
                {"open_hiring": not row["open_hiring"], "queue_weeks": self.pick.choice([None, 0, 4])},
                {"essential": [*other["essential"], "skill:never seen before"], "tasks": []},
                {"licences": ["crane"], "legal": ["something new"]},
                {"agreement": "volunteer", "hours_min": 60, "hours_max": 60},
                {},
            ]
        )
        self.openings[name] = {**row, **some}
        return name, self.lists.change(name, self.openings[name])


def follow(street: Street, changes: int, *, every: int = 50) -> None:
    """Make changes; see that those concerned are those whose lists changed, and that the lists are right."""
    before = street.stored()
    for number in range(1, changes + 1):
        name, concerned = street.step()
        after = street.stored()
        had = {row for row, own in enumerate(before) if name in own}
        have = {row for row, own in enumerate(after) if name in own}
        assert set(concerned.had.tolist()) == had
        assert set(concerned.have.tolist()) == have
        changed = {row for row, (was, now) in enumerate(zip(before, after, strict=True)) if was != now}
        assert changed <= had | have
        before = after
        if number % every == 0 or number == changes:
            assert after == street.full_run()


def test_lists_stay_what_a_full_run_gives_through_changes() -> None:
    follow(Street(2, 60, 80, top=5, spare=3), 150)


@pytest.mark.long
@pytest.mark.parametrize(("seed", "top", "spare"), [(1, 5, 0), (2, 5, 3), (3, 50, 14), (4, 1, 1), (5, 20, 5)])
def test_lists_stay_right_through_a_thousand_changes(seed: int, top: int, spare: int) -> None:
    follow(Street(seed, 200, 300, top=top, spare=spare), 1_000)


def test_a_world_that_empties_and_fills_again_has_right_lists() -> None:
    street = Street(6, 20, 6, top=3, spare=1)
    for name in list(street.openings):
        street._close(name)
    assert street.stored() == [[] for _ in range(20)] == street.full_run()
    for name, row in list(street.closed.items()):
        street._add(name, row)
    assert street.stored() == street.full_run()


def test_a_change_that_cannot_be_made_changes_nothing() -> None:
    street = Street(7, 10, 8, top=3, spare=1)
    before = street.stored()
    with pytest.raises(InputError, match="already"):
        street.lists.add(street.openings["o1"])
    with pytest.raises(InputError, match="no opening 'elsewhere'"):
        street.lists.close("elsewhere")
    with pytest.raises(InputError, match="keeps its id"):
        street.lists.change("o1", street.openings["o2"])
    with pytest.raises(InputError, match="hours_min"):
        street.lists.change("o1", {**street.openings["o1"], "hours_min": 99})
    assert street.stored() == before == street.full_run()


def test_lists_of_other_people_are_refused() -> None:
    street = Street(7, 10, 8, top=3, spare=1)
    index = street.lists.live.index
    with pytest.raises(InputError, match="Lists of 10 people, at least 3 wide"):
        StoredLists.of(street.people, index, TODAY, np.zeros((9, 3), dtype=np.int32), top=3)
