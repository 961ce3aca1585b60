"""Amounts of money in pages: `{% load money %}{{ cents|euro }}`."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()

NBSP = "\u00a0"  # an amount stays on one line


@register.filter
def euro(cents: int | None) -> str:
    """ "€ 1.500" of whole euros, "€ 67,50" of others, in the way of the language; empty without an amount."""
    if cents is None:
        return ""
    decimals = 2 if cents % 100 else 0
    amount = number_format(Decimal(abs(cents)).scaleb(-2), decimal_pos=decimals, force_grouping=True)
    return f"{'-' if cents < 0 else ''}€{NBSP}{amount}"


@register.filter
def millions(cents: int | None) -> str:
    """ "€ 17,5 mln": for a picture; the exact amount stands beside it."""
    if cents is None:
        return ""
    if abs(cents) < 100_000_000:
        return euro(cents)
    shown = number_format((Decimal(cents) / 100_000_000).quantize(Decimal("0.001")).normalize(), force_grouping=True)
    return f"€{NBSP}{shown}{NBSP}mln"
