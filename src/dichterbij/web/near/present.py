"""Bridges in the words of the pages: planks, steps, rows of the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from dichterbij.domains.matching.queries import Bridge
from dichterbij.web.near import durations, words
from dichterbij.web.near.picture import Picture, PlankText, Shape, pictures
from dichterbij.web.near.reach import QUEUE, Block, Facts, Near, block_of, in_between

MOST_CHIPS = 4


@dataclass(frozen=True)
class Help:
    """Something that may help with a step: what, for whom, who decides, who usually pays. Never a promise."""

    name: str
    what: str
    condition: str
    decides: str
    pays: str
    is_decider_open: bool


@dataclass(frozen=True)
class Step:
    """One step in words. `short_time` and `helper` are for the plank; `helps` may be empty."""

    code: str
    name: str
    words: str
    how_long: str
    short_time: str
    helps: tuple[Help, ...]
    learns: tuple[str, ...]
    changes: str
    depends_on_background: bool
    helper: str

    @property
    def is_wait(self) -> bool:
        """Whether it is waiting for a turn: nothing to arrange, so nobody who decides or pays."""
        return self.code == QUEUE

    @property
    def other_helps(self) -> int:
        """How many things may help besides the first."""
        return max(0, len(self.helps) - 1)

    @property
    def decides(self) -> str:
        """Who decides on what is made for this step first; empty when nobody is known."""
        return next((help_.decides for help_ in self.helps if not help_.is_decider_open), "")


@dataclass(frozen=True)
class Question:
    """Something still to be asked, and where it can be answered; an empty address when only the desk can tell."""

    words: str
    address: str


BLOCK_SLUGS = {
    Block.NOW: "meteen",
    Block.MAYBE: "misschien",
    Block.ONE: "een-stap",
    Block.MORE: "meer-stappen",
    Block.ASK: "te-vragen",
    Block.UNDESCRIBED: "niet-beschreven",
}
BLOCK_TITLES: dict[Block, Callable[[], str]] = {
    Block.NOW: lambda: gettext("You can start right away"),
    Block.MAYBE: lambda: gettext("You may be able to start right away"),
    Block.ONE: lambda: gettext("One step"),
    Block.MORE: lambda: gettext("More steps"),
    Block.ASK: lambda: gettext("Still to be asked"),
    Block.UNDESCRIBED: lambda: gettext("Not described yet"),
}
BLOCK_WORDS: dict[Block, Callable[[], str]] = {
    Block.NOW: lambda: gettext("As far as we know nothing lies in between. Call the desk, or apply."),
    Block.MAYBE: lambda: gettext(
        "As far as we know nothing lies in between, but something is still to be asked. You see what."
    ),
    Block.ONE: lambda: gettext(
        "One thing to arrange or to wait for. You see what, how long it takes and who helps. "
        "Sometimes something is still to be asked too."
    ),
    Block.MORE: lambda: gettext(
        "More than one thing to arrange or to wait for. Much of it can be done at the same time."
    ),
    Block.ASK: lambda: gettext("It may fit, but we do not know yet whether you can, or may, do this work."),
    Block.UNDESCRIBED: lambda: gettext("The employer did not say what you need to be able to do. So ask that first."),
}
TO_ASK: dict[str, Callable[[], str]] = {
    "modes": lambda: gettext("How do you travel?"),
    "queue": lambda: gettext("How long is the list of this employer now? Ask the employer, or the desk."),
    "dutch": lambda: gettext("How well do you speak Dutch?"),
    "level": lambda: gettext("Which school or study comes closest to you?"),
    "licences": lambda: gettext("Which licences and certificates do you have?"),
    "legal": lambda: gettext("Are you registered for this profession?"),
    "skills": lambda: gettext("What can you do?"),
    "available_from": lambda: gettext("From when can you start?"),
    "essential": lambda: gettext("What do you need to be able to do there? Ask the desk or the employer."),
}


# What is asked on a plank, beside what you can do. How you travel, from when, and the queue change too little for one.
ASKED: dict[str, Callable[[], str]] = {
    "licences": lambda: gettext("papers"),
    "legal": lambda: gettext("registration"),
    "dutch": lambda: gettext("your Dutch"),
    "level": lambda: gettext("your school"),
}


def planks(way: Bridge, steps: tuple[Step, ...] = ()) -> tuple[PlankText, ...]:
    """What lies between the visitor and the work: steps, a wait, a question, or one straight plank."""
    said = {step.code: step for step in steps}
    laid = [_plank(code, said.get(code)) for code in in_between(way)]
    straight = {Block.NOW: Shape.STRAIGHT, Block.MAYBE: Shape.ASK}.get(block_of(way))
    if straight:
        laid.append(PlankText(BLOCK_TITLES[block_of(way)](), shape=straight))
    return (*laid, *_asked(way))


def _asked(way: Bridge) -> list[PlankText]:
    """The planks of what is not known; what you can do comes first, because it decides most."""
    if way.undescribed:
        return [PlankText(gettext("Ask what you need to be able to do"), shape=Shape.ASK)]
    if {"skills", "legal"} <= set(way.to_ask):
        return [PlankText(gettext("Still to be asked: what can you do, and are you registered?"), shape=Shape.ASK)]
    if "skills" in way.to_ask:
        return [PlankText(gettext("Still to be asked: what can you do?"), shape=Shape.ASK)]
    found = [said() for code, said in ASKED.items() if code in way.to_ask]
    if not found:
        return []
    return [PlankText(gettext("Still to be asked: %(what)s") % {"what": ", ".join(found)}, shape=Shape.ASK)]


def _plank(code: str, step: Step | None) -> PlankText:
    shape = Shape.WAIT if code == QUEUE else Shape.STEP
    if step is None:
        return PlankText(words.step_name(code), shape=shape)
    return PlankText(words.step_name(code), step.short_time, step.helper, shape)


def picture(way: Bridge, steps: tuple[Step, ...]) -> tuple[Picture, ...]:
    """The drawings of one bridge: from you to the work."""
    work = PlankText(gettext("the work"), durations.minutes(way.travel_minutes), str(words.MODES_SHORT[way.mode]))
    return pictures(you=PlankText(gettext("you")), work=work, planks=planks(way, steps))


def picture_title(way: Bridge, facts: Facts) -> str:
    """The drawing in one sentence."""
    between = "; ".join(plank.name for plank in planks(way)).replace("\u00ad", "")
    return gettext("Bridge from you to %(title)s. In between: %(planks)s.") % {"title": facts.title, "planks": between}


def row(near: Near, facts: Facts) -> dict[str, Any]:
    """One opening as a row of the list."""
    way = near.way
    laid = planks(way)
    chips = [{"name": plank.name.replace("\u00ad", ""), "shape": plank.shape.value} for plank in laid[:MOST_CHIPS]]
    if len(laid) > MOST_CHIPS:
        more = gettext("and %(n)s more") % {"n": len(laid) - MOST_CHIPS}
        chips.append({"name": more, "shape": Shape.STEP.value})
    return {
        **about(facts),
        "minutes": durations.minutes(way.travel_minutes),
        "mode": words.MODES_SHORT[way.mode],
        "planks": chips,
        "weeks": "" if laid[0].shape is Shape.STRAIGHT else _weeks_words(way),
        "routes": _other_routes(near),
    }


def about(facts: Facts) -> dict[str, Any]:
    """What every page shows of an opening."""
    return {
        "opening_id": facts.opening_id,
        "title": facts.title,
        "employer": facts.employer,
        "place": facts.place,
        "agreement": "" if facts.agreement == "job" else words.AGREEMENTS.get(facts.agreement, ""),
        "hours": durations.hours(facts.hours_min, facts.hours_max),
        "wage": durations.wage(facts.wage_min_cents, facts.wage_max_cents) or gettext("pay not known"),
        "invented": facts.invented,
    }


def _weeks_words(way: Bridge) -> str:
    parts = [] if way.weeks_to_start == 0 else [durations.start(way.weeks_to_start)]
    if way.weeks_learning:
        parts.append(gettext("%(weeks)s of learning while you work") % {"weeks": durations.weeks(way.weeks_learning)})
    return "; ".join(parts)


def _other_routes(near: Near) -> str:
    """Which routes lead there; empty when it is only applying, which needs no explaining."""
    if [way.route for way in near.ways] == ["direct"]:
        return ""
    others = [str(words.ROUTES[way.route]) for way in near.ways[1:]]
    first = gettext("Route: %(route)s") % {"route": words.ROUTES[near.way.route]}
    if not others:
        return first
    return first + ". " + gettext("Also possible: %(routes)s") % {"routes": ", ".join(others)}
