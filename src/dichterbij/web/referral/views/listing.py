"""The work list, its export, and the agenda of a case meeting."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import Tab
from dichterbij.web.referral import present, words
from dichterbij.web.referral.cells import harmless
from dichterbij.web.referral.failing import Failed
from dichterbij.web.referral.views.pages import choices, desk, page
from dichterbij.web.site.private import private

PAGE_SIZE, MOST_FOUND, MOST_EXPORTED = 25, 100, 10_000
LONGEST_SEARCH = 120


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Today: what must be answered, or else what is too late, or what is with us."""
    number = queries.counts(actor=desk(request), now=timezone.now())
    order = (Tab.ACCEPT, Tab.OVERDUE, Tab.OURS, Tab.WAITING)
    return private(redirect("referral:tab", next((tab for tab in order if number[tab]), Tab.ACCEPT)))


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, tab: Tab) -> HttpResponse:
    """A part of the list. A search is sent, never put in the address: it may be a name."""
    return show(request, tab)


def show(request: HttpRequest, tab: Tab, failed: Failed | None = None) -> HttpResponse:
    """The list; with `failed`, the row that could not be done stands open with what was typed."""
    actor, now = desk(request), timezone.now()
    search = request.POST.get("zoek", "")[:LONGEST_SEARCH] if failed is None else ""
    topic = request.GET.get("onderwerp", "")
    total = queries.found(actor=actor, tab=tab, now=now, search=search, topic=topic)
    pages = Paginator(range(total), MOST_FOUND if search else PAGE_SIZE)
    shown = pages.get_page(request.GET.get("pagina"))
    found = queries.today(
        actor=actor, tab=tab, now=now, search=search, topic=topic, limit=pages.per_page,
        offset=(shown.number - 1) * pages.per_page,
    )  # fmt: skip
    context = {
        "rows": present.rows(actor, found, now),
        "shown_ids": {row.id for row in found},
        "about": words.ABOUT[tab],
        "empty": words.EMPTY[tab],
        "title": words.TABS[tab],
        "search": search,
        "topic": topic,
        "topics": present.topics(),
        "total": total,
        "shown": shown,
        "to": choices(actor, actor.region),
        "done": words.DONE.get(request.GET.get("gedaan", "")),
        "done_reference": request.GET.get("kenmerk", "")[:12],
    }
    return page(request, actor, "list.html", context, tab=tab, failed=failed)


@require_safe
def as_csv(request: HttpRequest, tab: Tab) -> HttpResponse:
    """This part of the list as a file, the filters kept; no cell is a formula."""
    actor, now = desk(request), timezone.now()
    topic = request.GET.get("onderwerp", "")
    found = queries.today(actor=actor, tab=tab, now=now, topic=topic, limit=MOST_EXPORTED)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="overdrachten-{timezone.localdate(now)}.csv"'
    writer = csv.writer(response)
    writer.writerow([gettext("Reference"), gettext("Name"), gettext("About"), gettext("Question"), gettext("Sent by"),
                     gettext("Who has the ball"), gettext("Answer by"), gettext("How it ended")])  # fmt: skip
    for row in present.rows(actor, found, now):
        writer.writerow([harmless(cell) for cell in _cells(row)])
    return private(response)


@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    """The agenda of a case meeting, from what is open; to print."""
    actor, now = desk(request), timezone.now()
    found = queries.agenda(actor=actor, now=now)
    context: dict[str, Any] = {"rows": present.rows(actor, found, now), "today": timezone.localdate(now)}
    context["groups"] = _groups(actor, context["rows"])
    return page(request, actor, "meeting.html", context, tab=None, failed=None)


def _groups(actor: Actor, rows: tuple[present.Row, ...]) -> list[tuple[str, list[present.Row]]]:
    """What bounced or went up, what is too late, and the rest; each once."""
    stuck = [row for row in rows if row.handover.ball.bounces or row.handover.ball.level.value != "desk"]
    late = [row for row in rows if row.is_overdue and row not in stuck]
    rest = [row for row in rows if row not in stuck and row not in late]
    titles = (gettext("Sent from desk to desk"), gettext("Too late"), gettext("Waiting for an answer"))
    return [(title, found) for title, found in zip(titles, (stuck, late, rest), strict=True) if found]


def _cells(row: present.Row) -> list[str]:
    answer = date_format(row.handover.answer_by, "Y-m-d") if row.handover.state == "sent" else ""
    return [row.handover.reference, row.name, row.topic, row.handover.question, row.sender, row.holder_name, answer,
            row.ending]  # fmt: skip
