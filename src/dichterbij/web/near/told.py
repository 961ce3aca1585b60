"""What the visitor told, in words, and the one answer that would bring most nearer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.matching.queries import Lift
from dichterbij.web.near import durations, words
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.forms.fields import MINUTES

# Answers that shape the list, too long to repeat: named only.
TOLD = {
    "own_skills": _("what you can do"),
    "dayparts": _("your working times"),
    "available_from": _("when you can start"),
    "dutch": _("your Dutch"),
    "level": _("your school"),
    "licences": _("your licences and certificates"),
    "legal": _("whether you are registered"),
    "agreements": _("what you are looking for"),
    "learn_weeks_max": _("how long you want to learn"),
}


def in_words(answers: Answers) -> str:
    """The answers that shape the list, in one line."""
    parts = [gettext("From %(pc4)s") % {"pc4": answers.pc4}, *_travel(answers), *hours(answers), *_more(answers)]
    if len(parts) == 1:
        parts.append(gettext("you told nothing else yet"))
    return ", ".join(parts)


def _travel(answers: Answers) -> list[str]:
    parts = [str(words.MODES_SHORT[mode]) for mode in answers.modes or ()]
    if answers.max_travel_minutes:
        limit = durations.minutes(answers.max_travel_minutes)
        parts.append(gettext("at most %(minutes)s") % {"minutes": limit})
    return parts


def hours(answers: Answers) -> list[str]:
    low, high = answers.hours_min, answers.hours_max
    if low and high:
        return [durations.hours(low, high)]
    if low:
        return [gettext("at least %(n)s hours a week") % {"n": low}]
    return [gettext("at most %(n)s hours a week") % {"n": high}] if high else []


def _more(answers: Answers) -> list[str]:
    parts = [gettext("not worked yet")] if answers.no_work else []
    if answers.work:
        many = len(answers.work)
        parts.append(ngettext("%(n)s kind of work you did", "%(n)s kinds of work you did", many) % {"n": many})
    if answers.avoid:
        many = len(answers.avoid)
        parts.append(
            ngettext("%(n)s thing you would rather not do", "%(n)s things you would rather not do", many) % {"n": many}
        )
    nothing = Answers()
    return parts + [str(said) for name, said in TOLD.items() if getattr(answers, name) != getattr(nothing, name)]


# What a try changes, by the code of the lift in matching: a visitor's answers, as the lift changes the person's row.
UNKNOWN_MODES = ("bike", "public_transport")
MORE_MINUTES, DEFAULT_MINUTES, LONGEST_TRAVEL, LONGEST_LEARNING = 15, 60, 600, 39
MOST_TIPS = 3


@dataclass(frozen=True)
class Tip:
    """An answer that would bring more near: what it is, how much it brings, and the words on its button."""

    code: str
    title: str
    words: str
    button: str


def tips(lifts: Sequence[Lift], answers: Answers) -> list[Tip]:
    """The answers that bring most, the first one most of all; none that our questions cannot be answered with."""
    return [_tip(lift) for lift in lifts if lift.code in NAMES and _is_offered(lift, answers)][:MOST_TIPS]


def _is_offered(lift: Lift, answers: Answers) -> bool:
    if lift.code == "travel_15_minutes" and (answers.max_travel_minutes or DEFAULT_MINUTES) >= max(MINUTES):
        return False
    # Who did not tell what they can do could not start anywhere: then only what comes within reach counts.
    return lift.more_openings > 0 or answers.knows_skills


def _tip(lift: Lift) -> Tip:
    name = str(NAMES[lift.code])
    more = lift.more_openings or lift.more_now
    if lift.more_openings and lift.code in ASSUMING:
        said = ASSUMING[lift.code](more)
    elif lift.more_openings:
        said = ngettext("%(n)s place more comes within reach.", "%(n)s places more come within reach.", more)
    else:
        said = ngettext(
            "At %(n)s place more you might then start right away.",
            "At %(n)s places more you might then start right away.",
            more,
        )
    title = gettext("%(what)s: %(n)s more") % {"what": name, "n": durations.count(more)}
    return Tip(lift.code, title, said % {"n": durations.count(more)}, gettext("See what changes"))


# What a way to travel takes for granted, said with what it brings.
ASSUMING: dict[str, Callable[[int], str]] = {
    "ebike": lambda more: ngettext(
        "If you can use an e-bike, %(n)s place more comes within reach.",
        "If you can use an e-bike, %(n)s places more come within reach.",
        more,
    ),
    "car_licence": lambda more: ngettext(
        "If you may drive and can use a car, %(n)s place more comes within reach.",
        "If you may drive and can use a car, %(n)s places more come within reach.",
        more,
    ),
}


def tried(answers: Answers) -> dict[str, str] | None:
    """What the list shows now that it is tried out; None when nothing is."""
    if answers.tried not in NAMES:
        return None
    name = str(NAMES[answers.tried])
    title = gettext("You are trying: %(what)s") % {"what": name[:1].lower() + name[1:]}
    return {"title": title, "words": gettext("The list below counts with it. You can undo it with one click.")}


def changes_of(code: str, answers: Answers) -> dict[str, Any]:
    """Which answers a try changes, and into what; empty for a code we do not know."""
    if code in DAYPARTS:
        return {"dayparts": _with(answers.dayparts or (), DAYPARTS[code])} if answers.dayparts else {}
    changes: dict[str, Any] = {
        "ebike": {"modes": _with(answers.modes or UNKNOWN_MODES, ("ebike",))},
        "car_licence": _car(answers),
        "travel_15_minutes": {"max_travel_minutes": _longer(answers.max_travel_minutes)},
        "dutch_one_level": {"dutch": min(4, (answers.dutch or 4) + 1)},
        "childcare": _childcare(answers),
        "learn_longer": {"learn_weeks_max": LONGEST_LEARNING},
    }
    found: dict[str, Any] = changes.get(code, {})
    return found


def _with(held: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*held, *more)))


def _longer(minutes: int | None) -> int:
    return min((minutes or DEFAULT_MINUTES) + MORE_MINUTES, LONGEST_TRAVEL)


def _car(answers: Answers) -> dict[str, Any]:
    changes: dict[str, Any] = {"modes": _with(answers.modes or UNKNOWN_MODES, ("car",))}
    return changes if answers.licences is None else changes | {"licences": _with(answers.licences, ("B",))}


def _childcare(answers: Answers) -> dict[str, Any]:
    if not answers.dayparts:
        return {}
    return {"childcare_dayparts": tuple(part for part in words.DAYPARTS if part not in answers.dayparts)}


DAYPARTS = {"evening": ("evening",), "weekend": ("saturday", "sunday")}
NAMES = {
    "ebike": _("With an e-bike"),
    "car_licence": _("With a car"),
    "travel_15_minutes": _("Travelling 15 minutes longer"),
    "dutch_one_level": _("With one level more Dutch"),
    "childcare": _("With childcare"),
    "evening": _("Working in the evening too"),
    "weekend": _("Working at the weekend too"),
    "learn_longer": _("Learning longer"),
}
