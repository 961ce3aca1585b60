"""`{% load advice %}`: texts of the data in the visitor's language."""

from django import template

from dichterbij.domains.support.rules.kinds import Role, Support
from dichterbij.shared.words import Words
from dichterbij.web.desks.cards import in_language

register = template.Library()


@register.filter
def said(text: Words | None) -> str:
    """`{{ fit.say|said }}`: the text in the active language; empty for None."""
    return in_language(text) if text else ""


@register.filter
def to_employer(support: Support) -> str:
    """`{{ offer.support|to_employer }}`: what it is, as an employer reads it."""
    return in_language(support.what_for(Role.EMPLOYER))
