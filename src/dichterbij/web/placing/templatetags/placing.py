"""Tags of these pages: `{% load placing %}`."""

from django import template

from dichterbij.web.near import durations

register = template.Library()


@register.simple_tag
def count_words(number: int) -> str:
    """`{% count_words reach.near as near %}`: 4940 as 4.940, or 4,940 in English."""
    return durations.count(number)
