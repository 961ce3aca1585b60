"""Signing in as somebody invented, with one button. Only in the demonstration: elsewhere there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dichterbij.domains.accounts import queries
from dichterbij.web.login.coming_in import come_in
from dichterbij.web.login.landing import safe_next


@require_POST
def demo(request: HttpRequest, key: str) -> HttpResponse:
    """In, as an invented account of the demonstration's own list."""
    if not settings.DEMO:
        raise Http404
    now = timezone.now()
    found = [row for row in queries.demo_accounts(on=timezone.localdate(now)) if row.key == key]
    if not found:
        raise Http404
    next_path = safe_next(request.POST.get("next", ""))
    return come_in(request, found[0].user, how="demo", next_path=next_path, now=now, kvk=found[0].kvk)
