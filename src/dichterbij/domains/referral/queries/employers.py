"""Which organisation answers employers of a region here, and which regions have none."""

from collections.abc import Iterable, Mapping
from datetime import date

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, for_employers, organisation_of_desk
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.own import handover_of
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, handover_row
from dichterbij.domains.referral.queries.today import steps_of
from dichterbij.domains.referral.seeing import own_work
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.regions.queries.desks import all_desks, desks_for
from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind, Topic, Who
from dichterbij.shared.errors import DichterbijError, NotFoundError

# Elsewhere a desk and an organisation have the same word for their kind.
KINDS: Mapping[Kind, str] = {Kind.GEMEENTE: "municipality", Kind.EMPLOYERS_DESK: "wsp"}


def desk_here(desk_id: str, region: str) -> OrganisationRow | None:
    """The organisation that is this desk; else one of the same kind in the region; None where nobody answers here.

    Somebody must work there who answers employers: else what they send goes by mail, as to any other desk.
    """
    found = organisation_of_desk(desk_id)
    if found is not None:
        return found
    desk = next((one for one in all_desks() if one.desk_id == desk_id), None)
    kind = KINDS.get(desk.kind, desk.kind.value) if desk else ""
    return next((row for row in for_employers(region) if row.kind.value == kind), None)


def handover_of_message(*, token: str) -> tuple[HandoverRow, tuple[StepRow, ...]] | None:
    """Where an employer's message is now, by its secret link, with the whole history; None when it went by mail."""
    try:
        first, steps = handover_of(token=token)
    except NotFoundError:
        return None
    return _to_the_end(first, steps)


def handover_by_reference(reference: str) -> tuple[HandoverRow, tuple[StepRow, ...]] | None:
    """As `handover_of_message`, for whoever was made sure to be this employer."""
    with own_work():
        of_it = Handover.objects.filter(message=reference).order_by("made_at", "pk")
        first = of_it.exclude(pk__in=of_it.exclude(onward=None).values("onward")).first()
        return _to_the_end(handover_row(first), steps_of(first.pk)) if first else None


def handovers_by_reference(references: Iterable[str]) -> Mapping[str, HandoverRow]:
    """Where each of these messages is now; not those that went by mail. For whoever they are of. One query."""
    with own_work():
        last = Handover.objects.filter(message__in=list(references), onward=None)
        return {row.message: handover_row(row) for row in last.order_by("made_at", "pk")}


def _to_the_end(first: HandoverRow, steps: tuple[StepRow, ...]) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    chain, row = list(steps), first
    while row.onward is not None:
        with own_work():  # the same employer's, shown to whoever has their link
            row = handover_row(Handover.objects.get(pk=row.onward))
            chain += steps_of(row.id)
    return row, tuple(chain)


def regions_without_desk(*, on: date) -> tuple[str, ...]:
    """The regions of which the desk for employers takes no hand-overs here: their messages go by mail."""
    without = []
    for region in areas.regions():
        desk = _desk_of(region.code, on)
        if desk is None or desk_here(desk.desk_id, region.code) is None:
            without.append(region.code)
    return tuple(without)


def _desk_of(region: str, on: date) -> Desk | None:
    """As rule R07 chooses it."""
    try:
        found = desks_for(who=Who.EMPLOYER, topic=Topic.WORK, home_region=region, work_region=None, on=on)
    except DichterbijError:
        return None
    return found.value[0].desk
