"""Lists of the nearest: whole, in order, and the same however the work is divided."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from dichterbij.engine import build_index, matching, openings_from_rows, people_for, people_from_rows
from dichterbij.engine.matching import Matcher
from dichterbij.engine.search import tasks
from dichterbij.shared.errors import InputError
from engine.rows import TODAY, Invented, bridges, opening, packaged, person

DISTANCE = ("undescribed", "weeks_to_start", "steps", "weeks_learning", "travel_minutes")


def tie(text: str) -> int:
    """The number that decides a tie."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def test_openings_stand_in_order_of_distance_then_hash_then_file() -> None:
    invented = Invented(1)
    people, openings = invented.people(60), invented.openings(200)
    openings += [{**row, "opening_id": f"{row['opening_id']}-again"} for row in openings]
    place = {row["opening_id"]: at for at, row in enumerate(openings)}
    found = bridges(people, openings, seed=7)
    for one in people:
        own = [row for row in found if row["person_id"] == one["person_id"]]
        keys = [
            (*(row[name] for name in DISTANCE), tie(f"7|{row['opening_id']}"), place[row["opening_id"]]) for row in own
        ]
        assert keys == sorted(keys)
        assert [row["position"] for row in own] == list(range(1, len(own) + 1))
    assert len(found) > 200


@pytest.mark.parametrize("top", [1, 2, 5, 50])
def test_a_shorter_list_is_the_beginning_of_the_longer_one(top: int) -> None:
    invented = Invented(2)
    people, openings = invented.people(40), invented.openings(120)
    long = bridges(people, openings)
    assert bridges(people, openings, top=top) == [row for row in long if row["position"] <= top]


def test_threads_and_blocks_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    invented = Invented(3)
    people, openings = invented.people(90), invented.openings(80)
    whole = bridges(people, openings, top=10, threads=1)
    for few in (1, 4, 1_000):
        in_small_tasks(monkeypatch, few)
        assert bridges(people, openings, top=10, threads=3) == whole
    monkeypatch.setattr(matching, "BRIDGES_AT_A_TIME", 70)
    monkeypatch.setattr(matching, "ENTRIES_AT_A_TIME", 300)
    assert bridges(people, openings, top=10, threads=3) == whole


def in_small_tasks(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Tasks of at most seven people; those of fewer than `few` look among all openings."""
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", 7)
    monkeypatch.setattr(tasks, "MOST_PEOPLE", 7)
    monkeypatch.setattr(matching, "FEW_PEOPLE", few)


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("few", [1, 5, 1_000])
def test_tasks_in_any_order_on_any_number_of_threads_fill_the_same_lists(
    few: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = people_from_rows(Invented(6).people(200), packaged())
    index = build_index(openings_from_rows(Invented(6).openings(200), packaged()), packaged(), seed=3)
    expected = np.empty((len(people), 20), dtype=np.int32)
    Matcher(people, index, TODAY, 1).nearest(20, into=expected)  # one task
    in_small_tasks(monkeypatch, few)
    for seed in range(3):
        matcher = Matcher(people, index, TODAY, threads)
        order = np.random.default_rng(seed).permutation(len(matcher.tasks)).tolist()
        assert len(order) > 28
        lists, finished = np.full_like(expected, -7), []
        matcher.nearest(20, into=lists, tasks=order, finished=finished.append)
        assert np.array_equal(lists, expected)
        assert finished == order


def test_only_the_tasks_asked_for_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    people = people_from_rows(Invented(7).people(60), packaged())
    index = build_index(openings_from_rows(Invented(7).openings(50), packaged()), packaged(), seed=0)
    in_small_tasks(monkeypatch, 1)
    matcher = Matcher(people, index, TODAY, 2)
    lists = np.full((len(people), 5), -7, dtype=np.int32)
    matcher.nearest(5, into=lists, tasks=[4, 1])
    done = {*matcher.tasks[1].tolist(), *matcher.tasks[4].tolist()}
    assert {row for row in range(len(people)) if (lists[row] != -7).any()} == done


@pytest.mark.parametrize("most", [1, 7, 40])
def test_neighbourhoods_large_or_small_give_the_same_lists(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    invented = Invented(4)
    people, openings = invented.people(90), invented.openings(200)
    monkeypatch.setattr(matching, "FEW_PEOPLE", 1_000)
    among_all_openings = bridges(people, openings, top=20)
    monkeypatch.setattr(matching, "FEW_PEOPLE", 1)
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", most)
    assert bridges(people, openings, top=20) == among_all_openings


@pytest.mark.parametrize("most", [1, 10, 64])
def test_everybody_is_in_exactly_one_task(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "FEWEST_PEOPLE", most)
    rows = np.arange(200, dtype=np.int32)
    made = tasks.tasks_of(people_from_rows(Invented(5).people(200), packaged()), packaged(), rows)
    assert sorted(np.concatenate(made).tolist()) == rows.tolist()
    assert [len(task) for task in made] == sorted((len(task) for task in made), reverse=True)
    assert max(map(len, made)) <= max(most, 3)  # 200 // TASKS


def test_another_seed_decides_ties_otherwise() -> None:
    openings = [opening(f"o{number}") for number in range(30)]
    orders = {tuple(row["opening_id"] for row in bridges([person()], openings, seed=seed)) for seed in (0, 1, 2)}
    assert len(orders) == 3


def test_people_for_an_opening_stand_by_steps_and_then_at_random() -> None:
    parameters = packaged()
    rows = [person(f"p{number}", licences=["vca"] if number % 3 else []) for number in range(20)]
    people = people_from_rows(rows, parameters)
    openings = openings_from_rows([opening(licences=["vca"])], parameters)
    found, without = people_for("o", people, openings, parameters, on=TODAY, seed=5)
    given = list(found.rows())
    assert [(row["steps"], tie(f"5|o|{row['person_id']}")) for row in given] == sorted(
        (row["steps"], tie(f"5|o|{row['person_id']}")) for row in given
    )
    assert len(given) == 20
    assert without == 0
    assert "position" not in given[0]


@pytest.mark.parametrize(("weeks", "steps", "count"), [(1, 1, 1), (0, 1, 0), (1, 0, 0)])
def test_people_for_keeps_to_its_limits(weeks: int, steps: int, count: int) -> None:
    parameters = packaged()
    people = people_from_rows([person(licences=[])], parameters)
    openings = openings_from_rows([opening(licences=["vca"])], parameters)
    found, _ = people_for("o", people, openings, parameters, on=TODAY, within_weeks=weeks, within_steps=steps)
    assert len(found) == count


def test_an_unknown_opening_is_an_error() -> None:
    parameters = packaged()
    empty = people_from_rows([], parameters), openings_from_rows([], parameters)
    with pytest.raises(InputError, match="no opening 'o'"):
        people_for("o", *empty, parameters, on=TODAY)


def test_no_people_and_no_openings_give_nothing() -> None:
    assert bridges([], [opening()]) == []
    assert bridges([person()], []) == []


def test_parameters_too_large_to_compare_with_are_refused() -> None:
    lead = dict.fromkeys(packaged().lead, 10**9)
    too_large = replace(packaged(), lead=lead, dutch_per_level=10**9)
    with pytest.raises(InputError, match="too large"):
        bridges([person()], [opening()], too_large)


def test_an_undescribed_opening_comes_last_and_asks_for_its_skills() -> None:
    found = bridges([person(skills=[])], [opening("bare", essential=[]), opening("far", pc4=3572, essential=["x"])])
    assert [row["opening_id"] for row in found] == ["far", "bare"]
    assert found[1]["undescribed"] is True
    assert found[1]["to_ask"] == ["essential"]


@pytest.mark.parametrize("essentials", [64, 65])
def test_skills_that_take_ages_to_learn_are_no_bridge_however_large_the_sum(essentials: int) -> None:
    ages = 1 << 29  # 64 of these times itself is zero in 64 bits
    learning = replace(packaged().learning, unknown=ages, list_counts_as=ages)
    skills = [f"skill:{number}" for number in range(essentials)]
    assert bridges([person(skills=[])], [opening(essential=skills)], replace(packaged(), learning=learning)) == []
