"""The numbers of `exposure` as a plain table to read; `--json` has them under the names of the columns."""

from collections.abc import Iterator, Sequence

from dichterbij.cli.bridge_run import number
from dichterbij.cli.exposure_labels import REGION, SECTOR, SECTORS, region_names
from dichterbij.engine.exposure.counting import Slice, Summary
from dichterbij.engine.exposure.reasons import CROWDED_OUT, DRAW, RULE, Reason, counted

# Per unit: how an opening missed a list, and what the number counts.
MISSED = {
    "travel_minutes": ("farther than the last on a list: travel", "minute", "minutes"),
    "weeks_to_start": ("farther than the last on a list: time to the start", "week", "weeks"),
    "weeks_learning": ("farther than the last on a list: learning", "week", "weeks"),
    "steps": ("farther than the last on a list: more steps", "step", "steps"),
    "undescribed": ("without skills, so below all that name them", "", ""),
    DRAW: ("just as near as the last on a list: the draw decided", "", ""),
}


def lines(told: Summary, found: list[Reason] | None) -> Iterator[str]:
    """The numbers as a plain table."""
    yield f"{told.openings:,} openings; {told.slots:,} places on lists."
    yield (
        f"On no list: {told.nobody_sees:,} ({_percent(told.nobody_sees, told.openings)}). "
        f"Never among the first ten: {told.never_in_first_10:,} ({_percent(told.never_in_first_10, told.openings)})."
    )
    yield f"The 1% of openings shown most take {told.top_percent:.1%} of the places."
    yield f"Half of the places go to {told.half:.1%} of the openings; were all shown equally often it would be 50%."
    for kind, parts in told.parts.items():
        yield ""
        yield from _table(kind, parts)
    if found is not None:
        yield ""
        yield from _why(told, found)


def _table(kind: str, parts: Sequence[Slice]) -> Iterator[str]:
    names = {REGION: region_names(), SECTOR: SECTORS}.get(kind, {})
    yield f"{kind:44} {'openings':>10} {'share':>7} {'places':>12} {'share':>7} {'on no list':>11}"
    for part in parts:
        name = f"{part.name} {names.get(part.name, '')}".strip()[:44]
        yield (
            f"{name:44} {part.openings:>10,} {part.share_of_openings:>7.1%} {part.slots:>12,} "
            f"{part.share_of_slots:>7.1%} {part.nobody_sees:>11,}"
        )


def _why(told: Summary, found: list[Reason]) -> Iterator[str]:
    """Each reason, and below it what is known about it."""
    numbers = counted(found)
    yield f"Why nobody sees them ({len(found):,} of {told.nobody_sees:,} looked at)"
    for reason, count in numbers["per_reason"].items():
        yield f"  {reason:58} {count:>6,}  {_percent(count, len(found))}"
        if reason == RULE:
            yield from (f"    {f'kept out by the rule {rule}':56} {n:>6,}" for rule, n in numbers["per_rule"].items())
        if reason == CROWDED_OUT:
            yield from (_missed(unit, **part) for unit, part in numbers["crowded_out_in"].items())


def _missed(unit: str, openings: int, median: int) -> str:
    """By what openings missed the list that they came closest to."""
    words, one, many = MISSED[unit]
    by = f"  half of them by at most {number(median, one, many)}" if one else ""
    return f"    {words:56} {openings:>6,}{by}"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:.1%}"
