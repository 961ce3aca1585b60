"""What may help with a step: for whom, over which route, on which date, and who decides."""

from datetime import date
from itertools import product

import pytest

from dichterbij.domains.support.queries import menukaart, supports_for
from dichterbij.domains.support.rules.kinds import Background, Category, Role, Route, SupportOffer
from dichterbij.domains.support.rules.offers import open_deciders
from dichterbij.domains.support.rules.words import PARTIES, Party

TODAY = date(2026, 11, 22)
STEPS = (
    "ebike",
    "childcare",
    "adaptation:lifting",
    "adaptation:hearing",
    "licence:B",
    "licence:forklift",
    "dutch",
    "onboarding",
    "learn_work",
    "carving",
    "general",
)
REGIONS = sorted({support.region_code for support in menukaart() if support.region_code})


def ask(
    step: str = "general",
    *,
    route: Route | None = None,
    role: Role = Role.JOB_SEEKER,
    background: Background | None = None,
    region: str | None = None,
    on: date = TODAY,
) -> tuple[SupportOffer, ...]:
    return supports_for(step_code=step, route=route, role=role, background=background, region=region, on=on)


def ids(offers: tuple[SupportOffer, ...]) -> list[str]:
    return [offer.support.support_id for offer in offers]


@pytest.mark.parametrize(("step", "background"), list(product(STEPS, [None, *Background])))
def test_every_step_has_something_that_may_help_whatever_the_background(
    step: str, background: Background | None
) -> None:
    assert ask(step, background=background)


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_adds_and_never_removes(region: str) -> None:
    more = 0
    for step, route, role, background in product(STEPS, [None, *Route], Role, [None, *Background]):
        national = ids(ask(step, route=route, role=role, background=background))
        here = ids(ask(step, route=route, role=role, background=background, region=region))
        assert [item for item in here if item in national] == national
        more += len(here) - len(national)
    assert more > 0


def test_the_additions_of_one_region_are_not_shown_in_another() -> None:
    assert "AM27-low-risk" not in ids(ask(role=Role.EMPLOYER, region="AM12"))
    assert "AM27-low-risk" in ids(ask(role=Role.EMPLOYER, region="AM27"))


def test_the_base_packages_of_the_menukaart_are_whole() -> None:
    counts = dict.fromkeys(Category, 0)
    for support in menukaart():
        counts[support.category] += 1
    assert counts[Category.EMPLOYER_SERVICE] == 4
    assert counts[Category.JOB_SEEKER_SERVICE] == 6


def test_somebody_without_benefit_placed_through_open_hiring_may_get_the_support_for_everybody() -> None:
    general = ids(ask(route=Route.OPEN_HIRING, background=Background.NONE))
    adaptation = ids(ask("adaptation:hearing", route=Route.OPEN_HIRING, background=Background.NONE))
    assert {"job_coach", "life_coach", "training_contribution", "transport"} <= set(general)
    assert {"aids", "workplace_adaptation", "interpreter"} <= set(adaptation)


def test_somebody_without_benefit_has_somebody_who_decides_on_each_basic_service() -> None:
    offers = [offer for offer in ask(background=Background.NONE) if offer.support.category == "job_seeker_service"]
    assert len(offers) == 6
    assert not any(offer.is_decider_open for offer in offers)


def test_extras_from_welfare_are_for_people_on_welfare() -> None:
    extras = {"talk_money", "calculator", "easy_return_trial", "easy_return_contract", "buffer_budget"}
    assert extras <= set(ids(ask(background=Background.WELFARE)))
    assert not extras & set(ids(ask(background=Background.WW)))


def test_an_unknown_background_leaves_nothing_out_and_says_that_it_matters() -> None:
    everything = set(ids(ask()))
    for background in Background:
        assert set(ids(ask(background=background))) <= everything
    trial = next(offer for offer in ask() if offer.support.support_id == "trial_placement")
    assert trial.depends_on_background
    assert trial.decided_by.nl == "UWV (bij WW, WIA, Wajong of Ziektewet) of je gemeente (bij bijstand)"


def test_a_known_background_names_who_decides_for_it() -> None:
    trial = next(offer for offer in ask(background=Background.WELFARE) if offer.support.support_id == "trial_placement")
    assert (trial.decided_by.nl, trial.depends_on_background) == ("je gemeente", False)


def test_where_nobody_is_known_who_decides_the_words_say_so() -> None:
    coach = next(offer for offer in ask(background=Background.WW) if offer.support.support_id == "life_coach")
    assert coach.is_decider_open
    assert coach.decided_by == PARTIES[Party.UNKNOWN]


def test_open_questions_are_counted() -> None:
    open_now = [support for support in menukaart() if support.is_open(TODAY)]
    found = {support.support_id: backgrounds for support, backgrounds in open_deciders(open_now)}
    assert found["life_coach"] == frozenset(Background)
    assert found["trial_placement"] == {Background.TARGET_REGISTER}
    assert "no_risk" not in found


@pytest.mark.parametrize(("on", "is_offered"), [(date(2023, 12, 31), True), (date(2024, 1, 1), False)])
def test_the_stap_budget_ended_with_2023(on: date, is_offered: bool) -> None:
    assert ("stap" in ids(ask("learn_work", on=on))) is is_offered


@pytest.mark.parametrize(
    ("support_id", "last_day"),
    [
        ("low_income_advantage", date(2024, 12, 31)),
        ("wage_cost_advantage_older", date(2025, 12, 31)),
    ],
)
def test_ended_allowances_are_offered_until_their_last_day(support_id: str, last_day: date) -> None:
    assert support_id in ids(ask(role=Role.EMPLOYER, on=last_day))
    assert support_id not in ids(ask(role=Role.EMPLOYER, on=date(last_day.year + 1, 1, 1)))


@pytest.mark.parametrize("on", [date(2022, 6, 15), date(2022, 10, 16), date(2022, 10, 17), TODAY])
def test_the_cancelled_employer_subsidy_is_never_offered(on: date) -> None:
    assert "employer_subsidy_2022" in {support.support_id for support in menukaart()}
    for step, route in product(STEPS, [None, *Route]):
        assert "employer_subsidy_2022" not in ids(ask(step, route=route, role=Role.EMPLOYER, on=on))


def test_what_is_made_for_a_step_comes_before_what_helps_with_many() -> None:
    childcare = ids(ask("childcare"))
    assert childcare[0] == "childcare_allowance"
    assert childcare[-1] == "personal_arrangement"


def test_general_offers_stand_in_the_order_of_the_menukaart() -> None:
    categories = [list(Category).index(offer.support.category) for offer in ask(region="AM27")]
    assert categories == sorted(categories)


def test_job_seekers_and_employers_see_only_what_is_for_them() -> None:
    job_seeker, employer = set(ids(ask())), set(ids(ask(role=Role.EMPLOYER)))
    assert {"orientation", "talk_money"} <= job_seeker - employer
    assert {"candidates", "no_risk"} <= employer - job_seeker
    assert {"trial_placement", "job_coach"} <= job_seeker & employer


def test_every_offer_is_worded_as_a_possibility() -> None:
    assert all("mogelijk" in offer.lead.nl and "May" in offer.lead.en for offer in ask())
