"""One hand-over for a desk: the person, the question, who has the ball, what happened, and what can be done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.queries import PersonRow
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import HandoverRow, StepRow
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.handover import history
from dichterbij.web.handover.brought import opened_of_somebody
from dichterbij.web.near import readout
from dichterbij.web.near.views.pages import moved
from dichterbij.web.referral import employers, leaving, present, words
from dichterbij.web.referral.failing import Failed
from dichterbij.web.referral.lost import lost
from dichterbij.web.referral.profiles import answers_of
from dichterbij.web.referral.views.pages import choices, desk, page


@require_safe
def one(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The page of a hand-over; "no such page" when it is not yours."""
    return show(request, handover)


def show(request: HttpRequest, handover: UUID, failed: Failed | None = None) -> HttpResponse:
    """The page; with `failed`, what could not be done and what was typed."""
    actor, now = desk(request), timezone.now()
    row, steps = _found(actor, handover)
    person = _person(actor, row)
    names = organisations([*row.organisations, *(step.organisation for step in steps),
                           *(step.to_organisation for step in steps)])  # fmt: skip
    answers = answers_of(person.profile) if person and person.profile else None
    done = request.GET.get("gedaan", "")
    context: dict[str, Any] = {
        "row": present.rows(actor, [row], now, queries.team(actor=actor, now=now))[0],
        "person": person,
        "employer": employers.asked(actor, row.message, now),
        **leaving.context_of(actor, row),
        "owner": names.get(row.ball.owner),
        "knows": names.get(row.from_organisation) if row.from_organisation not in (None, actor.organisation) else None,
        "lost": lost(row, now),
        "history": history.lines(row, steps, names),
        "level": history.level_words(row.ball.level),
        "told": readout.rows(answers) if answers else (),
        "to": choices(actor, row.region),
        "done": words.DONE.get(f"{done}-employer" if row.is_employer else done, words.DONE.get(done)),
        "done_reference": row.message or row.reference,
    }
    return page(request, actor, "one.html", context, tab=None, failed=failed)


@require_POST
def near(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Open "What is near?" with what this person sent along, in this browser."""
    actor = desk(request)
    person = _person(actor, _found(actor, handover)[0])
    answers = answers_of(person.profile) if person and person.profile else None
    if answers is None or answers.pc4 is None:
        raise Http404
    opened_of_somebody(request, answers)
    return moved(answers, "near:list")


def _found(actor: Actor, handover: UUID) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    try:
        return queries.handover(actor=actor, handover=handover, now=timezone.now())
    except NotFoundError:
        raise Http404 from None


def _person(actor: Actor, row: HandoverRow) -> PersonRow | None:
    """Name and contacts, where this organisation may see them."""
    if row.person is None:
        return None
    try:
        return people.person(actor=actor, person=row.person, purpose=present.PURPOSE, now=timezone.now())
    except NotFoundError:
        return None
