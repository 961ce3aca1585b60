"""Both sides of every threshold: a person and an opening that fit in everything, changed at one place."""

from dataclasses import dataclass
from typing import Any

# Real skills of each reuse level: 2, 4, 8 and 12 weeks; ESCO gives NO_LEVEL none and does not know OWN: 8 weeks.
TWO = [
    "http://data.europa.eu/esco/skill/001115fb-569f-4ee6-8381-c6807ef2527f",
    "http://data.europa.eu/esco/skill/0171653e-c8e9-4c24-bb86-a4b6fe038f25",
    "http://data.europa.eu/esco/skill/01f10952-cb59-4347-9aee-d4fbc51c870a",
]
FOUR = [
    "http://data.europa.eu/esco/skill/00090cc1-1f27-439e-a4e0-19a87a501bfc",
    "http://data.europa.eu/esco/skill/000bb1e4-89f0-4b86-be05-05ece3641724",
    "http://data.europa.eu/esco/skill/0023e7a5-43da-4b68-bee3-726ef21f986d",
]
EIGHT = [
    "http://data.europa.eu/esco/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab",
    "http://data.europa.eu/esco/skill/000709ed-2be5-4193-b056-45a97698d828",
    "http://data.europa.eu/esco/skill/0007bdc2-dd15-4824-b7d6-416522c46f35",
]
TWELVE = [
    "http://data.europa.eu/esco/skill/00064735-8fad-454b-90c7-ed858cc993f2",
    "http://data.europa.eu/esco/skill/000c94d2-2a2e-4545-993c-6df8cb5b0316",
    "http://data.europa.eu/esco/skill/00831ebb-bac3-4bd1-8dae-2bca67be958d",
]
NO_LEVEL = "http://data.europa.eu/esco/skill/426ceaba-6867-481c-bb6b-aee3933da7d2"
OWN = "https://example.org/skill/own"

PERSON = {
    "pc4": 1011, "modes": ["bike"], "ebike_possible": False, "max_travel_minutes": 60, "max_distance_km": None,
    "hours_min": 1, "hours_max": 40, "available_from": "2026-11-01",
    "dayparts": ["weekday", "evening", "night", "saturday", "sunday"], "childcare_dayparts": [], "dutch": 4,
    "level": 6, "licences": [], "legal": [], "avoid": [], "skills": [FOUR[0]], "learn_weeks_max": 39,
    "agreements": ["job"],
}  # fmt: skip
OPENING = {
    "pc4": 1011, "agreement": "job", "hours_min": 16, "hours_max": 32, "latest_start": None, "dayparts": ["weekday"],
    "dutch": 1, "dutch_on_the_job": False, "level_min": None, "licences": [], "legal": [], "demands": [],
    "essential": [FOUR[0]], "optional": [], "onboarding_weeks": 8, "open_hiring": False, "queue_weeks": None,
    "learning_company": False, "carvable": False, "carve_min_hours": 12, "carve_max_share": 400, "tasks": [],
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One side of a threshold; `bridge` None: there is none; else the values that it must have."""

    name: str
    person: dict[str, Any]
    opening: dict[str, Any]
    bridge: dict[str, Any] | None


def pair(
    rule: str, inside: dict[str, Any], outside: dict[str, Any], bridge: dict[str, Any], beyond: Any = None
) -> list[Case]:
    """A rule with the value just inside and just outside; keys of openings are marked with `o_`."""
    return [side(f"{rule}, inside", inside, bridge), side(f"{rule}, outside", outside, beyond)]


def side(name: str, change: dict[str, Any], bridge: dict[str, Any] | None) -> Case:
    """One case; `o_` marks what changes in the opening."""
    opening = {key[2:]: value for key, value in change.items() if key.startswith("o_")}
    person = {key: value for key, value in change.items() if not key.startswith("o_")}
    return Case(name, {**PERSON, **person}, {**OPENING, **opening}, bridge)


def task(hours: int, **other: Any) -> dict[str, Any]:
    """A task that asks nothing of its own."""
    return {"hours": hours, "essential": [], "demands": [], "dayparts": [], "level_min": None, **other}


# Carving: 32 hours in two tasks; the second asks a skill that the person lacks.
CARVED = {
    "o_carvable": True, "o_essential": [FOUR[0], TWELVE[0]], "o_onboarding_weeks": 0,
    "o_tasks": [task(200, essential=[FOUR[0]]), task(120, essential=[TWELVE[0]])],
}  # fmt: skip
LEARNING = {"o_learning_company": True, "o_onboarding_weeks": 0}
OPEN = {"o_open_hiring": True, "o_essential": []}
CARVING = {"route": "carving", "weeks_to_start": 4, "steps": 1, "agreed_hours": 200, "step_codes": ["carving"]}
DIRECT = {"route": "direct", "weeks_to_start": 0, "steps": 0, "weeks_learning": 0, "step_codes": []}


def carved(kept: int, rest: int, **other: Any) -> dict[str, Any]:
    """`CARVED` with other hours."""
    tasks = [task(kept, essential=[FOUR[0]]), task(rest, essential=[TWELVE[0]])]
    return {**CARVED, "o_tasks": tasks, **other}


TRAVEL = [
    # 700 m inside a postcode: walk 10.5 -> 11, bike 2 + 3.5 -> 6, e-bike 2 + 2.625 -> 5, bus 15 + 2.03 -> 18.
    *pair("walk within max_travel_minutes", {"modes": [], "max_travel_minutes": 11},
          {"modes": [], "max_travel_minutes": 10}, {"travel_minutes": 11, "mode": "walk"}),
    *pair("bike within max_travel_minutes", {"max_travel_minutes": 6}, {"max_travel_minutes": 5},
          {"travel_minutes": 6, "mode": "bike"}),
    *pair("e-bike as a step within max_travel_minutes", {"max_travel_minutes": 5, "ebike_possible": True},
          {"max_travel_minutes": 4, "ebike_possible": True},
          {"travel_minutes": 5, "mode": "ebike", "step_codes": ["ebike"], "weeks_to_start": 1, "steps": 1}),
    *pair("e-bike as a step only when possible", {"max_travel_minutes": 5, "ebike_possible": True},
          {"max_travel_minutes": 5, "ebike_possible": False}, {"step_codes": ["ebike"]}),
    *pair("e-bike as a step only when not a mode already",
          {"max_travel_minutes": 5, "ebike_possible": True, "modes": []},
          {"max_travel_minutes": 4, "ebike_possible": True, "modes": ["ebike"]}, {"step_codes": ["ebike"]}),
    *pair("no e-bike needed", {"max_travel_minutes": 6, "ebike_possible": True},
          {"max_travel_minutes": 5, "ebike_possible": True}, DIRECT, {"step_codes": ["ebike"]}),
    # 1011-1059 is 5,000 m and 1024-1035 is 5,001 m.
    *pair("max_distance_km", {"max_distance_km": 5, "o_pc4": 1059}, {"max_distance_km": 5, "pc4": 1024, "o_pc4": 1035},
          {"travel_minutes": 27}),
    *pair("max_distance_km inside a postcode", {"max_distance_km": 1}, {"max_distance_km": 0}, DIRECT),
    *pair("max_travel_minutes 0", {"max_travel_minutes": 600}, {"max_travel_minutes": 0}, DIRECT),
    # 962 m: bike 7 and car 7; e-bike 6 and moped 6; 1,316 m: e-bike 7 and car 7; the order of the modes decides.
    side("bike before car", {"modes": ["car", "bike"], "o_pc4": 1018}, {"travel_minutes": 7, "mode": "bike"}),
    side("e-bike before moped", {"modes": ["moped", "ebike"], "o_pc4": 1018}, {"travel_minutes": 6, "mode": "ebike"}),
    side("e-bike before car", {"modes": ["car", "ebike"], "o_pc4": 1017}, {"travel_minutes": 7, "mode": "ebike"}),
    side("unknown modes are bike and bus", {"modes": None, "o_pc4": 1026}, {"travel_minutes": 34, "mode": "bike"}),
    *pair("unknown modes are no car", {"modes": None, "o_pc4": 1026, "max_travel_minutes": 34},
          {"modes": None, "o_pc4": 1026, "max_travel_minutes": 33}, {"mode": "bike"}),
    # To Texel, 11,127 m: bike 58 + 50, bus 48 + 50, on foot not at all; within Texel no extra.
    *pair("the ferry's extra", {"pc4": 1781, "o_pc4": 1791, "max_travel_minutes": 108},
          {"pc4": 1781, "o_pc4": 1791, "max_travel_minutes": 107}, {"travel_minutes": 108}),
    *pair("the ferry's extra the other way", {"pc4": 1791, "o_pc4": 1781, "max_travel_minutes": 108},
          {"pc4": 1791, "o_pc4": 1781, "max_travel_minutes": 107}, {"travel_minutes": 108}),
    *pair("a mode that cannot cross", {"pc4": 1781, "o_pc4": 1791, "max_travel_minutes": 600},
          {"pc4": 1781, "o_pc4": 1791, "max_travel_minutes": 600, "modes": []}, {"mode": "bike"}),
    *pair("inside a water area", {"pc4": 1791, "o_pc4": 1797, "modes": [], "max_travel_minutes": 64},
          {"pc4": 1791, "o_pc4": 1797, "modes": [], "max_travel_minutes": 63}, {"travel_minutes": 64, "mode": "walk"}),
    *pair("an island without a crossing", {"pc4": 8899, "o_pc4": 8899},
          {"pc4": 8899, "o_pc4": 1791, "max_travel_minutes": 600, "ebike_possible": True}, DIRECT),
    # Texel to Zeeuws-Vlaanderen crosses two: 202,190 m, car 5 + 287.1 -> 293, 60 and 30 more.
    *pair("two crossings", {"pc4": 1791, "o_pc4": 4531, "modes": ["car"], "max_travel_minutes": 383},
          {"pc4": 1791, "o_pc4": 4531, "modes": ["car"], "max_travel_minutes": 382}, {"travel_minutes": 383}),
    # 1095-1441 is 15,001 m: bus 15 + ceil(43.5 + 0.0012).
    *pair("two segments of the bus", {"pc4": 1095, "o_pc4": 1441, "modes": ["public_transport"]},
          {"pc4": 1095, "o_pc4": 1441, "modes": ["public_transport"], "max_travel_minutes": 58},
          {"travel_minutes": 59}),
]  # fmt: skip

FITTING = [
    *pair("agreement", {"o_agreement": "volunteer", "agreements": ["job", "volunteer"]},
          {"o_agreement": "volunteer", "agreements": ["job"]}, DIRECT),
    *pair("agreement unknown is all", {"o_agreement": "work_experience", "agreements": None},
          {"o_agreement": "work_experience", "agreements": []}, DIRECT),
    *pair("agreement of a learn-work route", {**LEARNING, "o_essential": [EIGHT[0]]},
          {**LEARNING, "o_essential": [EIGHT[0]], "agreements": ["learning_place"]}, {"route": "learn_work"}),
    *pair("legal", {"o_legal": ["big"], "legal": ["big", "other"]}, {"o_legal": ["big", "third"], "legal": ["big"]},
          DIRECT),
    *pair("legal unknown", {"o_legal": ["big"], "legal": None}, {"o_legal": ["big"], "legal": []},
          {**DIRECT, "to_ask": ["legal"]}),
    *pair("legal of open hiring", {**OPEN, "o_legal": ["big"], "legal": ["big"]}, {**OPEN, "o_legal": ["big"]},
          {"route": "open_hiring"}),
    *pair("hours, person's least", {"hours_min": 32, "hours_max": 60}, {"hours_min": 33, "hours_max": 60},
          {"agreed_hours": 320}),
    *pair("hours, opening's least", {"hours_max": 16}, {"hours_max": 15}, {"agreed_hours": 160}),
    *pair("hours of open hiring", {**OPEN, "hours_max": 16}, {**OPEN, "hours_max": 15}, {"route": "open_hiring"}),
    *pair("dayparts", {"o_dayparts": ["weekday", "night"], "dayparts": ["weekday", "night"]},
          {"o_dayparts": ["weekday", "night"], "dayparts": ["weekday"]}, DIRECT),
    *pair("dayparts none", {"o_dayparts": [], "dayparts": []}, {"dayparts": []}, DIRECT),
    *pair("childcare", {"o_dayparts": ["weekday", "night"], "dayparts": [], "childcare_dayparts": ["night", "weekday"]},
          {"o_dayparts": ["weekday", "night"], "dayparts": [], "childcare_dayparts": ["night"]},
          {"step_codes": ["childcare"], "weeks_to_start": 13, "steps": 1}),
    *pair("Dutch, no gap", {"dutch": 3, "o_dutch": 3}, {"dutch": 2, "o_dutch": 3}, DIRECT,
          {"step_codes": ["dutch"], "weeks_to_start": 12, "steps": 1, "weeks_learning": 0}),
    *pair("Dutch, one level before", {"dutch": 2, "o_dutch": 3}, {"dutch": 2, "o_dutch": 4}, {"steps": 1}),
    *pair("Dutch, two levels on the job", {"dutch": 2, "o_dutch": 4, "o_dutch_on_the_job": True},
          {"dutch": 1, "o_dutch": 4, "o_dutch_on_the_job": True},
          {"step_codes": ["dutch"], "weeks_to_start": 0, "steps": 1, "weeks_learning": 24}),
    side("Dutch, one level on the job", {"dutch": 3, "o_dutch": 4, "o_dutch_on_the_job": True},
         {"step_codes": ["dutch"], "weeks_to_start": 0, "steps": 1, "weeks_learning": 12}),
    *pair("Dutch of open hiring", {**OPEN, "dutch": 1, "o_dutch": 4}, {"dutch": 1, "o_dutch": 4},
          {"route": "open_hiring", "steps": 0}),
    *pair("Dutch unknown", {"dutch": None, "o_dutch": 2}, {"dutch": None, "o_dutch": 1}, {"to_ask": ["dutch"]},
          {"to_ask": []}),
    *pair("an adaptable demand", {"avoid": ["phone"], "o_demands": ["phone", "pace"]},
          {"avoid": ["phone"], "o_demands": ["pace"]},
          {"step_codes": ["adaptation:phone"], "weeks_to_start": 6, "steps": 1}, DIRECT),
    *pair("a demand that is not adaptable", {"avoid": ["heights"]}, {"avoid": ["heights"], "o_demands": ["heights"]},
          DIRECT),
    side("two adaptable demands", {"avoid": ["phone", "lifting"], "o_demands": ["phone", "lifting", "screen"]},
         {"step_codes": ["adaptation:lifting", "adaptation:phone"], "weeks_to_start": 6, "steps": 2}),
    *pair("a demand of open hiring", {**OPEN, "o_demands": ["hearing"], "avoid": ["hearing"], "o_queue_weeks": 2},
          {**OPEN, "o_demands": ["outdoor"], "avoid": ["outdoor"]},
          {"step_codes": ["adaptation:hearing"], "weeks_to_start": 6, "steps": 1}),
    *pair("level", {"level": 4, "o_level_min": 4}, {"level": 3, "o_level_min": 4}, {**DIRECT, "to_ask": []}),
    *pair("level 7 is unknown, 6 is not", {"level": 7, "o_level_min": 6}, {"level": 5, "o_level_min": 6},
          {**DIRECT, "to_ask": ["level"]}),
    *pair("level of learn_work", {**LEARNING, "o_essential": [EIGHT[0]], "level": 3, "o_level_min": 4},
          {**LEARNING, "o_essential": [EIGHT[0]], "level": 2, "o_level_min": 4}, {"route": "learn_work"}),
    *pair("level of open hiring", {**OPEN, "level": 1, "o_level_min": 6}, {"level": 1, "o_level_min": 6},
          {"route": "open_hiring", "to_ask": ["queue"]}),
    *pair("to_ask level", {"level": None, "o_level_min": 2}, {"level": None, "o_level_min": 1}, {"to_ask": ["level"]},
          {"to_ask": []}),
]  # fmt: skip

LICENCES = [
    *pair("a licence held by including", {"o_licences": ["AM"], "licences": ["BE"]},
          {"o_licences": ["BE"], "licences": ["B"]}, DIRECT,
          {"step_codes": ["licence:BE"], "weeks_to_start": 3, "steps": 1}),
    *pair("licences unknown", {"o_licences": ["CE"], "licences": None}, {"o_licences": [], "licences": None},
          {**DIRECT, "to_ask": ["licences"]}, {**DIRECT, "to_ask": []}),
    *pair("a licence the table lacks", {"o_licences": ["crane"], "licences": ["crane"]}, {"o_licences": ["crane"]},
          DIRECT),
    side("licences unknown, one the table lacks", {"o_licences": ["crane"], "licences": None},
         {**DIRECT, "to_ask": ["licences"]}),
    *pair("a zero-week licence is shown, not counted", {"o_licences": ["vog"]}, {"o_licences": ["vca"]},
          {"step_codes": ["licence:vog"], "weeks_to_start": 0, "steps": 0},
          {"step_codes": ["licence:vca"], "weeks_to_start": 1, "steps": 1}),
    side("a chain, codes that others include left out", {"o_licences": ["CE", "B", "AM", "vog"]},
         {"step_codes": ["licence:B", "licence:C", "licence:CE", "licence:vog"], "weeks_to_start": 44, "steps": 3}),
    side("a chain with the middle held", {"o_licences": ["CE"], "licences": ["C"]},
         {"step_codes": ["licence:CE"], "weeks_to_start": 6, "steps": 1}),
    side("two chains side by side", {"o_licences": ["C", "DE"]},
         {"step_codes": ["licence:B", "licence:C", "licence:D", "licence:DE"], "weeks_to_start": 44, "steps": 4}),
    side("side by side, the largest",
         {"o_licences": ["forklift", "code95"], "avoid": ["phone"], "o_demands": ["phone"]},
         {"weeks_to_start": 12, "steps": 3}),
    *pair("licences of open hiring", {**OPEN, "o_licences": ["B"], "o_queue_weeks": 20},
          {**OPEN, "o_licences": ["crane"]}, {"route": "open_hiring", "weeks_to_start": 26, "steps": 1}),
]  # fmt: skip

SKILLS = [
    *pair("onboarding covers", {"o_essential": [FOUR[1], FOUR[2]], "o_onboarding_weeks": 8},
          {"o_essential": [FOUR[1], FOUR[2]], "o_onboarding_weeks": 7},
          {"route": "direct", "step_codes": ["onboarding"], "weeks_learning": 8, "weeks_to_start": 0, "steps": 1,
           "missing": sorted([FOUR[1], FOUR[2]])}),
    # 7 essential skills count as 6: S = 2 + 4 + 8 = 14 gives L = ceil(14 x 6 / 7) = 12; S = 22 gives ceil(18.86).
    *pair("a longer list counts as six", {"o_essential": [*TWO, *FOUR, EIGHT[0]], "o_onboarding_weeks": 12,
           "skills": [*TWO[1:], *FOUR[1:]]},
          {"o_essential": [*TWO, *FOUR, EIGHT[0]], "o_onboarding_weeks": 11, "skills": [*TWO[1:], *FOUR[1:]]},
          {"weeks_learning": 12}),
    side("a list of six counts whole", {"o_essential": [*TWO, *FOUR], "skills": [*TWO, FOUR[0]]},
         {"weeks_learning": 8}),
    side("L is rounded up", {"o_essential": [*TWO, *FOUR, EIGHT[0]], "skills": [*TWO, *FOUR]}, {"weeks_learning": 7}),
    side("a skill twice is a skill", {"o_essential": [*TWO, *FOUR, FOUR[0]], "skills": [*TWO, FOUR[0]]},
         {"weeks_learning": 8}),
    side("a skill without a reuse level", {"o_essential": [NO_LEVEL]}, {"weeks_learning": 8}),
    side("a skill that ESCO does not know", {"o_essential": [OWN]}, {"weeks_learning": 8}),
    *pair("skills unknown", {"o_essential": [TWELVE[0]], "skills": None, "o_onboarding_weeks": 0},
          {"o_essential": [TWELVE[0]], "skills": [], "o_onboarding_weeks": 0}, {**DIRECT, "to_ask": ["skills"]}),
    *pair("undescribed", {"o_essential": []}, {"skills": []},
          {**DIRECT, "undescribed": True, "to_ask": ["essential"]},
          {"undescribed": False, "step_codes": ["onboarding"], "to_ask": []}),
    *pair("open hiring is never undescribed", OPEN, {**OPEN, "o_essential": [TWELVE[0]]},
          {"route": "open_hiring", "undescribed": False, "missing": []},
          {"route": "open_hiring", "undescribed": False, "missing": [], "weeks_learning": 0, "steps": 0}),
    side("open hiring offers no other route", {**CARVED, **LEARNING, "o_open_hiring": True, "o_queue_weeks": 200},
         {"route": "open_hiring", "weeks_to_start": 200}),
    *pair("the queue of open hiring", {**OPEN, "o_queue_weeks": 0}, {**OPEN, "o_queue_weeks": None},
          {"weeks_to_start": 0, "to_ask": []}, {"weeks_to_start": 13, "to_ask": ["queue"]}),
    *pair("learn_work within learn_weeks_max",
          {**LEARNING, "o_essential": [TWELVE[0], EIGHT[0]], "learn_weeks_max": 20},
          {**LEARNING, "o_essential": [TWELVE[0], EIGHT[0]], "learn_weeks_max": 19},
          {"route": "learn_work", "step_codes": ["learn_work"], "weeks_to_start": 4, "weeks_learning": 20, "steps": 1}),
    # 12 + 12 + 12 = 36, + 2 = 38, + 4 = 42; cap 39.
    *pair("learn_work within the cap",
          {**LEARNING, "o_essential": [*TWELVE, TWO[0]], "learn_weeks_max": 255},
          {**LEARNING, "o_essential": [*TWELVE, FOUR[1]], "learn_weeks_max": 255}, {"weeks_learning": 38}),
    *pair("learn_work only when something is missing", {**LEARNING, "o_essential": [TWO[0]]},
          {**LEARNING, "level": 3, "o_level_min": 4}, {"route": "learn_work"}),
    *pair("learn_work only with a learning company", {**LEARNING, "o_essential": [TWELVE[0]]},
          {"o_essential": [TWELVE[0]]}, {"route": "learn_work"}),
    *pair("learn_work beside direct", {**LEARNING, "o_essential": [TWO[0]], "o_onboarding_weeks": 1},
          {**LEARNING, "o_essential": [TWO[0]], "o_onboarding_weeks": 2},
          {"route": "learn_work"}, {"route": "direct"}),
    *pair("to_ask level of learn_work", {**LEARNING, "o_essential": [TWO[0]], "level": None, "o_level_min": 3},
          {**LEARNING, "o_essential": [TWO[0]], "level": None, "o_level_min": 2}, {"to_ask": ["level"]},
          {"to_ask": []}),
    side("optional skills held are told", {"o_optional": [FOUR[0], TWO[0]], "skills": [TWO[0], FOUR[0], EIGHT[0]]},
         {**DIRECT, "optional_held": sorted([FOUR[0], TWO[0]])}),
    side("optional skills never count", {"o_optional": [TWELVE[0]]}, {**DIRECT, "optional_held": []}),
    side("optional skills with skills unknown", {"o_optional": [TWO[0]], "skills": None}, {"optional_held": []}),
]  # fmt: skip

CARVE = [
    *pair("carving only when carvable", CARVED, {**CARVED, "o_carvable": False}, CARVING),
    *pair("carving needs tasks", CARVED, {**CARVED, "o_tasks": []}, CARVING),
    *pair("carve_min_hours", {**CARVED, "o_carve_min_hours": 20}, {**CARVED, "o_carve_min_hours": 21}, CARVING),
    *pair("carve_min_hours, tenths", carved(200, 120, o_carve_min_hours=20), carved(199, 120, o_carve_min_hours=20),
          {"agreed_hours": 200}),
    *pair("person's least hours in carving", {**CARVED, "hours_min": 20}, {**CARVED, "hours_min": 21}, CARVING),
    *pair("carve_max_share", carved(192, 128), carved(191, 128), {"agreed_hours": 192}),
    *pair("carve_max_share 0", carved(300, 20, o_carve_max_share=63), carved(300, 20, o_carve_max_share=62),
          {"agreed_hours": 300}),
    *pair("the person's hours_max counts in the share", carved(250, 70, hours_max=20),
          carved(250, 70, hours_max=19), {"agreed_hours": 200}),
    # Nothing is left out and the hours fit: direct only, even when the level fails it.
    *pair("carving when only the hours fail", {"o_carvable": True, "hours_max": 15, "o_tasks": [task(240)]},
          {"o_carvable": True, "hours_max": 16, "o_tasks": [task(240)], "o_level_min": None},
          {"route": "carving", "agreed_hours": 150}, DIRECT),
    *pair("no carving of a whole job whose hours fit",
          {"o_carvable": True, "level": 2, "o_level_min": 3, "o_tasks": [task(200, level_min=2), task(50)]},
          {"o_carvable": True, "level": 2, "o_level_min": 3, "o_tasks": [task(200, level_min=2)]},
          {"route": "carving", "agreed_hours": 200}),
    *pair("a task's own level", {**CARVED, "level": 2, "o_level_min": 5,
           "o_tasks": [task(200, essential=[FOUR[0]], level_min=2), task(120, essential=[TWELVE[0]])]},
          {**CARVED, "level": 1, "o_level_min": 5,
           "o_tasks": [task(200, essential=[FOUR[0]], level_min=2), task(120, essential=[TWELVE[0]])]}, CARVING),
    *pair("a task without a level has the opening's", {**CARVED, "level": 5, "o_level_min": 5},
          {**CARVED, "level": 4, "o_level_min": 5}, CARVING),
    *pair("to_ask level of kept tasks", {**CARVED, "level": None, "o_level_min": 2},
          {**CARVED, "level": None, "o_level_min": 1}, {"to_ask": ["level"]}, {"to_ask": []}),
    side("to_ask level of tasks that are left out is not asked",
         {**CARVED, "level": None, "o_tasks": [task(200, essential=[FOUR[0]]),
          task(120, essential=[TWELVE[0]], level_min=6)]}, {"route": "carving", "to_ask": []}),
    *pair("a skill no task names belongs to every task",
          {**CARVED, "o_essential": [FOUR[0], TWELVE[0], TWO[0]], "skills": [FOUR[0], TWO[0]]},
          {**CARVED, "o_essential": [FOUR[0], TWELVE[0], TWO[0]]}, CARVING),
    *pair("a demand no task names belongs to every task", {**CARVED, "o_demands": ["pace"]},
          {**CARVED, "o_demands": ["pace"], "avoid": ["pace"]}, CARVING),
    *pair("a daypart no task names belongs to every task",
          {**CARVED, "o_dayparts": ["night"], "dayparts": [], "childcare_dayparts": ["night"]},
          {**CARVED, "o_dayparts": ["night"], "dayparts": []},
          {"step_codes": ["carving", "childcare"], "weeks_to_start": 13, "steps": 2}),
    side("a demand of tasks that are left out asks nothing",
         {**CARVED, "avoid": ["lifting", "heights"], "o_demands": ["lifting", "heights"],
          "o_tasks": [task(200, essential=[FOUR[0]]),
                      task(120, essential=[TWELVE[0]], demands=["lifting", "heights"])]}, CARVING),
    side("an adaptable demand of a kept task is a step",
         {**CARVED, "avoid": ["lifting"], "o_demands": ["lifting"],
          "o_tasks": [task(200, essential=[FOUR[0]], demands=["lifting"]), task(120, essential=[TWELVE[0]])]},
         {"route": "carving", "step_codes": ["adaptation:lifting", "carving"], "weeks_to_start": 6, "steps": 2}),
    side("childcare for kept tasks only",
         {**CARVED, "dayparts": ["weekday"], "childcare_dayparts": ["night"], "o_dayparts": ["weekday", "night"],
          "o_tasks": [task(200, essential=[FOUR[0]], dayparts=["weekday"]),
                      task(120, essential=[TWELVE[0]], dayparts=["night"])]}, CARVING),
    *pair("Dutch of the whole opening in carving", {**CARVED, "dutch": 3, "o_dutch": 4},
          {**CARVED, "dutch": 2, "o_dutch": 4}, {"step_codes": ["carving", "dutch"], "weeks_to_start": 12}),
    *pair("licences of the whole opening in carving", {**CARVED, "o_licences": ["vca"]},
          {**CARVED, "o_licences": ["crane"]}, {"step_codes": ["carving", "licence:vca"], "steps": 2}),
    side("all missing of the opening", {**CARVED, "o_optional": [TWO[0]]}, {**CARVING, "missing": [TWELVE[0]]}),
    *pair("a carved job of an undescribed opening", {"o_carvable": True, "o_essential": [], "hours_max": 15,
           "o_tasks": [task(200)]}, {"o_carvable": True, "o_essential": [], "hours_max": 11, "o_tasks": [task(200)]},
          {"route": "carving", "undescribed": True, "to_ask": ["essential"]}),
    side("the hours of the opening do not bind a carved job", {**CARVED, "hours_max": 20, "o_hours_min": 32}, CARVING),
]  # fmt: skip

TIME = [
    *pair("latest_start with lead weeks", {"o_licences": ["vca"], "o_latest_start": "2026-12-08"},
          {"o_licences": ["vca"], "o_latest_start": "2026-12-07"}, {"weeks_to_start": 1}),
    *pair("latest_start without steps", {"o_latest_start": "2026-12-01"}, {"o_latest_start": "2026-11-30"}, DIRECT),
    *pair("latest_start and available_from", {"available_from": "2027-01-05", "o_latest_start": "2027-01-05"},
          {"available_from": "2027-01-06", "o_latest_start": "2027-01-05"}, {"weeks_to_start": 0}),
    *pair("latest_start and the queue", {**OPEN, "o_queue_weeks": 2, "o_latest_start": "2026-12-15"},
          {**OPEN, "o_queue_weeks": 3, "o_latest_start": "2026-12-15"}, {"weeks_to_start": 2}),
    *pair("learning does not delay the start",
          {"o_essential": [EIGHT[0]], "o_latest_start": "2026-12-01"},
          {"o_essential": [EIGHT[0]], "o_latest_start": "2026-11-30"}, {"weeks_learning": 8}),
    *pair("to_ask available_from", {"available_from": None, "o_latest_start": "2026-12-01"}, {"available_from": None},
          {"to_ask": ["available_from"]}, {"to_ask": []}),
    *pair("another route when the quickest comes too late",
          {**CARVED, **LEARNING, "o_latest_start": "2026-12-29", "o_carve_max_share": 300},
          {**CARVED, **LEARNING, "o_latest_start": "2026-12-28"}, {"route": "learn_work", "weeks_to_start": 4}),
    side("equal weeks and steps: less learning first", {**CARVED, **LEARNING}, CARVING),
    *pair("to_ask modes", {"modes": None, "max_travel_minutes": 10}, {"modes": None, "max_travel_minutes": 11},
          {"to_ask": ["modes"]}, {"to_ask": []}),
    side("to_ask modes when nobody can walk", {"modes": None, "pc4": 1781, "o_pc4": 1791, "max_travel_minutes": 600},
         {"to_ask": ["modes"], "mode": "public_transport", "travel_minutes": 98}),
    side("to_ask of open hiring leaves out what it does not apply",
         {**OPEN, "o_essential": [TWO[0]], "dutch": None, "o_dutch": 4, "level": None, "o_level_min": 6,
          "skills": None},
         {"to_ask": ["queue"]}),
    side("a step for everything at once",
         {"max_travel_minutes": 5, "ebike_possible": True, "o_licences": ["C", "vog"], "dutch": 2, "o_dutch": 3,
          "avoid": ["phone"], "o_demands": ["phone"], "dayparts": [], "childcare_dayparts": ["weekday"],
          "o_essential": [TWO[0]]},
         {"step_codes": ["adaptation:phone", "childcare", "dutch", "ebike", "licence:B", "licence:C", "licence:vog",
                         "onboarding"], "steps": 7, "weeks_to_start": 38, "weeks_learning": 2}),
]  # fmt: skip

CASES = [*TRAVEL, *FITTING, *LICENCES, *SKILLS, *CARVE, *TIME]
