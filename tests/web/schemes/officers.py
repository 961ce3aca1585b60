"""Short words for tests of the pages of officers: what a page says, and pressing its buttons."""

import re
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.schemes.case_models import Case
from dichterbij.domains.schemes.seeing import own_work
from support.cases import Way

WORK = "/nl/regelingen/werk/"
CHECKS = f"{WORK}controles/"
PDF = b"%PDF-1.7 verzonnen contract"


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its marks."""
    words = " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
    return words.replace("\u00a0", " ").replace("&nbsp;", " ").replace("&#x27;", "'")


def page(way: Way, part: str = "") -> str:
    """The address of a case, or of a part of it."""
    return f"{WORK}zaak/{way.id}/{part}"


def press(client: Client, way: Way, what: str, part: str = "", **fields: Any) -> HttpResponse:
    """Press a button on the case as it is now; fields without their prefix."""
    given = {f"{what}-{name}": value for name, value in fields.items()}
    return client.post(page(way, part), {"do": what, "version": str(way.version), **given})


def approve(client: Client, way: Way) -> HttpResponse:
    """Approve what waits."""
    given = {"do": "approve", "version": str(way.version), "proposal": str(way.view.row.proposal)}
    return client.post(page(way), given)


def aged(way: Way, days: int) -> Way:
    """The case as if it came so many days earlier."""
    with own_work():
        row = Case.objects.get(pk=way.id)
        row.received_on -= timedelta(days=days)
        row.state = {**row.state, "received_on": row.received_on.isoformat()}
        row.term_ends, row.warn_on = row.term_ends - timedelta(days=days), row.warn_on - timedelta(days=days)  # type: ignore[operator]
        row.save()
    return way


def tomorrow(days: int = 1) -> str:
    """A day to come, as somebody types it."""
    return f"{timezone.localdate() + timedelta(days=days):%d-%m-%Y}"


def today() -> str:
    """Today, as somebody types it."""
    return tomorrow(0)
