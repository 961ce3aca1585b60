"""Answers in a code to take along: what goes along, what does not, and what is said of a code that cannot be read."""

import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.web.near import carried, cookie
from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.concepts import numbering

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOLD = Answers(
    pc4=1811,
    modes=("bike", "public_transport"),
    max_travel_minutes=45,
    hours_min=12,
    hours_max=24,
    available_from=date(2026, 12, 1),
    dayparts=("weekday",),
    work=(numbering("occupation").uris[100], numbering("occupation").uris[2000]),
    dutch=3,
    licences=(),
    filters=Filters(route="open_hiring"),
)


def test_what_goes_along_comes_back() -> None:
    found = carried.read(carried.code_of(TOLD, now=NOW), now=NOW + timedelta(days=29))
    assert found == carried.Carried(TOLD, NOW)


def test_a_benefit_does_not_go_along_nor_what_was_only_tried() -> None:
    tried = Answers(pc4=1811, background="welfare", seen=("work",)).try_out("ebike", {"modes": ("ebike",)})
    found = carried.read(carried.code_of(tried, now=NOW), now=NOW)
    assert found.answers == Answers(pc4=1811, modes=("ebike",))


def test_a_pasted_address_is_read_as_its_code() -> None:
    code = carried.code_of(TOLD, now=NOW)
    pasted = f"  http://localhost/nl/dichtbij/meegenomen/#{code[:40]}\n {code[40:]} "
    assert carried.read(pasted, now=NOW).answers == TOLD


def test_a_code_says_nothing_to_who_has_no_key() -> None:
    code = carried.code_of(TOLD, now=NOW)
    assert "1811" not in code
    assert re.fullmatch(r"[\w.-]+", code, re.ASCII)
    assert len(code) < 400


@pytest.mark.parametrize(("days", "readable"), [(30, True), (30.001, False), (-1, False)])
def test_a_code_works_thirty_days(days: float, readable: bool) -> None:
    code = carried.code_of(TOLD, now=NOW)
    if readable:
        assert carried.read(code, now=NOW + timedelta(days=days)).answers == TOLD
    else:
        with pytest.raises(carried.TooOldError):
            carried.read(code, now=NOW + timedelta(days=days))


@given(place=st.integers(0, 10_000), letter=st.sampled_from("AzQ9-_"))
def test_one_changed_letter_makes_it_no_code(place: int, letter: str) -> None:
    code = carried.code_of(TOLD, now=NOW)
    at = len("xxxxx.gAAAA") + place % (len(code) - len("xxxxx.gAAAA") - 1)
    changed = code[:at] + letter + code[at + 1 :]
    if changed != code:
        with pytest.raises(carried.NotOurCodeError):
            carried.read(changed, now=NOW)


@given(st.text(max_size=300))
def test_any_text_is_no_code(text: str) -> None:
    with pytest.raises((carried.NotOurCodeError, carried.OtherSiteError)):
        carried.read(text, now=NOW)


def test_the_cookie_is_no_code_and_a_code_no_cookie() -> None:
    assert cookie.unseal(carried.code_of(TOLD, now=NOW).partition(".")[2]) is None
    with pytest.raises(carried.NotOurCodeError):
        carried.read(cookie.seal(TOLD), now=NOW)


def test_a_code_of_another_site_is_told_apart(settings: pytest.FixtureRequest) -> None:
    code = carried.code_of(TOLD, now=NOW)
    settings.SECRET_KEY = "another key"  # type: ignore[attr-defined]
    with pytest.raises(carried.OtherSiteError):
        carried.read(code, now=NOW)
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests"]  # type: ignore[attr-defined]
    assert carried.read(code, now=NOW).answers == TOLD


def test_a_code_of_another_version_of_the_skills_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    code = carried.code_of(TOLD, now=NOW)
    monkeypatch.setattr(cookie, "FORMAT", 0)
    with pytest.raises(carried.OtherVersionError):
        carried.read(code, now=NOW)


def test_more_than_a_phone_can_read_is_refused() -> None:
    skills = tuple(random.Random(7).sample(numbering("skill").uris, 700))
    with pytest.raises(carried.TooMuchToCarryError):
        carried.code_of(Answers(pc4=1811, own_skills=skills[:300], unticked=skills[300:]), now=NOW)


def test_the_largest_code_is_dots_that_a_phone_can_read() -> None:
    drawn = carried.picture("https://dichterbij.example.nl/nl/dichtbij/meegenomen/#" + "x" * carried.MOST_LETTERS)
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn)
    assert found
    assert int(found[1]) <= 125
    assert "style=" not in drawn
