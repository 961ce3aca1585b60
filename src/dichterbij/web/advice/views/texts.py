"""The text checker. A text comes in the body, is answered, and is kept nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.domains.routes import queries
from dichterbij.domains.routes.rules.texts.values import Language
from dichterbij.web.advice.checking import shown
from dichterbij.web.advice.forms import TextForm, VersionForm

EXAMPLE = "voorbeeld"


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest) -> HttpResponse:
    """Asks a text, and says what it asks."""
    on = timezone.localdate()
    if request.method != "POST":
        is_example = EXAMPLE in request.GET
        form = TextForm(initial={"text": queries.example_text(on=on)} if is_example else None)
        return _private(render(request, "advice/text.html", {"form": form, "is_example": is_example}))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _private(render(request, "advice/text.html", {"form": form}, status=422))
    return _private(render(request, "advice/text_result.html", _context(form)))


@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The open-hiring version as a text file, just as its writer changed it: it is only given back."""
    response = HttpResponse(request.POST.get("version", ""), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="open-hiring.txt"'
    return _private(response)


def _context(form: TextForm) -> dict[str, Any]:
    on = timezone.localdate()
    checked = queries.checked_text(form.cleaned_data["text"], on=on)
    is_dutch = checked.language is Language.DUTCH
    version = queries.open_hiring_version(checked, on=on) if is_dutch else None
    return {
        "form": form,
        "checked": checked,
        "shown": shown(checked),
        "language": checked.language.value,
        "version": version,
        "version_form": VersionForm(initial={"version": version.text}) if version else None,
        "longest": queries.longest_sentence(on=on),
    }


def _private(response: HttpResponse) -> HttpResponse:
    """With a word to browsers and proxies not to store it."""
    response["Cache-Control"] = "no-store"
    return response
