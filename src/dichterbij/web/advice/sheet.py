"""One page for a boss: the same content for the page and for the PDF."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from dichterbij.domains.routes import queries
from dichterbij.domains.routes.rules.values import RouteAdvice, Verdict
from dichterbij.web.advice.calling import desks_to_call
from dichterbij.web.advice.telling import Told
from dichterbij.web.content.pages import ContentPage, page
from dichterbij.web.desks.cards import DeskCard, in_language, language
from dichterbij.web.site.pdf import pdf_of

TEMPLATE = Path(__file__).parent / "pdf" / "boss.typ"
MOST_REASONS = 3


@dataclass(frozen=True)
class RouteLine:
    """A route in a sentence, with the hours it asks."""

    name: str
    what: str
    hours: str


@dataclass(frozen=True)
class OwnAdvice:
    """The best route for this employer's own opening, with the weightiest reasons."""

    heading: str
    what: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """All that is on the page. `advice` is None when no answers were given, or none of them settles anything."""

    text: ContentPage
    routes: tuple[RouteLine, ...]
    advice: OwnAdvice | None
    desk: DeskCard
    region: str


def sheet_for(told: Told) -> Sheet:
    """The sheet in the active language, with the employer's own advice and region as far as told."""
    return Sheet(
        text=page("advice", "boss", language()),
        routes=tuple(_line(facts.name, facts.what, route, told.on) for route, facts in told.rules.routes.items()),
        advice=_advice(told),
        desk=desks_to_call(told.region, ())[0],
        region=told.region_name,
    )


def pdf(sheet: Sheet, *, address: str, on: date) -> bytes:
    """One A4 as PDF/UA-1: tagged, with language, title and an alternative for its one picture."""
    return pdf_of(TEMPLATE, _data(sheet, address, on), address=address, on=on)


def _line(name: Any, what: Any, route: Any, on: date) -> RouteLine:
    costs = queries.route_costs(route, on=on)
    hours = gettext("%(low)s to %(high)s hours of your own people in %(weeks)s weeks (assumption).")
    return RouteLine(
        in_language(name), in_language(what), hours % {"low": costs.low, "high": costs.high, "weeks": costs.weeks}
    )


def _advice(told: Told) -> OwnAdvice | None:
    best = queries.route_advice(told.answers, on=told.on).value.routes[0]
    return _told_advice(best) if best.verdict is Verdict.FITS else None


def _told_advice(best: RouteAdvice) -> OwnAdvice:
    return OwnAdvice(
        heading=gettext("For our opening: %(route)s") % {"route": in_language(best.facts.name)},
        what=in_language(best.facts.first_step),
        reasons=tuple(in_language(fit.say) for fit in best.speaks_for[:MOST_REASONS]),
    )


def _data(sheet: Sheet, address: str, on: date) -> dict[str, Any]:
    """What the template shows, in plain values."""
    text = sheet.text
    invented = gettext("number invented")
    advice = sheet.advice
    return {
        "language": text.language,
        "title": text.title,
        "lead": text.lead,
        "sections": {part.id: {"heading": part.heading, "items": items(part.body)} for part in text.sections},
        "routes": [{"name": line.name, "what": line.what, "hours": line.hours} for line in sheet.routes],
        "advice": {"heading": advice.heading, "what": advice.what, "reasons": advice.reasons} if advice else None,
        "desk": {
            "heading": _desk_heading(sheet),
            "name": sheet.desk.name,
            "phone": sheet.desk.phone,
            "note": f"({invented})" if sheet.desk.invented else "",
            "hours": "; ".join(sheet.desk.hours),
        },
        "link": {
            "text": address,
            "alt": gettext("QR code with the address of this page: %(address)s") % {"address": address},
        },
        "foot": _foot(text, on),
    }


def _desk_heading(sheet: Sheet) -> str:
    if sheet.region:
        return gettext("Call in region %(region)s") % {"region": sheet.region}
    return gettext("Call the national team; it brings you to your region")


def _foot(text: ContentPage, on: date) -> str:
    sources = "; ".join(f"{source.title}, {source.place}".rstrip(" .?") for source in text.sources)
    made = gettext("Made on %(date)s.") % {"date": f"{on:%d-%m-%Y}"}
    return " ".join([*text.assumptions, gettext("Sources:"), sources + ".", made])


def items(body: str) -> list[str]:
    """The bullets of a text, as plain sentences."""
    found = re.split(r"^- ", body, flags=re.MULTILINE)
    return [" ".join(part.split()) for part in found if part.strip()]
