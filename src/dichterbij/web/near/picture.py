"""The bridge as a picture: where planks and words stand in an SVG. The list beside it is the content."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

NARROW = frozenset("iljtfrI.,:;'|()1 ")
BROAD = frozenset("mwMWQ@%")
SOFT_HYPHEN = "\u00ad"


class Shape(StrEnum):
    """How a plank looks: a step to take, straight on, something still to ask, or waiting for a turn."""

    STEP = "step"
    STRAIGHT = "straight"
    ASK = "ask"
    WAIT = "wait"


@dataclass(frozen=True)
class PlankText:
    """What one plank says: a short name, how long, who helps or pays; the last two may be empty."""

    name: str
    how_long: str = ""
    helper: str = ""
    shape: Shape = Shape.STEP


@dataclass(frozen=True)
class Line:
    """One line of words at x, y (middle, baseline), with the style `name`, `how-long` or `helper`."""

    text: str
    x: float
    y: float
    style: str


@dataclass(frozen=True)
class Plank:
    """One plank: its rectangle and the lines on it."""

    x: float
    y: float
    width: float
    height: float
    shape: Shape
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Picture:
    """A whole drawing, in units of its viewBox. `side` is `wide` or `tall`."""

    side: str
    width: float
    height: float
    planks: tuple[Plank, ...]
    you: Plank
    work: Plank
    deck: str
    water: tuple[str, ...]


# Letter sizes and line heights of the three styles, in viewBox units.
SIZES = {"name": (17, 21), "how-long": (15, 20), "helper": (14, 18)}
MOST_WIDE = 5


@lru_cache(4096)
def text_width(text: str, size: float) -> float:
    """A careful guess of how wide `text` is in a humanist sans of `size`."""
    ems = sum(0.32 if c in NARROW else 0.92 if c in BROAD else 0.58 for c in text)
    return ems * size


def wrap(text: str, *, width: float, size: float) -> list[str]:
    """`text` in lines no wider than `width`; long words break at soft hyphens, else where they must."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, width=width, size=size):
            joined = f"{lines[-1]} {piece}" if lines and not lines[-1].endswith("-") else piece
            if lines and joined != piece and text_width(joined, size) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, *, width: float, size: float) -> list[str]:
    """A word whole when it fits, otherwise in hyphenated pieces that do."""
    bare = word.replace(SOFT_HYPHEN, "")
    if text_width(bare, size) <= width:
        return [bare]
    pieces, current = [], ""
    for part in _parts(word, width=width, size=size):
        if current and text_width(current + part + "-", size) > width:
            pieces.append(current + "-")
            current = part
        else:
            current += part
    return [*pieces, current]


def _parts(word: str, *, width: float, size: float) -> list[str]:
    """Where a word may break: at its soft hyphens; between any letters of a part that is too wide by itself."""
    parts: list[str] = []
    for part in word.split(SOFT_HYPHEN):
        parts.extend([part] if text_width(part + "-", size) <= width else part)
    return parts


def _lines(text: PlankText, *, width: float) -> list[tuple[str, str]]:
    parts = (("name", text.name), ("how-long", text.how_long), ("helper", text.helper))
    return [(style, line) for style, words in parts for line in wrap(words, width=width, size=SIZES[style][0])]


def _block_height(lines: list[tuple[str, str]]) -> float:
    return float(sum(SIZES[style][1] for style, _ in lines))


def _plank(text: PlankText, lines: list[tuple[str, str]], box: tuple[float, float, float, float]) -> Plank:
    """A plank with its lines in the middle of `box` (x, y, width, height)."""
    x, y, width, height = box
    baseline = y + (height - _block_height(lines)) / 2
    placed = []
    for style, words in lines:
        size, leading = SIZES[style]
        placed.append(Line(words, x + width / 2, baseline + (leading + size * 0.7) / 2, style))
        baseline += leading
    return Plank(x, y, width, height, text.shape, tuple(placed))


def wide_picture(*, you: PlankText, work: PlankText, planks: tuple[PlankText, ...]) -> Picture:
    """The bridge from left to right, for a desk; planks rise a little towards the middle."""
    width, bank, gap = 1000.0, 124.0, 6.0
    span = (width - 2 * bank - gap) / len(planks)
    lines = [_lines(plank, width=span - gap - 16) for plank in planks]
    tall = max(76.0, *(_block_height(block) + 24 for block in lines))
    rise = 22.0 if len(planks) > 1 else 0.0
    top = 10 + rise
    placed = []
    for number, (plank, block) in enumerate(zip(planks, lines, strict=True)):
        x = bank + gap + number * span
        offset = (x + (span - gap) / 2 - width / 2) / (width / 2 - bank)
        placed.append(_plank(plank, block, (x, top - rise * (1 - offset * offset), span - gap, tall)))
    height = top + tall + 78
    foot = top + tall
    return Picture(
        side="wide",
        width=width,
        height=height,
        planks=tuple(placed),
        you=_bank(you, (0, top, bank, height - top)),
        work=_bank(work, (width - bank, top, bank, height - top)),
        deck=f"M{bank} {height - 14} Q{width / 2} {foot - rise - 34:.0f} {width - bank} {height - 14}",
        water=tuple(_wave(bank + 14, width - bank - 14, y) for y in (height - 22, height - 8)),
    )


def tall_picture(*, you: PlankText, work: PlankText, planks: tuple[PlankText, ...]) -> Picture:
    """The bridge from top to bottom, for a phone."""
    width, bank, gap, inset = 340.0, 58.0, 8.0, 22.0
    y = bank + gap
    placed = []
    for plank in planks:
        block = _lines(plank, width=width - 2 * inset - 24)
        tall = max(56.0, _block_height(block) + 22)
        placed.append(_plank(plank, block, (inset, y, width - 2 * inset, tall)))
        y += tall + gap
    foot = _lines(work, width=width - 32)
    low = max(bank, _block_height(foot) + 28)
    height = y + low
    return Picture(
        side="tall",
        width=width,
        height=height,
        planks=tuple(placed),
        you=_bank(you, (0, 0, width, bank)),
        work=_bank(work, (0, y, width, low)),
        deck=f"M{inset + 22} {bank} V{y} M{width - inset - 22} {bank} V{y}",
        water=(),
    )


def _bank(text: PlankText, box: tuple[float, float, float, float]) -> Plank:
    return _plank(text, _lines(text, width=box[2] - 16), box)


def _wave(start: float, end: float, y: float) -> str:
    count = 14
    step = (end - start) / count
    return f"M{start:.0f} {y:.0f} q{step / 2:.1f} -5 {step:.1f} 0" + f" t{step:.1f} 0" * (count - 1)


def pictures(*, you: PlankText, work: PlankText, planks: tuple[PlankText, ...]) -> tuple[Picture, ...]:
    """The drawings of one bridge. With many planks only the tall one keeps its words readable."""
    tall = tall_picture(you=you, work=work, planks=planks)
    if len(planks) > MOST_WIDE:
        return (tall,)
    return (wide_picture(you=you, work=work, planks=planks), tall)
