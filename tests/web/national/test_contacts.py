"""Contact persons, calls and mail through the pages."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dichterbij.domains.network.rules.addresses import about
from dichterbij.gateways import outbox
from web.national.conftest import Pages
from web.national.test_employers import rows_of, text_of

CONTACTS, TALKS, MAIL = (
    "/nl/landelijk/contactpersonen/",
    "/nl/landelijk/contact-met-regios/",
    "/nl/landelijk/berichten/",
)
DAY = "2026-11-20"


def add(browser: Client, region: str, email: str, kind: str = "general", **more: Any) -> Any:
    form = {"move": "add", "kind": kind, "person": email.split("@")[0], "email": email, "named_by": "wethouder",
            "named_on": DAY, **more}  # fmt: skip
    return browser.post(f"{CONTACTS}{region}/", form)


def seen(page: Any) -> dict[str, str]:
    """What the button that sends a mailing gives along."""
    text = page.content.decode()
    return {"move": "send"} | {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("seen", "was")}  # type: ignore[index]


def contacts_of(pages: Pages, region: str) -> Any:
    return pages.national.get(f"{CONTACTS}{region}/").context["row"].contacts


def test_all_regions_are_there_and_gaps_are_counted_and_found(pages: Pages) -> None:
    page = pages.national.get(CONTACTS)
    assert page.context["total"] == 35
    (_code, _name, lacking), *_rest = page.context["lacking"]
    assert lacking == sum("general" in one["row"].lacks for one in page.context["rows"])
    add(pages.national, "AM29", "gap@x.example")
    assert pages.national.get(CONTACTS).context["lacking"][0][2] == lacking - 1
    missing = pages.national.get(f"{CONTACTS}?mist=general").context["rows"]
    assert "AM29" not in {one["row"].region.code for one in missing}


def test_the_right_person_for_a_route_is_found_in_a_region(pages: Pages) -> None:
    add(pages.national, "AM30", "leren@x.example", routes=["learn_work"])
    found = text_of(pages.national.get(f"{CONTACTS}?route=learn_work&zoek=Zuid-Limburg"))
    assert "leren@x.example" in found
    assert "leren@x.example" not in text_of(pages.national.get(f"{CONTACTS}?route=carving&zoek=Zuid-Limburg"))


def test_a_coordinator_keeps_the_own_region_and_nothing_typed_is_lost(pages: Pages) -> None:
    assert len(pages.coordinator.get(CONTACTS).context["rows"]) == 1
    back = add(pages.coordinator, "AM20", "geen adres", named_by="Een <b>wethouder</b>")
    assert back.status_code == 422
    assert "Een &lt;b&gt;wethouder&lt;/b&gt;" in back.content.decode()
    assert add(pages.coordinator, "AM20", "eigen@x.example").status_code == 302
    assert "staat hiervoor al op de lijst" in text_of(add(pages.coordinator, "AM20", "Eigen@x.example"))
    assert add(pages.coordinator, "AM29", "ander@x.example").status_code == 404
    person = _of_kind(pages.coordinator, "general")[0]
    for move, number in (("end", 0), ("restore", 1)):
        pages.coordinator.post(f"{CONTACTS}AM20/", {"move": move, "contact": str(person.id)})
        assert len(_of_kind(pages.coordinator, "general")) == number
    assert pages.adviser.get(CONTACTS).status_code == 404


def _of_kind(browser: Client, kind: str) -> list[Any]:
    return [one for one in browser.get(f"{CONTACTS}AM20/").context["row"].contacts if one.kind == kind]


def test_the_file_holds_gaps_and_no_formula(pages: Pages) -> None:
    add(pages.national, "AM33", "som@x.example", role="=1+1")
    lines = rows_of(pages.national.get(f"{CONTACTS}bestand.csv"))
    own = [line for line in lines if line["Regio"] == "Midden-Limburg" and "banenafspraak" not in line["Functie"]]
    assert {line["Functie"] for line in own} == {"'=1+1", ""}
    assert len({line["Regio"] for line in lines}) == 35


def test_one_button_says_that_a_region_was_spoken_to(pages: Pages) -> None:
    due = pages.national.get(TALKS).context["due"]
    pages.national.post(TALKS, {"move": "talked", "region": "AM37", "on": "2026-11-20", "words": "Gesproken"})
    pages.national.post(TALKS, {"move": "manager", "region": "AM37"})
    after = pages.national.get(f"{TALKS}?van=mij")
    assert after.context["due"] == due - 1
    assert [row.region.code for row, _form in after.context["rows"]] == ["AM37"]
    assert "AM37" not in {row.region.code for row, _form in pages.national.get(f"{TALKS}?van=bellen").context["rows"]}
    assert [row.region.code for row, _ in pages.national.get(f"{TALKS}?zoek=twente").context["rows"]] == ["AM05"]
    back = pages.national.post(TALKS, {"move": "talked", "region": "AM37", "on": "2999-01-01", "words": "Straks"})
    assert back.status_code == 422
    assert 'value="Straks"' in back.content.decode()
    assert "onze aanname" in text_of(back)


def test_a_survey_to_both_lists_reaches_everybody_once(pages: Pages) -> None:
    for email, kind in (("een@m.example", "general"), ("twee@m.example", "communication"),
                        ("beide@m.example", "general"), ("beide@m.example", "communication")):  # fmt: skip
        assert add(pages.national, "AM38", email, kind).status_code == 302
    form = {"kinds": ["general", "communication"], "regions": ["AM38"], "subject": "Vragenlijst", "text": "Vul in"}
    assert pages.national.post(f"{MAIL}nieuw/", form | {"kinds": []}).status_code == 422
    page = pages.national.post(f"{MAIL}nieuw/", form)["Location"].partition("?")[0]
    shown = text_of(pages.national.get(page))
    assert "Dit gaat naar 3 adressen" in shown
    assert "1 daarvan staat op beide lijsten" in shown
    before = seen(pages.national.get(page))
    (there,) = [one for one in contacts_of(pages, "AM38") if one.email == "een@m.example"]
    pages.national.post(f"{CONTACTS}AM38/", {"move": "end", "contact": str(there.id)})
    add(pages.national, "AM38", "later@m.example")
    again = pages.national.post(page, before)
    assert again.status_code == 409
    assert "Nieuw: later@m.example" in text_of(again)
    assert "Niet meer op de lijst: een@m.example" in text_of(again)
    assert pages.national.post(page, before | {"seen": "9" * 5000, "was": ""}).status_code == 409
    add(pages.national, "AM38", "een@m.example")
    mail.outbox.clear()
    now = seen(pages.national.get(page))
    assert pages.national.post(page, now).status_code == 302
    assert pages.national.post(page, now).status_code == 409
    assert mail.outbox == [], "no page waits for hundreds of letters"
    waiting = text_of(pages.national.get(page))
    assert "Bekijk hoe ver het is" in waiting
    assert waiting.count("wacht") >= 4
    outbox.send(actor="tests", now=timezone.now(), about=about(UUID(page.split("/")[-2])), patient=True)
    assert sorted(address for letter in mail.outbox for address in letter.to) == [
        "beide@m.example", "een@m.example", "later@m.example", "twee@m.example",
    ]  # fmt: skip
    left = text_of(pages.national.get(page))
    assert left.count("verstuurd") >= 4
    assert "Bekijk hoe ver het is" not in left
    assert {line["Stand"] for line in rows_of(pages.national.get(f"{page}bestand.csv"))} == {"verstuurd"}
    assert pages.national.get(f"{page}wijzigen/").status_code == 404


def test_a_mailing_that_is_put_aside_is_taken_up_again(pages: Pages) -> None:
    form = {"kinds": ["general"], "subject": "Later", "text": "Nog niet"}
    page = pages.national.post(f"{MAIL}nieuw/", form)["Location"].partition("?")[0]
    pages.national.post(page, {"move": "aside"})
    assert "Weggelegd" in text_of(pages.national.get(page))
    pages.national.post(page, {"move": "restore"})
    assert pages.national.post(f"{page}wijzigen/", form | {"subject": "Beter"}).status_code == 302
    assert "Beter" in text_of(pages.national.get(MAIL))


@pytest.mark.parametrize("address", [CONTACTS, TALKS, MAIL])
def test_more_rows_ask_no_more(pages: Pages, address: str) -> None:
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as found:
            page = pages.national.get(address)
        counts.append(len(found))
        name = re.sub(r"\W", "", address)
        add(pages.national, "AM36", f"{name}{number}@n.example")
        pages.national.post(f"{MAIL}nieuw/", {"kinds": ["general"], "subject": f"{number}", "text": "x"})
        assert page.status_code == 200
    assert counts[1] == counts[2]
