"""What every page knows besides its own data."""

from django.conf import settings
from django.http import HttpRequest

from dichterbij.web.content.languages import direction, page_language
from dichterbij.web.site.sealed import any_brought


def site(request: HttpRequest) -> dict[str, bool | str]:
    """`demo`: everything shown is invented; `has_answers`: this browser carries answers that can be wiped."""
    return {"demo": settings.DEMO, "has_answers": any_brought(request), **spoken()}


def spoken() -> dict[str, str]:
    """The language that the words of the page are in, and which way it is written: for `<html>`."""
    language = page_language()
    return {"page_language": language, "page_direction": direction(language)}
