"""An employer fills in a first opening, page by page: nothing is asked that was not ticked, nothing typed is lost."""

import random
import re
from typing import Any

import pytest
from django.test import Client

from dichterbij.domains.openings.models import Message
from dichterbij.web.placing.cookie import COOKIE
from web.placing.conftest import BASE, DESK, Fill, text_of

pytestmark = pytest.mark.usefixtures("nobody_here")


def test_a_page_ends_with_the_desk_of_employers_in_the_region_of_the_work(filled: Fill) -> None:
    assert f"Stuur naar {DESK}" in text_of(filled())


def test_nothing_is_ticked_beforehand_but_hours_are_proposed(employer: Client) -> None:
    employer.post(BASE, {"title": "keukenhulp", "where": "Alkmaar"})
    employer.post(f"{BASE}beroep/", {"occupation": "0"})
    page = text_of(employer.get(f"{BASE}werk/"))
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
    assert said in text_of(answer)
    for value in filter(None, given.values()):
        assert f'value="{value}"' in text_of(answer)


def test_a_place_that_may_be_two_is_chosen_from_a_list(employer: Client) -> None:
    page = text_of(employer.post(BASE, {"title": "kok", "where": "Hengelo"}))
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
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert str(given["own_tasks"])[:11] in page
    if "demands" not in wrong:
        assert re.search(r'value="standing"[^>]*checked', page)


def test_a_way_to_be_reached_is_needed_and_one_is_enough(employer: Client, filled: Fill) -> None:
    filled()
    answer = employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Ans", "phone": "", "email": ""})
    assert "Vul een telefoonnummer of e-mailadres in" in text_of(answer)
    assert 'value="Ans"' in text_of(answer)
    for given in ({"phone": "072-1234567"}, {"email": "ans@example.nl"}):
        assert employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Ans", **given}).status_code == 302


def test_pages_further_on_lead_back_to_what_comes_first(employer: Client) -> None:
    for page in ("beroep/", "werk/", "contact/", "controle/"):
        assert employer.get(BASE + page).url == BASE
    employer.post(BASE, {"title": "kok", "where": "1811"})
    assert employer.get(f"{BASE}controle/").url == f"{BASE}beroep/"


def test_each_part_can_be_changed_and_leads_back_to_the_check(employer: Client, filled: Fill) -> None:
    page = text_of(filled())
    for field in ("title", "where", "occupation", "tasks", "demands", "hours_min", "willing", "phone", "question"):
        assert f"#id_{field}" in page
    assert employer.post(BASE, {"title": "keukenhulp", "where": "3511"}).url == f"{BASE}controle/"
    assert employer.post(BASE, {"title": "kok", "where": "3511"}).url == f"{BASE}beroep/"
    assert employer.post(f"{BASE}beroep/", {"occupation": "none"}).url == f"{BASE}werk/"


@pytest.mark.parametrize(("typed", "shown"), [("14,50", "€ 14,50"), ("14.5", "€ 14,50"), ("€ 15", "€ 15,00")])
def test_a_wage_may_be_typed_with_a_comma_or_a_point(filled: Fill, typed: str, shown: str) -> None:
    assert shown in text_of(filled(work={"wage_min": typed}))


def test_what_was_filled_in_can_be_wiped(employer: Client, filled: Fill) -> None:
    filled()
    employer.post(f"{BASE}wissen/")
    assert 'keukenhulp"' not in text_of(employer.get(BASE)).replace("bijvoorbeeld: keukenhulp", "")


def test_a_changed_cookie_is_dropped_and_said(employer: Client, filled: Fill) -> None:
    filled()
    employer.cookies[COOKIE.name] = employer.cookies[COOKIE.name].value[:-8] + "AAAAAAA="
    page = employer.get(BASE)
    assert "Wat je invulde is weg" in text_of(page)


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
    assert "Samen zijn de teksten te lang" in text_of(answer)
    assert more in text_of(answer)


def test_the_whole_is_there_in_english(sent: Fill) -> None:
    page = text_of(sent(language="en", title="kitchen help"))
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
    assert 'value="Bo"' in text_of(employer.get(f"{BASE}contact/"))


def test_half_a_contact_is_kept_and_cannot_be_sent(employer: Client) -> None:
    employer.post(BASE, {"title": "kok", "where": "1811"})
    employer.post(f"{BASE}beroep/", {"occupation": "0"})
    employer.post(f"{BASE}werk/", {"own_tasks": "Brood bakken", "save": "1"})
    assert employer.get(f"{BASE}contact/").url == f"{BASE}werk/"
    assert "Brood bakken" in text_of(employer.get(f"{BASE}werk/"))
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
    assert "Kijk nog één keer" in text_of(answer)
    assert Message.objects.count() == 0
    assert employer.post(f"{BASE}controle/", {**shown, "shown": answer.context["shown"]}).status_code == 302


def test_a_form_for_a_draft_that_is_gone_says_so(employer: Client) -> None:
    answer = employer.post(f"{BASE}contact/", {"firm": "Zon", "person": "Bo"}, follow=True)
    assert "Er is niets meer ingevuld" in text_of(answer)


def test_pages_answer_a_question_for_their_head(employer: Client) -> None:
    for path in (BASE, "/nl/mensen/bereik/"):
        assert employer.head(path).status_code == 200
