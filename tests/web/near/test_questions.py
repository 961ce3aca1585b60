"""The optional questions: each may be skipped, each says why it is asked, and bad input is answered in words."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from dichterbij.web.near import esco
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.groups import GROUPS

ASK = "/nl/dichtbij/vragen/"
CLEANER = "Schoonmaker"
Told = Callable[..., Client]
Kept = Callable[[], Answers]


@pytest.mark.parametrize("group", [group for group in GROUPS if group.form], ids=lambda group: group.slug)
def test_every_question_says_why_it_is_asked(group, told: Told) -> None:  # type: ignore[no-untyped-def]
    page = told(pc4=1811).get(f"{ASK}{group.slug}/").content.decode()
    assert page.count("Waarom vragen we dit?") == len(group.why)
    assert set(group.why) <= set(group.form.base_fields)
    assert "Weet ik niet, of sla over" in page


@pytest.mark.parametrize("slug", [group.slug for group in GROUPS])
def test_every_group_can_be_skipped_and_then_stays_unknown(told: Told, kept: Kept, slug: str) -> None:
    assert told(pc4=1811).post(f"{ASK}{slug}/", {"skip": "1"})["Location"] == "/nl/dichtbij/lijst/"
    answers = kept()
    assert Answers(pc4=1811, seen=answers.seen) == answers


def test_one_question_can_follow_another(told: Told) -> None:
    browser = told(pc4=1811)
    places = []
    address = f"{ASK}werk/"
    for _ in GROUPS:
        address = browser.post(address, {"another": "1"})["Location"]
        places.append(address)
    assert places == [*(f"{ASK}{group.slug}/" for group in GROUPS[1:]), "/nl/dichtbij/lijst/"]


def test_travel_is_kept_as_told(told: Told, kept: Kept) -> None:
    told(pc4=1811).post(f"{ASK}reizen/", {"modes": ["bike", "car"], "minutes": "45", "ebike": "no", "save": "1"})
    assert kept() == Answers(
        pc4=1811, modes=("bike", "car"), max_travel_minutes=45, ebike_possible=False, seen=("travel",)
    )


def test_hours_and_times_are_kept_as_told(told: Told, kept: Kept) -> None:
    posted = {
        "hours_min": "12",
        "hours_max": "24",
        "dayparts": ["weekday"],
        "childcare": ["weekday", "evening"],
        "available_from": "1-12-2026",
        "save": "1",
    }
    told(pc4=1811).post(f"{ASK}tijden/", posted)
    answers = kept()
    assert (answers.hours_min, answers.hours_max, answers.available_from) == (12, 24, date(2026, 12, 1))
    assert (answers.dayparts, answers.childcare_dayparts) == (("weekday",), ("evening",))


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"hours_min": "0"}, "van 1 tot en met 60"),
        ({"hours_max": "61"}, "van 1 tot en met 60"),
        ({"hours_min": "many"}, "van 1 tot en met 60"),
        ({"hours_min": "9" * 100_000}, "van 1 tot en met 60"),
        ({"hours_min": "30", "hours_max": "20"}, "Het hoogste aantal uren"),
        ({"available_from": "31-2-2026"}, "Dat is geen datum"),
        ({"available_from": "soon"}, "Dat is geen datum"),
        ({"available_from": "1-1-0001"}, "Dat is geen datum"),
        ({"available_from": "x" * 100_000}, "Dat is geen datum"),
        ({"dayparts": ["noon"]}, "Kies uit de lijst"),
    ],
)
def test_hours_and_dates_that_are_none_are_asked_again(
    told: Told, kept: Kept, posted: dict[str, str], said: str
) -> None:
    answer = told(pc4=1811).post(f"{ASK}tijden/", {**posted, "save": "1"})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert kept() == Answers(pc4=1811)


def test_no_licence_is_another_answer_than_not_knowing(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811)
    browser.post(f"{ASK}papieren/", {"save": "1"})
    assert kept().licences is None
    browser.post(f"{ASK}papieren/", {"no_licences": "on", "dutch": "2", "level": "3", "big": "no", "save": "1"})
    assert (kept().licences, kept().dutch, kept().level, kept().legal) == ((), 2, 3, ())
    answer = browser.post(f"{ASK}papieren/", {"no_licences": "on", "licences": ["B"], "save": "1"})
    assert "Wat klopt?" in answer.content.decode()


def test_answers_given_are_shown_again(told: Told) -> None:
    page = told(pc4=1811, modes=("car",), max_travel_minutes=75, ebike_possible=True).get(f"{ASK}reizen/")
    form = page.context["form"]
    assert form.initial == {"modes": ("car",), "minutes": "75", "ebike": "yes"}
    assert page.content.decode().count(" checked") == 3


def test_an_unknown_group_is_not_there(told: Told) -> None:
    assert told(pc4=1811).get(f"{ASK}sterrenbeeld/").status_code == 404


def test_from_an_opening_one_comes_back_to_that_opening(told: Told) -> None:
    browser = told(pc4=1811)
    assert (
        "vacature/story-keuken-alkmaar" in browser.get(f"{ASK}papieren/?opening=story-keuken-alkmaar").content.decode()
    )
    answer = browser.post(f"{ASK}papieren/", {"save": "1", "opening": "story-keuken-alkmaar"})
    assert answer["Location"] == "/nl/dichtbij/vacature/story-keuken-alkmaar/"


@pytest.mark.parametrize("opening", ["//evil.example/", "https://evil.example", "../x", "\r\nSet-Cookie: a=b"])
def test_the_way_back_never_leaves_the_site(told: Told, opening: str) -> None:
    answer = told(pc4=1811).post(f"{ASK}papieren/", {"save": "1", "opening": opening})
    assert answer["Location"].startswith("/nl/dichtbij/")
    assert told(pc4=1811).get(f"{ASK}papieren/", {"opening": opening}).status_code == 200


def test_work_is_found_chosen_and_removed_without_a_script(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811)
    answer = browser.post(f"{ASK}werk/", {"text": "schoonmaker", "search": "1"})
    found = answer.context["found"]
    assert any(CLEANER in concept.label for concept in found)
    chosen = next(concept for concept in found if CLEANER in concept.label)
    assert browser.post(f"{ASK}werk/", {"text": "schoonmaker", "add": chosen.uri}).status_code == 302
    assert kept().work == (chosen.uri,)
    page = browser.get(f"{ASK}werk/").content.decode()
    assert chosen.label in page
    assert browser.post(f"{ASK}werk/", {"save": "1"})["Location"] == f"{ASK}kunnen/"
    browser.post(f"{ASK}werk/", {"remove": chosen.uri})
    assert kept().work == ()


@pytest.mark.parametrize("uri", ["x", "http://data.europa.eu/esco/occupation/none", "x" * 100_000, "\x00"])
def test_a_concept_we_do_not_know_is_refused_in_words(told: Told, kept: Kept, uri: str) -> None:
    for page in ("werk", "kunnen"):
        answer = told(pc4=1811).post(f"{ASK}{page}/", {"add": uri})
        assert answer.status_code == 200
        assert "Kies iets uit de lijst" in answer.content.decode()
    assert kept().work == ()
    assert kept().own_skills == ()


@pytest.mark.parametrize("text", ["x" * 100_000, "   ", "!!!!", "qqqqqqqqq", "\u0000", "<script>alert(1)</script>"])
def test_any_text_may_be_looked_up(told: Told, text: str) -> None:
    for page in ("werk", "kunnen"):
        answer = told(pc4=1811).post(f"{ASK}{page}/", {"text": text, "search": "1"})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def _cleaner(browser: Client) -> str:
    found = browser.post(f"{ASK}werk/", {"text": "schoonmaker", "search": "1"}).context["found"]
    return next(concept.uri for concept in found if CLEANER in concept.label)


def test_skills_are_proposed_from_work_and_marked_so(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811)
    browser.post(f"{ASK}werk/", {"add": _cleaner(browser)})
    page = browser.get(f"{ASK}kunnen/")
    assert "Een voorstel: klopt dit?" in page.content.decode()
    proposed = [concept.uri for _work, concepts in page.context["proposals"] for concept, _ticked in concepts]
    assert proposed
    assert set(esco.held(kept()) or ()) == set(proposed)
    browser.post(f"{ASK}kunnen/", {"held": proposed[1:], "save": "1"})
    assert kept().unticked == (proposed[0],)
    assert set(esco.held(kept()) or ()) == set(proposed[1:])
    assert kept().skills_confirmed
    assert "Een voorstel: klopt dit?" not in browser.get(f"{ASK}kunnen/").content.decode()


def test_own_skills_can_be_added_and_ticks_survive_a_search(told: Told, kept: Kept) -> None:
    browser = told(pc4=1811)
    browser.post(f"{ASK}werk/", {"add": _cleaner(browser)})
    page = browser.get(f"{ASK}kunnen/")
    proposed = [concept.uri for _work, concepts in page.context["proposals"] for concept, _ticked in concepts]
    found = browser.post(f"{ASK}kunnen/", {"held": proposed[2:], "text": "talen", "search": "1"}).context["found"]
    assert set(kept().unticked) == set(proposed[:2])
    own = next(concept for concept in found if concept.uri not in proposed)
    browser.post(f"{ASK}kunnen/", {"held": proposed[2:], "text": "talen", "add": own.uri})
    assert kept().own_skills == (own.uri,)
    assert set(kept().unticked) == set(proposed[:2])
    browser.post(f"{ASK}kunnen/", {"held": proposed[2:], "save": "1"})
    assert kept().own_skills == ()


def test_who_never_worked_has_no_skills_that_were_not_told(told: Told, kept: Kept) -> None:
    assert told(pc4=1811).post(f"{ASK}werk/", {"none": "1"})["Location"] == f"{ASK}kunnen/"
    assert esco.held(kept()) == ()


def test_type_ahead_answers_in_the_body_only(told: Told) -> None:
    browser = told(pc4=1811)
    assert browser.get("/nl/dichtbij/zoek/", {"text": "kok"}).status_code == 405
    answer = browser.post("/nl/dichtbij/zoek/", {"text": "schoonm", "kind": "occupation"})
    assert any(CLEANER in found["label"] for found in answer.json()["results"])
    assert answer["Cache-Control"] == "no-store"
    assert browser.post("/nl/dichtbij/zoek/", {"text": "kok", "kind": "person"}).status_code == 400
    assert browser.post("/nl/dichtbij/zoek/", {"text": "x" * 100_000, "kind": "skill"}).json() == {"results": []}


def test_more_answers_than_fit_are_refused_and_the_earlier_ones_kept(told: Told, kept: Kept) -> None:
    import random

    from dichterbij.web.near.concepts import numbering

    skills = numbering("skill").uris
    before = {"pc4": 1811, "own_skills": tuple(random.Random(2).sample(skills, 1500))}
    browser = told(**before)
    found = next(uri for uri in skills if uri not in before["own_skills"])  # type: ignore[operator]
    answer = browser.post(f"{ASK}kunnen/", {"held": list(before["own_skills"])[:900], "add": found})  # type: ignore[call-overload]
    assert "Dat is meer dan we kunnen bewaren" in answer.content.decode()


@pytest.mark.parametrize("page", [ASK, "/nl/dichtbij/lijst/"])
def test_every_group_of_questions_is_one_click_away(told: Told, page: str) -> None:
    browser = told(pc4=1811)
    shown = re.findall(r'class="nl-link near-group__link" href="([^"]+)">([^<]+)<', browser.get(page).content.decode())
    assert [name for _address, name in shown] == [translated(group.short) for group in GROUPS]
    for (address, _name), group in zip(shown, GROUPS, strict=True):
        answer = browser.get(address)
        assert answer.context["group"].code == group.code
        assert translated(group.title) in answer.content.decode()


def test_a_group_says_whether_it_was_answered_or_only_seen(told: Told) -> None:
    page = told(pc4=1811, modes=("bike",), seen=("travel", "avoid")).get(ASK).content.decode()
    states = re.findall(r"near-group__link[^>]+>([^<]+)</a>(?:\s*<span[^>]*>(.*?)</span>)?", page, re.DOTALL)
    said = {name: re.sub(r"<[^>]+>", "", state).strip() for name, state in states}
    assert said["Hoe je reist"] == "beantwoord"
    assert said["Wat je liever niet doet"] == "niets ingevuld"
    assert said["Werk dat je deed"] == ""


@pytest.mark.parametrize(("page", "word"), [("werk", "schoonmaker"), ("kunnen", "koken")])
def test_going_on_with_a_word_looked_up_and_nothing_chosen_says_what_to_do(told: Told, page: str, word: str) -> None:
    browser = told(pc4=1811)
    for posted in ({"save": "1"}, {"another": "1"}):
        answer = browser.post(f"{ASK}{page}/", {"text": word, **posted})
        assert "Je zocht een woord op, maar koos nog niets." in answer.content.decode()
        assert answer.context["found"]
    assert "koos nog niets" not in browser.post(f"{ASK}{page}/", {"text": word, "search": "1"}).content.decode()


def test_what_you_have_is_not_called_as_what_you_would_get(told: Told) -> None:
    page = told(pc4=1811).get(f"{ASK}papieren/").content.decode()
    options = [" ".join(words.split()) for words in re.findall(r"<label[^>]*>([^<]+)</label>", page)]
    assert "Heftruckcertificaat" in options
    assert not [option for option in options if "halen" in option or "aanvragen" in option]


@pytest.mark.parametrize("page", ["", "reizen/", "werk/", "kunnen/"])
def test_question_pages_end_with_the_desk_of_the_region(told: Told, page: str) -> None:
    assert "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord" in told(pc4=1811).get(ASK + page).content.decode()


def test_names_that_begin_with_what_was_typed_come_first(loaded_database: None, db: None) -> None:
    labels = [concept.label for concept in esco.suggest("heftr", "occupation", "nl", 8)]
    assert labels[0] == "Heftruckchauffeur"
    starts = [label.casefold().startswith("heftr") for label in labels]
    assert starts == sorted(starts, reverse=True)


@pytest.mark.parametrize(("word", "is_shown"), [("kamermeisje", False), ("escort", True)])
def test_what_only_looks_like_sex_work_is_never_offered_for_it(
    loaded_database: None, db: None, word: str, is_shown: bool
) -> None:
    assert ("Escort" in [concept.label for concept in esco.suggest(word, "occupation", "nl", 8)]) == is_shown


def translated(text: object) -> str:
    """The Dutch of a message."""
    with translation.override("nl"):
        return str(text)
