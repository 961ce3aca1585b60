"""The door for everybody: a citizen's own page, or asking a link to it by the address one gave."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.people import queries
from dichterbij.domains.people.rules import read_link_terms
from dichterbij.gateways.often import TooOftenError, count_sending, network_address
from dichterbij.gateways.sms import can_text
from dichterbij.web.login.mail import demo_folder
from dichterbij.web.mine import present, sending
from dichterbij.web.mine.door import citizen
from dichterbij.web.mine.forms import AskForm
from dichterbij.web.mine.views.shared import shown
from dichterbij.web.site.private import private

ASKED = "asking a link to an own page"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The page of a citizen who is signed in, or a choice when there are several; for others the way to get a link."""
    actor = citizen(request)
    people = queries.people_of_account(actor) if actor else ()
    if people and request.method != "POST":
        return _own(request, people)
    form = AskForm(request.POST if request.method == "POST" else None, by_text=can_text())
    if request.method == "POST" and form.is_valid() and _may_ask(request, form):
        sending.send_to_address(request, form.contact)
        return private(redirect("mine:asked"))
    status = 422 if form.errors else 200
    return shown(request, "ask.html", {"form": form, "is_citizen": actor is not None, **_around()}, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same words for every address."""
    return shown(request, "asked.html", _around() | {"folder": demo_folder()})


def link_over(request: HttpRequest) -> HttpResponse:
    """For a link that opens nothing (any more): where to ask a new one."""
    return shown(request, "ask.html", {"form": AskForm(by_text=can_text()), "is_over": True, **_around()}, status=404)


def _own(request: HttpRequest, people: tuple[object, ...]) -> HttpResponse:
    if len(people) == 1:
        return private(redirect("own:page", person=people[0]))
    found = [queries.own_page(person=person, now=timezone.now()).person for person in people]  # type: ignore[arg-type]
    rows = [
        {"id": one.id, "name": one.name, "region": present.region_name(one.region), "made_at": one.made_at}
        for one in found
    ]
    return shown(request, "own.html", {"rows": rows})


def _around() -> dict[str, object]:
    terms = read_link_terms(timezone.localdate())
    return {
        "most": terms.an_hour_per_address,
        "days": terms.lasts.days,
        "by_text": can_text(),
        "find_desk": reverse("desks:start"),
    }


def _may_ask(request: HttpRequest, form: forms.Form) -> bool:
    """Not without end from one place. How often one address is asked for, only the letters show."""
    most = read_link_terms(timezone.localdate()).an_hour_per_place
    try:
        count_sending(ASKED, network_address(request), problem=ASKED, most=most)
    except TooOftenError:
        form.add_error(None, gettext("That is a lot in one hour from this place. Try again later, or call the desk."))
        return False
    return True
