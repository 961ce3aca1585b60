"""A draft comes back from its cookie as it went in."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.engine.parameters import DAYPARTS
from dichterbij.web.near.concepts import numbering
from dichterbij.web.placing import words
from dichterbij.web.placing.cookie import COOKIE, seal, unseal
from dichterbij.web.placing.draft import Draft
from dichterbij.web.site.sealed import TooLongError

text = st.text(max_size=60).filter(lambda value: "\0" not in value and value.isprintable())
skills = st.lists(st.sampled_from(numbering("skill").uris[::97]), unique=True, max_size=30).map(
    lambda x: tuple(sorted(x))
)
drafts = st.builds(
    Draft,
    token=text,
    title=text,
    pc4=st.none() | st.integers(1000, 9999),
    place=text,
    described=st.booleans(),
    tasks=skills,
    needed=skills,
    own_tasks=text,
    demands=st.lists(st.sampled_from(list(words.DEMANDS)), unique=True).map(tuple),
    dutch=st.integers(1, 4),
    hours_min=st.none() | st.integers(1, 60),
    dayparts=st.lists(st.sampled_from(DAYPARTS), unique=True).map(tuple),
    latest_start=st.none() | st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    wage_min=st.none() | st.integers(100, 50_000),
    person=text,
    question=text,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(drafts)
def test_a_draft_comes_back_as_it_went_in(draft: Draft) -> None:
    assert unseal(seal(draft)) == draft


def test_what_is_not_ours_is_no_draft() -> None:
    for value in ("", "x", "gAAAAA", seal(Draft())[:-4] + "AAAA"):
        assert unseal(value) is None


def test_what_a_browser_would_not_keep_is_an_error() -> None:
    noise = "".join(chr(0x4E00 + (at * 7919) % 20_000) for at in range(2_000))
    with pytest.raises(TooLongError):
        seal(Draft(question=noise))
    assert len(seal(Draft(question="een vraag " * 50))) < COOKIE.most_bytes
