"""A no that comes from what nobody asked yet is no no: it is said as a question."""

from dataclasses import replace

from django.utils.translation import gettext

from dichterbij.domains.matching.queries import Explanation
from dichterbij.domains.matching.queries.explaining import ExplainedRoute, ExplainedRule

# "You miss nothing", of somebody of whom nothing is known.
FOR_LACK_OF_ANSWERS = frozenset({"nothing_to_learn", "nothing_to_carve"})


def explanation(found: Explanation) -> Explanation:
    """The explanation for somebody who did not tell what they can do: a no that rests on that is still to be asked."""
    changes = [[rule.change for rule in route.rules] for route in found.trace.routes]
    routes = (_route(route, change) for route, change in zip(found.routes, changes, strict=True))
    return replace(found, routes=tuple(routes))


def is_to_be_asked(route: ExplainedRoute, found: Explanation) -> bool:
    """Whether nothing but a missing answer closes this route."""
    traced = next(traced for traced in found.trace.routes if traced.route == route.route)
    changes = [rule.change for rule in traced.rules if rule.change]
    return bool(changes) and FOR_LACK_OF_ANSWERS.issuperset(changes)


def _route(route: ExplainedRoute, changes: list[str | None]) -> ExplainedRoute:
    rules = (
        _rule(rule) if code in FOR_LACK_OF_ANSWERS else rule for rule, code in zip(route.rules, changes, strict=True)
    )
    return replace(route, rules=tuple(rules))


def _rule(rule: ExplainedRule) -> ExplainedRule:
    return replace(
        rule,
        outcome_word=gettext("still to be asked"),
        change=gettext("We do not know yet what you can do. Tell us, and you see whether this route fits."),
    )
