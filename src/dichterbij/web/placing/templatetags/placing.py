"""Tags of these pages: `{% load placing %}`."""

from django import template
from django.utils.translation import gettext as _

from dichterbij.domains.matching.rules import FEWEST
from dichterbij.web.near import durations

register = template.Library()


@register.simple_tag
def count_words(number: int | None) -> str:
    """`{% count_words reach.near as near %}`: 4940 as 4.940, or 4,940 in English; None as fewer than may be told."""
    return _("fewer than %(fewest)s") % {"fewest": FEWEST} if number is None else durations.count(number)
