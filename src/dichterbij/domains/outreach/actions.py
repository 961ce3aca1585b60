"""Writes of the outreach: making and ending items, and counting. Counting alone leaves no event in the journal: an
event has a moment, and a moment could be laid beside one visitor."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from dichterbij.domains.journal.actions import record
from dichterbij.domains.outreach.errors import CodeTakenError
from dichterbij.domains.outreach.models import CampaignItem
from dichterbij.domains.outreach.queries import item_row
from dichterbij.domains.outreach.rules import LONGEST_NAME, NewItem, Step, checked
from dichterbij.domains.regions import queries as regions
from dichterbij.shared.errors import InputError

# A page never waits longer than this for a number.
LOCK_TIMEOUT = "250ms"


def add_item(*, actor: str, item: NewItem, now: datetime) -> str:
    """Make an item; returns its code as it is kept. InputError, CodeTakenError, AreaNotFoundError."""
    item = checked(item)
    maker = _maker(actor)
    region = regions.region(item.region)
    if region.obsolete_on is not None:
        raise InputError(f"Region {region.code} ({region.name}) no longer exists since {region.obsolete_on}.")
    with transaction.atomic():
        _, is_new = CampaignItem.objects.get_or_create(
            code=item.code,
            defaults={
                "region_id": region.code, "title": item.title, "kind": item.kind, "target": item.target,
                "valid_from": item.valid_from, "valid_until": item.valid_until, "invented": item.invented,
                "made_by": maker, "made_on": timezone.localdate(now),
            },
        )  # fmt: skip
        if not is_new:
            raise CodeTakenError(f"There is an item with the code {item.code} already: choose another code.")
        record(actor=maker, action="campaign.added", data={"code": item.code, "region": region.code}, now=now)
    return item.code


def end_item(*, actor: str, code: str, on: date, now: datetime) -> None:
    """Count this item's link up to and including `on`; it keeps sending people on. ItemNotFoundError, InputError."""
    maker = _maker(actor)
    with transaction.atomic():
        row = item_row(code)
        if on < row.valid_from:
            raise InputError(f"The item {row.code} starts on {row.valid_from}: it cannot end before that.")
        CampaignItem.objects.filter(code=row.code).update(valid_until=on)
        record(actor=maker, action="campaign.ended", data={"code": row.code, "on": on.isoformat()}, now=now)


def count_steps(*, code: str, steps: Iterable[Step], on: date, times: int = 1) -> bool:
    """Add one (or `times`) to these steps of an item on a day, in one statement. False when nothing was counted:
    no item has the code, or the day lies outside its time. DatabaseError within a moment when the table is locked."""
    wanted = sorted({step.value for step in steps})
    if not wanted:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        # The order of the rows is the same for everybody, so that two who count at once never wait for each other.
        cursor.execute(
            """
            INSERT INTO outreach_dailycount AS old (item_id, "on", step, count)
            SELECT item.id, %(on)s, step, %(times)s
            FROM outreach_campaignitem AS item CROSS JOIN unnest(%(steps)s::text[]) AS step
            WHERE item.code = %(code)s AND item.valid_from <= %(on)s
            AND (item.valid_until IS NULL OR item.valid_until >= %(on)s)
            ORDER BY step
            ON CONFLICT (item_id, "on", step) DO UPDATE SET count = old.count + excluded.count
            """,
            {"on": on, "steps": wanted, "code": code, "times": times},
        )
        counted: int = cursor.rowcount
        return counted > 0


def _maker(actor: str) -> str:
    maker = " ".join(actor.split())
    if not maker or len(maker) > LONGEST_NAME or not maker.isprintable():
        raise InputError(f"Say in 1 to {LONGEST_NAME} characters which desk or organisation makes this item.")
    return maker
