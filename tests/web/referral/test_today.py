"""The work list of a desk: everything is done from the list, and nothing of another desk shows."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dichterbij.domains.post import actions as actions_of_post
from dichterbij.domains.post.rules import NewLetter
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.models import Handover, IncomeCount
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.rules import OPEN, Ending, State
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.cells import harmless
from support.handing import REGION, Desks
from support.referral import HELPER, organisation_of

LIST = "/nl/vandaag/{}/"


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def sent(desks: Desks, **changes: object) -> HandoverRow:
    return desks.world.send(now=timezone.now(), **changes)


def now_of(desks: Desks, row: HandoverRow) -> HandoverRow:
    return queries.handover(actor=desks.world.coordinator, handover=row.id, now=timezone.now())[0]


@pytest.fixture
def loket(desks: Desks) -> Client:
    return desks.browser(desks.world.loket)


@pytest.fixture(autouse=True)
def nothing_before(desks: Desks) -> None:
    """Every test begins with an empty list, whatever other tests left in this region."""
    with own_work():
        still = Handover.objects.filter(region=REGION, state__in=OPEN)
        still.update(state=State.WITHDRAWN.value, ended_at=timezone.now())


def test_today_opens_where_the_work_is(desks: Desks, loket: Client) -> None:
    assert loket.get("/nl/vandaag/")["Location"] == LIST.format("aannemen")
    row = sent(desks)
    desks.do(loket, row.id, "accept")
    assert loket.get("/nl/vandaag/")["Location"] == LIST.format("bij-ons")


def test_accepting_from_the_list_shows_the_number_to_call(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    assert "Sami" in text_of(loket.get(LIST.format("aannemen")))
    done = desks.do(loket, row.id, "accept")
    page = loket.get(done["Location"])
    assert "Bel deze persoon nu" in text_of(page)
    assert 'href="tel:06' in page.content.decode()
    assert now_of(desks, row).state is State.ACCEPTED


def test_returning_without_a_reason_keeps_the_row_open_and_says_what_to_do(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    back = desks.do(loket, row.id, "return", reason=" ")
    assert back.status_code == 422
    assert "Schrijf waarom" in text_of(back)
    assert now_of(desks, row).version == 1
    assert desks.do(loket, row.id, "return", reason="Te ver weg").status_code == 302
    assert now_of(desks, row).ball.holder == organisation_of(desks.world.rmt)


def test_a_sign_that_no_text_has_is_left_out_of_what_was_typed(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    for path in ("?onderwerp=%00", "?wie=%00", "?soort=%00"):
        assert loket.get(f"{LIST.format('aannemen')}{path}").status_code == 200
    assert loket.post(LIST.format("aannemen"), {"zoek": "Sa\0mi"}).status_code == 200
    assert desks.do(loket, row.id, "return", reason="Te \0ver").status_code == 302
    _row, steps = queries.handover(actor=desks.world.coordinator, handover=row.id, now=timezone.now())
    assert [step.reason for step in steps if step.reason] == ["Te ver"]


def test_sending_on_keeps_the_reason_when_the_desk_was_not_chosen(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    back = desks.do(loket, row.id, "redirect", reason="Gaat over =inkomen", to="")
    assert back.status_code == 422
    assert "Gaat over =inkomen" in back.content.decode()
    uwv = organisation_of(desks.world.uwv)
    assert desks.do(loket, row.id, "redirect", reason="Gaat over inkomen", to=str(uwv)).status_code == 302
    assert now_of(desks, row).ball.holder == uwv


def test_what_a_colleague_did_a_moment_ago_is_said_and_not_done_twice(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    desks.do(loket, row.id, "accept")
    late = desks.do(loket, row.id, "return", reason="Toch niet")
    assert late.status_code == 409
    assert "Een collega deed er net iets mee" in text_of(late)
    assert now_of(desks, row).version == 2


def test_a_letter_that_never_arrives_is_said_where_somebody_can_call(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    address = f"/nl/vandaag/overdracht/{row.id}/"
    actions_of_post.write([NewLetter(row.reference, "person", "sami@x.example", "Overdracht", "Sami", 99)],
                          now=timezone.now())  # fmt: skip
    assert "niet iedereen kreeg onze brief" not in text_of(loket.get(address)).lower()
    assert actions_of_post.drop(about=row.reference, actor="tests", now=timezone.now()) >= 1
    shown = text_of(loket.get(address))
    assert "Niet iedereen kreeg onze brief" in shown
    assert "De persoon: een brief kwam niet aan" in shown


def test_a_desk_that_has_nothing_to_do_with_it_finds_no_such_page(desks: Desks) -> None:
    row = sent(desks)
    uwv = desks.browser(desks.world.uwv)
    assert uwv.get(f"/nl/vandaag/overdracht/{row.id}/").status_code == 404
    assert desks.do(uwv, row.id, "accept").status_code == 404
    assert uwv.post(f"/nl/vandaag/overdracht/{row.id}/dichtbij/").status_code == 404
    assert "Sami" not in text_of(uwv.get(LIST.format("aannemen")))


@pytest.mark.parametrize("missing", ["to", "agreed"])
def test_does_not_fit_needs_another_desk_and_the_person_s_yes(desks: Desks, loket: Client, missing: str) -> None:
    row = sent(desks)
    desks.do(loket, row.id, "accept")
    given = {"ending": "not_suitable", "to": str(organisation_of(desks.world.uwv)), "agreed": "1"} | {missing: ""}
    if missing == "agreed":
        del given["agreed"]
    assert desks.do(loket, row.id, "close", version=2, **given).status_code == 422
    assert now_of(desks, row).state is State.ACCEPTED


def test_does_not_fit_closes_together_with_the_next_hand_over(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    desks.do(loket, row.id, "accept")
    to = str(organisation_of(desks.world.uwv))
    done = desks.do(loket, row.id, "close", version=2, ending="not_suitable", to=to, agreed="1", reason="Eerst inkomen")
    assert done.status_code == 302
    assert now_of(desks, row).ending is Ending.NOT_SUITABLE
    assert "uwv AM13" in text_of(loket.get(done["Location"])), "the page of the person, to print or send"
    assert "Eerst inkomen" in text_of(desks.browser(desks.world.uwv).get(LIST.format("aannemen")))


def test_the_sender_takes_it_back_from_the_list(desks: Desks) -> None:
    row = sent(desks)
    wsp = desks.browser(desks.world.wsp)
    page = wsp.get(LIST.format("wachten"))
    assert "Ja, neem terug" in text_of(page)
    without = desks.do(wsp, row.id, "withdraw", tab="wachten", reason=" ")
    assert (without.status_code, now_of(desks, row).state) == (422, State.SENT)
    assert desks.do(wsp, row.id, "withdraw", reason="Heeft al werk").status_code == 302
    assert now_of(desks, row).state is State.WITHDRAWN
    assert "Heeft al werk" in text_of(wsp.get(f"/nl/vandaag/overdracht/{row.id}/"))


def test_what_a_citizen_asked_and_what_came_in_place_of_another_is_not_taken_back_by_a_desk(desks: Desks) -> None:
    rmt, loket = desks.browser(desks.world.rmt), desks.browser(desks.world.loket)
    asked = desks.world.send(HELPER, now=timezone.now())
    assert "Ja, neem terug" not in text_of(rmt.get(f"/nl/vandaag/overdracht/{asked.id}/"))
    assert desks.do(rmt, asked.id, "withdraw", reason="Weg ermee").status_code == 409
    row = sent(desks)
    desks.do(loket, row.id, "accept")
    to = str(organisation_of(desks.world.uwv))
    desks.do(loket, row.id, "close", version=2, ending="not_suitable", to=to, agreed="1", reason="Eerst inkomen")
    onward = now_of(desks, row).onward
    assert onward is not None
    assert "Ja, neem terug" not in text_of(loket.get(f"/nl/vandaag/overdracht/{onward}/"))
    assert desks.do(loket, onward, "withdraw", reason="Weg ermee").status_code == 409


def test_search_is_sent_and_never_in_the_address(desks: Desks, loket: Client) -> None:
    row, other = sent(desks, question="Iets met dieren"), sent(desks, question="Iets met auto's")
    found = loket.post(LIST.format("aannemen"), {"zoek": row.reference})
    assert [one.id for one in found.context["rows"]] == [row.id]
    assert 'method="post"' in found.content.decode().split('role="search"')[0][-200:]
    by_words = loket.post(LIST.format("aannemen"), {"zoek": "auto"})
    assert [one.id for one in by_words.context["rows"]] == [other.id]
    assert "Niets gevonden" in text_of(loket.post(LIST.format("aannemen"), {"zoek": "niemand <b>"}))


def test_a_filter_on_the_question_is_kept_in_the_address(desks: Desks, loket: Client) -> None:
    sent(desks, topic="work")
    row = sent(desks, topic="learning")
    page = loket.get(LIST.format("aannemen") + "?onderwerp=learning")
    assert [one.id for one in page.context["rows"]] == [row.id]


@pytest.mark.parametrize("tab", ["aannemen", "wachten", "te-laat", "bij-ons", "klaar"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_empty_part_says_why_and_what_fills_it(desks: Desks, tab: str, language: str) -> None:
    page = desks.browser(desks.world.uwv).get(f"/{language}/vandaag/{tab}/")
    assert page.status_code == 200
    assert {"nl": "Hier is nu niets", "en": "Nothing here now"}[language] in text_of(page) or page.context["rows"]


def test_the_file_holds_the_list_and_no_formula(desks: Desks, loket: Client) -> None:
    row = sent(desks, question="=HYPERLINK(0)")
    answer = loket.get(LIST.format("aannemen") + "bestand.csv")
    cells = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert cells[1][0] == row.reference
    assert "'=HYPERLINK(0)" in cells[1]
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@x", "\t=1", "  =1", "\r=1", "|cmd"])
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


def test_html_in_every_field_stays_text(desks: Desks, loket: Client) -> None:
    row = sent(desks, question="<script>alert(1)</script>", sender_words="")
    for page in (loket.get(LIST.format("aannemen")), loket.get(f"/nl/vandaag/overdracht/{row.id}/")):
        assert "<script>alert(1)" not in page.content.decode()


def test_late_hand_overs_stand_under_too_late_and_are_named_so(desks: Desks, loket: Client) -> None:
    row = sent(desks)
    from dichterbij.domains.referral.models import Handover
    from dichterbij.domains.referral.seeing import own_work

    with own_work():
        Handover.objects.filter(pk=row.id).update(answer_by=timezone.localdate() - timedelta(days=1))
    assert "te laat" in text_of(loket.get(LIST.format("te-laat")))
    assert loket.get(LIST.format("te-laat")).context["total"] == 1


def test_the_case_meeting_lists_what_is_open_and_names_only_to_who_may_see(desks: Desks, loket: Client) -> None:
    bounced, waiting = sent(desks), sent(desks)
    desks.do(loket, bounced.id, "return", reason="Past niet")
    page = desks.browser(desks.world.coordinator).get("/nl/vandaag/casusoverleg/")
    told = text_of(page)
    assert told.index(bounced.reference) < told.index(waiting.reference)
    assert "Sami" not in told


def test_figures_are_without_names_and_for_who_watches_the_region(desks: Desks, loket: Client) -> None:
    sent(desks)
    told = text_of(desks.browser(desks.world.coordinator).get("/nl/vandaag/cijfers/"))
    assert "Mensen die niemand verder helpt 0" in told
    assert "Sami" not in told
    assert loket.get("/nl/vandaag/afspraken/").status_code == 404


def test_the_share_without_a_benefit_is_told_when_enough_people_stand_behind_it(desks: Desks) -> None:
    browser, month = desks.browser(desks.world.coordinator), timezone.localdate().replace(day=1)
    assert "Hoeveel mensen geen uitkering hebben, staat hier pas als" in text_of(browser.get("/nl/vandaag/cijfers/"))
    with own_work():
        for income, count in (("none", 7), ("benefit", 5), ("untold", 6)):
            IncomeCount.objects.update_or_create(region=REGION, month=month, income=income, defaults={"count": count})
    told = text_of(browser.get("/nl/vandaag/cijfers/"))
    assert "58% heeft geen uitkering: 7 van de 12 mensen die het vertelden" in told
    assert "6 vertelden het niet." in told
    with own_work():
        IncomeCount.objects.filter(region=REGION).delete()


def test_the_coordinator_changes_owner_and_term_on_the_page(desks: Desks) -> None:
    browser, uwv = desks.browser(desks.world.coordinator), organisation_of(desks.world.uwv)
    assert browser.post("/nl/vandaag/afspraken/", {"owner": str(uwv), "days": "40"}).status_code == 422
    done = browser.post("/nl/vandaag/afspraken/", {"owner": str(uwv), "days": "2"}, follow=True)
    assert "Dit geldt vanaf nu" in text_of(done)
    agreed = queries.agreement(region=REGION, on=timezone.localdate())
    assert (agreed.named_owner.id if agreed.named_owner else None, agreed.answer_days) == (uwv, 2)
    actions.set_agreement(
        actor=desks.world.coordinator, region=REGION, owner=None, answer_days=None, now=timezone.now()
    )


def test_a_longer_list_asks_the_database_no_more(desks: Desks, loket: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert loket.get(LIST.format("aannemen")).status_code == 200
        return len(captured)

    sent(desks)
    asked()
    one = asked()
    for _ in range(6):
        sent(desks)
    assert asked() == one


@pytest.mark.parametrize("move", ["", "delete", "sent"])
def test_a_move_that_there_is_not_is_no_page(desks: Desks, loket: Client, move: str) -> None:
    assert desks.do(loket, sent(desks).id, move).status_code == 404
