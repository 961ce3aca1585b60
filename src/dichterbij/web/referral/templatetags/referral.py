"""`{% load referral %}`: parts of the work list as words of an address."""

from django import template

from dichterbij.domains.referral.queries import Tab
from dichterbij.web.referral.tabs import word_of

register = template.Library()


@register.filter
def tab_word(tab: Tab | None) -> str:
    """The word of a part; empty where the page is no part of the list."""
    return word_of(tab) if isinstance(tab, Tab) else ""
