"""The second factor: asked at every sign-in of staff, set up at the first."""

from collections.abc import Callable
from datetime import datetime

import pyotp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import NotAllowedError, TooOftenError, WrongCodeError
from dichterbij.web.login import session
from dichterbij.web.login.coming_in import come_in
from dichterbij.web.login.forms import CodeForm
from dichterbij.web.login.terms import wait_minutes
from dichterbij.web.login.views.pages import page
from dichterbij.web.site.private import private

ISSUER = "Dichterbij"


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code of this moment, or one from paper."""
    now = timezone.now()
    here = session.halfway(request, now)
    if here is None:
        return private(redirect("login:start"))
    if not queries.factor_of(user=here.user).is_set_up:
        return private(redirect("login:set-up"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _tried(form, lambda given: actions.check_factor(user=here.user, code=given, now=now))
        if status == 200:
            return _in(request, here, now)
    return page(request, "code.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """A secret for the app, proved with a first code; then the recovery codes, once."""
    now = timezone.now()
    here = session.halfway(request, now)
    if here is None:
        return private(redirect("login:start"))
    try:
        secret = actions.begin_factor(user=here.user, now=now)
    except NotAllowedError:
        return private(redirect("login:code"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        codes: list[str] = []
        status = _tried(form, lambda given: codes.extend(actions.confirm_factor(user=here.user, code=given, now=now)))
        if status == 200:
            return _shown_once(request, here, tuple(codes), now)
    address = pyotp.TOTP(secret).provisioning_uri(name=queries.email_of(user=here.user), issuer_name=ISSUER)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page(request, "set_up.html", {"form": form, "address": address, "secret": spaced}, status=status)


def _in(request: HttpRequest, here: session.Halfway, now: datetime) -> HttpResponse:
    path, key = here.next_path, here.provider
    return come_in(request, here.user, how="link_and_code", next_path=path, now=now, provider=key)


def _shown_once(request: HttpRequest, here: session.Halfway, codes: tuple[str, ...], now: datetime) -> HttpResponse:
    """In, with the codes on the page in place of going on at once."""
    answer = _in(request, here, now)
    going = answer.get("Location", "")
    return page(request, "codes.html", {"codes": codes, "going": going}) if going else answer


def _tried(form: CodeForm, attempt: Callable[[str], None]) -> int:
    """The status of the page after a try; what went wrong stands on the form."""
    if not form.is_valid():
        return 422
    try:
        attempt(form.cleaned_data["code"])
    except WrongCodeError:
        form.add_error("code", _("That is not the code of this moment. Look at your app and fill in the newest one."))
        return 422
    except TooOftenError:
        words = _("Too many wrong codes. Wait %(minutes)s minutes, then try again.")
        form.add_error("code", words % {"minutes": wait_minutes()})
        return 429
    return 200
