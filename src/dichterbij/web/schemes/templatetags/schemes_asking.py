"""Money beside an opening that an employer placed: `{% load schemes_asking %}{% money_for_opening token %}`."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.rules import files
from dichterbij.domains.schemes.rules.scheme import Applicant
from dichterbij.web.schemes import present

register = template.Library()


@register.inclusion_tag("schemes/money_for_opening.html", takes_context=True)
def money_for_opening(context: RequestContext, token: str) -> dict[str, Any]:
    """What an employer can apply for now, each with a button that fills in what the opening told."""
    now = timezone.now()
    there = queries.open_schemes(now=now)
    cards = [
        present.card(files.scheme(slug, timezone.localdate(now)), now) for slug in sorted(there & set(files.slugs()))
    ]
    found = [one for one in cards if Applicant.EMPLOYER in one.applicants]
    return {"cards": found, "token": token, "csrf_token": context.get("csrf_token")}
