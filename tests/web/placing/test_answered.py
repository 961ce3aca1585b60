"""An employer asks, the desk of the region answers under Today, and the employer reads it behind the same link."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.referral.models import Handover
from support.handing import Desks
from support.referral import World

Fill = Callable[..., HttpResponse]
WSP = Actor(demo_id("bram"), Role.ADVISER, demo_id("wsp-nhn"), "AM15")
RMT = Actor(demo_id("anna"), Role.ADVISER, demo_id("rmt-nhn"), "AM15")
TOM = Actor(demo_id("tom"), Role.ADVISER, demo_id("wsp-twente"), "AM05")


def text_of(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def desks(employer: Client) -> Desks:
    """The desks of the demonstration; nothing of its story waits."""
    Handover.objects.filter(state="sent").update(state="withdrawn", ended_at=timezone.now())
    return Desks(World("AM15", WSP, WSP, WSP, RMT, RMT, RMT))


def do(desks: Desks, actor: Actor, row: Handover, move: str, **given: str) -> HttpResponse:
    row.refresh_from_db()
    return desks.do(desks.browser(actor), row.id, move, row.version, **given)


def test_the_desk_accepts_and_answers_and_the_employer_reads_it_behind_the_same_link(
    desks: Desks, employer: Client, sent: Fill
) -> None:
    page = sent(contact={"email": "ans@example.nl"})
    path = page.request["PATH_INFO"]
    assert "WSP Noord-Holland Noord (verzonnen) is aan zet" in text_of(page)
    row = Handover.objects.exclude(message="").get(state="sent")
    listed = text_of(desks.browser(WSP).get("/nl/vandaag/aannemen/?soort=werkgevers"))
    for said in ("Eetcafé Verzonnen", "Werkgever", "keukenhulp", "zoekt 2 mensen", row.message):
        assert said in listed
    assert "Eetcafé" not in text_of(desks.browser(WSP).get("/nl/vandaag/aannemen/?soort=mensen"))
    accepted = do(desks, WSP, row, "accept")
    assert "Bel deze werkgever nu" in text_of(desks.browser(WSP).get(accepted["Location"]))
    one = text_of(desks.browser(WSP).get(f"/nl/vandaag/overdracht/{row.id}/"))
    for said in ("Ans Verzonnen", "06 12345678", "Kan het snel?", "Soep roeren"):
        assert said in one
    assert "helpt je" in text_of(employer.get(path))
    assert "gaat je helpen" in mail.outbox[-1].subject
    without = do(desks, WSP, row, "close", tab="bij-ons", ending="answered", answer="")
    assert without.status_code == 422
    assert f'href="#r-{row.id}"' in without.content.decode(), "said on top, with the way to the row"
    assert f'id="r-{row.id}"' in without.content.decode()
    answer = "Nu niemand in de buurt. Probeer open hiring."
    assert do(desks, WSP, row, "close", tab="bij-ons", ending="answered", answer=answer).status_code == 302
    told = text_of(employer.get(path))
    assert "Er is antwoord op je bericht" in told
    assert "Schrijf in het vak wat de werkgever leest" in text_of(without)
    closed = desks.browser(WSP).get(f"/nl/vandaag/overdracht/{row.id}/?gedaan=closed").content.decode()
    assert row.reference not in closed, "one reference, that of the employer"
    assert answer in told
    assert "heeft antwoord" in mail.outbox[-1].subject
    assert "Ans" not in "".join(message.body + message.subject for message in mail.outbox)


def test_nobody_else_s_desk_or_page_shows_it(desks: Desks, employer: Client, sent: Fill) -> None:
    token = sent().request["PATH_INFO"].split("/")[-2]
    row = Handover.objects.exclude(message="").get(state="sent")
    assert employer.get(f"/nl/overdracht/{token}/").status_code == 404
    assert employer.post(f"/nl/overdracht/{token}/stoppen/").status_code == 404
    assert row.message not in text_of(desks.browser(TOM).get("/nl/vandaag/aannemen/"))


def test_it_goes_on_to_another_desk_and_nothing_is_asked_again(desks: Desks, employer: Client, sent: Fill) -> None:
    path = sent().request["PATH_INFO"]
    row = Handover.objects.exclude(message="").get(state="sent")
    do(desks, WSP, row, "accept")
    alone = do(desks, WSP, row, "close", tab="bij-ons", ending="not_suitable")
    assert alone.status_code == 422
    desk = str(demo_id("llw-nhn"))
    done = do(desks, WSP, row, "close", tab="bij-ons", ending="not_suitable", to=desk, agreed="1", reason="Leerplek")
    assert done["Location"].startswith("/nl/vandaag/bij-ons/")
    told = text_of(employer.get(path))
    assert "Leerwerkloket Noord-Holland Noord (verzonnen) is aan zet" in told
    assert "heeft het aangenomen" in told


def test_the_employer_takes_it_back_and_the_desk_has_no_name_any_more(
    desks: Desks, employer: Client, sent: Fill
) -> None:
    path = sent().request["PATH_INFO"]
    row = Handover.objects.exclude(message="").get(state="sent")
    assert "ingetrokken" in text_of(employer.post(f"{path}intrekken/", follow=True))
    row.refresh_from_db()
    assert row.state == "withdrawn"
    done = text_of(desks.browser(WSP).get("/nl/vandaag/klaar/?soort=werkgevers"))
    assert row.message in done
    assert "Eetcafé" not in done
    late = desks.do(desks.browser(WSP), row.id, "accept", 1)
    assert late.status_code == 409
