"""The routes side by side: how much is near over each, the nearest of it, and what would open one that is empty."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dichterbij.web.near import closing, durations, market, present, saying, told, words
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.near.facts import facts_of
from dichterbij.web.near.found import Side
from dichterbij.web.near.reach import Facts, Near
from dichterbij.web.near.views.pages import needs_market, page
from dichterbij.web.site.private import private

SHOWN = 3
ASKS: Mapping[str, str | Promise] = {
    "direct": _("You write, call or walk in. You can do the work, or you learn it in the first weeks."),
    "open_hiring": _("Your name on the list, and waiting for your turn. You decide yourself whether you can do it."),
    "learn_work": _("You want to learn for some weeks or months. You do not need to know the trade yet."),
    "carving": _("You say which tasks you can do. The employer must want it; the desk helps to ask."),
}
EMPTY: Mapping[str, str | Promise] = {
    "direct": _("No job within reach fits your answers as it is."),
    "open_hiring": _(
        "Few employers hire this way. None of their jobs is within your reach now. The desk knows who begins."
    ),
    "learn_work": _("No learning company within reach has something that you can learn in the time you want."),
    "carving": _("No job that tasks can be taken out of fits within your reach. The desk can ask an employer."),
}
# Who did not tell what they can do misses nothing that we know of: so there is nothing to learn, and nothing to leave.
UNTOLD = _("First tell which work you did: only then we see what you could learn, or what could be left out.")
NEEDS_SKILLS = frozenset({"learn_work", "carving"})


@require_safe
@needs_market
def side(request: HttpRequest) -> HttpResponse:
    """The routes beside each other, the nearest first."""
    opened = open_answers(request)
    answers = opened.answers
    if answers.pc4 is None:
        return private(redirect("near:start"))
    stock = market.market()
    others = replace(answers.filters, route=None)
    sides = stock.near(answers).sides(others, SHOWN)
    context = {
        "place": closing.place_name(answers),
        "told_words": told.in_words(answers),
        "skills_unknown": not answers.knows_skills,
        "filters_on": sum(value is not None for value in vars(others).values()),
        "columns": _columns(stock, answers, sides),
    }
    return page(request, "side.html", context, opened=opened)


def _columns(stock: market.Market, answers: Answers, sides: Sequence[Side]) -> list[dict[str, Any]]:
    """A column a route: what is nearest over it first, routes without anything last."""
    facts = facts_of([near.opening_id for side in sides for near in side.nears], get_language())
    opens = _opens(stock, answers, [side.route for side in sides if not side.count])
    order = sorted(sides, key=lambda side: (not side.count, side.nears[0].way.distance if side.nears else ()))
    return [
        {
            "code": side.route,
            "name": words.ROUTES[side.route],
            "meaning": words.ROUTES_MEAN[side.route],
            "asks": ASKS[side.route],
            "address": saying.route_address(side.route),
            "count": side.count,
            "count_words": durations.count(side.count),
            "rows": [_row(near, facts[near.opening_id]) for near in side.nears if near.opening_id in facts],
            "empty": EMPTY[side.route],
            "untold": UNTOLD if side.route in NEEDS_SKILLS and not answers.knows_skills else "",
            "opens": opens.get(side.route, ()),
        }
        for side in order
    ]


def _row(near: Near, facts: Facts) -> dict[str, Any]:
    """The opening by the way of this column alone."""
    return present.row(Near(near.opening_id, near.ways[:1]), facts)


def _opens(stock: market.Market, answers: Answers, routes: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """For each of these routes the answers that, changed alone, would bring something near over it."""
    opens: dict[str, list[dict[str, object]]] = {route: [] for route in routes}
    for lift in stock.what_brings_more(answers) if routes else ():
        changes = told.changes_of(lift.code, answers) if lift.code in told.NAMES else {}
        counts = stock.near(replace(answers, **changes)).counts(answers.filters)[1] if changes else {}
        for route in routes:
            if counts.get(route):
                opens[route].append({"code": lift.code, "name": told.NAMES[lift.code]})
    return opens
