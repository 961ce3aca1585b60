"""National employers through the pages: added once, approached once, seen by each region with a site."""

import csv
import re
from io import StringIO
from itertools import count

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from support.network import unlike_name
from web.national.conftest import Pages

LIST = "/nl/landelijk/werkgevers/"
NUMBERS = count(55550001)


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def filled(name: str, *regions: str, **more: str) -> dict[str, str]:
    sites = {f"regio{number}": code for number, code in enumerate(regions, 1)}
    return {"naam": name, "kvk": "", "sector": "G", **sites, "plaats1": "Gouda", **more}


def added(pages: Pages, name: str, *regions: str) -> str:
    """The address of an employer that the national team adds."""
    answer = pages.national.post(f"{LIST}nieuw/", filled(name, *regions))
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"].partition("?")[0])


def does(pages: Pages, page: str, move: str, **given: str) -> HttpResponse:
    return pages.national.post(f"{page}doen/", {"move": move, **given})


def test_from_adding_to_front_runner_and_each_region_reads_along(pages: Pages) -> None:
    name = unlike_name()
    page = added(pages, name, "AM20", "AM29", "AM30")
    does(pages, page, "approach", party="szw", words="")
    does(pages, page, "status", status="front_runner", words="")
    does(pages, page, "agreed", agreed="Twee plekken per winkel")
    for browser in (pages.adviser, pages.coordinator, pages.elsewhere):
        told = text_of(browser.get(page))
        assert "Koploper" in told
        assert "Landelijk team SZW" in told
        assert "Twee plekken per winkel" in told
        assert name in text_of(browser.get(LIST))
    assert "Maastricht" not in text_of(pages.adviser.get(page))


def test_a_second_approach_says_who_and_since_when(pages: Pages) -> None:
    page = added(pages, unlike_name(), "AM20")
    does(pages, page, "approach", party="sbb", words="")
    answer = does(pages, page, "approach", party="lwsp_uwv", words="onze eigen woorden")
    assert answer.status_code == 409
    assert re.search(r"SBB benadert deze werkgever al, sinds \d+ \w+ \d{4}", text_of(answer))


def test_a_name_that_is_nearly_there_is_shown_before_it_is_kept(pages: Pages) -> None:
    name = unlike_name()
    page = added(pages, name, "AM20")
    answer = pages.national.post(f"{LIST}nieuw/", filled(f"{name} Nederland", "AM29", kvk="12345678"))
    assert answer.status_code == 422
    assert page in answer.content.decode()
    assert 'value="12345678"' in answer.content.decode(), "nothing typed is lost"
    answer = pages.national.post(f"{LIST}nieuw/", filled(f"{name.upper()} B.V.", "AM29", andere="on"))
    assert f"{name} staat al in het register" in text_of(answer)
    answer = pages.national.post(f"{LIST}nieuw/", filled(f"{name} Nederland", "AM29", andere="on"))
    assert answer.status_code == 302


def test_what_is_wrong_stands_beside_its_field(pages: Pages) -> None:
    for given, words in (
        (filled("", "AM20"), "Vul de naam van de werkgever in"), (filled("!!", "AM20"), "letters of cijfers"),
        (filled(unlike_name()), "Kies minstens één regio"), (filled(unlike_name(), "AM20", kvk="12"), "acht cijfers"),
    ):  # fmt: skip
        answer = pages.national.post(f"{LIST}nieuw/", given)
        assert answer.status_code == 422
        assert words in text_of(answer)


def test_a_region_picks_its_site_up_and_another_region_knows_of_nothing(pages: Pages) -> None:
    page = added(pages, unlike_name(), "AM20")
    site = str(pages.adviser.get(page).context["row"].sites[0].id)
    form = {"site": site, "state": "known", "words": "=Bram <b>belt</b>"}
    assert pages.adviser.post(f"{page}vestiging/", form | {"words": ""}).status_code == 422
    assert pages.adviser.post(f"{page}vestiging/", form).status_code == 302
    assert "=Bram &lt;b&gt;belt&lt;/b&gt;" in pages.national.get(page).content.decode()
    for browser, address in (
        (pages.elsewhere, page),
        (pages.elsewhere, f"{page}vestiging/"),
        (pages.adviser, f"{page}doen/"),
    ):
        assert browser.post(address, form).status_code in (404, 405)
    assert pages.elsewhere.get(page).status_code == 404
    lines = rows_of(pages.adviser.get(f"{LIST}bestand.csv"))
    assert any(line["Woorden van de regio"] == "'=Bram <b>belt</b>" for line in lines)
    assert {line["Regio"] for line in lines} == {"Midden-Holland"}


def test_the_last_change_is_taken_back_once_and_stays_in_the_history(pages: Pages) -> None:
    page = added(pages, unlike_name(), "AM20")
    does(pages, page, "approach", party="szw", words="")
    does(pages, page, "status", status="no", words="geen tijd")
    assert does(pages, page, "undo").status_code == 302
    told = text_of(pages.national.get(page))
    assert "Landelijk team SZW, sinds" in told
    assert "geen tijd" in told
    assert does(pages, page, "undo").status_code == 409


def test_sites_and_contact_persons_come_and_go(pages: Pages) -> None:
    page = added(pages, unlike_name(), "AM20")
    assert does(pages, page, "site", region="AM29", place="Venlo").status_code == 302
    assert "staat al in het register" in text_of(does(pages, page, "site", region="AM29", place="venlo"))
    assert "e-mailadres of telefoonnummer" in text_of(does(pages, page, "contact", person="Ilse"))
    assert does(pages, page, "contact", person="Ilse", email="ilse@x.example").status_code == 302
    assert "Ilse" not in text_of(pages.adviser.get(page))
    found = pages.national.get(page).context["found"]
    site = next(one for one in found.row.sites if one.region == "AM29")
    does(pages, page, "end_site", site=str(site.id))
    does(pages, page, "end_contact", contact=str(found.contacts[0].id))
    assert pages.elsewhere.get(page).status_code == 404
    assert does(pages, page, "end_site", site=str(site.id)).status_code == 404


@pytest.mark.parametrize(
    "query", ["?zoek=%25", "?status=x&pagina=-4", "?pagina=99999", "?volgorde=id;drop", "?regio=\x00"]
)
def test_a_strange_address_is_no_fault(pages: Pages, query: str) -> None:
    assert pages.national.get(LIST + query).status_code == 200


def test_a_longer_list_asks_no_more(pages: Pages) -> None:
    def asked(browser: Client, address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    addresses = (LIST, f"{LIST}bestand.csv")
    for _warm in range(2):
        before = [asked(pages.national, address) for address in addresses]
    for _one in range(3):
        added(pages, unlike_name(), "AM20", "AM29", "AM30")
    assert [asked(pages.national, address) for address in addresses] == before


def rows_of(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode().removeprefix("\ufeff")), delimiter=";"))
