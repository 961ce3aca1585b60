"""Short words for tests of scarce money: an exercise of the employer subsidy under a name of its own, open now."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count, dropwhile
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import connection
from django.utils import timezone

from dichterbij.domains.budget.rules import Account, Place, State
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import Received
from dichterbij.domains.schemes.models import EntryList
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.files import ROOT
from support.budget import filled
from support.people import as_owner

NUMBERS = count(1)
GRANT = 150_000
MET = ["interview", "unused_potential"]
KEYS = UUID(int=7)


def definition(slug: str, **swaps: str) -> str:
    """The employer subsidy's file under another name; `swaps`: what stands after `key:` in place of what did."""
    text = (ROOT / "employer_subsidy" / "2022-05-13.yaml").read_text(encoding="utf-8")
    text = text.replace("scheme: employer_subsidy", f"scheme: {slug}")
    for key, value in swaps.items():
        lines = text.splitlines()
        at = next(place for place, line in enumerate(lines) if line.startswith(f"{key}:"))
        rest = list(dropwhile(lambda line: line.startswith(" "), lines[at + 1 :]))
        text = "\n".join([*lines[:at], f"{key}: {value}", *rest])
    return text


def opened(ceiling: int = 10 * GRANT, *, objections: int = 0, ends: float = 3600, begins: float = -3600,
           slug: str = "", choices: Mapping[str, str] | None = None, **swaps: str) -> Opened:  # fmt: skip
    """A new round, with so many cents; it begins and ends after so many seconds."""
    slug, now = slug or f"subsidy_{next(NUMBERS)}", timezone.now()
    fund = filled(ceiling + objections)
    return actions.open_round(
        definition=definition(slug, **swaps), source=Account(State.FREE, Place(fund)), posting=uuid4(), actor="tests",
        account=f"reserved:{fund}:::{slug}", now=now, ceiling_cents=ceiling, objections_cents=objections,
        choices=dict(choices or {}), exercise=(now + timedelta(seconds=begins), now + timedelta(seconds=ends)),
    )  # fmt: skip


def kvk(employer: str) -> str:
    """An invented number of the Chamber of Commerce: the same for the same name."""
    return f"kvk:{int(sha256(employer.encode()).hexdigest(), 16) % 10**8:08}"


def code(person: str) -> str:
    """A code in place of a name: the same for the same name."""
    return f"person:{sha256(person.encode()).hexdigest()[:32]}"


def facts(employer: str, person: str, **more: Any) -> dict[str, Any]:
    """An application that is eligible, unless `more` makes it otherwise."""
    told = {"applicant": "employer", "employer": kvk(employer), "person": code(person), "met": MET,
            "start": "2022-05-01", "category": "open_hiring"}  # fmt: skip
    return told | more


def sent(employer: str, person: str, **more: Any) -> dict[str, Any]:
    """As a program sends it: the person by name and day of birth."""
    return facts(employer, person) | {"person": {"naam": person, "geboortedatum": "1985-03-14"}} | more


def key_of(number: object) -> UUID:
    """The same key for the same thing."""
    return uuid5(KEYS, str(number))


def apply(here: Opened, employer: str, person: str = "", *, key: UUID | None = None, complete: bool = True,
          **more: Any) -> Received:  # fmt: skip
    """One application; a new person unless one is named."""
    told = facts(employer, person or f"person {next(NUMBERS)}", **more)
    return actions.receive(
        scheme=here.scheme.slug, key=key or uuid4(), applicant=employer, facts=told, is_complete=complete
    )


def decided(here: Opened, most: int = 5000) -> actions.Decided:
    """One run of the decider."""
    return actions.decide(scheme=here.scheme.slug, actor="tests", now=timezone.now(), most=most)


@contextmanager
def changed(function: str, *swaps: tuple[str, str]) -> Iterator[None]:
    """A function of the database with other words in it, for a while."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [function])
        before = text = cursor.fetchone()[0]
        for old, new in swaps:
            assert old in text
            text = text.replace(old, new)
        cursor.execute(text)
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(before)


def in_window() -> AbstractContextManager[None]:
    """Who applies does so two hours ago: in the window of a round that begins three hours ago and ended one ago."""
    return changed("schemes_moment", ("greatest(clock_timestamp()", "greatest(clock_timestamp() - interval '2 hours'"))


def published(here: Opened, *, seed_from: str = "the Lotto", **stretch: datetime) -> EntryList:
    """A list that was published an hour ago, of which the seed is known since half an hour."""
    now = timezone.now()
    with changed("schemes_entrylist_is_in_time", ("clock_timestamp()", "clock_timestamp() - interval '1 hour'")):
        return actions.publish_list(scheme=here.scheme.slug, seed_from=seed_from, actor="officer", now=now,
                                    seed_at=now - timedelta(minutes=30) if seed_from else None, **stretch)  # fmt: skip
