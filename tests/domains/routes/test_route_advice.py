"""The route advice: what always holds for every set of answers, and named situations a jurist can read."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.routes.queries import advice_rules, route_advice, route_costs
from dichterbij.domains.routes.rules.advice import asked, known
from dichterbij.domains.routes.rules.loading import PACKAGED, load_advice_rules
from dichterbij.domains.routes.rules.values import ADVISED, Advice, Basis, RouteAdvice, Verdict
from dichterbij.domains.support.queries import menukaart
from dichterbij.domains.support.rules.kinds import Route
from dichterbij.shared.errors import InputError

ON = date(2026, 11, 22)
FEW = settings(max_examples=60, deadline=None)
RULES = advice_rules(ON)


def answer_sets() -> st.SearchStrategy[dict[str, str]]:
    """Any answers, also open ones and ones that do not exist."""
    options = {
        question.code: st.sampled_from([*(option.code for option in question.options), "", "nonsense"])
        for question in RULES.questions
    }
    return st.fixed_dictionaries({}, optional=options)


def advice(**answers: str) -> Advice:
    return route_advice(answers, on=ON).value


def of(found: Advice, route: Route) -> RouteAdvice:
    return next(item for item in found.routes if item.facts.route is route)


def forms(found: Advice) -> set[str]:
    """The forms of learning that a page would show."""
    learn_work = of(found, Route.LEARN_WORK)
    return {item.form.code for item in learn_work.forms} if learn_work.verdict is not Verdict.NOT_NOW else set()


@FEW
@given(answer_sets())
def test_every_answer_set_proposes_a_route_and_never_excludes_meeting(answers: dict[str, str]) -> None:
    found = route_advice(answers, on=ON).value
    assert {item.facts.route for item in found.routes} == set(ADVISED)
    assert of(found, Route.MEETING) in found.proposed


@FEW
@given(answer_sets(), st.sampled_from([question.code for question in RULES.questions]))
def test_an_answer_left_open_never_excludes_anything(answers: dict[str, str], left_open: str) -> None:
    before = {item.facts.route for item in route_advice(answers, on=ON).value.proposed}
    fewer = {code: answer for code, answer in answers.items() if code != left_open}
    # Opening the answer that made another question senseless brings that question back: its answer may then count.
    if left_open == "guide" and "company" in fewer:
        fewer.pop("company")
    assert before <= {item.facts.route for item in route_advice(fewer, on=ON).value.proposed}


@FEW
@given(answer_sets())
def test_without_recognition_there_is_never_practice_learning(answers: dict[str, str]) -> None:
    assert "practice_learning" not in forms(route_advice(answers | {"company": "no"}, on=ON).value)


@FEW
@given(answer_sets())
def test_who_wants_to_meet_first_is_never_sent_to_open_hiring(answers: dict[str, str]) -> None:
    found = route_advice(answers | {"interview": "no"}, on=ON).value
    assert of(found, Route.OPEN_HIRING).verdict is Verdict.NOT_NOW
    assert all(Route.OPEN_HIRING not in (one.first, one.second) for one in found.combinations)


@FEW
@given(answer_sets())
def test_without_tasks_to_split_off_no_job_is_carved(answers: dict[str, str]) -> None:
    assert of(route_advice(answers | {"work": "skilled"}, on=ON).value, Route.CARVING).verdict is Verdict.NOT_NOW


@FEW
@given(answer_sets())
def test_every_reason_names_an_answer_that_was_given_and_its_source(answers: dict[str, str]) -> None:
    outcome = route_advice(answers, on=ON)
    counted = known(RULES, answers)
    for reason in outcome.reasons:
        assert reason.source
        assert counted[str(reason.inputs["question"])] == reason.inputs["answer"]


@FEW
@given(answer_sets())
def test_a_route_that_is_not_proposed_says_why(answers: dict[str, str]) -> None:
    for item in route_advice(answers, on=ON).value.routes:
        if item.verdict is Verdict.NOT_NOW:
            assert item.excluded_by or item.speaks_against


@FEW
@given(answer_sets())
def test_the_better_verdict_and_then_the_greater_weight_comes_first(answers: dict[str, str]) -> None:
    order = [(list(Verdict).index(item.verdict), -item.net) for item in route_advice(answers, on=ON).value.routes]
    assert order == sorted(order)


@FEW
@given(answer_sets())
def test_the_verdict_agrees_with_the_reasons_shown(answers: dict[str, str]) -> None:
    for item in route_advice(answers, on=ON).value.routes:
        weight = sum(fit.weight for fit in item.speaks_for) - sum(fit.weight for fit in item.speaks_against)
        said = {Verdict.FITS: weight > 0, Verdict.EVEN: weight == 0, Verdict.UNLIKELY: weight < 0}
        assert said.get(item.verdict, True)


def test_a_route_with_only_points_against_it_stands_under_one_that_nothing_is_known_about() -> None:
    found = advice(soon="now", company="no")
    codes = [item.facts.route for item in found.routes]
    assert codes.index(Route.CARVING) < codes.index(Route.LEARN_WORK)


def test_what_a_form_names_of_the_menukaart_exists() -> None:
    known = {support.support_id for support in menukaart()}
    assert {name for form in RULES.forms for name in form.supports} <= known


def test_every_route_comes_first_for_some_answers_and_a_clear_advice_is_common() -> None:
    codes = [[option.code for option in question.options] for question in RULES.questions]
    names = [question.code for question in RULES.questions]
    found = [
        route_advice(dict(zip(names, answers, strict=True)), on=ON).value for answers in list(product(*codes))[::17]
    ]
    assert {item.routes[0].facts.route for item in found} == set(ADVISED)
    assert sum(item.is_clear for item in found) / len(found) > 0.9


def test_no_answers_at_all_say_to_call_the_desk() -> None:
    found = advice()
    assert not found.is_clear
    assert len(found.proposed) == 4
    assert found.combinations == ()


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"work": "practical", "first_day": "nothing", "interview": "yes", "soon": "now"}, Route.OPEN_HIRING),
        ({"work": "mixed", "first_day": "nothing", "interview": "no", "size": "small"}, Route.CARVING),
        ({"work": "skilled", "first_day": "months", "interview": "no", "company": "yes"}, Route.LEARN_WORK),
        ({"work": "practical", "interview": "no", "people": "many"}, Route.MEETING),
    ],
)
def test_a_plain_situation_leads_to_the_route_one_expects(answers: dict[str, str], first: Route) -> None:
    assert advice(**answers).routes[0].facts.route is first


def test_jobcarving_and_practice_learning_are_combined_as_the_ministry_writes() -> None:
    found = advice(work="mixed", first_day="months", company="yes", guide="daily", interview="no")
    assert (Route.CARVING, Route.LEARN_WORK) in {(one.first, one.second) for one in found.combinations}
    assert "practice_learning" in forms(found)


def test_who_wants_to_become_a_learning_company_hears_to_ask_recognition_first() -> None:
    practice = next(
        item for item in of(advice(company="want"), Route.LEARN_WORK).forms if item.form.code == "practice_learning"
    )
    assert "SBB" in practice.first[0].nl


def test_without_guidance_recognition_is_not_asked() -> None:
    assert "company" not in {question.code for question in asked(RULES, {"guide": "nobody"})}
    assert known(RULES, {"guide": "nobody", "company": "yes"}) == {"guide": "nobody"}


def test_hours_are_added_up_over_the_first_weeks_and_say_that_they_are_assumed() -> None:
    costs = route_costs(Route.CARVING, on=ON)
    assert (costs.low, costs.high, costs.weeks) == (4 + 13 * 1, 10 + 13 * 3, 13)
    assert costs.is_assumed


@pytest.mark.parametrize("route", ADVISED)
def test_every_route_says_what_it_costs_and_every_figure_its_n_moment_and_source(route: Route) -> None:
    costs = route_costs(route, on=ON)
    assert costs.hours
    assert costs.money
    for item in (*costs.hours, *costs.money):
        assert (item.basis is Basis.FIGURE) == bool(item.n and item.when)
        assert item.source or item.basis in (Basis.ASSUMPTION, Basis.UNKNOWN)


def test_a_bare_yes_in_the_data_is_refused(tmp_path: Path) -> None:
    folder = next(PACKAGED.iterdir())
    fit = yaml.safe_load((folder / "fit.yaml").read_text(encoding="utf-8"))
    fit["rules"][0]["answers"] = [True]
    (tmp_path / "fit.yaml").write_text(yaml.safe_dump(fit), encoding="utf-8")
    with pytest.raises(InputError, match="first_day has no answer True"):
        load_advice_rules(on=ON, directory=tmp_path)


def test_before_the_first_period_there_is_no_advice() -> None:
    with pytest.raises(InputError, match="first period"):
        load_advice_rules(on=date(2020, 1, 1))
