"""One hand-over as the person reads it, behind whichever door they came."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.referral.queries import HandoverRow, StepRow
from dichterbij.domains.referral.queries.own import goes_on
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks import words
from dichterbij.web.desks.cards import language
from dichterbij.web.handover import history, proposing
from dichterbij.web.site.private import private


def shown(request: HttpRequest, row: HandoverRow, steps: tuple[StepRow, ...], context: dict[str, Any]) -> HttpResponse:
    """The page. `context`: its addresses (`stop_url`, `onward_url`, `back_url`, `key_url`), `link` for the square."""
    found = goes_on(row)
    onward = found[0] if found else None
    next_holder = onward.ball.holder if onward else None
    names = organisations([*row.organisations, next_holder, *(step.organisation for step in steps),
                           *(step.to_organisation for step in steps)])  # fmt: skip
    holder = names.get(row.ball.holder)
    about = {
        "row": row,
        "holder": holder,
        "owner": names.get(row.ball.owner),
        "sender": history.sender(row, names, to_them=True),
        "asked_alone": history.asked_alone(row),
        "onward": onward,
        "onward_holder": names.get(next_holder) if next_holder else None,
        "history": history.lines(row, steps, names, to_them=True),
        "is_overdue": row.is_overdue(timezone.localdate()),
        "topic_words": words.topic(Topic(row.topic), Who.JOB_SEEKER),
        "region_name": areas.region(row.region).name if row.region != "NL" else "",
        "desk": proposing.desk_card(holder) or proposing.first_desk(row.region, Topic(row.topic)),
        "text": content_page("handover", "own", language()),
    }
    return private(render(request, "handover/own.html", about | context))
