"""A flow picture: where each band and bar stands. Only geometry; words and colours belong to the page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, ...]

BAR, GAP, LEAST = 14.0, 18.0, 3.0  # width of a bar, room between two, the thinnest bar that can be seen


@dataclass(frozen=True, slots=True)
class Stream:
    """So many cents from one group to another."""

    source: Key
    target: Key
    cents: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A group of money: how much there ever was, and where its bar stands."""

    key: Key
    column: int
    cents: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """A stream as a filled path."""

    stream: Stream
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars and bands in a box of `width` by `height`."""

    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    width: float
    height: float


def drawn(
    streams: Sequence[Stream], *, width: float = 900, height: float = 460, labels: Mapping[Key, float] | None = None
) -> Picture:
    """The picture of these streams, which must not go round: columns from left to right, largest first from above.

    Heights are amounts on one scale for the whole picture. `labels`: how high the words beside a bar are; a lower bar
    gets that much room, itself in the middle of it. Streams that go round raise ValueError.
    """
    columns = _columns(streams)
    sums = {key: max(_sum(streams, "source", key), _sum(streams, "target", key)) for key in columns}
    by_column: defaultdict[int, list[Key]] = defaultdict(list)
    for key in sorted(columns, key=lambda one: (columns[one], -sums[one], str(one))):
        by_column[columns[key]].append(key)
    scale = _scale(by_column, sums, height)
    step = (width - BAR) / max(1, len(by_column) - 1)
    rooms = labels or {}
    bars = tuple(bar for column, keys in by_column.items() for bar in _stacked(column, keys, sums, scale, step, rooms))
    lowest = max((bar.y + max(bar.height, (bar.height + rooms.get(bar.key, 0)) / 2) for bar in bars), default=0.0)
    return Picture(bars, _bands(streams, {bar.key: bar for bar in bars}, scale), width, lowest)


def _columns(streams: Sequence[Stream]) -> dict[Key, int]:
    """The column of each group: one more than the last of those that give to it."""
    columns = {key: 0 for one in streams for key in (one.source, one.target)}
    for _ in range(len(columns) + 1):
        changed = False
        for one in streams:
            if columns[one.target] <= columns[one.source]:
                columns[one.target], changed = columns[one.source] + 1, True
        if not changed:
            return columns
    raise ValueError("This money goes round: a picture needs streams that end.")


def _sum(streams: Sequence[Stream], side: str, key: Key) -> int:
    return sum(one.cents for one in streams if getattr(one, side) == key)


def _scale(by_column: dict[int, list[Key]], sums: dict[Key, int], height: float) -> float:
    """Height of a cent, so that the fullest column fits."""
    rooms = [
        (height - GAP * (len(keys) - 1)) / total
        for keys in by_column.values()
        if (total := sum(sums[key] for key in keys))
    ]
    return min(rooms, default=0.0)


def _stacked(
    column: int, keys: list[Key], sums: dict[Key, int], scale: float, step: float, rooms: Mapping[Key, float]
) -> list[Bar]:
    bars, top = [], 0.0
    for key in keys:
        tall = max(LEAST, sums[key] * scale)
        room = max(tall, rooms.get(key, 0.0))
        y = top + (room - tall) / 2
        bars.append(Bar(key, column, sums[key], round(column * step, 1), round(y, 1), round(tall, 1)))
        top += room + GAP
    return bars


def _bands(streams: Sequence[Stream], bars: dict[Key, Bar], scale: float) -> tuple[Band, ...]:
    out: defaultdict[Key, float] = defaultdict(float)
    into: defaultdict[Key, float] = defaultdict(float)
    bands = []
    ordered = sorted(streams, key=lambda one: (bars[one.source].column, bars[one.source].y, bars[one.target].y))
    for one in ordered:
        source, target, tall = bars[one.source], bars[one.target], max(1.0, one.cents * scale)
        y0, y1 = source.y + out[one.source], target.y + into[one.target]
        out[one.source] += one.cents * scale
        into[one.target] += one.cents * scale
        bands.append(Band(one, _path(source.x + BAR, y0, target.x, y1, tall)))
    return tuple(bands)


def _path(x0: float, y0: float, x1: float, y1: float, tall: float) -> str:
    """A band that leaves and arrives level."""
    half = (x0 + x1) / 2
    points = (x0, y0, half, y0, half, y1, x1, y1, y1 + tall, half, y1 + tall, half, y0 + tall, x0, y0 + tall)
    a, b, c, d, e, f, g, h, i, j, k, m, n, o, p = (f"{value:.1f}" for value in points)
    return f"M{a} {b}C{c} {d} {e} {f} {g} {h}V{i}C{j} {k} {m} {n} {o} {p}Z"
