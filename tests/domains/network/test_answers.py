"""The letter to aldermen: whom it reached, who answered, whom they named; a wrong entry is taken back, never wiped."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.queries import RegionAnswer
from dichterbij.domains.network.rules.addresses import about
from dichterbij.domains.network.rules.answers import AnswerState, days_in
from dichterbij.shared.errors import InputError, NotFoundError
from support.network import ALKMAAR, TWENTE, UTRECHT, Country
from support.post import Post, send
from support.referral import MONDAY

TODAY = timezone.localdate(MONDAY)
LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def letter(country: Country) -> UUID:
    """A letter to the aldermen of two of the three regions, that left; it asks three."""
    for region in (ALKMAAR, TWENTE):
        email = f"{region}{LATER.microsecond}@wethouder.example".lower()
        held = [
            one.email for row in queries.region_contacts(actor=country.national, now=MONDAY) for one in row.contacts
        ]
        if email not in held:
            new = actions.NewContact(region, "alderman", "Wethouder", email, "gemeente", TODAY)
            actions.add_contact(actor=country.national, new=new, now=MONDAY)
    made = actions.write_mailing(
        actor=country.national, subject="Doe mee", text="Wie is uw contactpersoon?", kinds=["alderman"], only=[],
        now=MONDAY, answer_by=TODAY + timedelta(days=14),
    )  # fmt: skip
    country.posted(made)
    send(Post(), MONDAY, about(made))
    return made


def of(country: Country, letter: UUID, region: str) -> RegionAnswer:
    rows = queries.region_answers(actor=country.national, mailing=letter, now=LATER)
    return next(row for row in rows if row.region.code == region)


def answered(country: Country, letter: UUID, region: str, on: date = TODAY) -> None:
    actions.say_answered(actor=country.national, mailing=letter, region=region, on=on, words="belt terug", now=LATER)


def test_each_region_is_sent_answered_or_named_and_who_has_nobody_is_seen(country: Country, letter: UUID) -> None:
    assert of(country, letter, UTRECHT).state is AnswerState.NOBODY
    assert of(country, letter, TWENTE).state is AnswerState.SENT
    answered(country, letter, TWENTE)
    assert of(country, letter, TWENTE).state is AnswerState.ANSWERED
    assert not of(country, letter, TWENTE).is_late
    assert of(country, letter, ALKMAAR).is_late
    new = actions.NewContact(ALKMAAR, "general", "Carla", "carla@antwoord.example", "wethouder", TODAY)
    named = actions.add_contact(actor=country.coordinators[ALKMAAR], new=new, now=LATER)
    found = of(country, letter, ALKMAAR)
    assert (found.state, found.named, found.is_late) == (AnswerState.NAMED, ("Carla",), False)
    actions.end_contact(actor=country.national, contact=named, now=LATER)


def test_a_wrong_entry_is_taken_back_once_and_both_stay_known(country: Country, letter: UUID) -> None:
    answered(country, letter, TWENTE)
    for _twice in range(2):
        actions.undo_answer(actor=country.national, mailing=letter, region=TWENTE, now=LATER)
    found = of(country, letter, TWENTE)
    assert found.state is AnswerState.SENT
    assert [(one.undone, one.words) for one in found.past] == [(True, ""), (False, "belt terug")]


@pytest.mark.parametrize("days", [-1, 31])
def test_no_answer_comes_before_the_letter_or_tomorrow(country: Country, letter: UUID, days: int) -> None:
    with pytest.raises(InputError):
        answered(country, letter, TWENTE, TODAY + timedelta(days=days))


def test_only_a_letter_that_asks_and_left_is_answered_and_only_by_the_team(country: Country, letter: UUID) -> None:
    quiet = actions.write_mailing(
        actor=country.national, subject="Nieuws", text="x", kinds=["alderman"], only=[TWENTE], now=MONDAY
    )
    country.posted(quiet)
    for mailing, region in ((quiet, TWENTE), (letter, "XX9")):
        with pytest.raises(NotFoundError):
            answered(country, mailing, region)
    assert queries.region_answers(actor=country.national, mailing=quiet, now=LATER) == ()
    with pytest.raises(NotAllowedError):
        queries.region_answers(actor=country.coordinators[TWENTE], mailing=letter, now=LATER)
    with pytest.raises(InputError):
        actions.write_mailing(
            actor=country.national, subject="x", text="y", kinds=["alderman"], only=[], now=MONDAY,
            answer_by=TODAY - timedelta(days=1),
        )  # fmt: skip


def test_two_dates_for_one_letter_are_found_in_its_text() -> None:
    text = "Brief van 13 mei 2022 (concept: 20-04-2022; 13/05/2022). Geen dag: 31 februari 2022, 12-2022."
    assert days_in(text) == (date(2022, 4, 20), date(2022, 5, 13))
