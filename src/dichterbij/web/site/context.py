"""What every page knows besides its own data."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, bool]:
    """`demo`: everything shown is invented; `has_answers`: this browser carries answers that can be wiped."""
    return {"demo": settings.DEMO, "has_answers": "answers" in request.COOKIES}
