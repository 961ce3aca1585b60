"""What these pages share: not kept by anybody, and a word about what was just done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dichterbij.web.site.private import private

DONE = "done"


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of keeping accounts, with what was done before it, said once."""
    part = "organisations" if template.startswith("organisation") else "members"
    shared = {"done": request.session.pop(DONE, ""), "part": part}
    return private(render(request, f"manage/{template}", {**shared, **context}, status=status))


def done(request: HttpRequest, words: str, to: str, *arguments: object) -> HttpResponse:
    """On to a page that says so."""
    request.session[DONE] = words
    return private(redirect(to, *arguments))
