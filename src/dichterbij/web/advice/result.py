"""The route advice as a page shows it: each route with its reasons, costs and possible support."""

from dataclasses import dataclass
from datetime import date

from dichterbij.domains.routes import queries
from dichterbij.domains.routes.rules.costs import Costs
from dichterbij.domains.routes.rules.values import Advice, RouteAdvice
from dichterbij.domains.support.queries import supports_for
from dichterbij.domains.support.rules.kinds import GENERAL, Category, Role, Route, SupportOffer
from dichterbij.web.advice.telling import Told

OWN_STEP = {Route.LEARN_WORK: "learn_work", Route.CARVING: "carving"}


@dataclass(frozen=True)
class ShownRoute:
    """A route with all that belongs to it."""

    advice: RouteAdvice
    costs: Costs
    supports: tuple[SupportOffer, ...]


@dataclass(frozen=True)
class Answered:
    """A question with its answer; empty when it is open. `page`: where to change it."""

    short: str
    answer: str
    page: int


def shown_routes(advice: Advice, told: Told) -> tuple[ShownRoute, ...]:
    """The proposed routes, best first."""
    return tuple(_shown(route, told.region, told.on) for route in advice.proposed)


def money_supports(told: Told) -> tuple[SupportOffer, ...]:
    """Money that may be possible for an employer: it depends on the person, so it is the same for every route."""
    offers = supports_for(
        step_code=GENERAL, route=None, role=Role.EMPLOYER, background=None, region=told.region or None, on=told.on
    )
    return tuple(offer for offer in offers if offer.support.category is Category.FINANCIAL)


def _shown(route: RouteAdvice, region: str, on: date) -> ShownRoute:
    code = route.facts.route
    useless = {item for form in route.impossible_forms for item in form.supports}
    supports = tuple(offer for offer in _supports(code, region, on) if offer.support.support_id not in useless)
    return ShownRoute(route, queries.route_costs(code, on=on), supports)


def _supports(route: Route, region: str, on: date) -> tuple[SupportOffer, ...]:
    """What the menukaart has for employers on this route, each once."""
    found: dict[str, SupportOffer] = {}
    for step in filter(None, (OWN_STEP.get(route), GENERAL)):
        offers = supports_for(
            step_code=step, route=route, role=Role.EMPLOYER, background=None, region=region or None, on=on
        )
        for offer in offers:
            if offer.support.category in (Category.ROUTE, Category.REGIONAL):
                found.setdefault(offer.support.support_id, offer)
    return tuple(found.values())
