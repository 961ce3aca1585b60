"""Pro rata and tender, for real: nobody hears before the window has closed, and then all hear together."""

from hashlib import sha256
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions import Scored
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.letters import Sharing
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.domains.schemes.sharing import sharing_of
from dichterbij.shared.errors import InputError
from support.schemes import GRANT, apply, decided, in_window, opened, published

pytestmark = pytest.mark.usefixtures("site")

COSTS = '{formula: costs, source: "assumption"}'
PRO_RATA = '{method: pro_rata, rest: next, source: "assumption"}'
TENDER = '{method: tender, rest: next, lowest_score: 40, source: "assumption"}'
CAPS = '[{whose: employer, counts: times, most: 5, source: "assumption"}]'
BY_RECEIPT = '{method: tender, rest: next, ties: receipt, source: "assumption"}'


def opened_for(distribution: str, ceiling: int, **more: Any) -> Opened:
    """A round of which the window ended an hour ago; `in_window`: applying in it."""
    more = {"questions": "[]", "caps": CAPS, "begins": -3 * 3600, "ends": -3600} | more
    return opened(ceiling, distribution=distribution, **more)


def sent(here: Opened, *costs: int) -> list[str]:
    """The numbers of applications in the window, one for each of these costs."""
    with in_window():
        return [apply(here, f"employer {turn}", cost_cents=cost).number for turn, cost in enumerate(costs)]


def told(numbers: list[str]) -> list[tuple[int, str]]:
    last = [queries.status(number=number).decisions[-1] for number in numbers]
    return [(one.cents, one.reason) for one in last]


def letter(here: Opened, number: str) -> Sharing | None:
    """How the letter says that it was shared."""
    with own_work():
        return sharing_of(here, id_of(number) or 0)


def scores(here: Opened, given: dict[str, int], *, by: str = "officer", approved_by: str = "head") -> int:
    found = [Scored(number, score, "a good plan") for number, score in given.items()]
    return actions.give_scores(scheme=here.scheme.slug, scores=found, actor=by, approved_by=approved_by,
                               now=timezone.now())  # fmt: skip


def ranked(here: Opened, seed: str = "4 8 15") -> int:
    published(here, seed_from="the Lotto" if seed else "")
    return actions.draw_lots(scheme=here.scheme.slug, seed=seed, reason="equal scores", actor="officer",
                             approved_by="head", now=timezone.now())  # fmt: skip


def replays(here: Opened) -> bool:
    found = queries.replay(scheme=here.scheme.slug)
    row = queries.rounds(scheme=here.scheme.slug)[0]
    return found.differences == () and found.granted_cents == row.granted_cents == ledger.balance(here.committed)


def test_nobody_hears_before_the_window_closed() -> None:
    for distribution in (PRO_RATA, TENDER):
        here = opened_for(distribution, GRANT, begins=-60, ends=3600)
        apply(here, "bakery")
        assert decided(here).decisions == 0
        assert queries.hears_after(scheme=here.scheme.slug) == here.closes_at
    assert queries.hears_after(scheme=opened().scheme.slug) is None


def test_pro_rata_the_whole_ceiling_is_shared_out_in_one_go() -> None:
    here = opened_for(PRO_RATA, 100_000, amount=COSTS)
    numbers = sent(here, 60_000, 60_000, 30_000)
    with in_window():
        refused = apply(here, "nobody", cost_cents=60_000, met=[]).number
    late = apply(here, "late", cost_cents=60_000).number
    assert decided(here, most=1) == actions.Decided(decisions=5, grants=3, cents=100_000, batches=2)
    assert told([*numbers, refused, late]) == [
        (40_000, "less_pro_rata"), (40_000, "less_pro_rata"), (20_000, "less_pro_rata"), (0, "not_unused_potential"),
        (0, "too_late"),
    ]  # fmt: skip
    assert replays(here)
    assert ledger.balance(here.reserved) == 0
    assert letter(here, numbers[0]) == Sharing("pro_rata", asked_cents=60_000, together_cents=100_000)
    assert letter(here, refused) is None


def test_pro_rata_the_letter_names_the_sum_of_ones_own_category() -> None:
    parts = "{open_hiring: 300, jobcarving: 700, learn_work: 100, encounters: 100}"
    own = f"{{own: {{ceiling: {{together: 944_000, categories: {parts}}}}}}}"
    asked = f'[{{id: pots, words: {{nl: a, en: a}}, source: "assumption", chosen: own, choices: {own}}}]'
    here = opened_for(PRO_RATA, 120_000, amount=COSTS, questions=asked)
    kinds = ["open_hiring", "open_hiring", "jobcarving", "jobcarving"]
    with in_window():
        numbers = [apply(here, f"employer {turn}", category=kind, cost_cents=60_000).number
                   for turn, kind in enumerate(kinds)]  # fmt: skip
    decided(here)
    assert [cents for cents, _ in told(numbers)] == [15_000, 15_000, 35_000, 35_000]
    sums = [one.together_cents for number in numbers if (one := letter(here, number))]
    assert sums == [30_000, 30_000, 70_000, 70_000]


def test_pro_rata_a_broken_cent_is_rounded_down_and_what_is_left_goes_to_who_lost_most() -> None:
    here = opened_for(PRO_RATA, 100_000, amount=COSTS)
    numbers = sent(here, 100_000, 100_000, 100_000)
    decided(here)
    assert [cents for cents, _ in told(numbers)] == [33_334, 33_333, 33_333]
    assert replays(here)


def test_pro_rata_caps_come_first_and_enough_for_all_is_all_that_was_asked() -> None:
    here = opened_for(PRO_RATA, 10 * GRANT)
    with in_window():
        numbers = [apply(here, "bakery", f"person {turn} of {here.id}").number for turn in range(6)]
    decided(here)
    assert told(numbers) == [(GRANT, "granted")] * 5 + [(0, "employer_full")]
    assert not any(queries.status(number=number).decisions[-1].waits for number in numbers)
    assert replays(here)


def test_pro_rata_what_comes_free_later_is_not_shared_again_and_a_won_objection_is_paid_apart() -> None:
    here = opened_for(PRO_RATA, 100_000, objections=50_000, amount=COSTS)
    *numbers, gone = sent(here, 100_000, 100_000, 100_000)
    actions.withdraw(number=gone, reason="stops", actor="officer", now=timezone.now())
    decided(here)
    assert told([*numbers, gone]) == [(50_000, "less_pro_rata")] * 2 + [(0, "withdrawn")]
    actions.withdraw(number=numbers[0], reason="stops", actor="officer", now=timezone.now())
    assert decided(here).moved_up == 0
    actions.grant_on_objection(number=numbers[1], cents=60_000, reason="wrong", actor="officer", approved_by="head",
                               now=timezone.now())  # fmt: skip
    assert told(numbers) == [(0, "withdrawn"), (60_000, "on_objection")]
    assert queries.replay(scheme=here.scheme.slug).differences == ()


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 5_000_000), max_size=12), st.integers(1, 8_000_000))
def test_pro_rata_never_more_than_the_ceiling_nor_than_was_asked(costs: list[int], ceiling: int) -> None:
    here = opened_for(PRO_RATA, ceiling, amount=COSTS)
    numbers = sent(here, *costs)
    decided(here)
    cents = [cents for cents, _ in told(numbers)]
    assert sum(cents) == min(ceiling, sum(costs))
    assert all(got <= cost for got, cost in zip(cents, costs, strict=True))
    assert replays(here)


def test_a_tender_grants_by_score_and_lots_divide_those_that_are_equal() -> None:
    here = opened_for(TENDER, 2 * GRANT)
    numbers = sent(here, 0, 0, 0, 0, 0)
    with in_window():
        no_part = apply(here, "nobody", met=[]).number
    assert decided(here).decisions == 0
    with pytest.raises(NotPossibleError, match=f"no score yet: {numbers[0]}"):
        ranked(here)
    assert scores(here, dict(zip(numbers, [50, 80, 50, 39, 50], strict=True))) == 5
    assert ranked(here, seed="4 8 15") == 6
    late = apply(here, "late").number
    assert decided(here, most=2) == actions.Decided(decisions=7, grants=2, cents=2 * GRANT, batches=4)
    first, second, third = by_lot([numbers[0], numbers[2], numbers[4]], "4 8 15")
    assert told([numbers[1], first, second, third, numbers[3], no_part, late]) == [
        (GRANT, "granted"), (GRANT, "granted"), (0, "ceiling_reached"), (0, "ceiling_reached"), (0, "score_too_low"),
        (0, "not_unused_potential"), (0, "too_late"),
    ]  # fmt: skip
    actions.withdraw(number=numbers[1], reason="stops", actor="officer", now=timezone.now())
    assert decided(here).moved_up == 1
    assert told([second, third]) == [(GRANT, "granted"), (0, "ceiling_reached")]
    assert replays(here)
    [row] = queries.draws(scheme=here.scheme.slug)
    public = queries.entries(row).some()
    assert [one.score for one in public] == [80, 50, 50, 50, 39, None]
    assert [one.number for one in public[:4]] == [numbers[1], first, second, third]
    assert letter(here, numbers[1]) == Sharing("tender", score=80, place=1, entrants=6)


def by_lot(numbers: list[str], seed: str) -> list[str]:
    """As anybody can work it out."""
    return sorted(numbers, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())


def test_a_tender_can_divide_equal_scores_by_receipt_and_needs_no_seed_then() -> None:
    here = opened_for(BY_RECEIPT, 2 * GRANT)
    numbers = sent(here, 0, 0, 0)
    scores(here, dict(zip(numbers, [7, 9, 7], strict=True)))
    assert ranked(here, seed="") == 3
    decided(here)
    assert [cents for cents, _ in told(numbers)] == [GRANT, GRANT, 0]
    assert replays(here)


def test_a_score_is_given_by_two_on_a_complete_application_and_changes_until_the_list_is_public() -> None:
    here = opened_for(TENDER, GRANT)
    [number], part = sent(here, 0), apply(here, "part", complete=False).number
    elsewhere = apply(opened_for(TENDER, GRANT), "another").number
    with pytest.raises(NotPossibleError, match="Somebody else approves"):
        scores(here, {number: 3}, approved_by="officer")
    with pytest.raises(NotPossibleError, match=f"{part} is not complete"):
        scores(here, {number: 3, part: 4})
    for wrong, said in (({elsewhere: 3}, "no application"), ({number: -1}, "whole number"), ({"AV-1": 3}, "no appl")):
        with pytest.raises(InputError, match=said):
            scores(here, wrong)
    with pytest.raises(NotPossibleError, match="does not go by score"):
        scores(opened(), {number: 3})
    scores(here, {number: 3})
    scores(here, {number: 77})
    ranked(here)
    with pytest.raises(NotPossibleError, match="is public"):
        scores(here, {number: 4})
    decided(here)
    assert told([number]) == [(GRANT, "granted")]


def test_who_applies_gives_itself_no_score() -> None:
    here = opened_for(TENDER, GRANT)
    with pytest.raises(InputError, match="score"):
        apply(here, "bakery", score=10_000)


def test_there_is_nothing_to_draw_where_all_share_and_a_tender_compares_all_plans() -> None:
    now = timezone.now()
    share, tender = opened_for(PRO_RATA, GRANT), opened_for(TENDER, GRANT)
    with pytest.raises(NotPossibleError, match="nobody is drawn"):
        actions.publish_list(scheme=share.scheme.slug, seed_from="x", seed_at=now, actor="officer", now=now)
    with pytest.raises(NotPossibleError, match="all plans"):
        actions.publish_list(scheme=tender.scheme.slug, from_at=now, seed_from="x", seed_at=now, actor="a", now=now)
    with pytest.raises(InputError, match="where the seed comes from"):
        actions.publish_list(scheme=tender.scheme.slug, actor="officer", now=now)
