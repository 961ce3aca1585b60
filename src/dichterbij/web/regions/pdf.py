"""The sheet as a tagged PDF (PDF/UA-1), so that it can be read aloud."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from dichterbij.web.desks.cards import DeskCard
from dichterbij.web.regions.sheets import RouteLine, Sheet
from dichterbij.web.site.pdf import pdf_of

TEMPLATE = Path(__file__).parent / "typ" / "sheet.typ"


def of_sheet(sheet: Sheet, language: str) -> bytes:
    """The sheet on one A4: tagged, with language, title and an alternative for its QR code."""
    return pdf_of(TEMPLATE, _data(sheet, language), address=sheet.address, on=sheet.on)


def _data(sheet: Sheet, language: str) -> dict[str, Any]:
    """What the template shows, in plain values."""
    made = gettext("Made on %(on)s from the desks of this region.") % {"on": date_format(sheet.on, "j F Y")}
    invented = gettext("The phone numbers are invented.") if sheet.is_invented else ""
    return {
        "language": language,
        "title": gettext("Sheet of %(region)s: four routes to work") % {"region": sheet.name},
        "lead": gettext("Look at it together: at the desk, at work or at the kitchen table."),
        "you": gettext("you"),
        "work": gettext("work"),
        "routes": [_route(route) for route in sheet.routes],
        "more": gettext("Read more about this route"),
        "whom": gettext("Whom do I call?"),
        "questions": [_call(question, desk) for question, desk in sheet.questions],
        "address": sheet.address,
        "qr": gettext("QR code: the page of this region"),
        "foot": " ".join(part for part in (invented, made) if part),
    }


def _route(route: RouteLine) -> dict[str, Any]:
    calls = ((gettext("You look for work"), route.seeker), (gettext("You are an employer"), route.employer))
    return {
        "name": route.name,
        "line": route.line,
        "calls": [_call(who, desk) for who, desk in calls],
        "done": gettext("Done here: %(what)s.") % {"what": route.done_here} if route.done_here else "",
        "address": route.address,
    }


def _call(who: str, desk: DeskCard) -> dict[str, str]:
    return {"who": who, "name": desk.name, "phone": desk.phone, "hours": "; ".join(desk.hours)}
