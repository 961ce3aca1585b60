"""What is said to the database holds for its stretch, also after errors, and costs as few statements as it can."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.journal.saying import said
from support.captured import Asked
from support.database import connected_to_own_database

Step = tuple[str, tuple[tuple[str, str], ...], list[Any]]  # what to do, what is said, and the steps inside

STEPS: st.SearchStrategy[Step] = st.recursive(
    st.tuples(st.just("look"), st.just(()), st.just([])),
    lambda inside: st.tuples(
        st.sampled_from(["say", "break", "refused"]),
        st.dictionaries(st.sampled_from(["role", "user", "token"]), st.sampled_from(["", "a", "b"]), min_size=1).map(
            lambda said: tuple(sorted(said.items()))
        ),
        st.lists(inside, max_size=3),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module", autouse=True)
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """With real transactions."""
    with django_db_blocker.unblock(), connected_to_own_database("saying"):
        yield


def heard() -> dict[str, str]:
    """What the database knows now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('dichterbij.role', true), ''),"
            " coalesce(current_setting('dichterbij.user', true), ''),"
            " coalesce(current_setting('dichterbij.token', true), '')"
        )
        return dict(zip(("role", "user", "token"), cursor.fetchone(), strict=True))


def walk(steps: list[Step], known: dict[str, str]) -> None:
    """Do the steps; the database knows at every moment what a list kept by hand says."""
    assert heard() == known
    for kind, values, inside in steps:
        try:
            if kind != "look":
                with said(durable=False, **dict(values)):
                    walk(inside, known | dict(values))
                    if kind == "break":
                        raise LookupError
                    if kind == "refused":
                        connection.cursor().execute("SELECT 1 / 0")
        except (LookupError, DatabaseError):
            pass
        assert heard() == known


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=3))
def test_whatever_happens_inside_it_is_said_for_its_own_stretch(steps: list[Step]) -> None:
    nothing = dict.fromkeys(("role", "user", "token"), "")
    walk(steps, nothing)
    with transaction.atomic():
        walk(steps, nothing)


def test_it_is_said_once_and_forgotten_with_the_transaction() -> None:
    with Asked() as outside, said(role="a", user="b"), said(role="a"):
        pass
    assert len(outside.lines) == 1
    with transaction.atomic(), Asked() as inside, said(role="a"), said(role="b"):
        pass
    assert len(inside.lines) == 4  # twice said, twice put back
    assert heard()["role"] == ""
