"""One opening: its bridge as a picture and as a list, the other routes, why, and the desk to call."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.matching.queries import Bridge, Explanation, StepWeeks, step_weeks
from dichterbij.domains.matching.queries.explaining import ExplainedRoute
from dichterbij.web.content.languages import data_language
from dichterbij.web.near import closing, durations, market, present, saying, unsaid, words
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.near.facts import facts_of
from dichterbij.web.near.forms import BackgroundForm
from dichterbij.web.near.groups import BY_CODE, BY_QUESTION
from dichterbij.web.near.picture import Shape
from dichterbij.web.near.present import Question, Step
from dichterbij.web.near.reach import QUEUE, Block, Facts, Near, block_of, in_between
from dichterbij.web.near.steps import steps_of
from dichterbij.web.near.views.pages import OpeningGoneError, moved, needs_market, page, says_when_gone
from dichterbij.web.site.private import private


def facts_or_gone(opening_id: str) -> Facts:
    """What is known of an opening; OpeningGoneError when there is none (any more)."""
    found = facts_of([opening_id], get_language()) if len(opening_id) <= 200 and "\x00" not in opening_id else {}
    if opening_id not in found:
        raise OpeningGoneError
    return found[opening_id]


@require_safe
@needs_market
@says_when_gone
def opening(request: HttpRequest, opening_id: str) -> HttpResponse:
    """The page of one opening."""
    facts, opened = facts_or_gone(opening_id), open_answers(request)
    context = {"row": present.about(facts), "facts": about_work(facts), "told": opened.answers}
    if opened.answers.pc4 is None:
        return page(request, "opening.html", context | {"no_bridge": _no_postcode()}, opened=opened)
    context |= bridge_context(opened.answers, facts)
    return page(request, "opening.html", context, opened=opened)


def bridge_context(answers: Answers, facts: Facts) -> dict[str, Any]:
    """Everything about the bridge from these answers to this opening."""
    stock = market.market()
    near = stock.routes_to(answers, facts.opening_id)
    explained = stock.explain(answers, facts.opening_id, data_language())
    context: dict[str, Any] = {
        "desk": closing.desk_for(answers, work_region=facts.region_code),
        "rules": [(words.ROUTES[route.route], route) for route in explained.routes],
        "ways": _ways(near, explained, answers),
        "background_form": BackgroundForm(initial={"background": answers.background or ""}),
    }
    if near is None:
        return context | {"no_bridge": _no_bridge(explained), **say(facts, None)}
    text = saying.text(get_language())
    steps = steps_of(
        near.way,
        _weeks(explained, near.way.route),
        background=answers.background,
        region=facts.region_code,
        on=timezone.localdate(),
    )
    return context | {
        "bridge": _bridge(near.way, facts, steps),
        "route_text": saying.route(text, near.way.route),
        "say_steps": saying.about_steps(text, (step.code for step in steps)),
        **say(facts, near.way),
    }


def _weeks(explained: Explanation, route: str) -> dict[str, StepWeeks]:
    """How long each step takes, and the wait on an open-hiring list."""
    rules = next(found.rules for found in explained.trace.routes if found.route == route)
    weeks = step_weeks(explained.trace, route)
    waits = next((rule.needed["queue_weeks"] for rule in rules if rule.rule == QUEUE), None)
    return weeks if waits is None else weeks | {QUEUE: StepWeeks(cast(int, waits), 0)}


def _bridge(way: Bridge, facts: Facts, steps: tuple[Step, ...]) -> dict[str, Any]:
    laid = present.planks(way, steps)
    return {
        "title": _title(way),
        "words": _words(way),
        "pictures": present.picture(way, steps),
        "picture_title": present.picture_title(way, facts),
        "steps": steps,
        "has_helps": any(step.helps for step in steps),
        "is_straight": laid[0].shape is Shape.STRAIGHT,
        "straight_words": gettext("As far as we know nothing lies in between. Call the desk, or apply."),
        "questions": _questions(way, facts),
    }


def _title(way: Bridge) -> str:
    block = block_of(way)
    if block in (Block.NOW, Block.MAYBE):
        return present.BLOCK_TITLES[block]()
    if block is Block.ASK:
        return gettext("Your bridge, with something still to be asked")
    return gettext("Your bridge to this work")


def _words(way: Bridge) -> str:
    parts = [gettext("Route: %(route)s") % {"route": words.ROUTES[way.route]} + ".", str(words.ROUTES_MEAN[way.route])]
    if way.weeks_to_start:
        parts.append(durations.start(way.weeks_to_start) + ".")
    if way.weeks_learning:
        parts.append(
            gettext("You learn for %(weeks)s while you work.") % {"weeks": durations.weeks(way.weeks_learning)}
        )
    if way.route == "carving":
        parts.append(gettext("The job would be %(hours)s.") % {"hours": durations.agreed_hours(way.agreed_hours)})
    if block_of(way) is Block.MAYBE:
        parts.append(present.BLOCK_WORDS[Block.MAYBE]())
    return " ".join(parts)


def _questions(way: Bridge, facts: Facts) -> list[Question]:
    return [Question(present.TO_ASK[code](), _address(code, facts)) for code in way.to_ask if code in present.TO_ASK]


def _address(code: str, facts: Facts) -> str:
    group = BY_QUESTION.get(code)
    if group is None or code == "essential":
        return ""
    # What somebody can do is proposed from work done: that is asked first.
    address = BY_CODE["work"].address if group.code == "skills" else group.address
    return f"{address}?opening={facts.opening_id}"


def about_work(facts: Facts) -> list[dict[str, Any]]:
    """What is known of the work, as names and words."""
    dayparts = ", ".join(str(words.DAYPARTS[part]).lower() for part in facts.dayparts if part in words.DAYPARTS)
    rows = [
        (gettext("Employer"), facts.employer or gettext("not named")),
        (gettext("Where"), facts.place),
        (gettext("Kind of agreement"), words.AGREEMENTS.get(facts.agreement, "")),
        (gettext("Hours"), durations.hours(facts.hours_min, facts.hours_max)),
        (gettext("Times"), dayparts),
        (gettext("Pay"), durations.wage(facts.wage_min_cents, facts.wage_max_cents) or gettext("not known")),
        (gettext("Sector"), words.SECTORS.get(facts.sector, "")),
        (gettext("Start at the latest"), date_format(facts.latest_start, "l j F Y") if facts.latest_start else ""),
    ]
    return [{"name": name, "words": said} for name, said in rows if said]


def _ways(near: Near | None, explained: Explanation, answers: Answers) -> list[dict[str, Any]]:
    """The ways to one opening: those that can be walked first, then the others with what would help."""
    ways = [
        {
            "name": words.ROUTES[way.route],
            "meaning": words.ROUTES_MEAN[way.route],
            "is_shortest": number == 0,
            "address": saying.route_address(way.route),
            "start": _start(way),
            "planks": [
                {"name": plank.name.replace("\u00ad", ""), "shape": plank.shape.value} for plank in present.planks(way)
            ],
        }
        for number, way in enumerate(near.ways if near else ())
    ]
    return ways + [
        {"name": words.ROUTES[route.route], "start": _closed(route, explained, answers), "reason": _obstacle(route)}
        for route in explained.routes
        if not route.distance
    ]


def _start(way: Bridge) -> str:
    """When one could start; never "right away" while something lies in between or is to be asked."""
    block = block_of(way)
    if way.weeks_to_start:
        return gettext("in %(weeks)s") % {"weeks": durations.weeks(way.weeks_to_start)}
    if block is Block.NOW:
        return gettext("right away")
    if block in (Block.ASK, Block.UNDESCRIBED):
        return gettext("still to be asked")
    if block is Block.MAYBE:
        return gettext("perhaps right away")
    # A licence without weeks of its own still takes the time of asking for it.
    is_asked_for = any(code.startswith("licence:") for code in in_between(way))
    return gettext("after some days to weeks") if is_asked_for else durations.weeks(0)


def _closed(route: ExplainedRoute, explained: Explanation, answers: Answers) -> str:
    """Of a route that cannot be walked: whether that is so, or only not known."""
    is_open = not answers.knows_skills and unsaid.is_to_be_asked(route, explained)
    return gettext("still to be asked") if is_open else gettext("this way is not possible now")


def _obstacle(route: ExplainedRoute) -> str:
    """Why a route cannot be walked: the first rule that says no, and what would change it."""
    first = route.obstacles[0]
    return first.change or f"{first.name}: {first.outcome_word}"


def _no_postcode() -> dict[str, str]:
    return {
        "title": gettext("Where do you live?"),
        "words": gettext("Then we can draw the bridge from you to this work."),
    }


def _no_bridge(explained: Explanation) -> dict[str, Any]:
    return {
        "title": gettext("No bridge from your answers yet"),
        "words": gettext("With what you told us there is no way to this work. The desk may know one. This is why:"),
        "reasons": [f"{words.ROUTES[route.route]}: {_obstacle(route)}" for route in explained.routes],
    }


def say(facts: Facts, way: Bridge | None) -> dict[str, Any]:
    """What to say on the phone: what it is about, and what the bridge shows is needed."""
    lines = [
        gettext("Good day. I am looking for work and I found something near me on Dichterbij."),
        gettext("It is: %(title)s, at %(employer)s in %(place)s. The number is %(id)s.")
        % {"title": facts.title, "employer": facts.employer, "place": facts.place, "id": facts.opening_id},
        *_needs(way),
        gettext("Who can look at it with me, and what would be the first step?"),
    ]
    return {"say": lines}


def in_a_sentence(name: str) -> str:
    """A step's name within a sentence: a small first letter, unless the name begins with capitals (VOG, VCA)."""
    plain = name.replace("\u00ad", "")
    return plain if plain[1:2].isupper() else plain[:1].lower() + plain[1:]


def _needs(way: Bridge | None) -> list[str]:
    if way is None:
        return [gettext("With what I filled in there is no way to it yet. Is there another way?")]
    lines = []
    if way.route == "open_hiring":
        lines.append(gettext("I would like to put my name on the list."))
    if way.step_codes:
        names = ", ".join(in_a_sentence(words.step_name(code)) for code in way.step_codes)
        lines.append(gettext("On my bridge these steps are left: %(steps)s. Who helps with that?") % {"steps": names})
    if block_of(way) in (Block.ASK, Block.UNDESCRIBED):
        lines.append(
            gettext("I do not know yet whether I can do everything that is needed. Can you look at that with me?")
        )
    unknown = ", ".join(said() for code, said in NOT_TOLD.items() if code in way.to_ask)
    if unknown:
        lines.append(gettext("I did not fill in yet: %(what)s. Does that matter for this work?") % {"what": unknown})
    return lines


# What was not told, as somebody says it about themselves.
NOT_TOLD: dict[str, Callable[[], str]] = {
    "licences": lambda: gettext("which licences and certificates I have"),
    "legal": lambda: gettext("whether I am registered for this profession"),
    "dutch": lambda: gettext("how well I speak Dutch"),
    "level": lambda: gettext("which school I did"),
}


@require_POST
@says_when_gone
def background(request: HttpRequest, opening_id: str) -> HttpResponse:
    """Keep the benefit background: only for who may pay a step."""
    facts_or_gone(opening_id)
    answers = open_answers(request).answers
    if answers.pc4 is None:
        return private(redirect("near:start"))
    form = BackgroundForm(request.POST)
    given = form.cleaned_data["background"] if form.is_valid() else ""
    return moved(replace(answers, background=given or None), "near:opening", opening_id)
