"""What these pages share: who acts, the desk that helps, and that nobody in between stores them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, national_teams, organisations, receivers
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.queries import Counted, Tab, agreement, counts
from dichterbij.web.handover import proposing
from dichterbij.web.login.who import actor_of
from dichterbij.web.referral import words
from dichterbij.web.referral.failing import Failed
from dichterbij.web.site.private import private


def desk(request: HttpRequest) -> Actor:
    """Who acts, for an organisation; "no such page" for everybody else. What was typed comes without NUL."""
    actor = actor_of(request)
    if actor is None or actor.organisation is None:
        raise Http404
    for name in ("GET", "POST"):
        setattr(request, name, _without_nul(getattr(request, name)))
    return actor


def _without_nul(given: QueryDict) -> QueryDict:
    """The database takes every sign but this one."""
    if not any("\0" in text for _name, texts in given.lists() for text in texts):
        return given
    cleaned = given.copy()
    for name, texts in given.lists():
        cleaned.setlist(name, [text.replace("\0", "") for text in texts])
    return cleaned


def own_organisation(actor: Actor, among: Iterable[OrganisationRow] = ()) -> OrganisationRow | None:
    """The organisation that is acted for; `among` those that were read already, or else looked up."""
    if actor.organisation is None:
        return None
    known = next((row for row in among if row.id == actor.organisation), None)
    return known or organisations([actor.organisation]).get(actor.organisation)


def choices(actor: Actor, region: str, among: Sequence[OrganisationRow] | None = None) -> list[tuple[str, str]]:
    """Where somebody of this region can go on to; `among`: the region's receivers, where they were read already."""
    there = receivers(region) if among is None else among
    found = [row for row in (*there, *national_teams()) if row.id != actor.organisation]
    return [(str(row.id), row.name) for row in found]


def page(
    request: HttpRequest,
    actor: Actor,
    template: str,
    context: dict[str, Any],
    *,
    tab: Tab | None,
    failed: Failed | None,
    number: Mapping[Tab, Counted] | None = None,
    there: Sequence[OrganisationRow] | None = None,
) -> HttpResponse:
    """A page of the work list, with its parts and their counts.

    `number`: the counts, and `there`: the receivers of the actor's region, where the page has them already.
    """
    number = number or counts(actor=actor, now=timezone.now())
    there = receivers(actor.region) if there is None else there
    ours = own_organisation(actor, there)
    status = failed.status if failed else 200
    context = {
        "tabs": [(one, words.TABS[one], words.counted(number[one])) for one in Tab],
        "tab": tab,
        "organisation": ours,
        "actor": actor,
        "failed": failed,
        "desk": _closing(actor, ours, there),
        **context,
    }
    return private(render(request, f"referral/{template}", context, status=status))


def _closing(actor: Actor, ours: OrganisationRow | None, there: Sequence[OrganisationRow]) -> Any:
    """Who helps a desk: the region's named owner; the national team where that is this desk itself."""
    owner = agreement(region=actor.region, on=timezone.localdate(), among=there).owner if actor.region else None
    return proposing.desk_card(owner if owner and owner != ours else None)  # none: the page names the national team


def uuid_of(text: str) -> UUID | None:
    """A number from a form, None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
