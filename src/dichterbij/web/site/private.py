"""Pages for one browser only, which keeps them no longer than it shows them."""

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """The response with a word to browsers and proxies not to store it."""
    response["Cache-Control"] = "no-store"
    return response
