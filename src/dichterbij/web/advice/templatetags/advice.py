"""`{% load advice %}`: texts of the data in the visitor's language."""

from django import template

from dichterbij.shared.words import Words
from dichterbij.web.desks.cards import in_language

register = template.Library()


@register.filter
def said(text: Words | None) -> str:
    """`{{ fit.say|said }}`: the text in the active language; empty for None."""
    return in_language(text) if text else ""
