"""The visitor's answers travel in one small, closed cookie."""

import json
import random
import zlib
from dataclasses import replace
from datetime import date

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.web.near import cookie
from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.concepts import numbering
from dichterbij.web.near.cookie import seal, unseal
from dichterbij.web.site import sealed

SKILLS = numbering("skill").uris
WORK = numbering("occupation").uris
FULL = Answers(
    pc4=3511,
    modes=("bike", "car"),
    ebike_possible=False,
    max_travel_minutes=45,
    hours_min=12,
    hours_max=24,
    available_from=date(2026, 12, 1),
    dayparts=("weekday", "evening"),
    childcare_dayparts=("saturday",),
    work=tuple(sorted(WORK[10:13])),
    unticked=tuple(sorted(SKILLS[5:40:3])),
    own_skills=tuple(sorted(SKILLS[9000:9020])),
    skills_confirmed=True,
    avoid=("lifting",),
    dutch=2,
    level=3,
    licences=(),
    legal=(),
    agreements=("job",),
    learn_weeks_max=26,
    background="bijstand",
    seen=("travel", "work"),
    filters=Filters(minutes=30, route="direct"),
    tried="ebike",
    before=(("ebike_possible", None), ("dayparts", ("weekday",)), ("available_from", date(2026, 12, 2))),
)


def test_answers_come_back_as_they_went_in() -> None:
    assert unseal(seal(FULL)) == FULL
    assert unseal(seal(Answers())) == Answers()


@given(
    own=st.sets(st.integers(0, len(SKILLS) - 1), max_size=40),
    minutes=st.none() | st.sampled_from([15, 30, 45, 60, 90]),
    licences=st.none() | st.just(()) | st.just(("B",)),
)
def test_unknown_none_and_something_stay_apart(
    own: set[int], minutes: int | None, licences: tuple[str, ...] | None
) -> None:
    answers = Answers(
        pc4=1011, own_skills=tuple(SKILLS[n] for n in sorted(own)), max_travel_minutes=minutes, licences=licences
    )
    assert unseal(seal(answers)) == answers


def test_nothing_of_the_answers_can_be_read_from_the_cookie() -> None:
    value = seal(FULL)
    assert "3511" not in value
    assert "bijstand" not in value


@pytest.mark.parametrize("value", ["x", "gAAAAA", "a" * 100_000, "\u20ac", "gAAAAA==" * 40])
def test_a_cookie_that_is_not_ours_is_no_answer(value: str) -> None:
    assert unseal(value) is None


def test_a_changed_letter_makes_the_cookie_worthless() -> None:
    value = seal(FULL)
    for place in (0, len(value) // 2, len(value) - 2):
        changed = value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :]
        assert unseal(changed) is None


def test_a_cookie_of_half_a_day_ago_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    value = seal(FULL)
    monkeypatch.setattr(sealed, "MOST_SECONDS", -1)
    assert unseal(value) is None


def test_a_cookie_of_another_key_is_dropped(settings: pytest.FixtureRequest) -> None:
    value = seal(FULL)
    settings.SECRET_KEY = "another"
    assert unseal(value) is None
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests"]
    assert unseal(value) == FULL


def _sealed(plain: dict[str, object] | bytes) -> str:
    text = plain if isinstance(plain, bytes) else json.dumps(plain).encode()
    return cookie.COOKIE._box().encrypt(zlib.compress(text)).decode()


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"_": [0, "x"]},
        {"_": [cookie.FORMAT, cookie._stamp()], "color": "red"},
        {"_": [cookie.FORMAT, cookie._stamp()], "work": [10**9]},
        {"_": [cookie.FORMAT, cookie._stamp()], "work": ["x"]},
        {"_": [cookie.FORMAT, cookie._stamp()], "available_from": "someday"},
        {"_": [cookie.FORMAT, cookie._stamp()], "filters": {"color": "red"}},
        b"no json",
        b"[1]",
        b"9" * 200_000,
    ],
)
def test_a_cookie_of_an_older_version_is_dropped(plain: dict[str, object] | bytes) -> None:
    assert unseal(_sealed(plain)) is None


def test_a_foreign_token_of_the_same_make_is_dropped() -> None:
    assert unseal(Fernet(Fernet.generate_key()).encrypt(b"{}").decode()) is None


def test_many_skills_still_fit_in_a_cookie() -> None:
    many = replace(FULL, unticked=SKILLS[0:6000:20], own_skills=SKILLS[6000:12000:20])
    assert len(seal(many)) < 4000
    assert unseal(seal(many)) == many


def test_more_answers_than_a_browser_keeps_are_refused_in_words() -> None:
    scattered = tuple(sorted(random.Random(1).sample(SKILLS, 6000)))
    with pytest.raises(sealed.TooLongError, match="make it shorter"):
        seal(replace(FULL, own_skills=scattered))
