"""What these pages share: nobody in between keeps them, and they end with a phone number."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dichterbij.web.site.private import private


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of signing in."""
    return private(render(request, f"login/{template}", context, status=status))
