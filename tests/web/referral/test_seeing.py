"""Nobody is left with an organisation that may not see them."""

import re

from django.http import HttpResponse
from django.utils import timezone

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.rules import State
from dichterbij.domains.referral.seeing import own_work
from support.handing import REGION, Desks
from support.referral import make_actor, organisation_of

LIST = "/nl/vandaag/{}/"


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def now_of(desks: Desks, row: HandoverRow) -> HandoverRow:
    return queries.handover(actor=desks.world.coordinator, handover=row.id, now=timezone.now())[0]


def test_without_sight_of_the_person_there_is_no_accepting_only_sending_on(desks: Desks) -> None:
    row, national = desks.world.send(now=timezone.now()), desks.world.national
    with own_work():
        Handover.objects.filter(pk=row.id).update(to_organisation=national.organisation, level="national")
    browser = desks.browser(national)
    page = browser.get(LIST.format("aannemen")).content.decode()
    assert 'value="accept"' not in page
    assert 'value="redirect"' in page
    assert "Deze persoon zei geen ja tegen jullie organisatie" in page
    refused = desks.do(browser, row.id, "accept")
    assert (refused.status_code, now_of(desks, row).state) == (409, State.SENT)
    to = str(organisation_of(desks.world.uwv))
    assert desks.do(browser, row.id, "redirect", to=to, reason="Zij kunnen bellen").status_code == 302


def test_a_partner_that_watches_is_warned_about(desks: Desks) -> None:
    library = make_actor(REGION, "partner", Role.ADVISER)
    browser, path = desks.browser(desks.world.coordinator), "/nl/vandaag/afspraken/"
    told = text_of(browser.post(path, {"owner": str(organisation_of(library))}, follow=True))
    assert "Deze partner mag niet iedereen zien" in told
    assert "Alle anderen gaan naar rmt AM13" in told
    assert "mag niet iedereen zien" not in text_of(browser.post(path, {"owner": ""}, follow=True))


def test_the_question_of_the_person_goes_along_when_it_fits_elsewhere(desks: Desks) -> None:
    row, loket = desks.world.send(question="Werk in de keuken", now=timezone.now()), desks.browser(desks.world.loket)
    desks.do(loket, row.id, "accept")
    form = loket.get(f"/nl/vandaag/overdracht/{row.id}/").content.decode()
    assert re.search(rf'id="q-{row.id}"[^>]*>Werk in de keuken</textarea>', form)
    again = loket.get(f"/nl/vandaag/overdracht/{row.id}/opnieuw/").context["form"]
    assert again.initial["question"] == "Werk in de keuken"


def test_the_same_person_is_not_asked_twice_of_one_desk(desks: Desks) -> None:
    row, loket = desks.world.send(now=timezone.now()), desks.browser(desks.world.loket)
    desks.do(loket, row.id, "accept")
    address = f"/nl/vandaag/overdracht/{row.id}/opnieuw/"
    first = desks.filled(loket.get(address), desks.world.uwv)
    assert loket.post(address, first).status_code == 302
    assert loket.post(address, first).status_code == 302, "the same form sent twice is one hand-over"
    refused = loket.post(address, desks.filled(loket.get(address), desks.world.uwv))
    assert refused.status_code == 422
    assert "heeft deze persoon al" in text_of(refused)
    with own_work():
        there = Handover.objects.get(person=row.person, to_organisation=desks.world.uwv.organisation)
    assert f"/nl/vandaag/overdracht/{there.id}/" in refused.content.decode()
    to = str(organisation_of(desks.world.uwv))
    closing = desks.do(loket, row.id, "close", version=2, ending="not_suitable", to=to, agreed="1")
    assert closing.status_code == 409
    assert "heeft deze persoon al" in text_of(closing)


def test_a_desk_that_returned_it_is_not_chosen_again(desks: Desks) -> None:
    row, rmt = desks.world.send(now=timezone.now()), desks.browser(desks.world.rmt)
    desks.do(desks.browser(desks.world.loket), row.id, "return", reason="Past niet")
    to = str(organisation_of(desks.world.loket))
    refused = desks.do(rmt, row.id, "redirect", version=2, to=to, reason="Toch jullie")
    assert refused.status_code == 409
    assert "Dat loket gaf het al terug" in text_of(refused)
    assert now_of(desks, row).version == 2
