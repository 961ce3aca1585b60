"""Handing somebody over through the pages: by a helper, by the person, by a desk."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.referral import queries
from dichterbij.domains.referral.models import IncomeCount
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.rules import load_terms
from dichterbij.domains.referral.seeing import own_work
from dichterbij.gateways.often import count_sending
from dichterbij.web.handover.views.give import TOO_OFTEN
from dichterbij.web.near import cookie
from dichterbij.web.near.answers import Answers
from support.handing import REGION, Desks
from support.referral import organisation_of

ADDRESS = f"/nl/overdragen/{REGION}/work/"


def token_of(response: HttpResponse) -> str:
    found = re.fullmatch(r"/(?:nl|en)/overdracht/([A-Za-z0-9_-]+)/\?nieuw=1", response["Location"])
    assert found
    return found[1]


def row_of(response: HttpResponse) -> HandoverRow:
    return queries.handover_of(token=token_of(response))[0]


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_from_a_postcode_to_the_right_desk(nobody: Client) -> None:
    asked = {"where": "3511", "topic": "work"}
    assert nobody.post("/nl/overdragen/", {**asked, "sender": "helper"})["Location"] == ADDRESS
    own = f"/nl/overdragen/zelf/{REGION}/work/"
    assert nobody.post("/nl/overdragen/", {**asked, "sender": "self"})["Location"] == own
    assert "Kies een van de twee" in text_of(nobody.post("/nl/overdragen/", asked))
    wrong = nobody.post("/nl/overdragen/", {"where": "1234 ZZ"})
    assert wrong.status_code == 422
    assert "We vinden postcode 1234 ZZ niet" in text_of(wrong)


@pytest.mark.parametrize(("topic", "kind"), [("work", "rmt"), ("learning", "leerwerkloket"), ("income", "uwv")])
def test_the_desk_for_the_question_is_proposed_with_the_reason(nobody: Client, topic: str, kind: str) -> None:
    page = nobody.get(f"/nl/overdragen/{REGION}/{topic}/")
    first = page.context["to"][0]
    assert first.organisation.kind == kind
    assert page.context["form"].initial["to"] == str(first.organisation.id)
    assert first.why


def test_a_helper_hands_over_and_lands_on_the_page_of_the_person(nobody: Client, desks: Desks) -> None:
    sent = desks.give(nobody, sender_words="de buurvrouw")
    row = row_of(sent)
    assert (row.from_organisation, row.sender_words) == (None, "de buurvrouw")
    page = nobody.get(sent["Location"])
    told = text_of(page)
    assert row.reference in told
    assert "de buurvrouw" in told
    assert "Sami" not in told, "whoever finds the link learns no name"
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in page.content.decode()


def test_who_says_whether_there_is_a_benefit_is_one_more_in_a_number_and_nothing_else(
    nobody: Client, desks: Desks
) -> None:
    with own_work():
        before = dict(IncomeCount.objects.values_list("income", "count"))
    sent = desks.give(nobody, income="none")
    with own_work():
        assert dict(IncomeCount.objects.values_list("income", "count")) == before | {"none": before.get("none", 0) + 1}
    assert "uitkering" not in text_of(nobody.get(sent["Location"].partition("?")[0]))


def test_the_person_needs_no_helper_and_no_tick(nobody: Client, desks: Desks) -> None:
    row = row_of(desks.give(nobody, sender="self", agreed=""))
    assert (row.from_organisation, row.sender_words) == (None, "")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"agreed": ""}, "Zonder ja wordt er niets verstuurd"),
        ({"name": "  "}, "Vul een naam in"),
        ({"phone": ""}, "één van de twee is genoeg"),
        ({"phone": "bel maar"}, "bijvoorbeeld 06 12345678"),
        ({"email": "sami"}, "naam@voorbeeld.nl"),
        ({"question": ""}, "Schrijf in één zin"),
        ({"to": "00000000-0000-0000-0000-000000000000"}, "Kies een loket uit de lijst"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    nobody: Client, desks: Desks, changes: dict[str, str], told: str
) -> None:
    back = desks.give(nobody, **({"question": "Wil <b>tuinman</b> worden"} | changes))
    assert back.status_code == 422
    assert told in text_of(back)
    if "question" not in changes:
        assert "Wil &lt;b&gt;tuinman&lt;/b&gt; worden" in back.content.decode()


def test_a_form_sent_twice_is_one_hand_over(nobody: Client, desks: Desks) -> None:
    given = desks.filled(nobody.get(ADDRESS))
    first, again = nobody.post(ADDRESS, given), nobody.post(ADDRESS, given)
    assert first["Location"] == again["Location"]
    assert row_of(first).id == row_of(again).id


def test_a_desk_is_asked_less_and_stays_the_owner(desks: Desks) -> None:
    browser = desks.browser(desks.world.wsp)
    assert browser.get("/nl/overdragen/")["Location"] == ADDRESS
    page = browser.get(ADDRESS)
    assert "sender" not in page.context["form"].fields
    assert organisation_of(desks.world.wsp) not in {one.organisation.id for one in page.context["to"]}
    row = row_of(desks.give(browser, desks.world.loket))
    assert (row.from_organisation, row.ball.owner) == (organisation_of(desks.world.wsp),) * 2


def test_a_session_that_ended_while_typing_sends_nothing_and_loses_nothing(desks: Desks) -> None:
    browser = desks.browser(desks.world.wsp)
    given = desks.filled(browser.get(ADDRESS), desks.world.loket)
    browser.cookies.clear()
    back = browser.post(ADDRESS, given)
    assert back.status_code == 422
    told = text_of(back)
    assert "Wat je typte is niet weg" in told
    assert "Wil graag buiten werken" in back.content.decode()
    signed_in = desks.browser(desks.world.wsp)
    assert row_of(signed_in.post(ADDRESS, given)).from_organisation == organisation_of(desks.world.wsp)


def test_what_was_found_nearby_goes_along_only_when_ticked(nobody: Client, desks: Desks) -> None:
    answers = Answers(pc4=3511, hours_max=24, modes=("bike",))
    nobody.cookies[cookie.COOKIE.name] = cookie.seal(answers)
    assert nobody.get("/nl/overdragen/")["Location"] == ADDRESS
    with_it, without = desks.give(nobody, result="on"), desks.give(nobody)
    assert row_of(with_it).result_goes_along
    assert not row_of(without).result_goes_along
    rmt = desks.browser(desks.world.rmt)
    page = rmt.get(f"/nl/vandaag/overdracht/{row_of(with_it).id}/")
    assert "3511" in text_of(page)
    opened = rmt.post(f"/nl/vandaag/overdracht/{row_of(with_it).id}/dichtbij/")
    assert opened["Location"] == "/nl/dichtbij/lijst/"
    carried = cookie.unseal(opened.cookies[cookie.COOKIE.name].value)
    assert carried is not None
    assert (carried.pc4, carried.hours_max, carried.modes) == (3511, 24, ("bike",))


@pytest.mark.parametrize(("result", "goes"), [("on", True), ("", False)])
def test_what_was_told_about_work_is_named_in_the_yes_before_it_goes_to_another_desk(
    nobody: Client, desks: Desks, result: str, *, goes: bool
) -> None:
    nobody.cookies[cookie.COOKIE.name] = cookie.seal(Answers(pc4=3511, hours_max=24))
    row = row_of(desks.give(nobody, desks.world.loket, result=result))
    loket = desks.browser(desks.world.loket)
    again = text_of(loket.get(f"/nl/vandaag/overdracht/{row.id}/opnieuw/"))
    assert ("Het ziet ook wat je over werk vertelde" in again) is goes
    named, page = "en wat je over werk vertelde", f"/nl/vandaag/overdracht/{row.id}/"
    assert named in text_of(loket.get(page)), "beside sending it on"
    desks.do(loket, row.id, "accept")
    assert named in text_of(loket.get(page)), "beside finishing it with another desk"


def test_what_the_question_does_not_need_is_said_of_the_question(nobody: Client) -> None:
    for address in (ADDRESS, ADDRESS.replace("overdragen/", "overdragen/zelf/")):
        assert "Ziekte of een uitkering hoeft er niet in te staan" in text_of(nobody.get(address))


def test_the_answers_in_a_browser_are_never_ticked_beforehand_and_are_shown_beside_it(
    nobody: Client, desks: Desks
) -> None:
    nobody.cookies[cookie.COOKIE.name] = cookie.seal(Answers(pc4=3511, hours_max=24))
    page = nobody.get(ADDRESS)
    assert not page.context["form"]["result"].value()
    assert "Alleen als dit de antwoorden van deze persoon zijn: ik woon in: 3511 Utrecht" in text_of(page)


def test_the_answers_of_somebody_a_desk_looked_at_do_not_go_along_with_the_next(nobody: Client, desks: Desks) -> None:
    nobody.cookies[cookie.COOKIE.name] = cookie.seal(Answers(pc4=3511, hours_max=24, modes=("bike",)))
    first = row_of(desks.give(nobody, desks.world.wsp, result="on"))
    wsp = desks.browser(desks.world.wsp)
    wsp.post(f"/nl/vandaag/overdracht/{first.id}/dichtbij/")
    assert "result" not in wsp.get(ADDRESS).context["form"].fields
    assert not row_of(desks.give(wsp, desks.world.loket, result="on")).result_goes_along
    wsp.cookies[cookie.COOKIE.name] = cookie.seal(Answers(pc4=3512))
    assert row_of(desks.give(wsp, desks.world.loket, result="on")).result_goes_along


def test_without_an_account_not_more_than_some_an_hour(nobody: Client, desks: Desks) -> None:
    most = load_terms(on=timezone.localdate()).an_hour_per_place
    for _ in range(most):
        count_sending(TOO_OFTEN, "127.0.0.1", problem="", most=most)
    stopped = desks.give(nobody)
    assert stopped.status_code == 422
    assert "veel in één uur" in text_of(stopped)


def test_a_region_where_nobody_takes_hand_overs_goes_to_the_national_team(nobody: Client, desks: Desks) -> None:
    page = nobody.get("/nl/overdragen/AM38/work/")
    kinds = {one.organisation.kind for one in page.context["to"]}
    assert kinds == {"national"}
    assert page.context["desk"] is not None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_person_stops_it_and_the_page_says_so(nobody: Client, desks: Desks, language: str) -> None:
    token = token_of(desks.give(nobody, language=language))
    address = f"/{language}/overdracht/{token}/"
    stopped = nobody.post(f"{address}stoppen/", follow=True)
    again = nobody.post(f"{address}stoppen/", follow=True)
    for page in (stopped, again):
        title = {"nl": "Deze overdracht is gestopt", "en": "This hand-over was stopped"}[language]
        assert title in text_of(page)


def test_the_history_tells_who_had_it_and_why_it_went_on(nobody: Client, desks: Desks) -> None:
    sent = desks.give(nobody, desks.world.loket)
    row = row_of(sent)
    answer = desks.do(desks.browser(desks.world.loket), row.id, "return", reason="Wij helpen alleen bij leren")
    assert answer.status_code == 302
    told = text_of(nobody.get(sent["Location"]))
    assert "Wij helpen alleen bij leren" in told
    assert "rmt AM13" in told


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "..", "é" * 40])
def test_a_link_that_is_not_complete_says_so(nobody: Client, token: str) -> None:
    page = nobody.get(f"/nl/overdracht/{token}/")
    assert (page.status_code, "Deze link werkt niet" in text_of(page)) == (404, True)


def test_the_page_of_what_did_not_suit_says_who_has_it_now_and_whom_to_call(nobody: Client, desks: Desks) -> None:
    given = desks.give(nobody, desks.world.loket)
    row, loket = row_of(given), desks.browser(desks.world.loket)
    desks.do(loket, row.id, "accept")
    to = str(organisation_of(desks.world.uwv))
    done = desks.do(loket, row.id, "close", version=2, ending="not_suitable", to=to, agreed="1", reason="Eerst inkomen")
    told = text_of(nobody.get(given["Location"]))
    assert "Je gaat verder bij uwv AM13" in told
    assert row_of(done).reference in told
    assert "088 123 45 67" in told
