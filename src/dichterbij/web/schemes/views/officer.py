"""What the pages of officers share: who acts, what was just done, and that nobody in between stores them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.domains.schemes.queries import officers
from dichterbij.web.login.who import actor_of
from dichterbij.web.site.private import private

DONE = "officer-done"
ASKED = ("carry_out_scheme", "application")


def officer(request: HttpRequest) -> Actor:
    """Who acts, where their role carries out schemes; "no such page" for everybody else. The actions ask no more."""
    actor = actor_of(request)
    if actor is None or read_permissions(timezone.localdate()).reach(actor.role, *ASKED) is None:
        raise Http404
    return actor


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page, with what was done before it, said once."""
    told = request.session.pop(DONE, None) or {}
    shared = {
        "done": told.get("done", ""), "left": told.get("left", []), "part": context.get("part", "work"),
        "has_points": bool(officers.rounds_with_points()),
    }  # fmt: skip
    return private(render(request, f"schemes/{template}", {**shared, **context}, status=status))


def done(
    request: HttpRequest, words: str, to: str, *arguments: object, left: Any = (), asked: Mapping[str, object] = {}
) -> HttpResponse:
    """On to a page that says so; `left`: what was not done, and why. `asked`: which part of that page."""
    request.session[DONE] = {"done": words, "left": list(left)}
    query = urlencode({name: str(value) for name, value in asked.items() if value})
    return private(redirect(f"{reverse(to, args=arguments)}?{query}" if query else reverse(to, args=arguments)))


def clean(text: str, longest: int) -> str:
    """What was typed to search, as the database takes it."""
    return " ".join(text.replace("\0", "").split())[:longest]
