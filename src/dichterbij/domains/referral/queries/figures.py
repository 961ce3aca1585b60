"""How hand-overs go in a region, without names: only counts leave this module."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, When
from django.utils import timezone

from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.parts import by_index
from dichterbij.domains.referral.queries.regions import gone_among, ladder_of
from dichterbij.domains.referral.queries.today import About
from dichterbij.domains.referral.rules import OPEN, Ball, Level, State, is_dead_end
from dichterbij.domains.referral.seeing import own_work


@dataclass(frozen=True, slots=True)
class Figures:
    """Hand-overs of a region that were sent from `since` on, of people or of employers. Hours are of the clock.

    `dead_ends`: waiting past the last term with nobody left above, or with a desk where nobody works, now.
    """

    region: str
    since: date
    sent: int
    accepted: int
    waiting: int
    overdue: int
    bounced: int
    went_up: int
    median_hours: float | None
    accepted_in_time: int
    dead_ends: int


_NOTHING: Mapping[str, Any] = {
    "sent": 0, "accepted": 0, "waiting": 0, "overdue": 0, "bounced": 0, "went_up": 0, "median_hours": None,
    "accepted_in_time": 0,
}  # fmt: skip
_COUNTED = """
    SELECT h.message = '' AS of_people, count(*) AS sent, count(h.accepted_at) AS accepted,
           count(*) FILTER (WHERE h.state = 'sent') AS waiting,
           count(*) FILTER (WHERE h.state = 'sent' AND h.answer_by < %(today)s) AS overdue,
           count(*) FILTER (WHERE h.bounces > 0) AS bounced,
           count(*) FILTER (WHERE h.level <> 'desk') AS went_up,
           percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM h.accepted_at - h.made_at) / 3600
           ) FILTER (WHERE h.accepted_at IS NOT NULL) AS median_hours,
           count(*) FILTER (WHERE h.accepted_at IS NOT NULL AND first.answer_by IS NOT NULL
               AND (h.accepted_at AT TIME ZONE 'Europe/Amsterdam')::date <= first.answer_by) AS accepted_in_time
    FROM referral_handover AS h
    LEFT JOIN referral_step AS first ON first.handover_id = h.id AND first.number = 1
    WHERE h.region = %(region)s AND h.made_at >= %(since)s
    GROUP BY 1
"""


def figures(*, region: str, since: datetime, now: datetime) -> Mapping[About, Figures]:
    """The figures of a region, of people and of employers: counted in one look, and never added up."""
    today = timezone.localdate(now)
    with own_work(), by_index(), connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"region": region, "since": since, "today": today})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        stuck = _dead_ends(region, today)
    counted = {About.PEOPLE if row.pop("of_people") else About.EMPLOYERS: row for row in rows}
    day = timezone.localdate(since)
    return {
        about: Figures(region=region, since=day, dead_ends=stuck[about], **counted.get(about, _NOTHING))
        for about in About
    }


def _dead_ends(region: str, today: date) -> Counter[About]:
    """Counted per place where they lie: thousands that are late lie in few places."""
    ladder = ladder_of(region=region, on=today)
    is_late = Case(When(state=State.SENT.value, answer_by__lt=today, then=True), default=False)
    of_employer = Case(When(message="", then=False), default=True)
    rows = Handover.objects.filter(region=region, state__in=OPEN).annotate(late=is_late, of_employer=of_employer)
    found = rows.values_list("of_employer", "state", "level", "to_organisation", "owner_organisation", "late")
    places = list(found.annotate(count=Count("id")))
    gone = gone_among({holder for _, _, _, holder, _, _, _ in places})
    stuck = Counter[About]()
    for employer, state, level, holder, owner, late, count in places:
        ball = Ball(State(state), Level(level), holder, owner)
        if holder in gone or is_dead_end(ball, is_overdue=late, ladder=ladder):
            stuck[About.EMPLOYERS if employer else About.PEOPLE] += count
    return stuck
