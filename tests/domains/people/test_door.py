"""The door to people: what it gives, what it refuses, and that every look is written down."""

import threading
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.queries import latest_events, uses_of
from dichterbij.domains.people import actions, queries
from dichterbij.domains.people.errors import AskedTooOftenError, ConsentNeededError, ContactError, NoContactError
from dichterbij.domains.people.rules import ContactKind, Ground, NewContact, NewPerson, Through
from dichterbij.domains.people.secret import pseudonym
from dichterbij.shared.errors import InputError, NotFoundError
from support.people import Desk, as_owner, make_desk, new_person, register

GUIDE = "guide_person"
SELF = Through("self", "")


def now() -> datetime:
    return timezone.now()


def test_a_desk_reads_back_what_it_registered(desk: Desk) -> None:
    person = register(desk, name="  Sami   Demir ", phone="06 1234 5678", email="Sami@Example.nl")
    row = queries.person(actor=desk.adviser, person=person, purpose=GUIDE, now=now())
    assert (row.name, row.region, row.language) == ("Sami Demir", "AM05", "nl")
    assert [(contact.kind, contact.value) for contact in row.contacts] == [
        ("email", "Sami@Example.nl"), ("phone", "06 1234 5678"),
    ]  # fmt: skip
    assert row.profile == {"pc4": 1811, "hours_max": 24}


@pytest.mark.parametrize("who", ["another desk", "another role", "a citizen", "nobody's number"])
def test_not_yours_and_not_there_are_the_same_answer(who: str, desk: Desk, other: Desk) -> None:
    person = register(desk)
    actors = {
        "another desk": other.adviser,
        "another role": Actor(uuid4(), Role.STEERING_GROUP, desk.organisation, "AM05"),
        "a citizen": Actor(uuid4(), Role.CITIZEN, None, ""),
    }
    asked = uuid4() if who == "nobody's number" else person
    with pytest.raises(NotFoundError) as told:
        queries.person(actor=actors.get(who, desk.adviser), person=asked, purpose=GUIDE, now=now())
    assert told.value.message == "There is no such person."


def test_every_look_is_in_both_logs_with_one_trace_and_no_user_in_the_processing_log(desk: Desk) -> None:
    person = register(desk)
    queries.person(actor=desk.adviser, person=person, purpose=GUIDE, now=now())
    event = latest_events(action="people.person_read")[0]
    assert (event.actor, event.data["person"]) == (str(desk.adviser), str(person))
    with actions.acting_for(person):
        use = uses_of(subject=pseudonym(person))[0]
    assert (use.trace, use.organisation, use.name) == (event.trace, desk.organisation, "people.person_read")
    assert use.activity == "urn:dichterbij:processing:guide_person:2026-01-01"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(used)::text FROM journal_processing used WHERE trace = %s", [event.trace])
        written = cursor.fetchone()[0]
    assert str(desk.adviser.user) not in written
    assert str(person) not in written


def test_a_list_is_written_down_for_each_person_in_one_insert_and_costs_the_same_for_one_and_for_many(
    desk: Desk,
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.people(actor=desk.adviser, purpose=GUIDE, now=now())
        return len(asked)

    first = register(desk)
    one = cost()
    people = [first, *(register(desk) for _ in range(5))]
    assert cost() == one
    for person in people:
        with actions.acting_for(person):
            assert uses_of(subject=pseudonym(person))[0].name == "people.list_read"
    assert latest_events(action="people.list_read")[0].data == {"purpose": GUIDE, "count": 6}


def test_a_list_is_searched_by_part_of_a_name_or_a_whole_contact(desk: Desk, other: Desk) -> None:
    sami = register(desk, name="Sami 100%", phone="06 1111 2222")
    noor = register(desk, name="Noor", email="noor@example.nl")
    register(other, name="Sami", phone="06 1111 2222")

    def found(search: str) -> list[object]:
        rows = queries.people(actor=desk.adviser, purpose=GUIDE, now=now(), search=search)
        assert len(rows) == queries.number_of_people(actor=desk.adviser, purpose=GUIDE, now=now(), search=search)
        return [row.id for row in rows]

    assert found("") == [noor, sami]
    assert found("sami") == found("0%") == found("+31 6 11112222") == [sami]
    assert found("NOOR@example.nl") == [noor]
    assert found("nobody") == []


def test_the_index_of_names_finds_nobody_else_whatever_is_asked(desk: Desk, other: Desk) -> None:
    mine, gone = register(desk, name="Sami"), register(desk, name="Samira")
    register(other, name="Sami")
    with actions.acting_for(gone), connection.cursor() as cursor:
        cursor.execute("UPDATE people_access SET ended_at = now() WHERE person_id = %s", [gone])

    def named(actor: Actor | None, purpose: str = GUIDE) -> list[object]:
        with acting(actor) if actor else nullcontext(), connection.cursor() as cursor:
            cursor.execute("SELECT people_named('%%ami%%', %s, 10)", [[purpose]])
            return list(cursor.fetchone()[0])

    assert named(desk.adviser) == [mine]
    assert named(desk.adviser, "hand_over") == named(None) == []


def test_names_are_given_only_of_ones_own_people(desk: Desk, other: Desk) -> None:
    mine, theirs = register(desk, name="Sami"), register(other, name="Noor")
    assert queries.names(actor=desk.adviser, people=[mine, theirs, uuid4()], purpose="hand_over", now=now()) == {
        mine: "Sami"
    }


def test_an_access_for_handing_over_is_not_one_for_guiding(desk: Desk, other: Desk) -> None:
    person = register(desk)
    actions.give_access(
        person=person, organisation=other.organisation, purpose="hand_over", ground=Ground.CONSENT, by=desk.adviser,
        now=now(),
    )  # fmt: skip
    assert queries.person(actor=other.adviser, person=person, purpose="hand_over", now=now()).name == "Sami"
    with pytest.raises(NotFoundError):
        queries.person(actor=other.adviser, person=person, purpose=GUIDE, now=now())


def test_nobody_gives_access_to_somebody_they_may_not_see(desk: Desk, other: Desk) -> None:
    person = register(desk)
    for give in (actions.give_access, actions.end_access):
        values = {"person": person, "organisation": other.organisation, "purpose": GUIDE, "by": other.adviser}
        more = {"ground": Ground.PUBLIC_TASK} if give is actions.give_access else {}
        with pytest.raises(NotFoundError):
            give(**values, **more, now=now())


@pytest.mark.parametrize("role", [Role.STEERING_GROUP, Role.RESEARCHER, Role.ADMINISTRATOR, Role.SCHEME_OFFICER])
def test_a_role_that_works_with_nobody_gives_no_access(desk: Desk, other: Desk, role: Role) -> None:
    person = register(desk)
    values = {"person": person, "organisation": other.organisation, "purpose": GUIDE, "ground": Ground.PUBLIC_TASK}
    with pytest.raises(NotFoundError):
        actions.give_access(**values, by=replace(desk.adviser, role=role), now=now())


@pytest.mark.parametrize("kind", ["helper", "finding_place"])
def test_whoever_has_no_account_reaches_nobody_who_is_registered(desk: Desk, other: Desk, kind: str) -> None:
    person = register(desk)
    values = {"person": person, "organisation": other.organisation, "purpose": GUIDE, "ground": Ground.PUBLIC_TASK}
    with pytest.raises(NotFoundError):
        actions.give_access(**values, by=actions.Through(kind, "x"), now=now())


def test_only_the_person_asks_to_be_forgotten_or_for_their_own_link(desk: Desk) -> None:
    person = register(desk)
    for act in (actions.forget_person, actions.new_token):
        for by in (desk.adviser, actions.Through("helper", "")):
            with pytest.raises(NotFoundError):
                act(person=person, by=by, now=now())


def test_giving_access_again_makes_it_longer_and_never_shorter(desk: Desk, other: Desk) -> None:
    person, start = register(desk), now()
    for days in (10, 30, 5):
        actions.give_access(
            person=person, organisation=other.organisation, purpose=GUIDE, ground="public_task", by=desk.adviser,
            until=start + timedelta(days=days), now=start,
        )  # fmt: skip
    page = queries.own_page(person=person, now=now())
    rows = [row for row in page.accesses if row.partner.id == other.organisation]
    assert [row.until for row in rows] == [start + timedelta(days=30)]


def test_two_who_give_the_same_access_at_once_give_it_once(desk: Desk, other: Desk) -> None:
    person, failed = register(desk), []

    def give() -> None:
        try:
            actions.give_access(
                person=person, organisation=other.organisation, purpose="hand_over", ground="consent", by=desk.adviser,
                now=now(),
            )  # fmt: skip
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=give) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert failed == []
    page = queries.own_page(person=person, now=now())
    assert len([row for row in page.accesses if row.partner.id == other.organisation]) == 1
    assert len(page.consents) == 1


def test_a_partner_without_a_public_task_registers_somebody_only_with_consent() -> None:
    partner = make_desk("partner")
    with pytest.raises(ConsentNeededError):
        register(partner)
    person = actions.register_person(by=partner.adviser, new=new_person(), consents=[partner.organisation], now=now())
    access = queries.own_page(person=person, now=now()).accesses[0]
    assert (access.partner.id, access.ground) == (partner.organisation, Ground.CONSENT)


def test_nobody_gets_access_for_a_public_task_that_is_not_theirs(desk: Desk) -> None:
    person, partner = register(desk), make_desk("partner")
    values = {"person": person, "organisation": partner.organisation, "purpose": GUIDE, "by": desk.adviser}
    with pytest.raises(ConsentNeededError):
        actions.give_access(**values, ground="public_task", now=now())
    with pytest.raises(NotFoundError):
        queries.person(actor=partner.adviser, person=person, purpose=GUIDE, now=now())
    actions.give_access(**values, ground="consent", now=now())
    assert queries.person(actor=partner.adviser, person=person, purpose=GUIDE, now=now())


def test_somebody_registered_without_any_consent_is_seen_by_nobody(desk: Desk) -> None:
    """Refusing costs no service: the person has a page, and comes to a desk oneself."""
    person = actions.register_person(by=Through("helper", "HO-1"), new=new_person(), now=now())
    assert queries.own_page(person=person, now=now()).accesses == ()
    with pytest.raises(NotFoundError):
        queries.person(actor=desk.adviser, person=person, purpose=GUIDE, now=now())


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": " "}, InputError),
        ({"contacts": ()}, NoContactError),
        ({"contacts": (NewContact(ContactKind.PHONE, "06 12"),)}, ContactError),
        ({"profile": {"diagnosis": "x"}}, InputError),
        ({"region": "nowhere in particular"}, Exception),
    ],
)
def test_somebody_without_the_minimum_is_not_registered(
    change: dict[str, object], error: type[Exception], desk: Desk
) -> None:
    plain = new_person()
    values = {name: getattr(plain, name) for name in plain.__slots__} | change
    with pytest.raises(error):
        actions.register_person(by=desk.adviser, new=NewPerson(**values), now=now())  # type: ignore[arg-type]
    assert queries.people(actor=desk.adviser, purpose=GUIDE, now=now()) == ()


def test_a_desk_hears_only_whether_somebody_is_known_elsewhere(desk: Desk, other: Desk) -> None:
    register(desk, phone="06 3333 4444")
    same, different = (NewContact(ContactKind.PHONE, number) for number in ("+31633334444", "0633334445"))
    assert queries.same_elsewhere([different, same], actor=other.adviser) is True
    assert queries.same_elsewhere([different], actor=other.adviser) is False
    assert queries.same_elsewhere([same], actor=desk.adviser) is False, "it is one's own"
    assert queries.same_elsewhere([same]) is False, "nobody is signed in"
    with acting(other.adviser):
        assert queries.same_elsewhere([same]) is True
    assert queries.same_elsewhere([], actor=other.adviser) is False


def test_asking_whether_people_are_known_elsewhere_ends_after_a_days_work(other: Desk) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_asked VALUES (%s, current_date, 499)", [other.organisation])
    contact = NewContact(ContactKind.PHONE, "06 3333 9999")
    assert queries.same_elsewhere([contact], actor=other.adviser) is False
    with pytest.raises(AskedTooOftenError):
        queries.same_elsewhere([contact], actor=other.adviser)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=5))
def test_each_desk_sees_exactly_the_people_it_was_given(given_to: list[set[int]]) -> None:
    desks = [make_desk() for _ in range(4)]
    people = []
    for numbers in given_to:
        consents = [desks[number].organisation for number in sorted(numbers)]
        people.append(actions.register_person(by=SELF, new=new_person(), consents=consents, now=now()))
    for number, desk in enumerate(desks):
        mine = {person for person, numbers in zip(people, given_to, strict=True) if number in numbers}
        with acting(desk.adviser), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM people_person")
            assert {row[0] for row in cursor.fetchall()} == mine
        assert set(queries.names(actor=desk.adviser, people=people, purpose="hand_over", now=now())) == mine
