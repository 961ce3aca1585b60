"""The desk journey."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """Asks where you live or work."""
    return render(request, "desks/start.html")
