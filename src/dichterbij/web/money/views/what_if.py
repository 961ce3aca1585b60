"""The alternatives that were weighed and not chosen, worked out on paper: what each would have given, and asked."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dichterbij.domains.budget import queries
from dichterbij.domains.budget.rules.what_if import WEIGHED_ON
from dichterbij.web.site.fields import EuroField
from dichterbij.web.site.tables import csv_file

MOST_ACTIVITIES = 100
LEAST_VOUCHER, MOST_VOUCHER = 10_000, 5_000_000  # cents


class WhatIfForm(forms.Form):
    """What may be chosen otherwise."""

    voucher = EuroField(label=_("How much is one voucher worth?"), help_text=_("For example 1500."))
    activities = forms.IntegerField(
        label=_("How many activities does a region report about?"),
        help_text=_("A whole number, for example 4."),
        min_value=0,
        max_value=MOST_ACTIVITIES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
        error_messages={"required": _("Fill in a number."), "invalid": _("Fill in a whole number, like 3.")},
    )

    def clean_voucher(self) -> int:
        """In cents, between 100 and 50,000 euros."""
        cents: int = self.cleaned_data["voucher"]
        if not LEAST_VOUCHER <= cents <= MOST_VOUCHER:
            raise forms.ValidationError(_("Choose an amount between 100 and 50,000 euros."))
        return cents


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Two windows, vouchers of regions, a grant for each municipality, and a grant with a report."""
    usual = {"voucher": "1500", "activities": 4}
    is_asked = "voucher" in request.GET or "activities" in request.GET
    form = WhatIfForm(request.GET if is_asked else usual)
    given = form.cleaned_data if form.is_valid() else {}
    found = queries.alternatives(on=WEIGHED_ON, voucher_cents=given.get("voucher"), activities=given.get("activities"))
    parts = sorted(found.municipalities.items(), key=lambda part: part[0].name)
    wanted = " ".join(request.GET.get("plaats", "").casefold().split())
    sums = list(found.municipalities.values())
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "voucher_cents": given.get("voucher", found.paper.amount_cents),
        "vouchers": sum(window.grants for window in found.vouchers.values()),
        "one_region": next(iter(found.vouchers.values())),
        "regions": sorted(found.vouchers.items(), key=lambda part: part[0].name),
        "hours": found.report.minutes // 60,
        "known": found.report.fields - found.report.typed,
        "largest": next(iter(found.municipalities.items())),
        "smallest": list(found.municipalities.items())[-1],
        "middle": sums[len(sums) // 2],
        "wanted": request.GET.get("plaats", ""),
        "places": [part for part in parts if wanted and wanted in part[0].name.casefold()],
    }
    return render(request, "money/what_if.html", context, status=200 if form.is_valid() else 422)


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """What each municipality would have had, for a spreadsheet; amounts in cents."""
    parts = queries.alternatives(on=WEIGHED_ON).municipalities.items()
    rows = ((town.name, town.gm_code, town.region_name, town.inhabitants, cents) for town, cents in parts)
    head = [
        gettext("Municipality"),
        gettext("Code"),
        gettext("Region"),
        gettext("Inhabitants"),
        gettext("Amount in cents"),
    ]
    return csv_file("gemeenten.csv", head, rows)
