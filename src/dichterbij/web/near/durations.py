"""Weeks, hours, money and minutes in words."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

MONTH_WEEKS = 9


def weeks(number: int) -> str:
    """About so many weeks; longer than two months in months."""
    if number == 0:
        return gettext("no waiting")
    if number < MONTH_WEEKS:
        return ngettext("about %(n)s week", "about %(n)s weeks", number) % {"n": number}
    months = round(number * 12 / 52)
    return ngettext("about %(n)s month", "about %(n)s months", months) % {"n": months}


def start(weeks_to_start: int) -> str:
    """When somebody could start."""
    if weeks_to_start == 0:
        return gettext("You can start right away")
    return gettext("Start in %(weeks)s") % {"weeks": weeks(weeks_to_start)}


def minutes(number: int) -> str:
    """Travel time, one way."""
    return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number}


def hours(low: int, high: int) -> str:
    """Hours a week, from and to."""
    if low == high:
        return ngettext("%(n)s hour a week", "%(n)s hours a week", high) % {"n": high}
    return gettext("%(low)s to %(high)s hours a week") % {"low": low, "high": high}


def agreed_hours(tenths: int) -> str:
    """The hours a job made to fit would have."""
    number = number_format(Decimal(tenths) / 10, decimal_pos=1 if tenths % 10 else 0)
    return gettext("about %(n)s hours a week") % {"n": number}


def wage(low_cents: int | None, high_cents: int | None) -> str:
    """Gross pay an hour; empty when not known."""
    if low_cents is None and high_cents is None:
        return ""
    low, high = low_cents or high_cents or 0, high_cents or low_cents or 0
    if low == high:
        return gettext("€ %(amount)s an hour") % {"amount": _euros(low)}
    return gettext("€ %(low)s to € %(high)s an hour") % {"low": _euros(low), "high": _euros(high)}


def _euros(cents: int) -> str:
    return number_format(Decimal(cents) / 100, decimal_pos=2)


def count(number: int) -> str:
    """A number of things, with marks for the thousands."""
    return number_format(number, use_l10n=True, force_grouping=True)
