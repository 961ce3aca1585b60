"""Who asks."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dichterbij.domains.openings.rules import load_terms
from dichterbij.web.placing.cookie import open_draft
from dichterbij.web.placing.desk import region_of
from dichterbij.web.placing.forms import ContactForm
from dichterbij.web.placing.views.pages import kept, kept_so_far, must_first, page


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Ask as little as a desk needs to call back."""
    opened = open_draft(request)
    first = must_first(request, opened.draft, "placing:contact")
    if first:
        return first
    here = region_of(opened.draft.pc4)
    form = ContactForm(request.POST or None, initial=ContactForm.initial_of(opened.draft), here=here)
    if request.method == "POST":
        is_valid = form.is_valid()
        draft = replace(opened.draft, **form.changes())
        answer = kept_so_far(request, form, draft, back="placing:work")
        if not answer and is_valid and form.is_valid():
            answer = kept(request, form, draft)
        if answer:
            return answer
    terms = load_terms(on=timezone.localdate())
    context = {"form": form, "keep_days": terms.keep_sender_days, "has_sites": bool(form["sites"].value())}
    return page(request, "contact.html", context, opened=opened, status=422 if form.errors else 200)
