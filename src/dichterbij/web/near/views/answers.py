"""Wiping the answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import wipe_all


@require_POST
def wipe(request: HttpRequest) -> HttpResponse:
    """Take all that was filled in away from the browser; there is no other place where it is."""
    return private(wipe_all(redirect("near:wiped")))


@require_safe
def wiped(request: HttpRequest) -> HttpResponse:
    """Say that they are gone, and offer to begin again."""
    return private(render(request, "near/wiped.html"))
