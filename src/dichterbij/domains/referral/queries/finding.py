"""The register of finding places of a region: who goes there, where two meet, and what came of it, without persons."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.models import FindingCount, FindingPlace, FindingVisit, Handover, RegionAgreement
from dichterbij.domains.referral.rules.finding import CODE, Going, PlaceKind, overlapping
from dichterbij.domains.referral.seeing import own_work

NEXT_STEPS = ("work", "learning", "helped")


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """What a code tells everybody."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """Somebody who goes there. `shares`: another organisation goes there in the same time."""

    organisation: UUID
    name: str
    when_words: str
    since: date
    until: date | None
    shares: bool


@dataclass(frozen=True, slots=True)
class Yield:
    """From code to next step: true numbers. Show those of one place through `rules.finding.shown`."""

    opened: int
    registered: int
    talked: int
    next_step: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the register."""

    id: UUID
    code: str
    name: str
    kind: PlaceKind
    where: str
    contact: str
    ended_on: date | None
    visits: tuple[VisitRow, ...]
    brought: Yield


@dataclass(frozen=True, slots=True)
class Progress:
    """Places and people found, and what the region aims at (None: nothing agreed)."""

    places: int
    goal_places: int | None
    people: int
    goal_people: int | None


def place_of_code(code: str, *, on: date) -> KnownPlace | None:
    """The place of a code, in whatever case it came; None when there is none."""
    kept = code.strip().lower()
    if not CODE.fullmatch(kept):
        return None
    with own_work():
        row = FindingPlace.objects.filter(code=kept).exclude(ended_on__lt=on).first()
    return KnownPlace(row.code, row.name, row.region) if row else None


def finding_places(*, actor: Actor, on: date) -> tuple[PlaceRow, ...]:
    """The places of the actor's region, by name."""
    with acting(actor):
        rows = list(FindingPlace.objects.filter(region=actor.region).order_by("name", "id"))
        visits = list(FindingVisit.objects.filter(place__in=rows).order_by("since", "id"))
    names = {one.id: one.name for one in organisations(visit.organisation for visit in visits).values()}
    brought = _brought(actor.region)
    return tuple(_place(row, [one for one in visits if one.place_id == row.pk], names, brought, on) for row in rows)


def progress(*, region: str, on: date) -> Progress:
    """How far a region is: places that are open, and people who came through them."""
    with own_work():
        places = FindingPlace.objects.filter(region=region).exclude(ended_on__lt=on).count()
        people = (
            Handover.objects.filter(region=region)
            .exclude(place="")
            .aggregate(people=Count("person", distinct=True))["people"]
        )
    agreed = RegionAgreement.objects.filter(pk=region).first()
    return Progress(
        places, agreed.goal_places if agreed else None, people, agreed.goal_people if agreed else None
    )  # fmt: skip


def _brought(region: str) -> dict[str, Yield]:
    """Per code: only counts leave this function."""
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    with own_work():
        opened = FindingCount.objects.filter(place__region=region).values_list("place__code")
        for code, total in opened.annotate(total=Sum("count")):
            numbers[code]["opened"] = total
        codes = FindingPlace.objects.filter(region=region).values("code")
        came = Handover.objects.filter(place__in=codes).exclude(place="")  # so that the index of places does it
        rows = came.values_list("place").annotate(
            registered=Count("person", distinct=True),
            talked=Count("person", distinct=True, filter=Q(accepted_at__isnull=False)),
            next_step=Count("person", distinct=True, filter=Q(ending__in=NEXT_STEPS)),
        )
        for code, registered, talked, next_step in rows:
            numbers[code] |= {"registered": registered, "talked": talked, "next_step": next_step}
    names = ("opened", "registered", "talked", "next_step")
    return {code: Yield(*(told.get(name, 0) for name in names)) for code, told in numbers.items()}


def _place(
    row: FindingPlace, visits: list[FindingVisit], names: dict[UUID, str], brought: dict[str, Yield], on: date
) -> PlaceRow:
    shares = overlapping((Going(one.organisation, one.since, one.until) for one in visits), on)
    return PlaceRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=PlaceKind(row.kind),
        where=row.where,
        contact=row.contact,
        ended_on=row.ended_on,
        visits=tuple(
            VisitRow(one.organisation, names.get(one.organisation, ""), one.when_words, one.since, one.until,
                     one.organisation in shares)
            for one in visits
        ),
        brought=brought.get(row.code, Yield(0, 0, 0, 0)),
    )  # fmt: skip
