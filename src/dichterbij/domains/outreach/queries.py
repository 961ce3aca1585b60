"""Reads of the outreach: an item by its code, all items, and what they brought."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, QuerySet, Sum

from dichterbij.domains.outreach.errors import ItemNotFoundError
from dichterbij.domains.outreach.models import CampaignItem, DailyCount
from dichterbij.domains.outreach.rules import SMALLEST_SHOWN, Kind, Step, Target, code_from, may_be_shown, rounded


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a campaign."""

    code: str
    region_code: str
    region_name: str
    title: str
    kind: Kind
    target: Target
    valid_from: date
    valid_until: date | None
    made_by: str
    invented: bool


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What one item brought: the true number of visits that took each step. Show them through `rules.may_be_shown`."""

    item: ItemRow
    counts: Mapping[Step, int]


def item_row(code: str) -> ItemRow:
    """The item with this code, in whatever case it was typed; ItemNotFoundError."""
    kept = code_from(code)
    found = _items().filter(code=kept).first() if kept else None
    if found is None:
        raise ItemNotFoundError(f"No campaign item has the code {code[:60]!r}. `dichterbij campaign list` shows all.")
    return _row(found)


def items(*, region: str | None = None) -> tuple[ItemRow, ...]:
    """All items, or those of one region; by region and title."""
    found = _items().filter(region=region) if region else _items()
    return tuple(_row(item) for item in found.order_by("region__name", "title", "code"))


def figures(
    *, region: str | None = None, since: date | None = None, before: date | None = None
) -> tuple[ItemFigures, ...]:
    """What every item (of a region) brought from `since` on and before a day; one that brought nothing is there too."""
    counted = DailyCount.objects.filter(on__gte=since) if since else DailyCount.objects.all()
    if before is not None:
        counted = counted.filter(on__lt=before)
    per_code: dict[str, dict[Step, int]] = defaultdict(dict)
    for code, step, total in counted.values_list("item__code", "step").annotate(total=Sum("count")):
        per_code[code][Step(step)] = total
    return tuple(
        ItemFigures(item, {step: per_code[item.code].get(step, 0) for step in Step}) for item in items(region=region)
    )


def public_figures(*, today: date, region: str | None = None, since: date | None = None) -> tuple[ItemFigures, ...]:
    """The figures for everybody: up to yesterday and rounded to fives, so that no single visit can be told from them.

    Numbers under five are in it still, for the order; show them through `rules.may_be_shown`."""
    found = figures(region=region, since=since, before=today)
    return tuple(ItemFigures(row.item, {step: rounded(count) for step, count in row.counts.items()}) for row in found)


def table(rows: tuple[ItemFigures, ...]) -> list[list[str]]:
    """The figures to keep or send on: a row of names, then a row per item; small numbers as `<5`."""
    names = ["region_code", "region", "code", "title", "kind", "target", "valid_from", "valid_until", "invented"]
    return [[*names, *Step], *(_cells(row) for row in rows)]


def first_count() -> date | None:
    """The first day on which anything was counted; None before that."""
    first: date | None = DailyCount.objects.aggregate(first=Min("on"))["first"]
    return first


def _cells(row: ItemFigures) -> list[str]:
    item = row.item
    until = item.valid_until.isoformat() if item.valid_until else ""
    texts = [item.region_code, item.region_name, item.code, _harmless(item.title), item.kind.value, item.target.value]
    counts = [str(count) if may_be_shown(count) else f"<{SMALLEST_SHOWN}" for count in row.counts.values()]
    return [*texts, item.valid_from.isoformat(), until, "yes" if item.invented else "no", *counts]


def _harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _items() -> QuerySet[CampaignItem]:
    return CampaignItem.objects.select_related("region")


def _row(item: CampaignItem) -> ItemRow:
    return ItemRow(
        code=item.code,
        region_code=item.region_id,
        region_name=item.region.name,
        title=item.title,
        kind=Kind(item.kind),
        target=Target(item.target),
        valid_from=item.valid_from,
        valid_until=item.valid_until,
        made_by=item.made_by,
        invented=item.invented,
    )
