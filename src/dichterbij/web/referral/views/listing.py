"""The work list, its export, and the agenda of a case meeting."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.queries.receivers import receivers
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import About, Tab, Team, Whose
from dichterbij.domains.referral.rules import Level
from dichterbij.web.referral import leaving, present, words
from dichterbij.web.referral.colleagues import WORDS, whose_of
from dichterbij.web.referral.failing import Failed
from dichterbij.web.referral.views.pages import choices, desk, page
from dichterbij.web.site.private import private
from dichterbij.web.site.tables import csv_file

KINDS = {"mensen": About.PEOPLE, "werkgevers": About.EMPLOYERS}
PAGE_SIZE, MOST_FOUND, MOST_EXPORTED = 25, 100, 10_000
LONGEST_SEARCH = 120


@dataclass(frozen=True)
class Filters:
    """What the address says to leave out: a topic, whose work, and people or employers."""

    topic: str = ""
    whose: Whose | UUID = Whose.EVERYBODY
    about: About | None = None

    @property
    def kind(self) -> str:
        """People or employers, as it stands in the address; empty for both."""
        return next((word for word, about in KINDS.items() if about is self.about), "")

    @property
    def word(self) -> str:
        """Whose work, as it stands in the address."""
        return WORDS.get(self.whose, "") if isinstance(self.whose, Whose) else str(self.whose)

    @property
    def query(self) -> str:
        """The same filters for another address, to stand behind a question mark."""
        return urlencode({name: text for name, text in self._told if text})

    @property
    def _told(self) -> tuple[tuple[str, str], ...]:
        return (("onderwerp", self.topic), ("wie", self.word), ("soort", self.kind))

    def name_in(self, team: Team) -> str:
        """The colleague whose work is shown, empty for all other choices."""
        found = None if isinstance(self.whose, Whose) else team.colleague(self.whose)
        return found.name if found else ""


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
    filters = _filters(request) if not search else Filters()  # a search looks everywhere
    look = queries.look(
        actor=actor, tab=tab, now=now, search=search, page=_number(request.GET.get("pagina", "")),
        size=MOST_FOUND if search else PAGE_SIZE, topic=filters.topic, whose=filters.whose, about=filters.about,
    )  # fmt: skip
    there = receivers(actor.region)
    context = {
        "rows": present.rows(actor, look.rows, now, look.team),
        "gaps": leaving.warnings(actor),
        "shown_ids": {row.id for row in look.rows},
        "about": words.ABOUT[tab],
        "empty": words.EMPTY[tab],
        "title": words.TABS[tab],
        "look": look,
        "elsewhere": [
            (one, words.TABS[one], words.counted(look.found[one])) for one in Tab if one is not tab and look.found[one]
        ],
        "search": search,
        "filters": filters,
        "whose_name": filters.name_in(look.team),
        "topics": present.topics(),
        "kinds": [(word, words.KINDS[about]) for word, about in KINDS.items()],
        "total": look.found[tab],
        "has_more": not look.found[tab].is_all,
        "pages": f"{look.pages}{'' if look.found[tab].is_all or tab is Tab.DONE else '+'}",
        "to": choices(actor, actor.region, there),
        "done": words.DONE.get(request.GET.get("gedaan", "")),
        "done_reference": request.GET.get("kenmerk", "")[:12],
    }
    is_all = not search and not filters.query
    number = look.found if is_all else None
    return page(request, actor, "list.html", context, tab=tab, failed=failed, number=number, there=there)


@require_safe
def as_csv(request: HttpRequest, tab: Tab) -> HttpResponse:
    """This part of the list as a file, the filters kept; no cell is a formula."""
    actor, now, filters = desk(request), timezone.now(), _filters(request)
    found = queries.today(
        actor=actor, tab=tab, now=now, limit=MOST_EXPORTED, topic=filters.topic, whose=filters.whose,
        about=filters.about,
    )  # fmt: skip
    group = queries.team(actor=actor, now=now)
    head = [gettext("Reference"), gettext("Name"), gettext("About"), gettext("Question"), gettext("Sent by"),
                     gettext("Who has it now"), gettext("Answer by"), gettext("How it ended"),
                     gettext("Colleague")]  # fmt: skip
    rows = (_cells(row) for row in present.rows(actor, found, now, group))
    return private(csv_file(f"overdrachten-{timezone.localdate(now)}.csv", head, rows))


@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    """The agenda of a case meeting, from what is open; to print."""
    actor, now = desk(request), timezone.now()
    agenda = queries.agenda(actor=actor, now=now)
    rows, size = present.rows(actor, agenda.rows, now, only_read=True), agenda.size
    context: dict[str, Any] = {"rows": rows, "groups": _groups(rows), "today": timezone.localdate(now)}
    context |= {"people": size[About.PEOPLE], "employers": size[About.EMPLOYERS], "total": sum(size.values())}
    context["gaps"] = leaving.warnings(actor)
    context["of_region"] = actor.role is Role.COORDINATOR
    return page(request, actor, "meeting.html", context, tab=None, failed=None)


def _groups(rows: tuple[present.Row, ...]) -> list[tuple[str, list[present.Row]]]:
    """What bounced or went up, what is too late, and the rest; each once."""
    stuck: list[present.Row] = []
    late: list[present.Row] = []
    rest: list[present.Row] = []
    for row in rows:
        is_stuck = row.handover.ball.bounces or row.handover.ball.level is not Level.DESK
        (stuck if is_stuck else late if row.is_overdue else rest).append(row)
    titles = (gettext("Sent from desk to desk"), gettext("Too late"), gettext("Waiting for an answer"))
    return [(title, found) for title, found in zip(titles, (stuck, late, rest), strict=True) if found]


def _cells(row: present.Row) -> list[str]:
    answer = date_format(row.handover.answer_by, "Y-m-d") if row.handover.state == "sent" else ""
    return [row.about.reference, row.name, row.about.topic, row.about.question, row.sender, row.holder_name, answer,
            row.ending, row.colleague]  # fmt: skip


def _filters(request: HttpRequest) -> Filters:
    given = request.GET
    return Filters(given.get("onderwerp", ""), whose_of(given.get("wie", "")), KINDS.get(given.get("soort", "")))


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 1
