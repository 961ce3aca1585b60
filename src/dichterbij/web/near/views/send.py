"""Mailing a list or a bridge to oneself: plain text, the address used once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from dichterbij.domains.post.errors import RefusedError, UnsureError
from dichterbij.gateways.often import TooOftenError
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.near import closing, market, present
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import Opened, open_answers
from dichterbij.web.near.facts import facts_of
from dichterbij.web.near.forms import MailForm
from dichterbij.web.near.listed import PAGE_SIZE
from dichterbij.web.near.sending import demo_folder
from dichterbij.web.near.sending import send as send_message
from dichterbij.web.near.views.opening import about_work, bridge_context, facts_or_gone
from dichterbij.web.near.views.pages import needs_market, page, says_when_gone
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
@needs_market
def mail_list(request: HttpRequest) -> HttpResponse:
    """The nearest 25 openings, by mail."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    subject = gettext("What is near %(place)s") % {"place": closing.place_name(opened.answers)}
    return _mail(request, opened, subject, reverse("near:list"), lambda: _list_text(opened.answers, request))


@require_http_methods(["GET", "HEAD", "POST"])
@needs_market
@says_when_gone
def mail_opening(request: HttpRequest, opening_id: str) -> HttpResponse:
    """One bridge, by mail."""
    opened, facts = open_answers(request), facts_or_gone(opening_id)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    subject = gettext("Your bridge to: %(title)s") % {"title": facts.title}
    back = reverse("near:opening", args=[opening_id])

    def text() -> str:
        context = {"row": present.about(facts), "facts": about_work(facts)}
        context |= bridge_context(opened.answers, facts) | {"address": request.build_absolute_uri(back)}
        return render_to_string("near/mail_opening.txt", context)

    return _mail(request, opened, subject, back, text)


def _list_text(answers: Answers, request: HttpRequest) -> str:
    nears = market.market().near(answers).kept(answers.filters).nearest(PAGE_SIZE)
    facts = facts_of([near.opening_id for near in nears], get_language())
    rows = [present.row(near, facts[near.opening_id]) for near in nears if near.opening_id in facts]
    for row in rows:
        row["address"] = request.build_absolute_uri(reverse("near:opening", args=[row["opening_id"]]))
    return render_to_string("near/mail_list.txt", {"rows": rows, "desk": closing.desk_for(answers)})


def _mail(request: HttpRequest, opened: Opened, subject: str, back: str, text: Any) -> HttpResponse:
    form = MailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_message(request, to=form.cleaned_data["address"], subject=subject, text=text())
        except TooOftenError:
            form.add_error("address", gettext("You sent five messages this hour. Try again later, or print the page."))
        except RefusedError:
            form.add_error("address", gettext("We cannot send mail to this address. Look whether it is written well."))
        except UnsureError:
            words = gettext("Perhaps the message has left; we do not know. Look in your mailbox, or print the page.")
            form.add_error("address", words)
        except UnavailableError:
            form.add_error("address", gettext("The message could not be sent now. Try again later, or print the page."))
        else:
            return page(request, "mailed.html", {"back": back, "folder": demo_folder()}, opened=opened)
    return page(request, "mail.html", {"form": form, "subject": subject, "back": back}, opened=opened)
