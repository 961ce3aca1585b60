"""The work list: parts with counts, a search, many approvals at once, and the ceiling beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries import officers
from dichterbij.domains.schemes.queries.cases import CaseRow, Tab
from dichterbij.domains.schemes.rules.checks import SignalCode
from dichterbij.shared.counted import Counted
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.present import in_words
from dichterbij.web.schemes.views.officer import clean, done, officer, page

MOST_FIRST = 3
SIZE, PAGES_ON, MOST_AT_ONCE, MOST_TAKEN_IN, LONGEST = 25, 40, 100, 500, 120
TASKS, SEARCHED = "tasks", "officer-searched"


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list, in words. `token`: what is ticked to approve it. `answer_days`: left for an objection."""

    case: CaseRow
    stage: str
    waits_for: str
    days_left: int | None
    step: str
    proposed_by: str
    reason: str
    token: str
    answer_days: int | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The ceiling as a picture of a thousand parts."""

    ceiling: officers.Ceiling
    title: str
    granted_parts: int


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    """A part of the list. A search is sent, never put in the address: it may be a name."""
    actor, now = officer(request), timezone.now()
    on = timezone.localdate(now)
    rounds = officers.rounds_of_officers()
    chosen = next((one for one in rounds if str(one.id) == request.GET.get("ronde")), None)
    search = clean(request.POST.get("zoek") or request.session.pop(SEARCHED, ""), LONGEST)
    asked: dict[str, Any] = {"on": on, "actor": actor, "round_id": chosen.id if chosen else None}
    number_of = reading.counts(**asked)
    tab = _tab(request.GET.get("lijst", ""), number_of)
    flag = next((one for one in SignalCode if one.value == request.GET.get("reden")), None)
    context: dict[str, Any] = {
        "tabs": _tabs(number_of),
        "tab": tab,
        "search": search,
        "rounds": [(one.id, f"{in_words(one.title)}, {one.opens_at:%d-%m-%Y}") for one in rounds],
        "chosen": chosen,
        "bar": bar(chosen or (rounds[0] if rounds else None)),
        "new": officers.new_applications(),
        "stuck": officers.stuck(),
        "flag": flag.value if flag else "",
        "flags": [(one.value, words.FLAGS[one.value]) for one in SignalCode],
    }
    if tab is None:
        found = reading.tasks()
        context |= {"tasks": [(one, words.TASKS.get(one.kind, one.kind)) for one in found], "title": gettext("Tasks")}
        return page(request, "officer/work.html", context)
    number = _number(request.GET.get("pagina", ""))
    total = reading.how_many(tab, search=search, flag=flag, most=(number + PAGES_ON) * SIZE, **asked)
    pages = max(1, -(-total // SIZE))
    number = min(number, pages)
    found_rows = reading.worklist(tab, search=search, flag=flag, skip=(number - 1) * SIZE, most=SIZE, **asked)
    context |= {
        "title": words.TABS[tab],
        "rows": rows(found_rows, on),
        "total": total,
        "page": number,
        "pages": pages,
        "last_page": Counted(pages, is_all=total.is_all),
    }
    if tab is not Tab.WARNED and not search and number == 1:
        context |= _first(on, asked["round_id"], number_of[Tab.WARNED])
    return page(request, "officer/work.html", context)


@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve everything that was ticked. One that cannot be is left, and named with its reason."""
    actor, now = officer(request), timezone.now()
    ticked = [one for one in map(_ticked, request.POST.getlist("several")[:MOST_AT_ONCE]) if one]
    if not ticked:
        return _again(request, gettext("Nothing was ticked, so nothing was approved."))
    made = cases.approve_many(several=ticked, actor=actor, now=now)
    text = ngettext(
        "%(n)s of %(all)s ticked case approved. The letter goes out.",
        "%(n)s of %(all)s ticked cases approved. The letters go out.", made.done,
    )  # fmt: skip
    left = _left(made.left, timezone.localdate(now))
    return _again(request, text % {"n": made.done, "all": len(ticked)}, left)


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Applications that came, and what the rules decided, become cases. Pressing twice does nothing more."""
    actor, now = officer(request), timezone.now()
    taken = actions.take_in(actor=actor, now=now, most=MOST_TAKEN_IN)
    text = gettext("%(new)s new applications and %(proposed)s new proposals are in the list.")
    return _again(request, text % {"new": len(taken.numbers), "proposed": taken.proposals})


def _again(request: HttpRequest, text: str, left: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """To the part of the list where somebody was, with what they searched: that never stands in the address."""
    request.session[SEARCHED] = request.POST.get("zoek", "")
    asked = {name: request.POST.get(name) for name in ("lijst", "ronde", "reden", "pagina")}
    return done(request, text, "schemes:work", left=left, asked=asked)


def rows(found: Iterable[CaseRow], on: date) -> list[Row]:
    """Cases in words. One query for the names, one for reasons to look."""
    found = tuple(found)
    called = words.names(row.proposed_by for row in found if row.proposed_by)
    flags = reading.open_flags(row.id for row in found if row.open_flags)
    return [_row(row, called, tuple(str(words.FLAGS[one.value]) for one in flags.get(row.id, ())), on) for row in found]


def _first(on: date, round_id: int | None, total: Counted) -> dict[str, Any]:
    """The few cases whose term is most urgent, above every other list."""
    found = reading.warned(on=on, round_id=round_id, most=MOST_FIRST)
    return {"first": rows(found, on), "first_total": total, "first_more": total > len(found)}


def bar(one: officers.RoundName | None) -> Bar | None:
    """The ceiling of a round now."""
    if one is None:
        return None
    found = officers.ceiling(one.id, now=timezone.now())
    return Bar(found, in_words(one.title), 1000 * found.granted_cents // found.ceiling_cents)


def _row(row: CaseRow, called: dict[str, str], flags: tuple[str, ...], on: date) -> Row:
    return Row(
        row, str(words.STAGES[row.stage]), str(words.CLOCKS.get(row.waits_for, "")),
        (row.term_ends - on).days if row.term_ends else None, words.proposal(row.proposed_step),
        called.get(row.proposed_by, ""), words.reason(row.proposed_by, row.proposed_reason),
        f"{row.id}:{row.version}:{row.proposal}", (row.answer_by - on).days if row.answer_by else None, flags,
    )  # fmt: skip


def _tabs(number_of: Mapping[Tab, Counted]) -> list[tuple[str, Any, Counted]]:
    found: list[tuple[str, Any, Counted]] = [(one.value, words.TABS[one], number_of[one]) for one in words.TABS]
    return [*found, (TASKS, gettext("Tasks"), Counted(len(reading.tasks())))]


def _tab(given: str, number_of: Mapping[Tab, Counted]) -> Tab | None:
    """The part that is asked; None for tasks. Without a part that exists: the first one with work in it."""
    if given == TASKS:
        return None
    if given in set(Tab):
        return Tab(given)
    return next((one for one in (Tab.WARNED, Tab.TO_ASSESS, Tab.TO_APPROVE) if number_of[one]), Tab.TO_ASSESS)


def _ticked(given: str) -> cases.ToApprove | None:
    case, _, rest = given.partition(":")
    version, _, proposal = rest.partition(":")
    if not (version.isascii() and version.isdigit() and proposal.isascii() and proposal.isdigit()):
        return None
    try:
        return cases.ToApprove(UUID(case), int(version), int(proposal))
    except ValueError:
        return None


def _left(left: Iterable[tuple[UUID, DichterbijError]], on: date) -> list[tuple[str, str]]:
    found = []
    for id, error in left:
        try:
            name = reading.case(id, on=on).row.number
        except DichterbijError:
            name = "?"
        found.append((name, words.problem(error)))
    return found


def _number(given: str) -> int:
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1
