"""Who takes part in a draw or is ranked, in which order, and how anybody can work that out again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dichterbij.domains.schemes import queries
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.schemes import present
from dichterbij.web.schemes.views.catalogue import scheme_or_404


@require_safe
def draws(request: HttpRequest, slug: str) -> HttpResponse:
    """The lists of the round that opened last, with the points and places of those on them; numbers only, no names."""
    try:
        found = queries.draws(scheme=slug)
    except NotFoundError as error:
        raise Http404(str(error)) from error
    if not found:
        raise Http404("Nobody was drawn or ranked in this scheme.")
    context = {"card": present.card(scheme_or_404(slug), timezone.now()), "draws": found}
    return render(request, "schemes/draws.html", context)
