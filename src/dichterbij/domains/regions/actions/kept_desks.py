"""A region keeps its own desks: what its coordinator fills in stands before the packaged files, at once."""

from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor, Reach, read_permissions
from dichterbij.domains.journal.actions import record
from dichterbij.domains.regions.errors import DeskChangedError
from dichterbij.domains.regions.models import Desk as DeskRow
from dichterbij.domains.regions.models import KeptDesk
from dichterbij.domains.regions.queries.desks import all_desks
from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind
from dichterbij.domains.regions.rules.desk_records import read_desk, record_of
from dichterbij.shared.errors import InputError, NotFoundError

KEPT, TAKEN_BACK = "regions.desk_kept", "regions.desk_taken_back"


def keep_desk(*, actor: Actor, desk: Desk, seen: int, now: datetime) -> None:
    """This desk as it is from now on, also a new one. The one it replaces stays in the history.

    `seen`: how many changes it had when whoever changes it looked. NotAllowedError for a region that is not the
    actor's; InputError for a desk that cannot be; DeskChangedError when somebody else kept it in the meantime.
    """
    _check_may(actor, desk.region_code, timezone.localdate(now))
    kept = read_desk(record_of(desk), region_code=desk.region_code, where="desks")
    content = {**record_of(kept), "valid_from": _iso(kept.valid_from), "valid_to": _iso(kept.valid_to)}
    try:
        with transaction.atomic(), acting(actor):
            number = KeptDesk.objects.filter(desk_id=kept.desk_id).count() + 1
            if number != seen + 1:
                raise DeskChangedError
            KeptDesk.objects.create(
                desk_id=kept.desk_id, region_id=kept.region_code, number=number, record=content,
                kept_at=now, kept_by=str(actor),
            )  # fmt: skip
            _check_national_team(timezone.localdate(now))
            data = {"desk": kept.desk_id, "region": kept.region_code, "number": number, "source": kept.source}
            record(actor=str(actor), action=KEPT, data=data, now=now)
    except IntegrityError:
        raise DeskChangedError from None


def take_desk_back(*, actor: Actor, desk_id: str, number: int, now: datetime) -> None:
    """The last change of this desk, `number`, is undone: the one before it counts again, or the packaged one.

    NotFoundError when there is none; DeskChangedError when another change is the last one.
    """
    with transaction.atomic(), acting(actor):
        row = (
            KeptDesk.objects.select_for_update().filter(desk_id=desk_id, taken_back_at=None).order_by("-number").first()
        )
        if row is None:
            raise NotFoundError("There is no change of this desk.")
        _check_may(actor, row.region_id, timezone.localdate(now))
        if row.number != number:
            raise DeskChangedError
        row.taken_back_at = now
        row.save(update_fields=["taken_back_at"])
        _check_national_team(timezone.localdate(now))
        record(actor=str(actor), action=TAKEN_BACK, data={"desk": desk_id, "number": row.number}, now=now)


def new_desk_id(desk: Desk) -> Desk:
    """The same desk with an id that no other ever had: its region and kind, and a number from the second on."""
    start = f"{desk.region_code or 'NL'}-{desk.kind.value.replace('_', '-')}"
    taken = {*DeskRow.objects.values_list("pk", flat=True), *KeptDesk.objects.values_list("desk_id", flat=True)}
    numbered = (start if number == 1 else f"{start}-{number}" for number in range(1, len(taken) + 2))
    return replace(desk, desk_id=next(name for name in numbered if name not in taken))


def _check_may(actor: Actor, region: str | None, on: date) -> None:
    reach = read_permissions(on).reach(actor.role, "run_region", "organisation")
    if reach is not Reach.COUNTRY and (reach is not Reach.REGION or not region or actor.region != region):
        raise NotAllowedError("Only the coordinator of a region keeps its desks.")


def _check_national_team(on: date) -> None:
    """Every question must find somebody: the national team is there now, and without an end."""
    if not any(desk.kind is Kind.NATIONAL and desk.is_valid(on) and not desk.valid_to for desk in all_desks()):
        raise InputError(
            "One national desk stays, without a last day: it helps when nobody else does.", field="valid_to"
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
