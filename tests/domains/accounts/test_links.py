"""A link by mail: for ten minutes, once, and not too often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import LinkOverError, TooOftenError
from dichterbij.domains.accounts.models import Invitation, SignInLink, User
from dichterbij.domains.accounts.rules import Door, Role, own_path
from dichterbij.domains.journal import queries as journal
from dichterbij.shared.errors import InputError
from support.accounts import colleague, organisation

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EMAIL = "fatima@inwoner.example"
pytestmark = pytest.mark.django_db


def ask(email: str = EMAIL, *, now: datetime = NOW, place: str = "", door: Door = Door.CITIZEN) -> actions.NewLink:
    return actions.ask_for_link(email=email, door=door, language="nl", next_path="", place=place, now=now)


def test_a_link_makes_the_account_of_a_citizen_at_first_use_and_not_before() -> None:
    link = ask(" Fatima@Inwoner.EXAMPLE ")
    assert not User.objects.exists()
    used = actions.use_link(token=link.token, now=NOW)
    assert (User.objects.get().email, used.user, used.door) == (EMAIL, User.objects.get().pk, Door.CITIZEN)


def test_a_link_works_once() -> None:
    token = ask().token
    actions.use_link(token=token, now=NOW)
    with pytest.raises(LinkOverError):
        actions.use_link(token=token, now=NOW)


@pytest.mark.parametrize(("minutes", "works"), [(9.9, True), (10, False)])
def test_a_link_works_for_ten_minutes(minutes: float, works: bool) -> None:
    token, at = ask().token, NOW + timedelta(minutes=minutes)
    assert queries.link_is_open(token=token, now=at) is works
    if not works:
        with pytest.raises(LinkOverError):
            actions.use_link(token=token, now=at)


def test_what_is_kept_of_a_link_does_not_open_the_door() -> None:
    token = ask().token
    row = SignInLink.objects.get()
    assert token not in str(vars(row))
    with pytest.raises(LinkOverError):
        actions.use_link(token=row.digest, now=NOW)


def test_somebody_of_staff_without_account_gets_no_link() -> None:
    assert ask(door=Door.STAFF).token == ""


def test_a_closed_account_gets_no_link_and_an_older_link_does_not_work() -> None:
    actions.use_link(token=ask().token, now=NOW)
    older = ask().token
    User.objects.update(is_active=False)
    assert ask().token == ""
    with pytest.raises(LinkOverError):
        actions.use_link(token=older, now=NOW)


def test_six_links_in_an_hour_for_one_address_is_too_many_and_an_hour_later_it_is_not() -> None:
    for _ in range(5):
        ask()
    with pytest.raises(TooOftenError):
        ask(EMAIL.upper())
    ask("another@inwoner.example")
    ask(now=NOW + timedelta(minutes=61))


def test_sixty_one_links_in_an_hour_from_one_place_is_too_many() -> None:
    for number in range(60):
        ask(f"p{number}@inwoner.example", place="192.0.2.1")
    with pytest.raises(TooOftenError):
        ask("one-more@inwoner.example", place="192.0.2.1")
    ask("one-more@inwoner.example", place="192.0.2.2")


def test_links_are_forgotten_after_a_day_and_no_network_address_is_kept() -> None:
    ask(place="192.0.2.1")
    assert "192.0.2.1" not in str(vars(SignInLink.objects.get()))
    ask("another@inwoner.example", now=NOW + timedelta(hours=25))
    assert [row.email for row in SignInLink.objects.all()] == ["another@inwoner.example"]


def test_the_journal_tells_every_step_without_the_address() -> None:
    actions.use_link(token=ask().token, now=NOW)
    for action in ("accounts.link_asked", "accounts.account_made", "accounts.link_used"):
        (event,) = journal.latest_events(action=action, limit=9)
        assert "@" not in f"{event.actor} {event.data}"


@pytest.mark.parametrize(
    "given", ["", "fatima", "a b@c.nl", "a@b@c.nl", "a@c.nl\nBcc: x@y.nl", "a@", "@b.nl", "x" * 250 + "@b.nl"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(InputError):
        ask(given)


@pytest.mark.parametrize(
    "given",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%2f/evil.example",
        "/%5cevil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/nl/\r\nSet-Cookie: a=b",
        "evil.example",
        " /nl/",
        "/" + "x" * 1000,
    ],
)
def test_no_path_leads_to_another_site(given: str) -> None:
    assert own_path(given) == ""


@given(st.text())
def test_whatever_is_given_a_path_of_this_site_comes_out_or_nothing(given: str) -> None:
    path = own_path(given)
    assert path in ("", given)
    assert not path or (path[0] == "/" and path[1:2] not in ("/", "\\"))


def test_a_path_with_a_question_stays() -> None:
    assert own_path("/nl/vandaag/?zoek=a%20b") == "/nl/vandaag/?zoek=a%20b"


def test_links_that_somebody_elsewhere_asks_keep_nobody_out_but_for_a_higher_number() -> None:
    for _ in range(5):
        ask(place="elsewhere")
    with pytest.raises(TooOftenError):
        ask(place="elsewhere")
    assert ask(place="at home").token
    for number in range(14):
        ask(place=f"place {number}")
    with pytest.raises(TooOftenError):
        ask(place="one more")


def test_what_is_kept_of_links_and_invitations_goes_after_its_term() -> None:
    ask()
    here = organisation()
    carla = colleague("carla@regio.example", Role.COORDINATOR, at=here)
    actions.invite(actor=carla, email="nieuw@desk.example", role=Role.ADVISER, organisation=here, now=NOW)
    assert actions.forget_traces(now=NOW + timedelta(hours=23)) == actions.ForgottenTraces(0, 0)
    assert actions.forget_traces(now=NOW + timedelta(days=2)) == actions.ForgottenTraces(1, 0)
    assert actions.forget_traces(now=NOW + timedelta(days=98)) == actions.ForgottenTraces(0, 1)
    assert not Invitation.objects.exists()
