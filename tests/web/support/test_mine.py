"""Support for me: only questions that matter, and an answer that promises nothing and names a desk."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.test import Client

from dichterbij.domains.support.rules.kinds import Background, Need, Route
from dichterbij.web.support.cookie import COOKIE
from dichterbij.web.support.result import Shown
from dichterbij.web.support.told import Asker, Question

START = "/nl/ondersteuning/voor-mij/"
ANSWER = f"{START}antwoord/"
Tell = Callable[..., Client]
ALL = tuple(Question)


def shown(client: Client) -> dict[str, Shown]:
    """What the answer shows, by id."""
    return {item.item.support_id: item for group in client.get(ANSWER).context["answer"].groups for item in group.shown}


def test_three_answers_lead_to_a_desk_when_nothing_depends_on_the_rest(visitor: Client) -> None:
    answer = visitor.post(START, {"asker": "self"})
    assert answer["Location"] == f"{START}wat/"
    answer = visitor.post(f"{START}wat/", {"needs": ["childcare"]})
    visitor.post(f"{START}inkomen/", {"background": ""})
    answer = visitor.post(f"{START}waar/", {"where": "7511"})
    assert answer["Location"] == ANSWER
    page = visitor.get(ANSWER)
    assert page.context["desk"].name == "Loket werk en inkomen, gemeente Enschede"
    assert page.context["desk"].phone in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_income_is_not_asked_when_nothing_depends_on_it(told: Tell) -> None:
    told(asker=Asker.EMPLOYER, seen=(Question.WHO,))
    answer = told(asker=Asker.EMPLOYER, seen=(Question.WHO,)).post(f"{START}wat/", {"needs": ["finding"]})
    assert answer["Location"] != f"{START}inkomen/"
    client = told(asker=Asker.EMPLOYER, needs=(Need.FINDING,), region="AM05", seen=ALL)
    assert "dat maakt niet uit voor wat je hier ziet" in client.get(ANSWER).content.decode()


def test_income_is_asked_with_the_reason_when_something_depends_on_it_and_may_be_skipped(told: Tell) -> None:
    client = told(asker=Asker.SELF, needs=(Need.TRYING,), seen=(Question.WHO, Question.NEEDS))
    page = client.get(f"{START}inkomen/").content.decode()
    assert "Waarom vragen we dit?" in page
    assert "Proefplaatsing" in page
    assert client.post(f"{START}inkomen/", {})["Location"] == f"{START}waar/"


def test_somebody_without_a_benefit_sees_the_four_general_supports_with_open_hiring(told: Tell) -> None:
    needs = (Need.LEARNING, Need.TRAVEL, Need.HEALTH, Need.GUIDANCE)
    client = told(
        asker=Asker.SELF, needs=needs, route=Route.OPEN_HIRING, background=Background.NONE, region="AM05", seen=ALL
    )
    found = shown(client)
    assert {"job_coach", "life_coach", "training_contribution", "aids", "workplace_adaptation", "transport",
            "interpreter", "visual_aids"} <= set(found)  # fmt: skip
    assert "easy_return_contract" not in found
    assert found["stronger_position"].item.call.name == "Regionaal Mobiliteitsteam (RMT) Twente"


@pytest.mark.parametrize(
    ("background", "there", "not_there"),
    [
        (Background.WAJONG, {"wage_dispensation", "no_risk", "trial_placement"}, {"wage_cost_subsidy"}),
        (Background.WELFARE, {"wage_cost_subsidy", "trial_placement"}, {"no_risk", "wage_dispensation"}),
        (Background.NONE, {"wage_cost_subsidy"}, {"trial_placement", "no_risk"}),
    ],
)
def test_an_employer_sees_what_may_be_there_for_a_candidate_and_when(
    told: Tell, background: Background, there: set[str], not_there: set[str]
) -> None:
    needs = (Need.WAGE, Need.TRYING)
    client = told(asker=Asker.EMPLOYER, needs=needs, background=background, region="AM05", seen=ALL)
    found = shown(client)
    assert there <= set(found)
    assert not not_there & set(found)
    titles = [title for title, _ in client.get(ANSWER).context["answer"].moments]
    assert titles[0] == "Regelen voor de start"


def test_every_item_says_why_it_is_there_who_decides_and_whom_to_call(told: Tell) -> None:
    client = told(asker=Asker.HELPER, region="AM22", seen=ALL)
    found = shown(client)
    assert len(found) > 20
    assert all((item.reasons and item.item.decides and item.item.call.phone) for item in found.values())
    assert len(found) == client.get(ANSWER).context["answer"].count


def test_each_item_stands_once_and_last_resorts_stand_last_in_their_group(told: Tell) -> None:
    client = told(asker=Asker.SELF, needs=(Need.TRAVEL, Need.LICENCE), region="AM05", seen=ALL)
    groups = client.get(ANSWER).context["answer"].groups
    listed = [item.item.support_id for group in groups for item in group.shown]
    assert len(listed) == len(set(listed))
    assert [item.item.support_id for item in groups[0].shown][-2:] == ["last_obstacle", "personal_arrangement"]


def test_nothing_told_reaches_an_address(visitor: Client) -> None:
    told_now = [(START, {"asker": "self"}), (f"{START}wat/", {"needs": ["trying", "life"]}),
                (f"{START}inkomen/", {"background": "wajong"}), (f"{START}waar/", {"where": "Enschede"})]  # fmt: skip
    places = [visitor.post(path, data)["Location"] for path, data in told_now]
    assert places == [f"{START}wat/", f"{START}inkomen/", f"{START}waar/", ANSWER]
    assert "wajong" not in visitor.cookies[COOKIE.name].value


@pytest.mark.parametrize(
    ("slug", "data", "says"),
    [
        ("wat", {}, "Kruis aan wat zou helpen"),
        ("wat", {"needs": ["life"], "unsure": "on"}, "Wat klopt?"),
        ("wat", {"needs": ["rijkdom"]}, "Kies uit de lijst."),
        ("waar", {}, "of sla deze vraag over"),
        ("waar", {"where": "12345"}, "is geen postcode"),
        ("waar", {"where": "\x00"}, ""),
        ("waar", {"where": "x" * 5000}, ""),
        ("inkomen", {"background": "koning"}, "Kies uit de lijst."),
    ],
)
def test_a_wrong_answer_is_asked_again_in_words(told: Tell, slug: str, data: dict[str, object], says: str) -> None:
    page = told(asker=Asker.SELF, seen=(Question.WHO,)).post(f"{START}{slug}/", data)
    assert page.status_code == 422
    assert says in page.content.decode()


def test_a_place_that_there_are_more_of_is_chosen_with_one_click(told: Tell) -> None:
    client = told(asker=Asker.SELF, needs=(Need.FINDING,), seen=(Question.WHO, Question.NEEDS))
    page = client.post(f"{START}waar/", {"where": "Beek"})
    place = page.context["form"].located.suggestions[0]
    answer = client.post(f"{START}waar/", {"where": "Beek", "region": place.region_code})
    assert answer.status_code == 302


def test_whoever_skips_the_place_gets_the_national_team(told: Tell) -> None:
    client = told(asker=Asker.SELF, needs=(Need.CHILDCARE,), seen=(Question.WHO, Question.NEEDS, Question.BACKGROUND))
    assert client.post(f"{START}waar/", {"skip": "1"})["Location"] == ANSWER
    assert client.get(ANSWER).context["desk"].name == "Landelijk team Dichterbij dan je denkt"


def test_a_region_that_was_chosen_in_the_menukaart_is_not_asked_again(visitor: Client) -> None:
    visitor.post(f"{START}?regio=AM05", {"asker": "self"})
    answer = visitor.post(f"{START}wat/", {"needs": ["childcare"]})
    assert visitor.post(f"{START}inkomen/", {})["Location"] == ANSWER
    assert answer.status_code == 302


def test_another_role_drops_needs_that_do_not_belong_to_it(told: Tell) -> None:
    client = told(asker=Asker.SELF, needs=(Need.CHILDCARE, Need.LEARNING), region="AM05", seen=ALL)
    client.post(START, {"asker": "employer"})
    summary = client.get(ANSWER).context["summary"]
    assert "Kinderopvang" not in summary[1]["value"]


@pytest.mark.parametrize("path", [ANSWER, f"{START}wat/", f"{START}waar/"])
def test_without_answers_every_page_leads_to_the_first_question(visitor: Client, path: str) -> None:
    assert visitor.get(path)["Location"] == START


def test_a_question_that_is_not_there_is_not_found(visitor: Client) -> None:
    assert visitor.get(f"{START}geloof/").status_code == 404


def test_answers_that_were_tampered_with_are_gone_with_a_word(visitor: Client) -> None:
    visitor.cookies[COOKIE.name] = "abc"
    page = visitor.get(START)
    assert "Je antwoorden zijn" in page.content.decode()
    assert page.cookies[COOKIE.name].value == ""


def test_wiping_takes_the_answers_away(told: Tell) -> None:
    client = told(asker=Asker.SELF, seen=ALL)
    assert client.post(f"{START}wissen/").cookies[COOKIE.name].value == ""
    assert client.get(f"{START}wissen/").status_code == 405


def test_the_questions_in_their_order_name_each_other_as_the_one_before(told: Tell) -> None:
    client = told(asker=Asker.SELF, needs=(Need.GUIDANCE, Need.TRYING, Need.NEW_WAY), seen=ALL)
    paths = [START, *(f"{START}{slug}/" for slug in ("wat", "route", "inkomen", "waar"))]
    assert client.get(paths[0]).context["before"] is None
    for before, path in pairwise(paths):
        assert client.get(path).context["before"] == before


def test_an_employer_reads_what_it_is_as_an_employer(told: Tell) -> None:
    client = told(asker=Asker.EMPLOYER, needs=(Need.TRYING,), region="AM05", seen=ALL)
    assert "bij je op proef werken" in shown(client)["trial_placement"].item.what
    assert "voor een baan daarna" in shown(client)["trial_placement"].item.condition
