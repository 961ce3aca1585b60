"""Scarce money, in the order given: caps, ceiling, what is left, and a decider that can be stopped and go on."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from time import thread_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.data import SCHEMES, read_yaml
from dichterbij.domains.schemes.rules import (
    APPLICANTS,
    REASONS,
    Applicant,
    Decider,
    Decisions,
    Scheme,
    State,
    read_scheme,
    scheme,
)
from dichterbij.domains.schemes.rules.facts import completed
from dichterbij.domains.schemes.rules.moments import AMSTERDAM, day_number, micros
from dichterbij.shared.errors import InputError
from domains.schemes.rules.made import NOON, asked, cap, fixed, made, values
from support.schemes_rules.decimals import Witness


def _told(decided: Decisions) -> list[tuple[int, str]]:
    return [(int(cents), REASONS[int(code)]) for cents, code in zip(decided.cents, decided.reason, strict=True)]


def _decided(read: Scheme, ceiling_cents: int | None, size: int, **columns: Any) -> list[tuple[int, str]]:
    return _told(Decider(read, ceiling_cents).decide(asked(size, **columns)))


def _subsidy(size: int, **columns: Any) -> tuple[Scheme, dict[str, Any]]:
    """The employer subsidy as an exercise, and placements that all may be granted, each of another person."""
    read = scheme("employer_subsidy", date(2022, 9, 1)).as_exercise()
    start = micros(NOON.replace(year=2022, month=9))
    usual = {
        "complete_at": start + np.arange(size),
        "applicant": np.full(size, APPLICANTS.index(Applicant.EMPLOYER)),
        "category": np.zeros(size, np.int64),
        "start": np.full(size, day_number(date(2022, 8, 1))),
        "met": np.full(size, 0b11),
        "person": np.arange(size),
        "employer": np.arange(size) // 5,
    }
    return read, {name: np.asarray(column, np.int64) for name, column in (usual | columns).items()}


def test_seventeen_million_is_11333_placements_and_500_euros_stay() -> None:
    read, columns = _subsidy(20_000)
    assert read.ceiling.cents == 1_700_000_000
    decider = Decider(read, read.ceiling.cents)
    decided = decider.decide(columns)
    assert Counter(REASONS[int(code)] for code in decided.reason) == {"granted": 11_333, "ceiling_reached": 8_667}
    assert decided.cents.sum() == decider.committed_cents == 1_699_950_000
    assert (decided.reason[:11_333] == 1).all()
    assert len(np.unique(columns["employer"][decided.cents > 0])) == 2_267


def test_the_sixth_placement_of_an_employer_adds_nothing() -> None:
    read, columns = _subsidy(7, employer=[9] * 7)
    told = _told(Decider(read, None).decide(columns))
    assert told == [(150_000, "granted")] * 5 + [(0, "employer_full")] * 2


def test_an_application_for_six_placements_gets_five_and_one_for_more_than_is_left_gets_what_is_left() -> None:
    read, columns = _subsidy(3, employer=[1, 2, 2], quantity=[6, 3, 4])
    assert _told(Decider(read, None).decide(columns)) == [
        (750_000, "granted"), (450_000, "granted"), (300_000, "less_employer"),
    ]  # fmt: skip


def test_an_employer_that_splits_in_two_after_the_fifth_placement_stays_one_group() -> None:
    read, columns = _subsidy(7, employer=[1] * 5 + [2, 3], group=[8] * 6 + [-1])
    told = _told(Decider(read, None).decide(columns))
    assert [reason for _, reason in told] == ["granted"] * 5 + ["group_full", "granted"]
    read = read_scheme(_values("employer_subsidy", "2022-05-13"), choices={"employer_is": "legal_entity"})
    told = _told(Decider(read.as_exercise(), None).decide(columns))
    assert [reason for _, reason in told] == ["granted"] * 7


def _values(slug: str, day: str) -> Any:
    return read_yaml(SCHEMES / slug / f"{day}.yaml")


def test_the_same_person_counts_once_unless_the_question_is_answered_otherwise() -> None:
    read, columns = _subsidy(3, person=[1, 1, 2])
    assert [reason for _, reason in _told(Decider(read, None).decide(columns))] == ["granted", "person_full", "granted"]


def test_a_refused_application_uses_nothing_of_a_cap() -> None:
    read, columns = _subsidy(3, person=[1, 1, 1], met=[0b01, 0b11, 0b11])
    assert [reason for _, reason in _told(Decider(read, None).decide(columns))] == [
        "no_interview", "granted", "person_full",
    ]  # fmt: skip


def test_the_22001st_registration_is_refused_and_december_has_50000_new_places() -> None:
    first, second = scheme("development_advice", date(2020, 8, 15)), scheme("development_advice", date(2020, 12, 1))
    start = micros(_at(2020, 8, 3))
    size = 22_002
    columns = asked(size, complete_at=start + np.arange(size), met=np.full(size, 3), person=np.arange(size),
                    applicant=np.full(size, APPLICANTS.index(Applicant.CAREER_ADVISER)))  # fmt: skip
    decided = Decider(first, first.ceiling.cents).decide(columns)
    assert REASONS[int(decided.reason[21_999])] == "granted"
    assert [REASONS[int(code)] for code in decided.reason[22_000:]] == ["places_full"] * 2
    columns["complete_at"] = micros(_at(2020, 12, 1)) + np.arange(size)
    again = Decider(second, second.ceiling.cents).decide(columns)
    assert (again.reason == 1).all()
    assert second.periods[0].places == 50_000


def _at(year: int, month: int, day: int) -> Any:
    return datetime(year, month, day, tzinfo=AMSTERDAM)


def test_half_of_the_money_is_for_the_first_window_and_what_stays_moves_on_only_when_chosen() -> None:
    file = _values("employer_subsidy_two_windows", "2022-04-01")
    size = 6_000
    _, columns = _subsidy(2 * size)
    columns["complete_at"] = np.concatenate([
        micros(_at(2022, 7, 1)) + np.arange(size), micros(_at(2022, 10, 1)) + np.arange(size),
    ])  # fmt: skip
    for choices, second in (({"unspent": "stays"}, 5_666), ({"unspent": "moves_on"}, 5_667)):
        read = read_scheme(file, choices=choices).as_exercise()
        granted = Decider(read, read.ceiling.cents).decide(columns).reason == 1
        assert (granted[:size].sum(), granted[size:].sum()) == (5_666, second)
    read = read_scheme(file, choices={"weighing": "stops"}).as_exercise()
    assert REASONS[int(Decider(read, None).decide(columns).reason[-1])] == "too_late"


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("stop", ["granted", "ceiling_reached", "ceiling_reached", "ceiling_reached"]),
        ("next", ["granted", "ceiling_reached", "granted", "ceiling_reached"]),
        ("rest", ["granted", "less_ceiling", "ceiling_reached", "ceiling_reached"]),
    ],
)
def test_what_is_left_is_for_nobody_the_next_that_fits_or_the_first_in_part(rest: str, told: list[str]) -> None:
    read = made(distribution={"rest": rest})
    decided = _decided(read, 10_000, 4, cost_cents=[8_000, 5_000, 2_000, 1])
    assert [reason for _, reason in decided] == told
    assert sum(cents for cents, _ in decided) == (8_000 if rest == "stop" else 10_000)


def test_whole_units_that_still_fit_are_granted() -> None:
    amount = {"formula": "per_unit", "euros": 10, "most": 9}
    read = made(amount=amount, distribution={"rest": "whole_units"})
    assert _decided(read, 3_500, 3, quantity=[1, 9, 1]) == [
        (1_000, "granted"), (2_000, "less_ceiling"), (0, "ceiling_reached"),
    ]  # fmt: skip
    assert _decided(read, 1_000, 2, quantity=[2, 1]) == [(1_000, "less_ceiling"), (0, "ceiling_reached")]


def test_a_grant_of_one_cent_counts() -> None:
    assert _decided(made(), 1, 2, cost_cents=[1, 1]) == [(1, "granted"), (0, "ceiling_reached")]


def test_a_ceiling_of_zero_refuses_all_and_without_one_all_are_granted() -> None:
    assert _decided(fixed(), 0, 2) == [(0, "ceiling_reached")] * 2
    assert _decided(fixed(), None, 2) == [(10_000, "granted")] * 2
    assert _decided(fixed(), 10_000, 2) == [(10_000, "granted"), (0, "ceiling_reached")]


def test_a_cap_in_euros_gives_what_is_left_of_it_when_it_reduces_and_nothing_when_not() -> None:
    costs = {"cost_cents": [700, 700, 700], "person": [1, 1, 1]}
    read = made(caps=[cap("person", "cents", 10, reduces=True)])
    assert _decided(read, None, 3, **costs) == [(700, "granted"), (300, "less_person"), (0, "person_full")]
    read = made(caps=[cap("person", "cents", 10)])
    assert _decided(read, None, 3, **costs) == [(700, "granted"), (0, "person_full"), (0, "person_full")]


def test_a_cap_of_each_period_begins_again_and_one_of_the_scheme_does_not() -> None:
    years = [
        {"id": year, "opens": f"{day}-01-01 00:00:00", "closes": f"{day}-12-31 23:59:59", "source": "assumption"}
        for year, day in (("y1", 2021), ("y2", 2022))
    ]
    moments = [micros(NOON), micros(NOON) + 1, micros(NOON.replace(year=2022))]
    for each, told in ((True, ["granted", "person_full", "granted"]), (False, ["granted"] + ["person_full"] * 2)):
        read = fixed(periods=years, caps=[cap("person", "times", 1, each_period=each)])
        assert [reason for _, reason in _decided(read, None, 3, complete_at=moments, person=[1, 1, 1])] == told


def test_every_category_has_its_own_ceiling() -> None:
    read = scheme("youth_unemployment", date(2021, 1, 1)).as_exercise()
    size = len(read.categories)
    kinds = [APPLICANTS.index(category.receiver) for category in read.categories if category.receiver]
    columns = asked(2 * size, complete_at=micros(NOON) + np.arange(2 * size), applicant=kinds * 2,
                    category=[*range(size)] * 2, met=[1] * 2 * size)  # fmt: skip
    decided = Decider(read, read.ceiling.cents).decide(columns)
    assert [REASONS[int(code)] for code in decided.reason] == ["granted"] * size + ["ceiling_reached"] * size
    assert decided.cents.sum() == 8_200_000_000


def test_a_whole_table_of_keys_grows_and_forgets_nobody() -> None:
    size = 30_000
    read = fixed(caps=[cap("person", "times", 1)])
    decider = Decider(read, None)
    decider.decide(asked(size, person=np.arange(size)))
    again = decider.decide(asked(size, person=np.arange(size)))
    assert {REASONS[int(code)] for code in again.reason} == {"person_full"}
    assert len(decider.state.key) == size


def test_a_state_is_kept_as_bytes_and_another_decider_goes_on_from_it() -> None:
    read = fixed(caps=[cap("person", "times", 1)], distribution={"rest": "stop"})
    decider = Decider(read, 25_000)
    decider.decide(asked(2, person=[1, 2]))
    state = State.from_bytes(decider.state.to_bytes())
    assert state.committed_cents == decider.committed_cents == 20_000
    assert state.to_bytes() == decider.state.to_bytes()
    later = Decider(read, 25_000, state)
    assert _told(later.decide(asked(3, person=[1, 3, 4]))) == [(0, "person_full")] + [(0, "ceiling_reached")] * 2
    assert Decider(read, 1_000_000, later.state).decide(asked(1, person=[5])).cents[0] == 0, "it was ended"


@pytest.mark.parametrize("data", [b"", b"DSTATE1\0", b"another thing of a kind, long enough to be one"])
def test_what_is_no_state_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="state"):
        State.from_bytes(data)


def test_a_state_that_is_not_whole_or_of_another_scheme_is_refused() -> None:
    state = Decider(fixed(), None).state
    with pytest.raises(InputError, match="not whole"):
        State.from_bytes(state.to_bytes()[:-8])
    with pytest.raises(InputError, match="other windows"):
        Decider(scheme("training_windows", date(2020, 10, 1)), None, state)
    with pytest.raises(InputError, match="not negative"):
        Decider(fixed(), -1)


KINDS: dict[str, dict[str, Any]] = {
    "fixed": {"amount": {"formula": "fixed", "euros": 3}},
    "costs": {},
    "per_unit": {"amount": {"formula": "per_unit", "euros": 2, "most": 3}},
}
YEARS: list[dict[str, Any]] = [
    {
        "id": f"y{year}",
        "opens": datetime.fromisoformat(f"{year}-01-01 00:00:00"),
        "closes": datetime.fromisoformat(f"{year}-12-31 23:59:59"),
        "source": "assumption",
    }
    for year in (2021, 2022)
]  # Dutch time, as in a file


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, Any]:
    """Values of a scheme with some amount, caps, windows, and rule for what is left."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    rest = draw(st.sampled_from(["stop", "next", "rest", *(["whole_units"] if kind == "per_unit" else [])]))
    caps = []
    for whose in draw(st.sampled_from([(), ("person",), ("employer",), ("person", "employer", "group")])):
        counts = draw(st.sampled_from(["times", "cents", *(["units"] if kind == "per_unit" else [])]))
        reduces = draw(st.booleans()) and not (counts == "cents" and kind == "per_unit")
        caps.append(cap(whose, counts, draw(st.integers(1, 7)), reduces=reduces, each_period=draw(st.booleans())))
    windows = [dict(year) for year in YEARS]
    for window in windows:
        own = {"ceiling": draw(st.integers(1, 30))}
        window |= draw(st.sampled_from([own, own, {}, {"places": draw(st.integers(1, 6))}]))
    have_own = all("ceiling" in window for window in windows)
    distribution = {"rest": rest, "carries_over": have_own and draw(st.booleans())}
    return values(**KINDS[kind], caps=caps, periods=windows, distribution=distribution)


@st.composite
def applications(draw: st.DrawFn) -> dict[str, Any]:
    """Up to sixty applications of few people, employers and groups, in two years."""
    size = draw(st.integers(0, 60))
    seed = draw(st.integers(0, 1 << 32))
    rng = np.random.default_rng(seed)
    later = micros(NOON.replace(year=2022))
    return asked(
        size,
        complete_at=np.sort(np.where(rng.random(size) < 0.6, micros(NOON), later) + rng.integers(0, 1000, size)),
        person=rng.integers(-1, 8, size),
        employer=rng.integers(-1, 5, size),
        group=rng.integers(-1, 3, size),
        quantity=rng.integers(0, 5, size),
        cost_cents=rng.integers(-1, 900, size),
    )


@settings(max_examples=60)
@given(schemes(), applications(), st.one_of(st.none(), st.integers(0, 6_000)))
def test_the_decider_says_what_counting_by_hand_says(told: Any, columns: Any, ceiling: int | None) -> None:
    decider = Decider(read_scheme(told).as_exercise(), ceiling)
    ours = _told(decider.decide(columns))
    rows = [{name: int(column[row]) for name, column in completed(columns).items()} for row in range(len(ours))]
    by_hand = Witness(told, is_exercise=True).decide(rows, None if ceiling is None else Decimal(ceiling) / 100)
    assert ours == [(int(amount * 100), reason) for amount, reason in by_hand]
    assert sum(cents for cents, _ in ours) == decider.committed_cents
    assert ceiling is None or decider.committed_cents <= ceiling


@settings(max_examples=60)
@given(schemes(), applications(), st.integers(0, 6_000), st.lists(st.integers(0, 60), max_size=4))
def test_batches_decide_what_one_go_decides(told: Any, columns: Any, ceiling: int, cuts: list[int]) -> None:
    read = read_scheme(told).as_exercise()
    whole = Decider(read, ceiling)
    at_once = whole.decide(columns)
    state, cents, codes = None, [], []
    edges = [0, *sorted(cuts), len(columns["person"])]
    for first, last in pairwise(edges):
        part = Decider(read, ceiling, state)
        decided = part.decide({name: column[first:last] for name, column in columns.items()})
        cents.append(decided.cents)
        codes.append(decided.reason)
        state = State.from_bytes(part.state.to_bytes())
    assert np.array_equal(np.concatenate(cents), at_once.cents)
    assert np.array_equal(np.concatenate(codes), at_once.reason)
    assert state is not None
    assert state.to_bytes() == whole.state.to_bytes()


def test_a_million_applications_are_judged_and_decided_again_within_two_seconds_of_one_core() -> None:
    size = 1_000_000
    rng = np.random.default_rng(6)
    read, columns = _subsidy(size, person=rng.integers(0, size // 2, size), employer=rng.integers(0, 4_000, size),
                             group=np.where(rng.random(size) < 0.1, rng.integers(0, 300, size), -1))  # fmt: skip
    Decider(read, None).decide({name: column[:9] for name, column in columns.items()})  # compiled before it is timed
    decider, began = Decider(read, read.ceiling.cents), thread_time()
    decided = decider.decide(columns)
    assert thread_time() - began < 2
    assert decided.cents.sum() == decider.committed_cents == 1_699_950_000
