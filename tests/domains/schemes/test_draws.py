"""Where the moment cannot say who was first, lots are drawn: after the list is known, by a seed from outside."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions import drawing, opening
from dichterbij.domains.schemes.errors import BusyError, NotPossibleError
from dichterbij.domains.schemes.models import Draw, EntryList, Position
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.shared.errors import InputError
from support.schemes import GRANT, apply, decided, in_window, opened, published

pytestmark = pytest.mark.usefixtures("site")


def publish(here: Opened, first: datetime, end: datetime, *, seconds: float) -> EntryList:
    """The list of who takes part; its seed can be known after so many seconds."""
    seed_at = timezone.now() + timedelta(seconds=seconds)
    return actions.publish_list(scheme=here.scheme.slug, from_at=first, until_at=end, seed_from="the Lotto",
                                seed_at=seed_at, actor="officer", now=timezone.now())  # fmt: skip


def draw(here: Opened, first: datetime, end: datetime, *, seed: str = "4 8 15 16 23 42", by: str = "head") -> int:
    return drawn(here, published(here, from_at=first, until_at=end), seed=seed, by=by)


def drawn(here: Opened, listed: EntryList, *, seed: str = "4 8 15 16 23 42", by: str = "head") -> int:
    return actions.draw_lots(scheme=here.scheme.slug, from_at=listed.from_at, seed=seed, reason="a wrong clock",
                             actor="officer", approved_by=by, now=timezone.now())  # fmt: skip


def granted(numbers: list[str]) -> set[str]:
    return {number for number in numbers if queries.status(number=number).decisions[-1].cents}


def first_by_lot(numbers: list[str], seed: str, many: int) -> set[str]:
    """As anybody can work it out."""
    return set(sorted(numbers, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())[:many])


def test_a_stretch_of_which_the_order_is_not_known_is_drawn_and_the_rest_keeps_its_order() -> None:
    here = opened(ceiling=5 * GRANT)
    early = [apply(here, f"early {turn}").number for turn in range(2)]
    decided(here)
    first = timezone.now()
    middle = [apply(here, f"middle {turn}").number for turn in range(8)]
    end = actions.raise_barrier(opened=here)
    late = apply(here, "late").number
    assert draw(here, first, end) == 8
    decided(here, most=3)
    assert granted([*early, *middle, late]) == {*early, *first_by_lot(middle, "4 8 15 16 23 42", 3)}
    assert queries.replay(scheme=here.scheme.slug).differences == ()
    document = Draw.objects.get(round_id=here.id)
    assert bytes(document.list_digest) == hashlib.sha256("\n".join(sorted(middle)).encode()).digest()


def test_a_scheme_that_draws_decides_nothing_before_the_draw_and_everything_after_it() -> None:
    here = opened(ceiling=3 * GRANT, choices={"order": "draw"})
    numbers = [apply(here, f"employer {turn}").number for turn in range(7)]
    first, end = here.opens_at, actions.raise_barrier(opened=here)
    assert decided(here).decisions == 0
    draw(here, first, end, seed="lotto 45")
    assert decided(here, most=2).grants == 3
    assert granted(numbers) == first_by_lot(numbers, "lotto 45", 3)
    actions.withdraw(number=next(iter(granted(numbers))), reason="stops", actor="officer", now=timezone.now())
    decided(here)
    assert granted(numbers) <= first_by_lot(numbers, "lotto 45", 4)
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_who_withdrew_before_the_draw_takes_nobodys_place() -> None:
    here = opened(ceiling=2 * GRANT, choices={"order": "draw"})
    numbers = [apply(here, f"employer {turn}").number for turn in range(3)]
    actions.withdraw(number=numbers[0], reason="stops", actor="officer", now=timezone.now())
    draw(here, here.opens_at, actions.raise_barrier(opened=here))
    decided(here)
    assert granted(numbers) == set(numbers[1:])
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_no_draw_while_applications_may_come_over_what_is_decided_or_twice() -> None:
    here = opened()
    apply(here, "employer")
    with pytest.raises(NotPossibleError, match="may still come"):
        draw(here, here.opens_at, timezone.now() + timedelta(minutes=1))
    decided(here)
    with pytest.raises(NotPossibleError, match="decided already"):
        draw(here, here.opens_at, actions.raise_barrier(opened=here))
    first = timezone.now()
    apply(here, "another")
    end = actions.raise_barrier(opened=here)
    draw(here, first, end)
    with pytest.raises(NotPossibleError, match="already"):
        draw(here, first, end)


def test_who_takes_part_is_read_while_nobody_decides_or_moves_the_barrier(monkeypatch: pytest.MonkeyPatch) -> None:
    here = opened()
    apply(here, "employer")
    end, read, told = actions.raise_barrier(opened=here), drawing.complete_between, []

    def meanwhile(*values: Any) -> Any:
        for tried in (lambda: decided(here), lambda: actions.raise_barrier(opened=here)):
            with ThreadPoolExecutor(1) as pool, pytest.raises(BusyError):
                pool.submit(alone, tried).result(timeout=20)
            told.append("busy")
        return read(*values)

    monkeypatch.setattr(opening, "BARRIER_TIMEOUT", "10ms")
    monkeypatch.setattr(drawing, "complete_between", meanwhile)
    listed = published(here, from_at=here.opens_at, until_at=end)
    assert (drawn(here, listed), told) == (1, ["busy"] * 4)


def alone(tried: Callable[[], object]) -> object:
    """On a connection of its own."""
    try:
        return tried()
    finally:
        connections["default"].close()


def test_a_draw_has_a_seed_and_is_seen_by_two() -> None:
    here = opened()
    listed = published(here, from_at=here.opens_at, until_at=actions.raise_barrier(opened=here))
    with pytest.raises(NotPossibleError, match="Somebody else"):
        drawn(here, listed, by="officer")
    with pytest.raises(InputError):
        drawn(here, listed, seed=" ")


def test_nobody_chooses_a_seed_that_is_known_and_the_list_is_public_before_it() -> None:
    here = opened()
    apply(here, "employer")
    end = actions.raise_barrier(opened=here)
    with pytest.raises(NotPossibleError, match="Publish the list"):
        actions.draw_lots(scheme=here.scheme.slug, seed="7", reason="x", actor="a", approved_by="b", now=timezone.now())
    with pytest.raises(NotPossibleError, match="after the list is published"):
        publish(here, here.opens_at, end, seconds=-1)
    publish(here, here.opens_at, end, seconds=60)
    with pytest.raises(NotPossibleError, match="not known yet"):
        actions.draw_lots(scheme=here.scheme.slug, seed="7", reason="x", actor="a", approved_by="b", now=timezone.now())


def test_between_the_list_and_the_draw_nobody_on_it_or_after_it_is_decided() -> None:
    here = opened(ceiling=2 * GRANT)
    early = apply(here, "early").number
    first = timezone.now()
    middle = [apply(here, f"middle {turn}").number for turn in range(2)]
    end = actions.raise_barrier(opened=here)
    late = apply(here, "late").number
    listed = published(here, from_at=first, until_at=end)
    assert decided(here).decisions == 1
    drawn(here, listed)
    decided(here)
    assert granted([early, *middle, late]) == {early, *first_by_lot(middle, "4 8 15 16 23 42", 1)}
    with pytest.raises(NotPossibleError, match="drawn already"):
        drawn(here, listed)
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_who_comes_after_the_window_of_a_lottery_hears_that_it_was_too_late() -> None:
    here = opened(choices={"order": "draw"}, begins=-3 * 3600, ends=-3600)
    with in_window():
        number = apply(here, "in time").number
    late = apply(here, "late").number
    drawn(here, published(here))
    assert decided(here).decisions == 2
    assert [queries.status(number=one).decisions[-1].reason for one in (number, late)] == ["granted", "too_late"]
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_after_the_last_lot_its_stretch_is_not_looked_at_again() -> None:
    here = opened(ceiling=2 * GRANT)
    first = timezone.now()
    numbers = [apply(here, f"lot {turn}").number for turn in range(3)]
    end = actions.raise_barrier(opened=here)
    draw(here, first, end)
    decided(here, most=2)
    assert Position.objects.get(pk=here.id).cursor_at == end - timedelta(microseconds=1)
    after = apply(here, "after").number
    listed = actions.raise_barrier(opened=here)
    draw(here, end, listed)
    assert decided(here).decisions == 1
    assert queries.status(number=after).decisions
    assert len(granted(numbers)) == 2
    assert queries.replay(scheme=here.scheme.slug).differences == ()
