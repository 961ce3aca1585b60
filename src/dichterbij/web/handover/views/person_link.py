"""A desk helps somebody to the link of their own page: by their own address, or on paper, with the person there."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import actions
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.queries import PersonRow
from dichterbij.domains.people.rules import ContactKind, NewContact, masked, read_link_terms
from dichterbij.domains.people.rules.own_page import reachable
from dichterbij.domains.referral import queries
from dichterbij.gateways.often import TooOftenError, count_sending
from dichterbij.gateways.sms import can_text
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.handover import proposing
from dichterbij.web.handover.views.give import desk_actor
from dichterbij.web.mine import sending
from dichterbij.web.site.private import private

PURPOSE = "hand_over"
SENT, PRINTED = "a desk has the link of an own page sent", "a desk prints the link of an own page"
TOO_OFTEN = gettext_noop("That is a lot in one hour for one person. Try again later.")


@require_http_methods(["GET", "HEAD", "POST"])
def person_link(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The two ways; the link itself is shown on paper only, and only once."""
    actor = desk_actor(request)
    if actor is None:
        raise Http404
    person = person_of(actor, handover)
    reach = reachable(_contacts(person), by_text=can_text())
    context: dict[str, Any] = {"person": person, "handover": handover, "reach": masked(reach) if reach else ""}
    if request.method == "POST" and "send" in request.POST and reach:
        if not _may(SENT, person):
            return _page(request, context | {"send_problem": gettext(TOO_OFTEN)}, status=422)
        sending.send_to_person(request, person.id, actor)
        return _page(request, context | {"is_sent": True})
    if request.method == "POST" and "print" in request.POST:
        if "is_here" not in request.POST:
            problem = gettext("Print the link only when this person is with you, and you know who it is.")
            return _page(request, context | {"problem": problem}, status=422)
        if not _may(PRINTED, person):
            return _page(request, context | {"problem": gettext(TOO_OFTEN)}, status=422)
        return _printed(request, actor, person)
    return _page(request, context)


def person_of(actor: Actor, handover: UUID) -> PersonRow:
    """The person of this hand-over, for a desk that may see them; 404 for every other one."""
    try:
        row, _steps = queries.handover(actor=actor, handover=handover, now=timezone.now())
        if row.person is None:
            raise Http404
        return people.person(actor=actor, person=row.person, purpose=PURPOSE, now=timezone.now())
    except NotFoundError:
        raise Http404 from None


def _may(what: str, person: PersonRow) -> bool:
    """Not without end for one person: each print ends every link of theirs, each letter is one more that they get."""
    try:
        count_sending(
            what, str(person.id), problem=what, most=read_link_terms(timezone.localdate()).an_hour_per_address
        )
    except TooOftenError:
        return False
    return True


def _printed(request: HttpRequest, actor: Actor, person: PersonRow) -> HttpResponse:
    """The sheet. Shown in answer to the press, so that its link is in no address."""
    desk = organisations([actor.organisation])[actor.organisation] if actor.organisation else None
    site = sending.site_of(request)
    printed = actions.print_key(
        person=person.id, actor=actor, is_here=True, desk=desk.name if desk else "", site=site, by_text=can_text(),
        now=timezone.now(),
    )  # fmt: skip
    sending.leave(printed.about)
    context = {
        "link": site.page.format(token=printed.token),
        "until": printed.until,
        "printed_by": desk,
        "desk": proposing.desk_card(desk) or proposing.first_desk(person.region),
    }
    return private(render(request, "handover/link_sheet.html", context))


def _contacts(person: PersonRow) -> list[NewContact]:
    return [NewContact(ContactKind(contact.kind), contact.value) for contact in person.contacts]


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context["days"] = read_link_terms(timezone.localdate()).lasts.days
    return private(render(request, "handover/person_link.html", context, status=status))
