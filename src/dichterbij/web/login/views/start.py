"""Asking for a link."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import TooOftenError
from dichterbij.domains.accounts.rules import Door
from dichterbij.domains.post.errors import RefusedError, UnsureError
from dichterbij.gateways.identity import read_providers
from dichterbij.gateways.often import network_address
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.login import mail
from dichterbij.web.login.forms import LinkForm
from dichterbij.web.login.landing import first_page, safe_next
from dichterbij.web.login.terms import link_minutes
from dichterbij.web.login.views.pages import page
from dichterbij.web.login.who import standing_of
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The door. Somebody who is in already goes on."""
    next_path = safe_next(request.POST.get("next", request.GET.get("next", "")))
    standing = standing_of(request)
    if standing and request.method != "POST":
        return private(redirect(first_page(standing.actor, next_path)))
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _send_link(request, form, next_path)
        except TooOftenError:
            form.add_error(
                "email", _("You asked for many links this hour. Use the newest one, or try again in an hour.")
            )
            return _page(request, form, next_path, status=429)
        except RefusedError:
            form.add_error("email", _("We cannot send mail to this address. Look whether it is written well."))
            return _page(request, form, next_path, status=422)
        except UnsureError:
            words = _(
                "Perhaps the mail has left; we do not know. Look in your mailbox. Nothing after five minutes? "
                "Ask for a new link."
            )
            form.add_error(None, words)
            return _page(request, form, next_path, status=503)
        except UnavailableError:
            form.add_error(None, _("We cannot send mail just now. Try again in a few minutes, or call the desk."))
            return _page(request, form, next_path, status=503)
        return private(redirect("login:sent"))
    return _page(request, form, next_path, status=422 if form.errors else 200)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same words for every address."""
    return page(request, "sent.html", {"folder": mail.demo_folder(), "minutes": link_minutes()})


def _page(request: HttpRequest, form: LinkForm, next_path: str, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": next_path,
        "providers": _providers(next_path),
        "demo_accounts": queries.demo_accounts(on=timezone.localdate()) if settings.DEMO else (),
    }
    return page(request, "start.html", context, status=status)


def _providers(next_path: str) -> list[dict[str, str]]:
    """Other ways in, as links with words in this language."""
    query = f"?{urlencode({'next': next_path})}" if next_path else ""
    return [
        {
            "label": provider.label.get(get_language() or "nl", provider.label["nl"]),
            "url": reverse("login:provider", args=[provider.key]) + query,
        }
        for provider in read_providers().values()
    ]


def _send_link(request: HttpRequest, form: LinkForm, next_path: str) -> None:
    """A mail goes to every address, so that nobody can see from outside which ones are known."""
    link = actions.ask_for_link(
        email=form.cleaned_data["email"],
        door=Door(form.cleaned_data["door"]),
        language=get_language() or "nl",
        next_path=next_path,
        place=network_address(request),
        now=timezone.now(),
    )
    address = request.build_absolute_uri(reverse("login:link", args=[link.token])) if link.token else ""
    context = {"address": address, "minutes": link.minutes, "site": request.build_absolute_uri("/")}
    subject = _("Your link to sign in to Dichterbij") if link.token else _("Signing in to Dichterbij")
    mail.send(link.email, subject, render_to_string("login/mail_link.txt", context))
