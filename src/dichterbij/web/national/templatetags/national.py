"""`{% load national %}`: codes in words."""

from collections.abc import Iterable, Mapping

from django import template

from dichterbij.web.national import forms, words
from dichterbij.web.near.words import SECTORS

register = template.Library()


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """A code by its name, the code itself where there is none."""
    return str(names.get(code, code))


@register.filter
def every_named(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Several codes by their names, with commas."""
    return ", ".join(str(names.get(code, code)) for code in codes)


@register.filter
def status_name(status: str) -> str:
    """A status in words."""
    return str(words.STATUSES[status])  # type: ignore[index]


@register.filter
def site_state(state: str) -> str:
    """What a region does with a site, in words."""
    return str(words.SITES[state])  # type: ignore[index]


@register.filter
def sector_name(code: str) -> str:
    """A sector in words, empty for unknown."""
    return str(SECTORS.get(code, ""))


@register.filter
def letter_state(state: str) -> str:
    """Where a letter is, in words."""
    return str(words.LETTERS[state])  # type: ignore[index]


@register.filter
def answer_state(state: str) -> str:
    """How far it is with the answer of a region, in words."""
    return str(words.ANSWERS[state])  # type: ignore[index]


@register.simple_tag
def route_names() -> dict[str, str]:
    """`{% route_names as routes %}`"""
    return {code: str(text) for code, text in forms.routes()}


@register.simple_tag
def party_names() -> dict[str, str]:
    """`{% party_names as parties %}`"""
    return dict(forms.parties())


@register.simple_tag
def kind_names() -> dict[str, str]:
    """`{% kind_names as kinds %}`"""
    return dict(forms.kinds())
