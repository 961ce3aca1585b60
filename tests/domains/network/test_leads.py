"""An employer who reports sites in three regions is one lead of the national team, and goes when it is taken back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ApproachedError
from dichterbij.domains.network.queries import EmployerRow, Wanted
from dichterbij.domains.network.rules import Status
from dichterbij.domains.openings import actions as openings
from support.network import ALKMAAR, TWENTE, UTRECHT, Country, unlike_name
from support.people import as_owner
from support.referral import MONDAY

NUMBERS = iter(range(70000001, 70000100))


def named(country: Country, name: str) -> list[EmployerRow]:
    """Every employer of this name that the national team has."""
    return [row for row in country.rows(country.national) if row.name == name]


def withdrawn(token: str) -> None:
    openings.withdraw_message(actor="tests", token=token, compose=lambda row: None, now=MONDAY)


def test_sites_in_three_regions_are_one_lead_that_each_region_sees(country: Country) -> None:
    name = unlike_name()
    message = country.reported(name, TWENTE, UTRECHT)
    (row,) = named(country, name)
    assert (row.status, row.party, row.came_at) == (Status.PROSPECT, "szw", MONDAY)
    for region in (ALKMAAR, TWENTE, UTRECHT):
        (seen,) = [one for one in country.rows(country.advisers[region]) if one.id == row.id]
        assert [site.region for site in seen.sites] == [region]
    assert country.page(country.advisers[TWENTE], row.id).leads == ()
    (lead,) = country.page(country.national, row.id).leads
    assert (lead.reference, lead.person, lead.was_known) == (message.reference, "Ans Verzonnen", False)
    with pytest.raises(ApproachedError):
        country.approached(row.id, "sbb", row.version)
    own = queries.own_lead(message.reference)
    assert own == queries.OwnLead((ALKMAAR, TWENTE, UTRECHT), was_known=False, party="szw", waits=True)


def test_an_employer_in_one_region_is_no_lead(country: Country) -> None:
    name = unlike_name()
    assert queries.own_lead(country.reported(name).reference) is None
    assert queries.own_lead(country.reported(name, ALKMAAR).reference) is None
    assert named(country, name) == []


@pytest.mark.parametrize("by_number", [True, False])
def test_an_employer_that_the_team_has_is_joined_and_stays_with_who_approaches_it(
    country: Country, by_number: bool
) -> None:
    name, kvk = unlike_name(), str(next(NUMBERS))
    there = country.employer(TWENTE, name=name, kvk=kvk)
    country.approached(there, "sbb")
    other = unlike_name() if by_number else f"{name.upper()} B.V."
    message = country.reported(other, TWENTE, UTRECHT, kvk=kvk if by_number else "")
    (row,) = named(country, name)
    assert (row.id, row.party, row.status) == (there, "sbb", Status.APPROACHED)
    assert sorted(site.region for site in row.sites) == sorted((ALKMAAR, TWENTE, UTRECHT))
    assert named(country, other) == []
    own = queries.own_lead(message.reference)
    assert own is not None
    assert (own.was_known, own.party, own.waits) == (True, "sbb", False)


def test_who_said_no_and_comes_back_is_to_be_called_and_that_can_be_taken_back(country: Country) -> None:
    name = unlike_name()
    there = country.employer(name=name)
    country.approached(there)
    actions.set_status(actor=country.national, employer=there, status=Status.NO, words="", version=2, now=MONDAY)
    country.reported(name, TWENTE)
    (row,) = named(country, name)
    assert (row.status, row.party) == (Status.PROSPECT, "szw")
    actions.undo_status(actor=country.national, employer=there, version=row.version, now=MONDAY)
    (row,) = named(country, name)
    assert (row.status, row.party) == (Status.NO, "")


def test_two_messages_in_the_same_second_are_one_employer(country: Country) -> None:
    name = unlike_name()

    def report(region: str) -> None:
        try:
            country.reported(name, region)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(report, (TWENTE, UTRECHT)))
    (row,) = named(country, name)
    assert {site.region for site in row.sites} == {ALKMAAR, TWENTE, UTRECHT}
    assert len(country.page(country.national, row.id).leads) == 2


def test_taken_back_before_anybody_did_anything_leaves_no_trace(country: Country) -> None:
    name = unlike_name()
    message = country.reported(name, TWENTE, UTRECHT, token=name)
    row = named(country, name)[0]
    withdrawn(name)
    assert named(country, name) == []
    assert row.id not in {one.id for one in country.rows(country.advisers[TWENTE])}
    assert queries.own_lead(message.reference) is None
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dichterbij.role', 'national_team', false)")
        cursor.execute("SELECT count(*) FROM network_employer AS e WHERE e::text ILIKE %s", [f"%{name}%"])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM network_lead AS l WHERE l::text LIKE %s", [f"%{name}%"])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT set_config('dichterbij.role', '', false)")
    country.reported(name, TWENTE, UTRECHT)
    assert named(country, name)[0].id != row.id, "the name is free again"


def test_taken_back_afterwards_forgets_who_sent_it_and_keeps_what_was_agreed(country: Country) -> None:
    name = unlike_name()
    country.reported(name, TWENTE, token=name)
    row = named(country, name)[0]
    actions.say_agreed(actor=country.national, employer=row.id, words="Twee plekken", version=row.version, now=MONDAY)
    withdrawn(name)
    page = country.page(country.national, row.id)
    assert page.row.agreed == "Twee plekken"
    assert (page.leads[0].person, page.leads[0].email, page.leads[0].gone_at) == ("", "", MONDAY)
    assert "lead_gone" in {step.kind for step in page.steps}


def test_who_waits_for_a_call_is_found_and_kept_until_somebody_called(country: Country) -> None:
    name = unlike_name()
    message = country.reported(name, TWENTE)

    def waiting() -> set[str]:
        wanted = Wanted(is_waiting=True)
        rows, _number = queries.employers(actor=country.national, wanted=wanted, now=MONDAY, limit=100)
        return {row.name for row in rows}

    assert name in waiting()
    assert actions.leads.open_leads([message.reference]) == {message.reference}
    row = named(country, name)[0]
    actions.set_status(
        actor=country.national, employer=row.id, status=Status.APPROACHED, words="", version=row.version, now=MONDAY
    )
    assert name not in waiting()
    assert actions.leads.open_leads([message.reference]) == frozenset()
