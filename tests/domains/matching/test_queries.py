"""What the pages ask: what is near, over which routes, why, in which words, and what would bring more near."""

import re

import pytest
import yaml

from dichterbij.domains.matching.queries import (
    OpeningIndex,
    StepWeeks,
    bridges_per_route,
    explain,
    openings_near,
    routes_near,
    step_words,
    what_brings_more,
)
from dichterbij.domains.matching.queries.words import TEXTS
from dichterbij.domains.matching.queries.words import texts as step_texts
from dichterbij.engine.arrays import ROUTES, TO_ASK
from dichterbij.engine.parameters import AGREEMENTS, DAYPARTS, MODES
from dichterbij.shared.errors import InputError
from engine.rows import TODAY, Invented, bridges, opening, packaged, person


def invented_index(seed: int, count: int = 120) -> OpeningIndex:
    """An index of invented openings."""
    return OpeningIndex.of(Invented(seed).openings(count), packaged())


def test_what_is_near_is_what_match_gives() -> None:
    index, openings = invented_index(11), Invented(11).openings(120)
    for one in Invented(12).people(10):
        near = openings_near(person=one, index=index, parameters=packaged(), on=TODAY, top=20, seed=3)
        rows = bridges([one], openings, top=20, seed=3)
        assert [(item.opening_id, item.route, list(item.step_codes)) for item in near] == [
            (row["opening_id"], row["route"], row["step_codes"]) for row in rows
        ]


def test_the_routes_of_an_opening_stand_by_distance_and_the_first_is_its_bridge() -> None:
    index = invented_index(13)
    for one in Invented(14).people(10):
        asked = {"person": one, "index": index, "parameters": packaged(), "on": TODAY}
        near, routes = openings_near(**asked), routes_near(**asked)
        assert [ways[0] for ways in routes] == near
        for ways in routes:
            per_route = bridges_per_route(opening_id=ways[0].opening_id, **asked)
            assert {way.route: way for way in ways} == {key: way for key, way in per_route.items() if way}


def test_an_explanation_names_the_best_route_of_match() -> None:
    index = invented_index(15, 60)
    for one in Invented(16).people(8):
        asked = {"person": one, "index": index, "parameters": packaged(), "on": TODAY}
        near = {item.opening_id: item for item in openings_near(**asked)}
        for number in range(60):
            told = explain(opening_id=f"o{number}", language="nl", **asked)
            item = near.get(f"o{number}")
            assert told.best == (item.route if item else None)
            if item:
                route = next(route for route in told.routes if route.route == told.best)
                assert route.distance is not None
                assert route.distance.key == item.distance
                assert [step.code for step in route.steps] == list(item.step_codes)


@pytest.mark.parametrize(
    ("values", "work", "code"),
    [
        ({"modes": ["bike"], "max_travel_minutes": 35}, {"pc4": 3994, "latest_start": "2026-12-01"}, "ebike"),
        ({"modes": ["bike"], "max_travel_minutes": 35, "licences": []}, {"pc4": 3811}, "car_licence"),
        ({"modes": [], "max_travel_minutes": 10, "ebike_possible": False}, {}, "travel_15_minutes"),
        ({"dutch": 1}, {"dutch": 3}, "dutch_one_level"),
        ({"dayparts": ["weekday"]}, {"dayparts": ["night"]}, "childcare"),
        ({"dayparts": ["weekday"]}, {"dayparts": ["evening"]}, "evening"),
        ({"dayparts": ["weekday"]}, {"dayparts": ["saturday"]}, "weekend"),
        (
            {"skills": [], "learn_weeks_max": 1},
            {"learning_company": True, "onboarding_weeks": 0},
            "learn_longer",
        ),
    ],
)
def test_the_answer_that_brings_an_opening_near_is_named(values: dict, work: dict, code: str) -> None:
    index = OpeningIndex.of([opening(**work)], packaged())
    lifts = what_brings_more(person=person(**values), index=index, parameters=packaged(), on=TODAY)
    assert code in {lift.code for lift in lifts if lift.more_openings == 1}


def test_nothing_is_named_when_nothing_brings_more() -> None:
    index = OpeningIndex.of([opening()], packaged())
    assert what_brings_more(person=person(), index=index, parameters=packaged(), on=TODAY) == []


def test_an_unknown_opening_or_language_is_an_error() -> None:
    asked = {"person": person(), "index": OpeningIndex.of([opening()], packaged()), "parameters": packaged()}
    with pytest.raises(InputError, match="no opening 'x'"):
        bridges_per_route(opening_id="x", on=TODAY, **asked)
    with pytest.raises(InputError, match="no words in 'fr'"):
        explain(opening_id="o", on=TODAY, language="fr", **asked)


def sentence_of(values: dict, work: dict, language: str = "nl", route: str = "direct") -> str:
    """What is said of one route from this person to this opening."""
    index = OpeningIndex.of([opening(**work)], packaged())
    asked = {
        "person": person(**{"skills": ["skill:a"], **values}),
        "index": index,
        "parameters": packaged(),
        "on": TODAY,
    }
    told = explain(opening_id="o", language=language, **asked)
    return next(found.sentence for found in told.routes if found.route == route)


@pytest.mark.parametrize(
    ("values", "work", "said"),
    [
        ({}, {}, "Je kunt zo beginnen"),
        ({"licences": None}, {"licences": ["vog"]}, "Je kunt misschien zo beginnen"),
        ({"dutch": None}, {"dutch": 3}, "Je kunt misschien zo beginnen"),
        ({"skills": None}, {}, "We weten nog niet of dit werk past"),
        ({"legal": None}, {"legal": ["BIG"]}, "We weten nog niet of dit werk past"),
        ({}, {"essential": []}, "We weten nog niet of dit werk past"),
        (
            {"licences": []},
            {"licences": ["vog"]},
            "Beginnen: na een paar dagen tot weken. Stappen: 1 (waarvan 1 niet meetelt in de afstand).",
        ),
    ],
)
def test_that_you_can_start_is_only_said_when_nothing_is_in_between_or_to_be_asked(
    values: dict, work: dict, said: str
) -> None:
    assert sentence_of(values, work).startswith(said)


def test_what_is_to_be_asked_is_named_as_match_names_it() -> None:
    index, texts = invented_index(17, 80), yaml.safe_load((TEXTS / "nl.yaml").read_text())
    for one in Invented(18).people(12):
        asked = {"person": one, "index": index, "parameters": packaged(), "on": TODAY}
        for item in openings_near(**asked):
            told = explain(opening_id=item.opening_id, language="nl", **asked)
            sentence = next(route.sentence for route in told.routes if route.route == told.best)
            names = [texts["to_ask"][code] for code in item.to_ask if code != "essential"]
            assert sentence.endswith(f"Nog te vragen: {', '.join(names)}.") == bool(names), item


def test_one_of_something_and_days_are_written_as_people_write_them() -> None:
    index = OpeningIndex.of([opening(open_hiring=True, queue_weeks=1, latest_start="2026-12-01")], packaged())
    told = explain(person=person(), opening_id="o", index=index, parameters=packaged(), on=TODAY, language="nl")
    text = told.text()
    assert not re.search(r"\b1 (weken|minuten|stappen)", text)
    assert "1 week wachten op de lijst" in text
    assert "uiterlijk op di 1 december 2026" in text
    assert "uiterlijk op 2026" not in text


def test_routes_have_the_names_of_the_pages() -> None:
    names = {route: step_texts("nl")["routes"][route] for route in ROUTES}
    assert names == {
        "direct": "gewoon solliciteren",
        "open_hiring": "open hiring",
        "learn_work": "leren en werken",
        "carving": "werk op maat (jobcarving)",
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_code_and_value_has_words(language: str) -> None:
    codes = ["ebike", "childcare", "dutch", "onboarding", "learn_work", "carving"]
    codes += [f"adaptation:{code}" for code in packaged().adaptable]
    codes += [f"licence:{code}" for code in packaged().licences]
    texts = yaml.safe_load((TEXTS / f"{language}.yaml").read_text())
    for code in codes:
        words = step_words(code, language, StepWeeks(2, 0))
        assert all((words.name, words.short, words.what, words.how_long)), code
    for group, known in (("modes", MODES), ("dayparts", DAYPARTS), ("agreements", AGREEMENTS), ("to_ask", TO_ASK)):
        assert set(texts[group]) == set(known)
    assert set(texts["routes"]) == set(ROUTES)
    assert set(texts["demands"]) == set(packaged().demands)
    assert set(texts["licences"]) == set(packaged().licences)


def test_both_languages_have_the_same_words() -> None:
    def keys(value: object, path: str = "") -> set[str]:
        if not isinstance(value, dict):
            return {path}
        return {key for name, item in value.items() for key in keys(item, f"{path}.{name}")}

    dutch, english = (yaml.safe_load((TEXTS / f"{language}.yaml").read_text()) for language in ("nl", "en"))
    assert keys(dutch) == keys(english)
