"""From hand to hand: whatever anybody does, somebody has the ball."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.referral.errors import CameBackError, NotPossibleError, OnwardNeededError
from dichterbij.domains.referral.rules import Ball, Ending, Ladder, Level, State, is_dead_end, states

A, B, C, REGION, COORDINATOR, NATIONAL = (UUID(int=number) for number in range(1, 7))
ALL = (A, B, C, REGION, COORDINATOR, NATIONAL)
LADDER = Ladder(REGION, COORDINATOR, NATIONAL)
SENT = states.send(sender=A, receiver=B, ladder=LADDER)

LADDERS = st.builds(
    Ladder,
    st.sampled_from([REGION, B, None]),
    st.sampled_from([COORDINATOR, REGION, None]),
    st.sampled_from([NATIONAL, None]),
)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["accept", "give_back", "redirect", "miss_term", "withdraw", "close"]),
        st.sampled_from(ALL),
        st.sampled_from(ALL),
    ),
    max_size=12,
)


def _do(ball: Ball, move: str, by: UUID, to: UUID, ladder: Ladder) -> Ball:
    ways: dict[str, Callable[[], Ball]] = {
        "accept": lambda: states.accept(ball, by=by),
        "give_back": lambda: states.give_back(ball, by=by, ladder=ladder),
        "redirect": lambda: states.redirect(ball, by=by, to=to, ladder=ladder),
        "miss_term": lambda: states.miss_term(ball, ladder=ladder),
        "withdraw": lambda: states.withdraw(ball, by=by, sender=A),
        "close": lambda: states.close(ball, by=by, ending=Ending.NOT_SUITABLE, onward=to),
    }
    return ways[move]()


@settings(max_examples=300)
@given(st.sampled_from([A, None]), LADDERS, MOVES)
def test_whatever_happens_one_organisation_has_the_ball_and_only_that_one_moves_it(
    sender: UUID | None, ladder: Ladder, moves: list[tuple[str, UUID, UUID]]
) -> None:
    ball = states.send(sender=sender, receiver=C, ladder=ladder)
    for move, by, to in moves:
        try:
            after = _do(ball, move, by, to, ladder)
        except (NotPossibleError, OnwardNeededError):
            continue
        assert ball.state in states.OPEN, "what has ended stays as it ended"
        assert after.holder in ALL
        assert after.owner in ALL
        assert states.LEVELS.index(after.level) >= states.LEVELS.index(ball.level), "it never goes down by itself"
        if move in ("accept", "give_back", "redirect"):
            assert by == ball.holder
        if move == "accept":
            assert after.owner == by
        if after.state is State.SENT and ball.level is Level.DESK and after.level is Level.DESK and not after.bounces:
            assert after.owner == ball.owner, "the sender answers for it until it is accepted or bounces"
        ball = after


@given(LADDERS, st.integers(0, 3))
def test_silence_takes_it_to_the_top_in_at_most_three_terms(ladder: Ladder, redirects: int) -> None:
    ball = states.send(sender=A, receiver=C, ladder=ladder)
    if redirects:
        ball = states.redirect(ball, by=C, to=B, ladder=ladder)
    for _ in range(4):
        if is_dead_end(ball, is_overdue=True, ladder=ladder):
            break
        ball = states.miss_term(ball, ladder=ladder)
    assert is_dead_end(ball, is_overdue=True, ladder=ladder)
    assert states.miss_term(ball, ladder=ladder) == ball
    assert not is_dead_end(ball, is_overdue=False, ladder=ladder)


def test_the_sender_answers_for_it_until_it_is_accepted() -> None:
    assert (SENT.holder, SENT.owner) == (B, A)
    accepted = states.accept(SENT, by=B)
    assert (accepted.state, accepted.holder, accepted.owner) == (State.ACCEPTED, B, B)


def test_a_sender_without_an_account_leaves_it_to_the_named_owner_of_the_region() -> None:
    assert states.send(sender=None, receiver=B, ladder=LADDER).owner == REGION


def test_returned_once_it_goes_to_the_named_owner_of_the_region() -> None:
    back = states.give_back(SENT, by=B, ladder=LADDER)
    assert (back.holder, back.owner, back.level, back.bounces) == (REGION, REGION, Level.REGION, 1)


def test_redirected_once_the_named_owner_answers_for_it_and_the_next_time_has_it() -> None:
    once = states.redirect(SENT, by=B, to=C, ladder=LADDER)
    assert (once.holder, once.owner, once.bounces) == (C, REGION, 1)
    twice = states.redirect(once, by=C, to=B, ladder=LADDER)
    assert (twice.holder, twice.owner, twice.level, twice.bounces) == (REGION, REGION, Level.REGION, 2)


def test_a_missed_term_goes_to_the_named_owner_then_the_coordinator_then_the_national_team() -> None:
    ball, went = SENT, []
    for _ in range(4):
        ball = states.miss_term(ball, ladder=LADDER)
        went.append(ball.holder)
    assert went == [REGION, COORDINATOR, NATIONAL, NATIONAL]


def test_the_named_owner_may_place_it_as_often_as_needed_and_gets_it_back() -> None:
    ball = states.give_back(SENT, by=B, ladder=LADDER)
    for desk in (C, B, A):
        placed = states.redirect(ball, by=REGION, to=desk, ladder=LADDER)
        assert (placed.holder, placed.owner) == (desk, REGION)
        ball = states.give_back(placed, by=desk, ladder=LADDER)
        assert ball.holder == REGION


def test_what_a_desk_returned_is_not_asked_there_again_but_by_who_stands_higher() -> None:
    ball = states.give_back(SENT, by=B, ladder=LADDER)
    with pytest.raises(CameBackError):
        states.redirect(ball, by=REGION, to=B, ladder=LADDER, returned_by={B})
    assert states.redirect(ball, by=REGION, to=C, ladder=LADDER, returned_by={B}).holder == C


def test_what_two_desks_returned_the_named_owner_may_send_up_and_not_the_national_team() -> None:
    once = states.give_back(SENT, by=B, ladder=LADDER)
    assert not states.may_give_back(once)
    twice = states.give_back(states.redirect(once, by=REGION, to=C, ladder=LADDER), by=C, ladder=LADDER)
    up = states.give_back(twice, by=REGION, ladder=LADDER)
    assert (up.level, up.holder) == (Level.COORDINATOR, COORDINATOR)
    top = states.give_back(up, by=COORDINATOR, ladder=LADDER)
    assert (top.level, states.may_give_back(top)) == (Level.NATIONAL, False)


def test_who_only_answered_for_it_is_replaced_and_the_desk_keeps_it() -> None:
    waiting = states.send(sender=None, receiver=B, ladder=LADDER)
    kept = states.unwatch(waiting, ladder=replace(LADDER, region=None))
    assert (kept.state, kept.level, kept.holder, kept.owner) == (State.SENT, Level.DESK, B, COORDINATOR)
    assert states.unwatch(waiting, ladder=Ladder(None, None, None)).owner == B


def test_the_named_owner_cannot_return_it_to_nobody() -> None:
    ball = states.give_back(SENT, by=B, ladder=LADDER)
    with pytest.raises(NotPossibleError, match="accept it, or send it on"):
        states.give_back(ball, by=REGION, ladder=LADDER)


def test_a_named_owner_that_is_itself_the_first_receiver_returns_it_upward() -> None:
    ball = states.send(sender=A, receiver=REGION, ladder=LADDER)
    assert states.give_back(ball, by=REGION, ladder=LADDER).holder == COORDINATOR


def test_where_nobody_stands_above_a_return_goes_to_the_sender() -> None:
    nobody = Ladder(None, None, None)
    back = states.give_back(states.send(sender=A, receiver=B, ladder=nobody), by=B, ladder=nobody)
    assert back.holder == A
    assert states.redirect(back, by=A, to=C, ladder=nobody).holder == C


def test_what_an_organisation_that_ended_had_goes_up_and_waits_there() -> None:
    accepted = states.accept(SENT, by=B)
    up = states.lose(accepted, gone={B}, ladder=LADDER)
    assert (up.state, up.level, up.holder, up.owner) == (State.SENT, Level.REGION, REGION, REGION)
    assert states.lose(accepted, gone={B, REGION}, ladder=LADDER).holder == COORDINATOR
    assert states.lose(up, gone={REGION}, ladder=replace(LADDER, region=C)).holder == C
    assert states.lose(accepted, gone={A}, ladder=LADDER) == accepted
    assert states.lose(accepted, gone={B}, ladder=Ladder(None, None, None)) == accepted


def test_where_only_the_owner_ended_the_desk_keeps_its_term_and_another_answers_for_it() -> None:
    kept = states.lose(SENT, gone={A}, ladder=LADDER)
    assert (kept.state, kept.level, kept.holder, kept.owner) == (State.SENT, Level.DESK, B, REGION)


@pytest.mark.parametrize("onward", [None, B])
def test_not_suitable_cannot_be_closed_without_somewhere_else_to_go(onward: UUID | None) -> None:
    with pytest.raises(OnwardNeededError):
        states.close(states.accept(SENT, by=B), by=B, ending=Ending.NOT_SUITABLE, onward=onward)


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.NOT_SUITABLE])
def test_every_other_ending_closes_it(ending: Ending) -> None:
    assert states.close(states.accept(SENT, by=B), by=B, ending=ending, onward=None).state is State.CLOSED


@pytest.mark.parametrize("ball", [SENT, replace(SENT, state=State.CLOSED), replace(SENT, state=State.WITHDRAWN)])
def test_what_nobody_accepted_cannot_be_closed(ball: Ball) -> None:
    with pytest.raises(NotPossibleError):
        states.close(ball, by=B, ending=Ending.WORK, onward=None)


def test_the_sender_takes_it_back_until_it_is_accepted_and_the_person_always() -> None:
    assert states.withdraw(SENT, by=A, sender=A).state is State.WITHDRAWN
    accepted = states.accept(SENT, by=B)
    with pytest.raises(NotPossibleError):
        states.withdraw(accepted, by=A, sender=A)
    assert states.withdraw(accepted, by=None).state is State.WITHDRAWN


@pytest.mark.parametrize(
    ("ball", "by", "sender", "is_onward"),
    [
        (states.send(sender=None, receiver=B, ladder=LADDER), REGION, None, False),
        (states.redirect(SENT, by=B, to=C, ladder=LADDER), REGION, A, False),
        (replace(SENT, owner=REGION, holder=REGION, level=Level.REGION), REGION, REGION, False),
        (replace(SENT, holder=A, bounces=1), A, A, False),
        (SENT, A, A, True),
    ],
    ids=["a citizen's own", "of another desk", "it went up", "it came back", "in place of another one"],
)  # fmt: skip
def test_no_desk_ends_what_somebody_else_waits_for(ball: Ball, by: UUID, sender: UUID | None, is_onward: bool) -> None:
    with pytest.raises(NotPossibleError):
        states.withdraw(ball, by=by, sender=sender, is_onward=is_onward)
    assert states.withdraw(ball, by=None).state is State.WITHDRAWN


def test_nobody_hands_over_to_themselves() -> None:
    with pytest.raises(NotPossibleError):
        states.send(sender=A, receiver=A, ladder=LADDER)


def test_a_stranger_can_do_nothing() -> None:
    stranger = uuid4()
    for move in ("accept", "give_back", "redirect", "withdraw", "close"):
        with pytest.raises(NotPossibleError):
            _do(SENT, move, stranger, C, LADDER)
