"""A campaign link: one visit counted, and on to the page it is about."""

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.outreach.errors import ItemNotFoundError
from dichterbij.domains.outreach.queries import ItemRow, item_row
from dichterbij.domains.outreach.rules import Step
from dichterbij.web.campaign.counting import counter, take_step
from dichterbij.web.campaign.targets import address_of
from dichterbij.web.campaign.visit import Visit, keep, may_be_counted, visit_of


@require_safe
def go(request: HttpRequest, code: str) -> HttpResponse:
    """Send on to the item's page. A code that does not exist, or a database that rests, leads home: never nowhere."""
    item = _item(code)
    response = redirect(address_of(item) if item else "site:home")
    # A poster is read for years: what it leads to may change, and every visit is to come here.
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    if item and may_be_counted(request):
        _count(request, response, item)
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A link that lost its code."""
    return redirect("site:home")


@csrf_exempt
@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    """Told by the browser when a phone number or mail address is chosen. Changes one number, so needs no token."""
    response = HttpResponse(status=204)
    visit = visit_of(request)
    if visit:
        take_step(request, response, visit, Step.CONTACT)
    return response


def _item(code: str) -> ItemRow | None:
    try:
        return item_row(code)
    except (ItemNotFoundError, DatabaseError, InterfaceError):
        return None


def _count(request: HttpRequest, response: HttpResponse, item: ItemRow) -> None:
    """One visit for the item, unless this sitting was counted for it already."""
    visit = visit_of(request)
    if visit and visit.code == item.code and Step.VISIT in visit.counted:
        return
    if counter.count(item.code, Step.VISIT):
        keep(response, Visit(item.code, frozenset({Step.VISIT})))
