"""How hand-overs go in a region, without names: only counts leave this module."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, When
from django.utils import timezone

from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.regions import gone_among, ladder_of
from dichterbij.domains.referral.queries.today import About, of_kind
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


_COUNTED = """
    SELECT count(*) AS sent, count(h.accepted_at) AS accepted,
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
    WHERE h.region = %(region)s AND h.made_at >= %(since)s AND (h.message = '') = %(of_people)s
"""


def figures(*, region: str, since: datetime, now: datetime, about: About = About.PEOPLE) -> Figures:
    """The figures of a region, of people or of employers: they are never added up."""
    today = timezone.localdate(now)
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"region": region, "since": since, "today": today, "of_people": about is About.PEOPLE})
        names = [column.name for column in cursor.description or ()]
        counted: dict[str, Any] = dict(zip(names, cursor.fetchone() or (), strict=True))
        return Figures(
            region=region, since=timezone.localdate(since), dead_ends=_dead_ends(region, today, about), **counted
        )  # fmt: skip


def _dead_ends(region: str, today: date, about: About) -> int:
    """Counted per place where they lie: thousands that are late lie in few places."""
    ladder = ladder_of(region=region, on=today)
    is_late = Case(When(state=State.SENT.value, answer_by__lt=today, then=True), default=False)
    rows = Handover.objects.filter(of_kind(about), region=region, state__in=OPEN).annotate(late=is_late)
    found = rows.values_list("state", "level", "to_organisation", "owner_organisation", "late")
    places = list(found.annotate(count=Count("id")))
    gone = gone_among({holder for _, _, holder, _, _, _ in places})
    return sum(
        count
        for state, level, holder, owner, late, count in places
        if holder in gone
        or is_dead_end(Ball(State(state), Level(level), holder, owner), is_overdue=late, ladder=ladder)
    )
