"""The national initiatives: how each got its money, on which conditions, and what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dichterbij.domains.budget.rules.partners import Contract, Mechanism, Partner, partners
from dichterbij.shared.words import Words

CONTRACTS = {Contract.COMMISSION: _("A commission of the ministry"), Contract.GRANT: _("A grant")}
MECHANISMS = {Mechanism.KNOW: _("knowing"), Mechanism.CAN: _("being able"), Mechanism.WANT: _("wanting")}
CONDITIONS = (_("It is shown to work"), _("It makes a route to work larger"), _("It makes the action plan known"))


@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """All of them, with the sum that closes."""
    found = partners()
    rows = [_row(one) for one in found.partners]
    context = {"rows": rows, "total": found.total_cents, "together": found.together_cents, "conditions": CONDITIONS}
    return render(request, "money/national.html", context)


def _row(one: Partner) -> dict[str, Any]:
    told = zip(CONDITIONS, (_here(words) if words else "" for words in one.conditions), strict=True)
    return {
        "name": one.name, "contract": CONTRACTS[one.contract], "cents": one.cents, "conditions": list(told),
        "mechanism": MECHANISMS[one.mechanism], "result": _here(one.result), "section": one.source.split()[-1],
    }  # fmt: skip


def _here(words: Words) -> str:
    return words.in_language(get_language() or "nl")
