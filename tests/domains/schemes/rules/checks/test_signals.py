"""Flags: each with its reason, none a refusal."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules.checks import (
    Aid,
    Employer,
    Placement,
    RiskClass,
    Signal,
    SignalCode,
    Tie,
    TieKind,
    de_minimis_signal,
    draw_sample,
    duplicate_employers,
    duplicate_people,
    likeness,
    over_the_group_cap,
    own_employer,
    plain_name,
    quick_dismissals,
    read_checks,
    risk_class,
    room_left,
    undertakings,
)
from dichterbij.shared.errors import InputError

CHECKS = read_checks(on=date(2026, 11, 22))
DAY = date(2026, 11, 2)


def codes(signals: tuple[Signal, ...]) -> list[tuple[str, tuple[str, ...]]]:
    assert not any(one.is_automatic for one in signals)
    assert all(one.reason.source for one in signals)
    return [(one.code.value, one.applications) for one in signals]


def test_somebody_placed_twice_is_flagged_whoever_the_employer_is() -> None:
    placed = [Placement("b", "x", "sami", DAY), Placement("a", "y", "sami", DAY), Placement("c", "x", "noor", DAY)]
    assert codes(duplicate_people(placed, checks=CHECKS)) == [("same_person", ("a", "b"))]


def test_the_same_account_or_address_is_flagged_however_it_is_typed() -> None:
    found = duplicate_employers(
        [
            Employer("1", "Aalders", "NL91 ABNA 0417 1643 00", "Dorpsstraat 1, 1811 AA"),
            Employer("2", "Zonneveld", "nl91abna0417164300"),
            Employer("3", "Molenaar", "", "dorpsstraat 1,1811aa"),
            Employer("4", "Kuiper"),
            Employer("5", "Visser"),
        ],
        checks=CHECKS,
    )
    assert codes(found) == [("same_account", ("1", "2")), ("same_address", ("1", "3"))]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Bakkerij de Vries B.V.", "Bakkerij De Vries", True),
        ("Bakkerij de Vries", "De Vries Bakkerij BV", True),
        ("Bakkerij de Vriès & Zn.", "Bakkerij de Vries en zn", True),
        ("Bakkerij de Vries", "Bakkerij de Vires", True),
        ("Bakkerij de Vries", "Slagerij de Vries", False),
        ("Zorggroep Noord", "Zorggroep Zuid", False),
        ("B.V.", "N.V.", False),
    ],
)
def test_nearly_the_same_name_is_flagged(one: str, other: str, alike: bool) -> None:
    found = duplicate_employers([Employer("1", one), Employer("2", other)], checks=CHECKS)
    assert bool(found) is alike
    assert (likeness(plain_name(one), plain_name(other)) >= CHECKS.least_likeness) is alike


def test_near_names_are_found_among_many_without_comparing_all() -> None:
    many = [
        Employer(f"{number:05d}", f"{chr(97 + number % 26)}{number} firma {number * 7919}") for number in range(600)
    ]
    found = duplicate_employers(
        [*many, Employer("x", "Kwekerij Achterhof"), Employer("y", "Kwekerij Achterhoff")], checks=CHECKS
    )
    assert ("near_name", ("x", "y")) in codes(found)


def placed(employer: str, count: int, start: int = 0) -> list[Placement]:
    return [
        Placement(f"{employer}{n}", employer, f"p{employer}{n}", DAY + timedelta(days=start + n)) for n in range(count)
    ]


def test_an_employer_that_splits_after_the_fifth_placement_stays_one_undertaking() -> None:
    split = Tie("alfa", "beta", TieKind.SPLIT_FROM, DAY + timedelta(days=10))
    both = [*placed("alfa", 5), *placed("beta", 1, start=20)]
    found = over_the_group_cap(both, [split], most=5, on=DAY + timedelta(days=30), source="R01")
    assert codes(found) == [("group_cap", ("beta0",))]
    assert found[0].reason.inputs["entities"] == ("alfa", "beta")
    assert over_the_group_cap(both, [], most=5, on=DAY + timedelta(days=30), source="R01") == ()
    assert over_the_group_cap(both[:5], [split], most=5, on=DAY, source="R01") == ()


def test_ties_go_through_a_third_and_end_when_they_end() -> None:
    ties = [Tie("c", "b", TieKind.VOTES, DAY, until=DAY), Tie("b", "a", TieKind.APPOINTS, DAY)]
    assert undertakings(["a", "b", "c", "d"], ties, on=DAY) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    later = undertakings(["a", "b", "c", "d"], ties, on=DAY + timedelta(days=1))
    assert later == {"a": "a", "b": "a", "c": "c", "d": "d"}


@pytest.mark.parametrize(
    ("days", "flagged"), [(0, True), (26 * 7 - 1, True), (26 * 7, False), (400, False), (None, False)]
)
def test_a_placement_that_ended_soon_is_flagged(days: int | None, flagged: bool) -> None:
    ended = None if days is None else DAY + timedelta(days=days)
    found = quick_dismissals([Placement("a", "x", "sami", DAY, ended)], checks=CHECKS)
    assert codes(found) == ([("quick_dismissal", ("a",))] if flagged else [])


def test_who_is_both_employer_and_employee_is_asked_for_a_contract_and_not_refused() -> None:
    employers = {"x": Employer("x", "Aalders", owners=frozenset({"sami"})), "y": Employer("y", "Visser")}
    placements = [Placement("a", "x", "sami", DAY), Placement("b", "y", "sami", DAY), Placement("c", "z", "sami", DAY)]
    found = own_employer(placements, employers, checks=CHECKS)
    assert codes(found) == [("own_employer", ("a",))]
    assert found[0].reason.inputs["asks"] == ("employment_contract", "who_gives_orders")


KEYS = [f"application-{number}" for number in range(1, 1001)]
LOW = dict.fromkeys(KEYS, RiskClass.LOW.value)


def test_the_same_seed_and_list_give_the_same_sample_in_any_order() -> None:
    one = draw_sample(LOW, CHECKS.risk_rates, seed="22 november")
    assert one == draw_sample(dict(reversed(LOW.items())), CHECKS.risk_rates, seed="22 november")
    other = draw_sample(LOW, CHECKS.risk_rates, seed="23 november")
    assert (len(one.taken), len(other.taken)) == (20, 20)
    assert set(one.taken) != set(other.taken)
    assert one.list_digest == other.list_digest != draw_sample({"a": "low"}, CHECKS.risk_rates, seed="x").list_digest


def test_the_chance_of_everybody_is_known_and_the_riskier_are_looked_at_more() -> None:
    classes = LOW | {f"high-{n}": "high" for n in range(7)} | {"middle-1": "middle"}
    found = draw_sample(classes, CHECKS.risk_rates, seed="s")
    assert {one.name: (one.size, one.chance) for one in found.strata} == {
        "low": (1000, Fraction(1, 50)), "middle": (1, Fraction(1)), "high": (7, Fraction(4, 7)),
    }  # fmt: skip
    flags = found.signals(SignalCode.RISK_SAMPLE, checks=CHECKS)
    assert len(codes(flags)) == 25
    assert flags[0].reason.inputs == {"class": "low", "seed": "s", "size": 1000, "taken": 20, "chance": "1/50"}


def test_over_many_seeds_everybody_is_taken_about_as_often() -> None:
    few = dict.fromkeys(KEYS[:50], "low")
    times = dict.fromkeys(few, 0)
    for seed in range(400):
        for key in draw_sample(few, {"low": 2_000}, seed=str(seed)).taken:
            times[key] += 1
    assert 45 < min(times.values()) <= max(times.values()) < 120  # 80 expected, sd 8


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 10_000))
def test_a_sample_is_never_larger_than_its_list_nor_smaller_than_its_rate(size: int, rate: int) -> None:
    found = draw_sample(dict.fromkeys(KEYS[:size], "low"), {"low": rate}, seed="s")
    assert size * rate <= len(found.taken) * 10_000 < size * rate + 10_000
    assert len(set(found.taken)) == len(found.taken) <= size


def test_a_sample_without_seed_or_rate_is_refused() -> None:
    with pytest.raises(InputError, match="seed"):
        draw_sample(LOW, CHECKS.risk_rates, seed="")
    with pytest.raises(InputError, match="no rate"):
        draw_sample({"a": "odd"}, CHECKS.risk_rates, seed="s")


def test_flags_make_the_class_and_samples_do_not() -> None:
    assert risk_class([]) is risk_class([SignalCode.RANDOM_SAMPLE]) is RiskClass.LOW
    assert risk_class([SignalCode.NEAR_NAME] * 3) is RiskClass.MIDDLE
    assert risk_class([SignalCode.NEAR_NAME, SignalCode.SAME_PERSON]) is RiskClass.HIGH


@pytest.mark.parametrize(
    ("day", "since", "counts"),
    [
        (date(2026, 11, 2), date(2023, 11, 3), True),
        (date(2026, 11, 2), date(2023, 11, 2), False),
        (date(2028, 2, 29), date(2025, 3, 1), True),
        (date(2028, 2, 29), date(2025, 2, 28), False),
        (date(2031, 2, 28), date(2028, 2, 29), True),
        (date(2031, 3, 1), date(2028, 3, 1), False),
    ],
)
def test_aid_counts_for_three_years_that_roll_on(day: date, since: date, counts: bool) -> None:
    aid = [Aid("x", 100, since, "R01")]
    assert room_left("x", aid, {}, on=day, checks=CHECKS).value.given_cents == (100 if counts else 0)


def test_exactly_300_000_euros_fit_and_a_cent_more_does_not_over_all_entities_of_an_undertaking() -> None:
    groups = undertakings(["x", "y"], [Tie("x", "y", TieKind.VOTES, DAY)], on=DAY)
    aids = [Aid("x", 20_000_000, DAY, "R01"), Aid("y", 9_850_000, DAY, "R01"), Aid("z", 5_000_000, DAY, "R01")]
    room = room_left("y", aids, groups, on=DAY, checks=CHECKS)
    assert (room.value.undertaking, room.value.left_cents) == ("x", 150_000)
    assert de_minimis_signal("a", 150_000, room) == ()
    assert codes(de_minimis_signal("a", 150_001, room)) == [("de_minimis", ("a",))]
    later = room_left("y", [*aids, Aid("x", 1, DAY + timedelta(days=1), "R01")], groups, on=DAY, checks=CHECKS)
    assert later == room  # aid of tomorrow does not count today
