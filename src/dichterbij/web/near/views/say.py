"""What to say to an employer or a desk: a page of its own, for whoever looks for work."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.web.near import saying
from dichterbij.web.near.cookie import open_answers
from dichterbij.web.near.views.pages import page


@require_safe
def what_to_say(request: HttpRequest) -> HttpResponse:
    """Sentences for every route and every step, and how each route works."""
    opened, text = open_answers(request), saying.text(get_language())
    context = {
        "text": text,
        "routes": saying.routes(text),
        "steps": saying.all_steps(text),
        "told": opened.answers,
    }
    return page(request, "what_to_say.html", context, opened=opened)
