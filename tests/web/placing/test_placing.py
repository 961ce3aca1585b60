"""An employer places a first opening: nothing is asked that was not ticked, nothing is lost, nothing goes twice."""

import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.models import Organisation
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

BASE = "/nl/mensen/plaatsen/"
Fill = Callable[..., HttpResponse]
DESK = "Werkgeversservicepunt (WSP) Noord-Holland Noord"


def _text(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture(autouse=True)
def nobody_here(employer: Client) -> None:
    """The desk works without this site: its message goes by mail. How it is with one: test_answered.py."""
    Sender.objects.all().delete()  # the demonstration's
    Message.objects.all().delete()
    Organisation.objects.filter(kind="wsp").update(ended_on=date(2026, 11, 1))


def test_the_message_gets_a_reference_and_the_page_says_what_happens_next(sent: Fill) -> None:
    page = _text(sent())
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


def test_a_page_ends_with_the_desk_of_employers_in_the_region_of_the_work(filled: Fill) -> None:
    assert f"Stuur naar {DESK}" in _text(filled())


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


def test_nothing_is_ticked_beforehand_but_hours_are_proposed(employer: Client) -> None:
    employer.post(BASE, {"title": "keukenhulp", "where": "Alkmaar"})
    employer.post(f"{BASE}beroep/", {"occupation": "0"})
    page = _text(employer.get(f"{BASE}werk/"))
    assert not re.findall(r'<input[^>]*type="checkbox"[^>]*checked', page)
    assert "ons voorstel" in page
    assert re.search(r'name="hours_min" value="\d+"', page)


def test_what_is_not_ticked_is_not_asked(employer: Client, filled: Fill) -> None:
    filled(work={"demands": [], "licences": [], "dutch": "1", "level": "", "willing": []}, tick=0)
    employer.post(f"{BASE}controle/", {"token": employer.get(f"{BASE}controle/").context["draft"].token})
    asked = Message.objects.get().asked
    assert [asked[name] for name in ("needed", "demands", "licences", "dutch", "level")] == [[], [], [], 1, None]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": "", "where": "1811"}, "Vul in hoe je het werk noemt"),
        ({"title": "123", "where": "1811"}, "Vul in hoe je het werk noemt"),
        ({"title": "x" * 81, "where": "1811"}, "te lang voor een functienaam"),
        ({"title": "kok", "where": ""}, "Vul de postcode of de plaats"),
        ({"title": "kok", "where": "1234 ZZ"}, "We vinden postcode 1234 ZZ niet"),
        ({"title": "kok", "where": "12"}, "Dat is geen postcode"),
        ({"title": "kok", "where": "Xyzzyqwv"}, "We vinden die plaats niet"),
    ],
)
def test_a_start_that_cannot_be_used_says_what_to_do_and_keeps_what_was_typed(
    employer: Client, given: dict[str, str], said: str
) -> None:
    answer = employer.post(BASE, given)
    assert answer.status_code == 422
    assert said in _text(answer)
    for value in filter(None, given.values()):
        assert f'value="{value}"' in _text(answer)


def test_a_place_that_may_be_two_is_chosen_from_a_list(employer: Client) -> None:
    page = _text(employer.post(BASE, {"title": "kok", "where": "Hengelo"}))
    chosen = re.search(r'name="place" value="(\d+)"', page)
    assert chosen
    answer = employer.post(BASE, {"title": "kok", "where": "Hengelo", "place": chosen[1]})
    assert answer.status_code == 302
    assert employer.get(answer.url).context["draft"].pc4 == int(chosen[1])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hours_min": "40", "hours_max": "8"}, "hours_max"),
        ({"hours_min": "", "hours_max": "8"}, "Vul een heel aantal uren in"),
        ({"hours_min": "99"}, "Vul een heel aantal uren in"),
        ({"dayparts": []}, "Kruis minstens één deel"),
        ({"people": "0"}, "Vul in hoeveel mensen"),
        ({"wage_min": "veel"}, "Vul een bedrag in"),
        ({"wage_min": "20", "wage_max": "15"}, "Het hoogste loon"),
        ({"latest_start": "32-13-2026"}, "Dat is geen datum"),
        ({"latest_start": "1-1-2020"}, "Die dag is voorbij"),
        ({"demands": ["dragons"]}, "Kies"),
        ({"tasks": ["-5"]}, "Kies"),
        ({"own_tasks": "x" * 501}, "hooguit 500 tekens"),
    ],
)
def test_work_that_cannot_be_used_says_what_to_do_and_keeps_what_was_typed(
    employer: Client, filled: Fill, wrong: dict[str, Any], said: str
) -> None:
    filled()
    given = {
        "hours_min": "8", "hours_max": "16", "dayparts": ["weekday"], "people": "2", "own_tasks": "Soep roeren",
        "demands": ["standing"], "wage_min": "14,50",
    } | wrong  # fmt: skip
    answer = employer.post(f"{BASE}werk/", given)
    page = _text(answer)
    assert answer.status_code == 422
    assert said in page
    assert str(given["own_tasks"])[:11] in page
    if "demands" not in wrong:
        assert re.search(r'value="standing"[^>]*checked', page)


def test_a_way_to_be_reached_is_needed_and_one_is_enough(employer: Client, filled: Fill) -> None:
    filled()
    answer = employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Ans", "phone": "", "email": ""})
    assert "Vul een telefoonnummer of e-mailadres in" in _text(answer)
    assert 'value="Ans"' in _text(answer)
    for given in ({"phone": "072-1234567"}, {"email": "ans@example.nl"}):
        assert employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Ans", **given}).status_code == 302


def test_pages_further_on_lead_back_to_what_comes_first(employer: Client) -> None:
    for page in ("beroep/", "werk/", "contact/", "controle/"):
        assert employer.get(BASE + page).url == BASE
    employer.post(BASE, {"title": "kok", "where": "1811"})
    assert employer.get(f"{BASE}controle/").url == f"{BASE}beroep/"


def test_each_part_can_be_changed_and_leads_back_to_the_check(employer: Client, filled: Fill) -> None:
    page = _text(filled())
    for field in ("title", "where", "occupation", "tasks", "demands", "hours_min", "willing", "phone", "question"):
        assert f"#id_{field}" in page
    assert employer.post(BASE, {"title": "keukenhulp", "where": "3511"}).url == f"{BASE}controle/"
    assert employer.post(BASE, {"title": "kok", "where": "3511"}).url == f"{BASE}beroep/"
    assert employer.post(f"{BASE}beroep/", {"occupation": "none"}).url == f"{BASE}werk/"


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
    assert "al vijf berichten" in _text(answer)
    assert "Ans Verzonnen" in _text(answer)
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


@pytest.mark.parametrize(("typed", "shown"), [("14,50", "€ 14,50"), ("14.5", "€ 14,50"), ("€ 15", "€ 15,00")])
def test_a_wage_may_be_typed_with_a_comma_or_a_point(filled: Fill, typed: str, shown: str) -> None:
    assert shown in _text(filled(work={"wage_min": typed}))


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
    assert "has your message" in _text(page)


def test_when_mail_is_down_the_message_stays_and_goes_later(
    real_desk: None, employer: Client, sent: Fill, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = sent(contact={"email": "ans@example.nl"})
    assert "Bewaard, maar nog niet verstuurd" in _text(page)
    assert "Je mail is nog niet verstuurd" in _text(page)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from dichterbij.web.placing import sending

    sending.send(Message.objects.get().reference)
    assert len(mail.outbox) == 2
    assert "heeft je bericht" in _text(employer.get(page.request["PATH_INFO"]))


def test_a_letter_that_perhaps_left_or_never_will_is_said_to_the_employer(
    real_desk: None, employer: Client, sent: Fill, settings: Any
) -> None:
    with mailing_by(MailServer(answers={b"RCPT": b"450 later"}), settings):
        path = sent(contact={"email": "ans@example.nl"}).request["PATH_INFO"]
    long_ago = timezone.now() - timedelta(hours=1)
    with own_work():
        Letter.objects.update(claimed_at=long_ago)
    page = _text(employer.get(path))
    assert "Misschien heeft" in page
    assert "Misschien kreeg je een mail" in page
    with own_work():
        Letter.objects.update(claimed_at=None)
    assert post.drop(about=Message.objects.get().reference, actor="tests", now=timezone.now()) == 2
    page = _text(employer.get(path))
    assert "Het loket heeft het niet" in page
    assert "Jouw adres neemt onze mail niet aan" in page


def test_a_withdrawn_message_forgets_who_sent_it_and_tells_the_desk(
    real_desk: None, employer: Client, sent: Fill
) -> None:
    path = sent().request["PATH_INFO"]
    page = _text(employer.post(f"{path}intrekken/", follow=True))
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
    assert "noindex" in _text(answer)


def test_an_unknown_link_is_not_found(employer: Client) -> None:
    for token in ("x", "a" * 200, "%00"):
        assert employer.get(f"{BASE}bericht/{token}/").status_code == 404
        assert employer.post(f"{BASE}bericht/{token}/intrekken/").status_code == 404


def test_what_was_filled_in_can_be_wiped(employer: Client, filled: Fill) -> None:
    filled()
    employer.post(f"{BASE}wissen/")
    assert 'keukenhulp"' not in _text(employer.get(BASE)).replace("bijvoorbeeld: keukenhulp", "")


def test_a_changed_cookie_is_dropped_and_said(employer: Client, filled: Fill) -> None:
    filled()
    employer.cookies[COOKIE.name] = employer.cookies[COOKIE.name].value[:-8] + "AAAAAAA="
    page = employer.get(BASE)
    assert "Wat je invulde is weg" in _text(page)


def test_texts_that_do_not_fit_are_said_and_kept_in_the_form(employer: Client, filled: Fill) -> None:
    filled()
    draw = random.Random(1)
    noise, more, rest = ("".join(chr(draw.randrange(0x4E00, 0x9FFF)) for _ in range(500)) for _ in range(3))
    employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Ans", "phone": "072-1234567", "question": noise})
    answer = employer.post(
        f"{BASE}werk/",
        {
            "hours_min": "8",
            "hours_max": "9",
            "dayparts": "weekday",
            "people": "1",
            "own_tasks": more,
            "own_demands": rest,
        },
    )
    assert "Samen zijn de teksten te lang" in _text(answer)
    assert more in _text(answer)


def test_what_an_employer_types_is_never_run(sent: Fill) -> None:
    page = _text(sent(title="<script>kok</script>", contact={"question": "<b>vet</b>"}))
    assert "<script>kok" not in page
    assert "<b>vet" not in page


def test_the_whole_is_there_in_english(sent: Fill) -> None:
    page = _text(sent(language="en", title="kitchen help"))
    for said in ("Your message is with us", "What happens now?", "invented", "has not told us a term"):
        assert said in page


def test_another_occupation_takes_the_skills_of_the_old_one_away(employer: Client, filled: Fill) -> None:
    filled()
    employer.post(BASE, {"title": "vrachtwagenchauffeur", "where": "1811"})
    answer = employer.post(f"{BASE}beroep/", {"occupation": "0"}, follow=True)
    draft = answer.context["draft"]
    assert answer.request["PATH_INFO"] == f"{BASE}werk/"
    assert (draft.tasks, draft.needed, draft.described) == ((), (), False)
    assert (draft.own_tasks, draft.hours_max, draft.person) == ("Soep roeren", 16, "Ans Verzonnen")


def test_the_same_occupation_again_keeps_what_was_ticked(employer: Client, filled: Fill) -> None:
    before = filled().context["draft"]
    employer.post(f"{BASE}beroep/", {"occupation": "0"})
    assert employer.get(f"{BASE}controle/").context["draft"] == before


def test_after_its_term_nobody_sees_who_sent_it_also_before_it_is_deleted(employer: Client, sent: Fill) -> None:
    path = sent().request["PATH_INFO"]
    Message.objects.update(keep_sender_until=date(2020, 1, 1))
    page = _text(employer.get(path))
    assert "Ans Verzonnen" not in page
    assert "Soep roeren" not in page
    assert "keukenhulp" not in page
    assert Sender.objects.count() == 1


def test_a_message_is_withdrawn_also_when_its_desk_has_no_address_any_more(
    real_desk: None, employer: Client, sent: Fill
) -> None:
    path = sent().request["PATH_INFO"]
    Desk.objects.filter(desk_id="AM15-wsp").delete()
    page = _text(employer.post(f"{path}intrekken/", follow=True))
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


def test_going_back_or_away_keeps_what_can_be_used(employer: Client, filled: Fill) -> None:
    filled()
    given = {"hours_min": "8", "hours_max": "nee", "dayparts": [], "own_tasks": "Brood bakken", "people": "3"}
    answer = employer.post(f"{BASE}werk/", {**given, "back": "1"})
    assert answer.url == f"{BASE}beroep/"
    assert employer.post(f"{BASE}beroep/", {"occupation": "0"}).url == f"{BASE}werk/"
    draft = employer.get(f"{BASE}werk/").context["draft"]
    assert (draft.own_tasks, draft.people, draft.hours_min, draft.hours_max) == ("Brood bakken", 3, 8, 16)
    answer = employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Bo", "phone": "x", "save": "1"})
    assert answer.status_code == 204
    assert 'value="Bo"' in _text(employer.get(f"{BASE}contact/"))


def test_half_a_contact_is_kept_and_cannot_be_sent(employer: Client) -> None:
    employer.post(BASE, {"title": "kok", "where": "1811"})
    employer.post(f"{BASE}beroep/", {"occupation": "0"})
    employer.post(f"{BASE}werk/", {"own_tasks": "Brood bakken", "save": "1"})
    assert employer.get(f"{BASE}contact/").url == f"{BASE}werk/"
    assert "Brood bakken" in _text(employer.get(f"{BASE}werk/"))
    employer.post(f"{BASE}werk/", {"hours_min": "8", "hours_max": "9", "dayparts": "weekday", "people": "1"})
    employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Bo", "save": "1"})
    assert employer.get(f"{BASE}controle/").url == f"{BASE}contact/"
    assert Message.objects.count() == 0


def test_what_is_sent_is_what_the_page_showed(employer: Client, filled: Fill) -> None:
    page = filled()
    shown = {"token": page.context["draft"].token, "shown": page.context["shown"]}
    employer.post(f"{BASE}contact/", {"firm": "Iemand anders", "person": "Bo", "phone": "072-1234567"})
    answer = employer.post(f"{BASE}controle/", shown)
    assert answer.status_code == 409
    assert "Kijk nog één keer" in _text(answer)
    assert Message.objects.count() == 0
    assert employer.post(f"{BASE}controle/", {**shown, "shown": answer.context["shown"]}).status_code == 302


def test_a_form_for_a_draft_that_is_gone_says_so(employer: Client) -> None:
    answer = employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Bo"}, follow=True)
    assert "Er is niets meer ingevuld" in _text(answer)


def test_pages_answer_a_question_for_their_head(employer: Client) -> None:
    for path in (BASE, "/nl/mensen/bereik/"):
        assert employer.head(path).status_code == 200


def test_a_try_that_failed_does_not_count(employer: Client, filled: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    page = filled()
    with monkeypatch.context() as broken:
        broken.setattr("dichterbij.web.placing.sending.timezone", SimpleNamespace(now=_unavailable))
        for _ in range(6):
            assert employer.post(f"{BASE}controle/", {"token": page.context["draft"].token}).status_code == 503
    assert employer.post(f"{BASE}controle/", {"token": page.context["draft"].token}).status_code == 302


def _unavailable() -> None:
    raise UnavailableError("no database")
