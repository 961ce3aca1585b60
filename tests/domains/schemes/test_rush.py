"""A rush: many at once, with duplicates and retries, while two deciders are at work. Exactly the right grants."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connections

from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.errors import BusyError, FencedError
from dichterbij.domains.schemes.models import Decision, Receipt
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from support.schemes import GRANT, apply, decided, key_of, opened

pytestmark = pytest.mark.usefixtures("site")


def by_hand(here: Opened, places: int) -> list[tuple[int, str]]:
    """What follows from the receipts alone, counted in the plainest way: receipt and reason in order."""
    taken: Counter[str] = Counter()
    granted, found = 0, []
    with own_work():
        rows = Receipt.objects.filter(round_id=here.id).order_by("complete_at", "ticket")
        for pk, applicant in rows.values_list("pk", "applicant"):
            if taken[applicant] == 5:
                found.append((pk, "employer_full"))
            elif granted == places:
                found.append((pk, "ceiling_reached"))
            else:
                taken[applicant] += 1
                granted += 1
                found.append((pk, "granted"))
    return found


def rush(size: int, clients: int, places: int) -> None:
    """So many applications by so many clients; a third comes twice or three times."""
    here, chance = opened(ceiling=places * GRANT + 50_000), random.Random(20_261_122)
    asked = [turn for turn in range(size) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    chance.shuffle(asked)
    stop = threading.Event()

    def press(turn: int) -> str:
        employer = f"employer {turn * 7 % (size // 6)}"
        return apply(here, employer, f"rushed {turn} of {here.id}", key=key_of((here.id, turn))).number

    def client(turns: list[int]) -> list[tuple[int, str]]:
        try:
            return [(turn, press(turn)) for turn in turns]
        finally:
            connections["default"].close()

    def decider() -> None:
        try:
            while not stop.is_set():
                with suppress(BusyError, FencedError):
                    decided(here, most=40)
                stop.wait(0.02)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(clients + 2) as pool:
        deciders = [pool.submit(decider) for _ in range(2)]
        clients_at_work = [pool.submit(client, asked[start::clients]) for start in range(clients)]
        answers = [answer for one in clients_at_work for answer in one.result()]
        stop.set()
        for one in deciders:
            one.result()
    decided(here)
    _check(here, places, answers, size)


def _check(here: Opened, places: int, answers: list[tuple[int, str]], size: int) -> None:
    numbers = dict(answers)
    assert all(numbers[turn] == number for turn, number in answers), "one number for each key"
    assert len({id_of(number) for number in numbers.values()}) == size
    expected = by_hand(here, places)
    with own_work():
        rows = Decision.objects.filter(round_id=here.id).order_by("place").values_list("receipt_id", "reason", "cents")
        found = [(pk, reason) for pk, reason, _cents in rows]
        assert sum(cents for *_, cents in rows) == places * GRANT
    assert [pk for pk, _ in found] == [pk for pk, _ in expected], "in the order of complete applications"
    row = queries.rounds(scheme=here.scheme.slug)[0]
    assert dict(row.reasons) == dict(Counter(reason for _, reason in expected))
    assert (row.received, row.decided, row.left_cents) == (size, size, 50_000)
    assert ledger.balance(here.committed) == places * GRANT
    replayed = queries.replay(scheme=here.scheme.slug)
    assert (replayed.differences, replayed.decisions) == ((), size)


def test_three_hundred_at_once_with_two_deciders() -> None:
    rush(300, clients=6, places=113)


@pytest.mark.long  # half a minute of work for the database
def test_twenty_thousand_from_sixteen_clients() -> None:
    rush(20_000, clients=16, places=7_555)
