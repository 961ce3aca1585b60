"""`{% load referral %}`: parts of the work list as words of an address."""

from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from dichterbij.domains.referral.queries import Tab
from dichterbij.web.referral import drawing
from dichterbij.web.referral.present import Row
from dichterbij.web.referral.tabs import word_of

register = template.Library()


@register.filter
def tab_word(tab: Tab | None) -> str:
    """The word of a part; empty where the page is no part of the list."""
    return word_of(tab) if isinstance(tab, Tab) else ""


@register.simple_tag(takes_context=True)
def list_rows(context: Context, template: str, rows: Iterable[Row]) -> SafeString:
    """`{% list_rows "referral/row.html" rows %}`: each by this template, drawn once for each kind of row."""
    return drawing.drawn(template, rows, context)
