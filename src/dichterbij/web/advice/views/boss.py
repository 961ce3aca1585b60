"""A page for my boss, on the screen and as a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.web.advice import sheet
from dichterbij.web.advice.forms import PlaceForm
from dichterbij.web.advice.telling import REGION, Told, told_in


@require_http_methods(["GET", "HEAD", "POST"])
def boss(request: HttpRequest) -> HttpResponse:
    """The sheet; a postcode in the body becomes a region in the address."""
    told = told_in(request)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("advice:boss") + told.query(**{REGION: form.region}) + "#bellen")
    made = sheet.sheet_for(told)
    context = {"sheet": made, "text": made.text, "told": told, "desk": made.desk, "form": form, "query": told.query()}
    context["pdf"] = reverse("advice:boss_pdf") + told.query()
    return render(request, "advice/boss.html", context, status=422 if form.errors else 200)


@require_safe
def boss_pdf(request: HttpRequest) -> HttpResponse:
    """The sheet as one A4, made at once."""
    told = told_in(request)
    address = request.build_absolute_uri(reverse("advice:boss") + told.query())
    made = sheet.pdf(sheet.sheet_for(told), address=address, on=told.on)
    name = f"{slugify(gettext('A page for my boss'))}-{made_for(told)}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def made_for(told: Told) -> str:
    """The part of a file's name that says for which region it is."""
    return slugify(told.region_name) or "nederland"
