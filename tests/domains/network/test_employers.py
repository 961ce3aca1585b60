"""A national employer with sites in three regions is approached once, and each of the three sees it."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import (
    ApproachedError,
    ChangedError,
    EmployerThereError,
    NearNameError,
    NothingToUndoError,
    ThereError,
)
from dichterbij.domains.network.models import Approach
from dichterbij.domains.network.queries import Wanted
from dichterbij.domains.network.rules import NewEmployer, NewSite, SiteState, Status
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError
from support.network import ALKMAAR, TWENTE, UTRECHT, Country, unlike_name
from support.people import as_owner
from support.referral import MONDAY


def test_sites_in_three_regions_are_one_approach_that_each_of_them_sees(country: Country) -> None:
    employer = country.employer(ALKMAAR, TWENTE, UTRECHT)
    country.approached(employer, "szw")
    actions.set_status(
        actor=country.national, employer=employer, status=Status.FRONT_RUNNER, words="", version=2, now=MONDAY
    )
    actions.say_agreed(
        actor=country.national, employer=employer, words="Twee plekken per winkel", version=3, now=MONDAY
    )
    for region, adviser in country.advisers.items():
        row = country.page(adviser, employer).row
        assert (row.status, row.party, row.since, row.agreed) == (
            Status.FRONT_RUNNER, "szw", MONDAY, "Twee plekken per winkel",
        )  # fmt: skip
        assert [site.region for site in row.sites] == [region]
    assert len(country.page(country.national, employer).row.sites) == 3


def test_a_second_approach_is_refused_with_who_does_it_and_since_when(country: Country) -> None:
    employer = country.employer()
    country.approached(employer, "sbb")
    with pytest.raises(ApproachedError) as refused:
        country.approached(employer, "lwsp_uwv", version=2)
    assert (refused.value.fields["party"], refused.value.fields["since"]) == ("sbb", MONDAY)
    actions.take_over(actor=country.national, employer=employer, party="lwsp_uwv", words="", version=2, now=MONDAY)
    assert country.page(country.national, employer).row.party == "lwsp_uwv"


def test_the_database_itself_lets_one_approach_be_open(country: Country) -> None:
    employer = country.employer()
    with acting(country.national):
        Approach.objects.create(employer_id=employer, party="szw", since=MONDAY)
    with pytest.raises(IntegrityError), acting(country.national):
        Approach.objects.create(employer_id=employer, party="sbb", since=MONDAY)
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DROP INDEX national_employer_is_approached_once")
        with acting(country.national):
            Approach.objects.create(employer_id=employer, party="sbb", since=MONDAY)
        transaction.set_rollback(True)


def test_of_two_parties_in_the_same_moment_one_gets_it(country: Country) -> None:
    employer, ready, said = country.employer(), Barrier(2), []

    def begin(party: str) -> None:
        try:
            ready.wait(10)
            country.approached(employer, party)
            said.append("got it")
        except ApproachedError as error:
            said.append(str(error.fields["party"]))
        finally:
            connection.close()

    both = [Thread(target=begin, args=(party,)) for party in ("szw", "sbb")]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert sorted(said) == sorted(["got it", country.page(country.national, employer).row.party])


def test_one_employer_stands_in_the_register_once(country: Country) -> None:
    name = unlike_name()
    employer = country.employer(name=f"{name} B.V.", kvk="44440001")
    for new in (NewEmployer(name.upper(), ()), NewEmployer(unlike_name(), (), kvk="44440001")):
        with pytest.raises(EmployerThereError) as there:
            actions.add_employer(actor=country.national, new=new, now=MONDAY, is_another=True)
        assert there.value.fields["employer"] == employer
    other = country.employer()
    with pytest.raises(EmployerThereError):
        actions.change_employer(
            actor=country.national, employer=other, new=NewEmployer(name, ()), version=1, now=MONDAY
        )


def test_a_name_that_is_nearly_there_is_asked_about_first(country: Country) -> None:
    name = unlike_name()
    employer = country.employer(name=name)
    new = NewEmployer(f"{name} Nederland", (NewSite(ALKMAAR, ""),))
    with pytest.raises(NearNameError) as near:
        actions.add_employer(actor=country.national, new=new, now=MONDAY)
    assert near.value.fields["near"] == [(employer, name)]
    assert actions.add_employer(actor=country.national, new=new, now=MONDAY, is_another=True) != employer


def test_another_region_sees_nothing_of_an_employer_that_has_no_site_there(country: Country) -> None:
    employer = country.employer(ALKMAAR)
    assert employer in {row.id for row in country.rows(country.advisers[ALKMAAR])}
    for actor in (country.advisers[TWENTE], country.coordinators[UTRECHT]):
        assert employer not in {row.id for row in country.rows(actor)}
        with pytest.raises(NotFoundError):
            country.page(actor, employer)


def test_a_region_follows_its_own_site_and_only_the_national_team_reads_it_along(country: Country) -> None:
    employer = country.employer(ALKMAAR, TWENTE)
    mine, theirs = country.site(employer, ALKMAAR), country.site(employer, TWENTE)
    adviser = country.advisers[ALKMAAR]
    actions.follow_site(actor=adviser, site=mine, state=SiteState.KNOWN, words="Bram belt al", now=MONDAY)
    with pytest.raises(NotFoundError):
        actions.follow_site(actor=adviser, site=theirs, state=SiteState.RUNNING, words="", now=MONDAY)
    with pytest.raises(InputError):
        actions.follow_site(actor=adviser, site=mine, state=SiteState.KNOWN, words=" ", now=MONDAY)
    assert "Bram belt al" in repr(country.page(country.national, employer))
    assert "Bram belt al" in repr(country.page(adviser, employer))
    assert "Bram belt al" not in repr(country.page(country.advisers[TWENTE], employer))


def test_notes_and_contact_persons_are_read_by_the_national_team_alone(country: Country) -> None:
    employer = country.employer()
    actions.add_note(actor=country.national, employer=employer, words="Moeilijk gesprek", now=MONDAY)
    actions.add_employer_contact(
        actor=country.national, employer=employer, name="Ilse", role="", email="ilse@x.example", phone="", now=MONDAY
    )
    (contact,) = country.page(country.national, employer).contacts
    for actor in (country.advisers[ALKMAAR], country.coordinators[ALKMAAR]):
        assert "Moeilijk" not in repr(country.page(actor, employer))
        assert country.page(actor, employer).contacts == ()
    actions.end_employer_contact(actor=country.national, contact=contact.id, now=MONDAY)
    assert country.page(country.national, employer).contacts == ()


def test_a_site_is_added_once_and_ends(country: Country) -> None:
    employer = country.employer(ALKMAAR)
    actions.add_site(actor=country.national, employer=employer, site=NewSite(TWENTE, "Almelo"), now=MONDAY)
    with pytest.raises(ThereError):
        actions.add_site(actor=country.national, employer=employer, site=NewSite(TWENTE, "almelo"), now=MONDAY)
    actions.end_site(actor=country.national, site=country.site(employer, TWENTE), now=MONDAY)
    with pytest.raises(NotFoundError):
        country.page(country.advisers[TWENTE], employer)


def test_only_the_national_team_adds_and_approaches(country: Country) -> None:
    employer = country.employer()
    adviser = country.advisers[ALKMAAR]
    with pytest.raises(NotAllowedError):
        actions.add_employer(actor=adviser, new=NewEmployer("Nieuw", ()), now=MONDAY)
    with pytest.raises(NotAllowedError):
        actions.approach(actor=adviser, employer=employer, party="szw", words="", version=1, now=MONDAY)


def test_a_page_that_is_older_than_the_last_change_changes_nothing(country: Country) -> None:
    employer = country.employer()
    country.approached(employer)
    with pytest.raises(ChangedError):
        actions.say_agreed(actor=country.national, employer=employer, words="oud", version=1, now=MONDAY)
    assert country.page(country.national, employer).row.agreed == ""


MOVES = st.lists(st.sampled_from(["approach", "take_over", "undo", *Status]), max_size=5)


@settings(max_examples=8, deadline=None)
@given(MOVES, st.sampled_from(Status))
def test_whatever_is_done_taking_the_last_change_back_restores_status_and_who_approaches(
    country: Country, moves: list[str], last: Status
) -> None:
    employer = country.employer()
    for move in moves:
        _do(country, employer, move)
    row = country.page(country.national, employer).row
    if _do(country, employer, last):
        _do(country, employer, "undo")
        after = country.page(country.national, employer).row
        assert (after.status, after.party) == (row.status, row.party)
        assert not _do(country, employer, "undo"), "once"


def test_everything_that_happened_is_in_the_history_and_the_journal(country: Country) -> None:
    employer = country.employer()
    country.approached(employer)
    actions.undo_status(actor=country.national, employer=employer, version=2, now=MONDAY)
    assert [step.kind for step in country.page(country.national, employer).steps] == ["undone", "status", "added"]
    events = AuditEvent.objects.filter(data__employer=str(employer)).order_by("id")
    assert [event.data.get("what") for event in events] == ["added", "status", "undone"]
    assert {event.actor for event in events} == {str(country.national)}


def test_filters_and_search_find_what_they_say(country: Country) -> None:
    employer = country.employer(UTRECHT, name="Zoekbare Fabriek B.V.", kvk="44440002")
    country.approached(employer, "sbb")
    for wanted, found in (
        (Wanted(search="fabriek zoekbare"), True), (Wanted(search="44440002"), True), (Wanted(search="%"), None),
        (Wanted(search="bestaatniet"), False), (Wanted(party="sbb", region=UTRECHT), True),
        (Wanted(party="szw"), False),
        (Wanted(status="approached", route="open_hiring"), True), (Wanted(route="carving"), False),
        (Wanted(region=TWENTE), False), (Wanted(order="changed"), True),
    ):  # fmt: skip
        rows, total = queries.employers(actor=country.national, wanted=wanted, now=MONDAY, limit=1000)
        assert total == len(rows)
        assert found is None or (employer in {row.id for row in rows}) is found, wanted


def _do(country: Country, employer: UUID, move: str) -> bool:
    """Whether it could be done."""
    given = {"actor": country.national, "employer": employer, "now": MONDAY}
    version = country.page(country.national, employer).row.version
    try:
        if move == "approach":
            actions.approach(**given, party="szw", words="", version=version)
        elif move == "take_over":
            actions.take_over(**given, party="sbb", words="", version=version)
        elif move == "undo":
            actions.undo_status(**given, version=version)
        else:
            actions.set_status(**given, status=Status(move), words="", version=version)
    except (ApproachedError, InputError, NothingToUndoError):
        return False
    except DichterbijError as error:
        raise AssertionError(move) from error
    return True
