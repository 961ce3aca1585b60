"""An employer who signs in finds what they sent with that address, and nobody else's."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.models import User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.openings.actions import withdraw_own
from dichterbij.domains.openings.models import Message
from dichterbij.domains.openings.queries.own import own_message, own_messages
from dichterbij.shared.errors import NotFoundError
from support.accounts import Browser

Fill = Callable[..., HttpResponse]
LIST = "/nl/mensen/berichten/"


def signed_in(email: str, door: str = "employer") -> tuple[Browser, HttpResponse]:
    browser = Browser()
    return browser, browser.come_in(email, door)


def test_an_employer_lands_on_their_messages_and_sees_who_has_them(sent: Fill) -> None:
    sent(contact={"email": "Ans@Example.nl"})
    mail.outbox.clear()
    browser, answer = signed_in("ans@example.nl")
    assert answer["Location"] == LIST
    page = browser.client.get(LIST)
    said = page.content.decode()
    message = Message.objects.latest("placed_at")
    for words in ("keukenhulp", message.reference, "WSP Noord-Holland Noord", "Ik zoek mensen"):
        assert words in said
    assert "Eerste dag afwezig" not in browser.client.get("/nl/inloggen/account/").content.decode()
    one = browser.client.get(f"{LIST}{message.reference}/")
    for words in ("Soep roeren", "Kan het snel?", "Ans Verzonnen"):
        assert words in one.content.decode()
    assert "Bewaar deze pagina" not in one.content.decode()
    gone = browser.client.post(f"{LIST}{message.reference}/intrekken/", follow=True)
    assert "ingetrokken" in gone.content.decode()
    assert "keukenhulp" not in gone.content.decode()
    message.refresh_from_db()
    assert message.withdrawn_at is not None


@pytest.mark.parametrize("other", ["anss@example.nl", "ans@example.nl.test", "s@example.nl"])
def test_another_address_sees_and_stops_nothing(sent: Fill, other: str) -> None:
    sent(contact={"email": "ans@example.nl"})
    reference = Message.objects.latest("placed_at").reference
    browser, _answer = signed_in(other)
    assert reference not in browser.client.get(LIST).content.decode()
    assert browser.client.get(f"{LIST}{reference}/").status_code == 404
    assert browser.client.post(f"{LIST}{reference}/intrekken/").status_code == 404
    assert Message.objects.latest("placed_at").withdrawn_at is None


def test_an_account_of_another_kind_or_without_a_proved_address_has_no_messages(sent: Fill) -> None:
    sent(contact={"email": "ans@example.nl"})
    reference = Message.objects.latest("placed_at").reference
    browser, _answer = signed_in("ans@example.nl", "citizen")
    assert browser.client.get(LIST).status_code == 404
    mine = User.objects.get(email="ans@example.nl").pk
    by_provider = User.objects.create(kind="employer", email=None, made_at=timezone.now()).pk
    for user, role in ((mine, Role.CITIZEN), (mine, Role.ADVISER), (by_provider, Role.EMPLOYER)):
        sees_nothing(user, role, reference)


def sees_nothing(user: UUID, role: Role, reference: str) -> None:
    actor, now = Actor(user, role, None, ""), timezone.now()
    assert own_messages(actor=actor, now=now) == ()
    with pytest.raises(NotFoundError):
        own_message(actor=actor, reference=reference, now=now)
    with pytest.raises(NotFoundError):
        withdraw_own(actor=actor, reference=reference, compose=lambda _row: None, now=now)


def test_a_visitor_is_sent_to_signing_in(employer: Client) -> None:
    assert employer.get(LIST)["Location"].startswith("/nl/inloggen/")
