"""An employer's message goes once, to the desk of its region; it is read behind its link, and taken back."""

import json
import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.openings import queries
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.rules import read_reference
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.seeing import own_work
from dichterbij.domains.regions.models.desks import Desk
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.placing.cookie import COOKIE
from support.post import letters as letters_of
from support.smtp import MailServer, mailing_by
from web.placing.conftest import BASE, DESK, Fill, text_of

pytestmark = pytest.mark.usefixtures("nobody_here")


def test_the_message_gets_a_reference_and_the_page_says_what_happens_next(sent: Fill) -> None:
    page = text_of(sent())
    (found,) = set(re.findall(r"DB-[0-9A-Z]{4}-[0-9A-Z]{2}", page))
    assert read_reference(found) == found
    for said in (
        DESK,
        "is verzonnen",
        "Wat gebeurt er nu?",
        "geen termijn gegeven",
        "Trek het bericht in",
        "Soep roeren",
    ):
        assert said in page


def test_what_was_sent_is_stored_with_region_and_desk_and_is_no_opening(sent: Fill) -> None:
    before = queries.openings_table().num_rows
    sent()
    message = Message.objects.get()
    assert (message.region_id, message.desk_id, message.postcode_id) == ("AM15", "AM15-wsp", 1811)
    assert message.asked["licences"] == ["B"]
    assert queries.openings_table().num_rows == before


def test_no_name_or_own_word_stands_anywhere_but_with_the_sender(sent: Fill) -> None:
    sent(contact={"email": "ans@example.nl"})
    events = json.dumps([[event.actor, event.data] for event in AuditEvent.objects.all()])
    stored = json.dumps(list(Message.objects.values("title", "asked", "token_digest", "desk_id")))
    letters = json.dumps(
        [[one.recipient, one.subject, one.text] for one in letters_of(Message.objects.get().reference)]
    )
    for secret in ("Verzonnen", "ans@", "12345678", "Soep", "Kan het snel"):
        assert secret not in events + stored + letters
    assert Sender.objects.get().own_tasks == "Soep roeren"


def test_a_form_that_is_sent_again_is_the_same_message(employer: Client, filled: Fill) -> None:
    token = filled().context["draft"].token
    cookie = employer.cookies[COOKIE.name].value
    first = employer.post(f"{BASE}controle/", {"token": token})
    assert employer.cookies[COOKIE.name].value == ""
    assert employer.post(f"{BASE}controle/", {"token": token}).url == first.url
    employer.cookies[COOKIE.name] = cookie
    assert employer.post(f"{BASE}controle/").url == first.url
    assert Message.objects.count() == 1


def test_a_sixth_message_in_an_hour_waits_and_loses_nothing(employer: Client, sent: Fill, filled: Fill) -> None:
    for _ in range(5):
        sent()
    token = filled().context["draft"].token
    answer = employer.post(f"{BASE}controle/", {"token": token})
    assert answer.status_code == 429
    assert "al vijf berichten" in text_of(answer)
    assert "Ans Verzonnen" in text_of(answer)
    assert Message.objects.count() == 5


def test_one_mail_address_gets_no_sixth_copy_in_an_hour_from_wherever_it_is_asked(
    employer: Client, sent: Fill, filled: Fill
) -> None:
    for number in range(5):
        employer.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        sent(contact={"email": "ans@example.nl"})
    employer.defaults["REMOTE_ADDR"] = "192.0.2.99"
    token = filled(contact={"email": "ans@example.nl"}).context["draft"].token
    assert employer.post(f"{BASE}controle/", {"token": token}).status_code == 429


def test_the_employer_gets_a_copy_with_the_secret_link_and_an_invented_desk_gets_nothing(sent: Fill) -> None:
    page = sent(contact={"email": "ans@example.nl"})
    (message,) = mail.outbox
    assert message.to == ["ans@example.nl"]
    assert page.request["PATH_INFO"] in message.body
    assert "het loket is verzonnen" in message.body
    for own in ("keukenhulp", "Soep roeren", "Kan het snel", "Ans Verzonnen"):
        assert own not in message.subject + message.body
    assert "&" not in message.body


def test_without_an_address_no_copy_goes(sent: Fill) -> None:
    sent()
    assert mail.outbox == []


@pytest.fixture
def real_desk(employer: Client) -> None:
    Desk.objects.filter(desk_id="AM15-wsp").update(invented=False, email="wsp@example.nl")


def test_a_real_desk_gets_the_whole_message_in_dutch(real_desk: None, sent: Fill) -> None:
    page = sent(language="en", title="kitchen help")
    (message,) = mail.outbox
    assert message.to == ["wsp@example.nl"]
    for said in (
        "Een werkgever plaatste",
        "Ans Verzonnen",
        "06 12345678",
        "Soep roeren",
        "Kan het snel?",
        "8 tot 16 uur",
    ):
        assert said in message.body
    assert "/bericht/" not in message.body
    assert "has your message" in text_of(page)


def test_when_mail_is_down_the_message_stays_and_goes_later(
    real_desk: None, employer: Client, sent: Fill, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = sent(contact={"email": "ans@example.nl"})
    assert "Bewaard, maar nog niet verstuurd" in text_of(page)
    assert "Je mail is nog niet verstuurd" in text_of(page)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from dichterbij.web.placing import sending

    sending.send(Message.objects.get().reference)
    assert len(mail.outbox) == 2
    assert "heeft je bericht" in text_of(employer.get(page.request["PATH_INFO"]))


def test_a_letter_that_perhaps_left_or_never_will_is_said_to_the_employer(
    real_desk: None, employer: Client, sent: Fill, settings: Any
) -> None:
    with mailing_by(MailServer(answers={b"RCPT": b"450 later"}), settings):
        path = sent(contact={"email": "ans@example.nl"}).request["PATH_INFO"]
    long_ago = timezone.now() - timedelta(hours=1)
    with own_work():
        Letter.objects.update(claimed_at=long_ago)
    page = text_of(employer.get(path))
    assert "Misschien heeft" in page
    assert "Misschien kreeg je een mail" in page
    with own_work():
        Letter.objects.update(claimed_at=None)
    assert post.drop(about=Message.objects.get().reference, actor="tests", now=timezone.now()) == 2
    page = text_of(employer.get(path))
    assert "Het loket heeft het niet" in page
    assert "Jouw adres neemt onze mail niet aan" in page


def test_a_withdrawn_message_forgets_who_sent_it_and_tells_the_desk(
    real_desk: None, employer: Client, sent: Fill
) -> None:
    path = sent().request["PATH_INFO"]
    page = text_of(employer.post(f"{path}intrekken/", follow=True))
    assert "Je bericht is ingetrokken" in page
    for own in ("Ans Verzonnen", "Soep roeren", "keukenhulp"):
        assert own not in page
    assert "keukenhulp" not in str(list(Message.objects.values()))
    assert Sender.objects.count() == 0
    assert [message.subject.endswith("ingetrokken") for message in mail.outbox] == [False, True]
    employer.post(f"{path}intrekken/")
    assert len(mail.outbox) == 2


def test_looking_at_a_message_does_not_withdraw_it_and_nobody_in_between_keeps_it(employer: Client, sent: Fill) -> None:
    path = sent().request["PATH_INFO"]
    assert employer.get(f"{path}intrekken/").status_code == 405
    answer = employer.get(path)
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in text_of(answer)


def test_an_unknown_link_is_not_found(employer: Client) -> None:
    for token in ("x", "a" * 200, "%00"):
        assert employer.get(f"{BASE}bericht/{token}/").status_code == 404
        assert employer.post(f"{BASE}bericht/{token}/intrekken/").status_code == 404


def test_what_an_employer_types_is_never_run(sent: Fill) -> None:
    page = text_of(sent(title="<script>kok</script>", contact={"question": "<b>vet</b>"}))
    assert "<script>kok" not in page
    assert "<b>vet" not in page


def test_after_its_term_nobody_sees_who_sent_it_also_before_it_is_deleted(employer: Client, sent: Fill) -> None:
    path = sent().request["PATH_INFO"]
    Message.objects.update(keep_sender_until=date(2020, 1, 1))
    page = text_of(employer.get(path))
    assert "Ans Verzonnen" not in page
    assert "Soep roeren" not in page
    assert "keukenhulp" not in page
    assert Sender.objects.count() == 1


def test_a_message_is_withdrawn_also_when_its_desk_has_no_address_any_more(
    real_desk: None, employer: Client, sent: Fill
) -> None:
    path = sent().request["PATH_INFO"]
    Desk.objects.filter(desk_id="AM15-wsp").delete()
    page = text_of(employer.post(f"{path}intrekken/", follow=True))
    assert "Je bericht is ingetrokken" in page
    assert "Het loket weet het nog niet" in page
    assert Sender.objects.count() == 0
    assert len(mail.outbox) == 1


def test_employers_behind_one_proxy_are_counted_apart(filled: Fill, employer: Client, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = []
    for number in range(7):
        token = filled().context["draft"].token
        seen = {"X-Forwarded-For": f"192.0.2.250, 10.0.0.{number}"}
        answers.append(employer.post(f"{BASE}controle/", {"token": token}, headers=seen).status_code)
    assert answers == [302] * 7


def test_a_try_that_failed_does_not_count(employer: Client, filled: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    page = filled()
    with monkeypatch.context() as broken:
        broken.setattr("dichterbij.web.placing.sending.timezone", SimpleNamespace(now=_unavailable))
        for _ in range(6):
            assert employer.post(f"{BASE}controle/", {"token": page.context["draft"].token}).status_code == 503
    assert employer.post(f"{BASE}controle/", {"token": page.context["draft"].token}).status_code == 302


def _unavailable() -> None:
    raise UnavailableError("no database")
