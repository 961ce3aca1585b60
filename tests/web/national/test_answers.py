"""The letter to aldermen through the pages: per region sent, answered, named; filtered, exported, taken back."""

from uuid import UUID

from django.test import Client
from django.utils import timezone

from dichterbij.domains.network.rules.addresses import about
from dichterbij.gateways import outbox
from web.national.conftest import Pages
from web.national.test_contacts import CONTACTS, MAIL, add, seen
from web.national.test_employers import rows_of, text_of

LETTER = {"kinds": ["alderman"], "regions": ["AM02", "AM03"], "subject": "Doe mee", "text": "Brief van 20-04-2022"}


def sent(browser: Client) -> str:
    """The address of the answers to a letter that went to the aldermen of two regions."""
    for region in ("AM02", "AM03"):
        add(browser, region, f"wethouder@{region}.example", "alderman")
    form = LETTER | {"answer_by": str(timezone.localdate())}
    page = browser.post(f"{MAIL}nieuw/", form)["Location"].partition("?")[0]
    shown = browser.get(page)
    assert "een dag die voorbij is 20 april 2022" in text_of(shown), "another date than the letter's own is seen"
    assert browser.post(page, seen(shown)).status_code == 302
    outbox.send(actor="tests", now=timezone.now(), about=about(UUID(page.split("/")[-2])), patient=True)
    return f"{page}antwoorden/"


def states(browser: Client, page: str, query: str = "") -> dict[str, str]:
    return {row.region.code: row.state.value for row, _form in browser.get(page + query).context["rows"]}


def test_who_answered_is_seen_filtered_exported_and_taken_back(pages: Pages) -> None:
    page, today = sent(pages.national), str(timezone.localdate())
    assert states(pages.national, page) == {"AM02": "sent", "AM03": "sent"}
    told = {"move": "answered", "region": "AM02", "on": today, "words": "=1+1 <b>belt</b>"}
    wrong = pages.national.post(page, told | {"on": "2020-01-01"})
    assert wrong.status_code == 422
    assert 'value="=1+1 &lt;b&gt;belt&lt;/b&gt;"' in wrong.content.decode(), "nothing typed is lost"
    assert pages.national.post(page, told).status_code == 302
    assert states(pages.national, page, "?stand=open") == {"AM03": "sent"}
    assert states(pages.national, page, "?stand=beantwoord") == {"AM02": "answered"}
    lines = rows_of(pages.national.get(f"{page}bestand.csv?stand=beantwoord"))
    assert [(line["Stand"], line["Wat zeiden ze?"]) for line in lines] == [("beantwoord", "'=1+1 <b>belt</b>")]
    reminder = pages.national.get(f"{MAIL}nieuw/?na={page.split('/')[-3]}")
    assert reminder.context["form"]["regions"].value() == ["AM03"]
    add(pages.national, "AM03", "genoemd@x.example", named_on=today)
    assert states(pages.national, page) == {"AM02": "answered", "AM03": "named"}
    pages.national.post(page, {"move": "undo", "region": "AM02"})
    assert states(pages.national, page)["AM02"] == "sent"
    assert "Teruggenomen" in text_of(pages.national.get(page))
    assert pages.coordinator.get(page).status_code == 404
    assert pages.national.post(page, told | {"region": "AM20"}).status_code == 404


def test_a_letter_that_asks_nothing_has_no_answers_and_a_day_that_passed_is_refused(pages: Pages) -> None:
    back = pages.national.post(f"{MAIL}nieuw/", LETTER | {"answer_by": "2020-01-01"})
    assert "Kies vandaag of een dag erna" in text_of(back)
    page = pages.national.post(f"{MAIL}nieuw/", LETTER)["Location"].partition("?")[0]
    assert pages.national.get(f"{page}antwoorden/").status_code == 404
    assert pages.national.get(f"{MAIL}nieuw/?na=x").status_code == 200
    begun = pages.national.get(f"{MAIL}nieuw/?brief=aldermen").context["form"]
    assert begun["kinds"].value() == ["alderman"]
    assert begun["text"].value().startswith("Geachte wethouder")
    assert pages.adviser.get(CONTACTS).status_code == 404
