"""How often each opening of a run is shown, and why nobody sees one."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.engine import Bridges, Openings, People, build_index, match, openings_from_rows, people_from_rows
from dichterbij.engine.arrays import ROUTES
from dichterbij.engine.exposure.counting import Exposure, Summary, exposure_of, summary
from dichterbij.engine.exposure.reasons import CROWDED_OUT, NOBODY, RULE, Reason, reasons
from dichterbij.engine.matching import matcher_of
from engine.rows import TODAY, Invented, Row, opening, packaged, person


def run(people: list[Row], openings: list[Row], *, top: int) -> tuple[Exposure, People, Openings, list[Bridges]]:
    """A run with its lists counted, and its bridges."""
    some, offered = people_from_rows(people, packaged()), openings_from_rows(openings, packaged())
    matcher = matcher_of(some, offered, packaged(), on=TODAY, seed=0, threads=1)
    blocks = list(match(some, offered, packaged(), on=TODAY, top=top))
    return exposure_of(matcher, top=top), some, offered, blocks


def why(people: list[Row], openings: list[Row], *, top: int) -> list[Reason]:
    """The reasons of every opening that nobody sees."""
    exposure, some, offered, _ = run(people, openings, top=top)
    index = build_index(offered, packaged(), seed=0)
    return reasons(matcher_of(some, index, packaged(), on=TODAY, seed=0, threads=1), exposure, seed=0)


def told(openings: list[Row], times: list[int]) -> Summary:
    """The summary of openings that stand on so many lists each, over the direct route."""
    offered = openings_from_rows(openings, packaged())
    exposure = Exposure(len(offered), 0, top=50)
    exposure.times[:, 0] = times
    sectors = pa.array([row.get("sector") for row in openings], pa.string())
    return summary(exposure, offered, {"sector": sectors})


def test_every_list_that_shows_an_opening_counts_with_its_route_and_place() -> None:
    openings = [
        opening("far", pc4=3584),
        opening("here"),
        opening("open", open_hiring=True, queue_weeks=0, pc4=3584),
        opening("never", legal=["doctor"]),
    ]
    exposure, _, offered, _ = run(
        [person("a", legal=[]), person("b", legal=[], agreements=["volunteer"])], openings, top=50
    )
    table = exposure.table(offered.ids, {}).to_pydict()
    assert table["opening_id"] == ["far", "here", "open", "never"]
    assert table["times"] == [1, 1, 1, 0]
    assert table["direct"] == [1, 1, 0, 0]
    assert table["open_hiring"] == [0, 0, 1, 0]
    assert table["best_position"][1] == 1
    assert sorted(table["best_position"][:3]) == [1, 2, 3]
    assert table["best_position"][3] == 0
    assert exposure.unseen.tolist() == [3]


def test_only_lists_that_have_it_among_the_first_ten_count_as_seen_at_once() -> None:
    exposure, *_ = run([person()], [opening(str(at)) for at in range(15)], top=12)
    assert exposure.slots.sum() == 12
    assert exposure.first.sum() == 10
    assert sorted(exposure.best.tolist()) == [0, 0, 0, *range(1, 13)]


def test_the_places_are_divided_over_routes_and_labels() -> None:
    openings = [
        opening("a", sector="Q", open_hiring=True),
        opening("b", sector="Q"),
        opening("c", learning_company=True),
        opening("d", sector="A"),
    ]
    found = told(openings, [6, 2, 0, 0])
    assert (found.openings, found.slots, found.nobody_sees) == (4, 8, 2)
    per_sector = {
        part.name: (part.openings, part.slots, part.share_of_slots, part.nobody_sees) for part in found.parts["sector"]
    }
    assert per_sector == {"A": (1, 0, 0.0, 1), "Q": (2, 8, 1.0, 0), "unknown": (1, 0, 0.0, 1)}
    assert list(per_sector) == ["A", "Q", "unknown"]
    offered = {part.name: (part.openings, part.nobody_sees) for part in found.parts["route"]}
    assert offered == {"direct": (3, 2), "open_hiring": (1, 0), "learn_work": (1, 1), "carving": (0, 0)}


@pytest.mark.parametrize(
    ("times", "top_percent", "half"),
    [
        ([5] * 200, 0.01, 0.5),
        ([100, *[0] * 99], 1.0, 0.01),
        ([50, *[0] * 49, *[1] * 50], 0.5, 0.01),
        ([0] * 10, 0.0, 0.0),
    ],
)
def test_how_unequal_it_is_can_be_said_in_a_sentence(times: list[int], top_percent: float, half: float) -> None:
    found = told([opening(str(at)) for at in range(len(times))], times)
    assert (found.top_percent, found.half) == (top_percent, half)


def test_a_run_without_openings_has_a_summary_too() -> None:
    assert told([], []).record()["slots"] == 0


def test_an_opening_far_from_everybody_has_nobody_within_reach() -> None:
    found = why([person(max_travel_minutes=20)], [opening(pc4=9711)], top=5)
    assert [(reason.reason, reason.within_reach) for reason in found] == [(NOBODY, 0)]


def test_the_rule_that_says_no_to_most_people_is_named() -> None:
    people = [person("a", legal=[]), person("b", legal=[]), person("c", legal=["doctor"], hours_max=4)]
    found = why(people, [opening(legal=["doctor"])], top=5)
    assert [(reason.reason, reason.rule, reason.within_reach) for reason in found] == [(RULE, "legal", 3)]


def test_a_wait_that_ends_after_the_latest_start_is_found_among_people_who_do_not_fit_otherwise() -> None:
    late = opening(open_hiring=True, queue_weeks=26, latest_start="2026-12-29")
    people = [person("a", hours_max=4), person("b", hours_max=4), person("c")]
    assert [reason.rule for reason in why([person("c"), person("d"), *people[:1]], [late], top=5)] == ["start"]
    assert [reason.rule for reason in why(people[:2], [late], top=5)] == ["hours"]


def test_other_rules_than_travel_do_not_make_somebody_out_of_reach() -> None:
    wants_nothing_alike = person(
        agreements=["volunteer"], dayparts=["night"], hours_min=1, hours_max=2, dutch=1, level=1,
        skills=[], avoid=["heights"], available_from="2030-01-01",
    )  # fmt: skip
    found = why(
        [wants_nothing_alike], [opening(dutch=4, level_min=6, demands=["heights"], latest_start="2026-12-02")], top=5
    )
    assert (found[0].reason, found[0].within_reach) == (RULE, 1)


@pytest.mark.parametrize(
    ("other", "unit", "by"),
    [
        ({"pc4": 3511}, "draw", 0),
        ({"legal": [], "demands": ["lifting"]}, "weeks_to_start", 6),
        ({"essential": []}, "undescribed", 1),
    ],
)
def test_an_opening_that_is_crowded_out_says_by_how_much(other: Row, unit: str, by: int) -> None:
    openings = [opening(f"n{at}", legal=["x"]) for at in range(3)] + [opening("late", **other)]
    if unit == "draw":
        openings = [opening("one"), opening("two", **other)]
    found = why([person(skills=["skill:a"], legal=["x"], avoid=["lifting"])], openings, top=len(openings) - 1)
    assert [(reason.reason, reason.unit, reason.by) for reason in found] == [(CROWDED_OUT, unit, by)]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), top=st.integers(1, 30))
def test_the_counts_add_up_to_the_rows_of_the_output(seed: int, top: int) -> None:
    invented = Invented(seed)
    exposure, people, offered, blocks = run(invented.people(12), invented.openings(25), top=top)
    rows = [row for block in blocks for row in block.rows()]
    for at, route in enumerate(ROUTES):
        assert exposure.times[:, at].sum() == sum(row["route"] == route for row in rows)
    ids = offered.ids.to_pylist()
    assert exposure.slots.tolist() == [sum(row["opening_id"] == identity for row in rows) for identity in ids]
    assert exposure.first.sum() == sum(row["position"] <= 10 for row in rows)
    lasts = {row["person_id"]: row for row in rows if row["position"] == top}
    for identity, last in zip(people.ids.to_pylist(), exposure.last.tolist(), strict=True):
        row = lasts.get(identity)
        assert last == ([-1] * 5 if row is None else [row[name] for name in DISTANCE])
    taken = summary(exposure, offered, {"region": pa.array(["r"] * len(offered))})
    assert all(sum(part.slots for part in parts) == len(rows) for parts in taken.parts.values())


DISTANCE = ("undescribed", "weeks_to_start", "steps", "weeks_learning", "travel_minutes")


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_reason_is_true_of_its_opening(seed: int) -> None:
    invented = Invented(seed)
    people, openings = invented.people(8), invented.openings(30)
    alone = {row["opening_id"] for block in run(people, openings, top=len(openings))[3] for row in block.rows()}
    for reason in why(people, openings, top=2):
        has_bridge = openings[reason.row]["opening_id"] in alone
        assert has_bridge == (reason.reason == CROWDED_OUT)
        assert (reason.reason == RULE) == bool(reason.rule)
        assert bool(reason.unit) == has_bridge
