"""A coordinator changes a desk on screen, and everybody sees it; mistakes are named at their field."""

from typing import Any

import pytest
from django.test import Client

from dichterbij.domains.accounts.rules import Role
from support.accounts import Browser, colleague, organisation

LIST = "/nl/loket/bijhouden/"
RMT = "/nl/loket/bijhouden/AM15-rmt/"
PUBLIC = "/nl/loket/AM15/job_seeker/work/"


@pytest.fixture
def carla(loaded_database: None, db: None) -> Browser:
    """The browser of the coordinator of Noord-Holland Noord."""
    colleague("carla@desk.example", Role.COORDINATOR, at=organisation(), name="Carla")
    browser = Browser()
    browser.come_in("carla@desk.example")
    return browser


def filled(carla: Browser, path: str = RMT) -> dict[str, Any]:
    """The form as it stands on the page."""
    form = carla.client.get(path).context["form"]
    there = {field.name: field.value() for field in form if field.value() not in (None, False) or field.name == "seen"}
    return there | {"source": "Mail van vandaag"}


def test_what_a_coordinator_changes_is_on_the_page_of_everybody_at_once_and_can_be_undone(carla: Browser) -> None:
    form = filled(carla) | {
        "phone": "(0XX) 000 15 99",
        "tue": "10.00 - 12.00 en 13:00-16:30",
        "source": "Mail, 3 november",
    }
    page = carla.client.post(RMT, form, follow=True).content.decode()
    assert "is bewaard. Het staat nu op elke pagina." in page
    assert "(0XX) 000 15 99" in Client(HTTP_HOST="localhost").get(PUBLIC).content.decode()
    assert filled(carla)["tue"] == "10:00-12:00, 13:00-16:30"
    assert "Mail, 3 november" in carla.client.get(RMT).content.decode()
    assert carla.client.post(f"{RMT}ongedaan/").status_code == 404
    carla.client.post(f"{RMT}ongedaan/", {"number": 1})
    assert "(0XX) 000 15 99" not in Client(HTTP_HOST="localhost").get(PUBLIC).content.decode()


def test_a_form_sent_as_it_is_changes_nothing_of_the_desk(carla: Browser) -> None:
    before = filled(carla)
    answer = carla.client.post(RMT, before)
    assert answer.status_code == 302, answer.context["form"].errors
    after = filled(carla)
    assert after.pop("seen") == before.pop("seen") + 1
    assert after == before


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("phone", "030 123 45 67", "Een verzonnen nummer ziet eruit als"),
        ("phone", "", "Vul een telefoonnummer in"),
        ("mon", "van negen tot vijf", "Schrijf 9:00-17:00"),
        ("mon", "17:00-9:00", "Schrijf 9:00-17:00"),
        ("mon", "9:00-17:00 1", "Schrijf 9:00-17:00"),
        ("mon", "9:00-25:00", "Schrijf 9:00-17:00"),
        ("mon", "9:00-17:00, 10:00-12:00", "Schrijf 9:00-17:00"),
        ("valid_to", "1-1-2001", "De laatste dag ligt voor de eerste dag."),
        ("exception_nl", "Alleen hier.", "Vul het in beide talen in"),
        ("website", "geen adres", "Vul de website in"),
        ("source", "x" * 501, "Gebruik hooguit 500 tekens."),
        ("source", "", "Zeg waar dit vandaan komt."),
        ("serves", [], "Kies voor wie."),
        ("name_nl", "x" * 201, "Gebruik hooguit 200 tekens."),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(
    carla: Browser, name: str, given: Any, said: str
) -> None:
    page = carla.client.post(RMT, filled(carla) | {name: given})
    assert page.status_code == 422
    at = "exception_en" if name == "exception_nl" else name
    assert any(said in str(error) for error in page.context["form"].errors[at])
    if name != "source":
        assert "Mail van vandaag" in page.content.decode()


def test_a_new_desk_is_there_for_everybody(carla: Browser) -> None:
    form = filled(carla) | {
        "kind": "werkcentrum",
        "name_nl": "Werkcentrum Verzonnen",
        "name_en": "Work centre",
        "seen": 0,
    }
    assert carla.client.post("/nl/loket/bijhouden/nieuw/", form).status_code == 302
    assert "Werkcentrum Verzonnen" in Client(HTTP_HOST="localhost").get("/nl/loket/AM15/alle/").content.decode()


def test_a_desk_of_another_region_is_no_page(carla: Browser) -> None:
    assert carla.client.get("/nl/loket/bijhouden/AM05-rmt/").status_code == 404
    assert carla.client.post("/nl/loket/bijhouden/AM05-rmt/ongedaan/").status_code == 404
    assert {row["desk"].region_code for row in carla.client.get(LIST, {"regio": "AM05"}).context["rows"]} == {"AM15"}


def test_who_looked_before_a_colleague_changed_it_is_told(carla: Browser) -> None:
    old = filled(carla)
    carla.client.post(RMT, old)
    page = carla.client.post(RMT, old)
    assert page.status_code == 422
    assert "Een collega veranderde dit loket intussen." in page.content.decode()


@pytest.fixture
def aziz(loaded_database: None, db: None) -> Browser:
    """The browser of an administrator."""
    at = organisation("Beheer", region="", kind="national")
    colleague("aziz@desk.example", Role.ADMINISTRATOR, at=at, name="Aziz")
    aziz = Browser()
    aziz.come_in("aziz@desk.example")
    return aziz


def test_an_administrator_chooses_a_region(aziz: Browser) -> None:
    assert "Landelijke loketten" in aziz.client.get(LIST).content.decode()
    page = aziz.client.get(LIST, {"regio": "AM15"}).content.decode()
    assert "De loketten van Noord-Holland Noord" in page
    form = filled(aziz) | {"phone": "(0XX) 000 15 99"}
    page = aziz.client.post(RMT, form, follow=True)
    assert page.redirect_chain[-1][0].endswith("?regio=AM15")
    assert "(0XX) 000 15 99" in page.content.decode()


def test_a_change_of_the_national_desk_is_at_the_end_of_every_page_and_it_cannot_be_ended(aziz: Browser) -> None:
    path = "/nl/loket/bijhouden/NL-national/"
    assert aziz.client.post(path, filled(aziz, path) | {"phone": "(0XX) 000 00 77"}).status_code == 302
    assert "(0XX) 000 00 77" in Client(HTTP_HOST="localhost").get("/nl/privacy/").content.decode()
    page = aziz.client.post(path, filled(aziz, path) | {"valid_to": "1-12-2026"})
    assert page.status_code == 422
    assert "Eén landelijk loket blijft" in str(page.context["form"].errors["valid_to"])
