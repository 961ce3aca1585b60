"""Schemes as open data: the list as a table, and the file of each published version, byte for byte."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dichterbij.domains.schemes.rules import files
from dichterbij.web.schemes import present
from dichterbij.web.schemes.words import APPLICANT
from dichterbij.web.site.tables import csv_file


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every scheme in a row, for a spreadsheet; amounts in cents."""
    rows = []
    for one in files.schemes(timezone.localdate()):
        card = present.card(one, timezone.now())
        applicants = ", ".join(str(APPLICANT[applicant]) for applicant in card.applicants)
        cents = "" if card.ceiling_cents is None else card.ceiling_cents
        rows.append((one.slug, card.version, card.title, card.state_words, applicants, cents, one.digest))
    head = [
        gettext("Code"), gettext("Version"), gettext("Scheme"), gettext("State"), gettext("Who can apply"),
        gettext("Ceiling in cents"), gettext("Fingerprint (SHA-256)"),
    ]  # fmt: skip
    return csv_file("regelingen.csv", head, rows)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The same for programs, with the address of each version's file."""
    now = timezone.now()
    rows = [
        {
            "scheme": one.slug,
            "title": {"nl": one.title.nl, "en": one.title.en},
            "state": present.state_of(one, now),
            "applicants": [applicant.value for applicant in present.applicants_of(one)],
            "mechanisms": [mechanism.value for mechanism in one.mechanisms],
            "ceiling_cents": one.ceiling.cents,
            "versions": [day.isoformat() for day in files.versions(one.slug)],
            "digest": one.digest,
        }
        for one in files.schemes(timezone.localdate(now))
    ]
    return JsonResponse({"schemes": rows})


@require_safe
def version(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The file of a version as it was published."""
    path = files.ROOT / slug / f"{day}.yaml"
    known = slug in files.slugs() and day in {one.isoformat() for one in files.versions(slug)}
    if not known:
        raise Http404("There is no such version.")
    response = HttpResponse(path.read_bytes(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{day}.yaml"'
    return response
