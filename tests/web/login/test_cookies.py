"""With https a browser takes our cookies from this very host only; without it they have their plain names."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.http import HttpResponse
from django.test import RequestFactory

from dichterbij.domains.referral import queries
from dichterbij.web.campaign import visit
from dichterbij.web.handover.views import place as place_view
from dichterbij.web.site.sealed import SealedCookie

NAMES = "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"


def test_with_https_the_names_of_cookies_bind_them_to_this_host() -> None:
    code = f"from dichterbij.bootstrap import settings; print(*(getattr(settings, name) for name in {NAMES}))"
    environment = {**os.environ, "DICHTERBIJ_HTTPS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert all(name.startswith("__Host-") for name in done.stdout.split())
    assert not any(getattr(site, name).startswith("__") for name in NAMES)


def test_a_sealed_cookie_has_what_the_prefix_asks(settings: pytest.FixtureRequest) -> None:
    settings.COOKIE_PREFIX, settings.SESSION_COOKIE_SECURE = "__Host-", True  # type: ignore[attr-defined]
    cookie = SealedCookie("answers")
    kept = cookie.keep(HttpResponse(), cookie.seal({"a": 1})).cookies["__Host-answers"]
    assert (kept["secure"], kept["path"], kept["domain"]) == (True, "/", "")
    assert cookie.wipe(HttpResponse()).cookies["__Host-answers"]["secure"]


def test_the_codes_of_a_campaign_and_of_a_finding_place_come_from_this_host_only(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.COOKIE_PREFIX, settings.SESSION_COOKIE_SECURE = "__Host-", True  # type: ignore[attr-defined]
    answer, request = HttpResponse(), RequestFactory().get("/")
    visit.keep(answer, visit.Visit("twente-1"))
    place = queries.KnownPlace("bieb", "Bibliotheek", "AM05")
    monkeypatch.setattr(place_view, "_known", lambda code: place if code == "bieb" else None)
    monkeypatch.setattr(place_view, "may_be_counted", lambda _request: False)
    answer.cookies.update(place_view.come(request, "bieb").cookies)
    assert {name for name, one in answer.cookies.items() if one["secure"]} == {"__Host-campaign", "__Host-place"}
    request.COOKIES = {"campaign": "twente-1~v", "place": "bieb"}
    assert (visit.visit_of(request), place_view.place_of(request)) == (None, None), "another host may have set these"
    request.COOKIES = {name: one.value for name, one in answer.cookies.items()}
    assert (visit.visit_of(request), place_view.place_of(request)) == (visit.Visit("twente-1"), place)
