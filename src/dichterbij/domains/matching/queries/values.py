"""The values that a rule looked at, in words: what is held, and what is needed."""

from collections.abc import Callable, Mapping
from typing import Any

from dichterbij.domains.matching.queries.words import counted, day_in_words, listed, skill_label, texts, word_of
from dichterbij.engine.trace import RuleTrace

MOST_SKILLS = 5
Values = Mapping[str, Any]
Words = dict[str, object]


def held_and_needed(rule: RuleTrace, language: str) -> tuple[str, str]:
    """What is held and what is needed, as two short texts."""
    template = texts(language)["rules"][rule.rule]
    held, needed = _FIELDS[rule.rule](rule.held, rule.needed, language)
    if rule.rule == "skills" and not rule.needed["essential"]:
        return "", str(texts(language)["phrases"]["not_described"])
    return template["held"].format(**held), template["needed"].format(**needed)


def _phrase(language: str, name: str, **values: object) -> str:
    return str(texts(language)["phrases"][name]).format(**values)


def _as_given(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    return dict(held), dict(needed)


def _travel(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    kilometres = tenths((held["metres"] + 50) // 100, language)
    mode = word_of(language, "modes", held["mode"]) if "mode" in held else _phrase(language, "no_mode")
    farthest = needed["max_distance_km"]
    limit = "" if farthest is None else _phrase(language, "max_distance", km=farthest)
    minutes = counted(language, "minutes", held["minutes"]) if "minutes" in held else "-"
    shown: Words = {"km": kilometres, "minutes": minutes, "mode": mode}
    most = counted(language, "minutes", needed["max_travel_minutes"])
    return shown, {"max_travel_minutes": most, "max_distance": limit}


def _queue(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    return {}, {"queue_weeks": counted(language, "weeks", needed["queue_weeks"])}


def _codes(group: str | None) -> Callable[[Values, Values, str], tuple[Words, Words]]:
    def fields(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
        return (
            {name: listed(language, group, codes) for name, codes in held.items()},
            {name: listed(language, group, codes) for name, codes in needed.items()},
        )

    return fields


def _agreement(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    wanted = listed(language, "agreements", held["agreements"])
    return {"agreements": wanted}, {"agreement": word_of(language, "agreements", needed["agreement"])}


def _dayparts(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    later = [part for part in held["childcare_dayparts"] if part not in held["dayparts"]]
    childcare = _phrase(language, "childcare", parts=listed(language, "dayparts", later)) if later else ""
    shown: Words = {"dayparts": listed(language, "dayparts", held["dayparts"]), "childcare": childcare}
    return shown, {"dayparts": listed(language, "dayparts", needed["dayparts"])}


def _dutch(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    known = _phrase(language, "unknown") if held["dutch"] is None else word_of(language, "dutch", held["dutch"])
    on_the_job = _phrase(language, "on_the_job") if needed["dutch_on_the_job"] else ""
    return {"dutch": known}, {"dutch": word_of(language, "dutch", needed["dutch"]), "on_the_job": on_the_job}


def _level(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    known = _phrase(language, "unknown") if held["level"] is None else held["level"]
    return {"level": known}, {"level": needed["level"] or _phrase(language, "none")}


def _skills(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    missing, weeks = held["missing"], held.get("weeks")
    names = ", ".join(skill_label(uri, language) for uri in missing[:MOST_SKILLS])
    if len(missing) > MOST_SKILLS:
        names = f"{names}, {_phrase(language, 'more', count=len(missing) - MOST_SKILLS)}"
    learn = _phrase(language, "cannot_learn")
    if weeks is not None:
        learn = _phrase(language, "weeks_to_learn", weeks=counted(language, "weeks", weeks))
    most = needed.get("most_weeks")
    shown: Words = {
        "missing_count": _phrase(language, "unknown") if held["skills"] is None else len(missing),
        "essential_count": len(needed["essential"]),
        "weeks_to_learn": learn if missing else "",
        "missing_names": _phrase(language, "missing_names", names=names) if missing else "",
    }
    return shown, {
        "most_weeks_text": ""
        if most is None
        else _phrase(language, "most_weeks", weeks=counted(language, "weeks", most))
    }


def _tasks(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    shown: Words = {
        "kept_tasks": held["kept_tasks"],
        "tasks": held["tasks"],
        "agreed_hours": tenths(held["agreed"], language),
    }
    share = tenths(needed["carve_max_share"], language)
    return shown, {"least_hours": tenths(needed["least"], language), "share": share}


def tenths(value: int, language: str) -> str:
    """A tenth part written out: 245 is 24.5, or 24,5 in Dutch; whole numbers without a fraction."""
    whole, rest = divmod(value, 10)
    return f"{whole}{',' if language == 'nl' else '.'}{rest}" if rest else str(whole)


def _start(held: Values, needed: Values, language: str) -> tuple[Words, Words]:
    day, latest = held.get("first_day"), needed["latest_start"]
    no_day = "" if latest is None else _phrase(language, "no_first_day")
    first = _phrase(language, "first_day", day=day_in_words(day, language)) if day else no_day
    last = _phrase(language, "no_latest_start")
    if latest:
        last = _phrase(language, "latest_start", day=day_in_words(latest, language))
    return {"first_day": first}, {"latest_start": last}


_FIELDS: Mapping[str, Callable[[Values, Values, str], tuple[Words, Words]]] = {
    "offered": _as_given,
    "travel": _travel,
    "agreement": _agreement,
    "legal": _codes(None),
    "licences": _codes("licences"),
    "hours": _as_given,
    "dayparts": _dayparts,
    "demands": _codes("demands"),
    "queue": _queue,
    "dutch": _dutch,
    "level": _level,
    "skills": _skills,
    "tasks": _tasks,
    "start": _start,
}
