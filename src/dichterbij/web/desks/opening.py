"""Whether a desk is open at a moment, and when it opens again. Public holidays are not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dichterbij.domains.regions.rules.desk_kinds import Day, Hours
from dichterbij.web.desks import words

WEEK = tuple(Day)


@dataclass(frozen=True)
class Opening:
    """Open until `at`, or closed until `at` on `day` (None: today); `at` None: never open."""

    is_open: bool
    at: time | None
    day: Day | None = None


def opening(hours: Iterable[Hours], now: datetime) -> Opening:
    """The state of a desk with these hours at `now`, a local time."""
    rows = tuple(hours)
    for row in rows:
        if WEEK[now.weekday()] in row.days and row.opens <= now.time() < row.closes:
            return Opening(True, row.closes)
    for ahead in range(8):
        day = WEEK[(now + timedelta(days=ahead)).weekday()]
        starts = [row.opens for row in rows if day in row.days and (ahead or row.opens > now.time())]
        if starts:
            return Opening(False, min(starts), day if ahead else None)
    return Opening(False, None)


def in_words(state: Opening) -> str:
    """ "Open now, until 17:00" or "Closed now. Open again on Monday at 9:00"."""
    if state.at is None:
        return _("Call for the opening hours")
    at = _("%(hour)s:%(minute)s") % {"hour": state.at.hour, "minute": f"{state.at:%M}"}
    if state.is_open:
        return _("Open now, until %(time)s") % {"time": at}
    if state.day is None:
        return _("Closed now. Open again today at %(time)s") % {"time": at}
    return _("Closed now. Open again on %(day)s at %(time)s") % {"day": words.DAYS[state.day], "time": at}


def valid_in_words(desk_from: date | None, desk_to: date | None) -> str:
    """ "since 15 June 2022", with the end when there is one; empty when nothing is known."""
    parts = []
    if desk_from:
        parts.append(_("since %(date)s") % {"date": date_format(desk_from, "j F Y")})
    if desk_to:
        parts.append(_("until %(date)s") % {"date": date_format(desk_to, "j F Y")})
    return ", ".join(parts)
