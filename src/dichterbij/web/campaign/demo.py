"""The demo's campaign: invented items with invented figures, loaded once."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from dichterbij.data import ROOT, read_yaml
from dichterbij.domains.outreach.actions import add_item, count_steps
from dichterbij.domains.outreach.errors import ItemNotFoundError
from dichterbij.domains.outreach.queries import item_row
from dichterbij.domains.outreach.rules import Kind, NewItem, Step, Target

ACTOR = "demo"


def load_campaign(*, now: datetime) -> int:
    """Make the demo's items that are not there yet; returns how many were made."""
    items: list[dict[str, Any]] = read_yaml(ROOT / "content" / "campaign" / "demo.yaml")["items"]
    new = [item for item in items if not _is_there(item["code"])]
    for item in new:
        _load(item, now)
    return len(new)


def _is_there(code: str) -> bool:
    try:
        item_row(code)
    except ItemNotFoundError:
        return False
    return True


def _load(item: dict[str, Any], now: datetime) -> None:
    weeks: int = item["weeks"]
    first = timezone.localdate(now) - timedelta(weeks=weeks)
    kind, target = Kind(item["kind"]), Target(item["target"])
    made = NewItem(item["code"], item["region"], item["title"], kind, target, first, invented=True)
    add_item(actor=ACTOR, item=made, now=now)
    for step, total in item["counts"].items():
        for week in range(weeks):
            times = total * (week + 1) // weeks - total * week // weeks
            if times:
                on = first + timedelta(weeks=week)
                count_steps(code=item["code"], steps=[Step(step)], on=on, times=times)
