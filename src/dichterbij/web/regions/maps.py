"""Maps: the country with a link per region, and a region with its municipalities."""

from dataclasses import dataclass

from dichterbij.domains.regions.queries import areas, outlines
from dichterbij.domains.regions.rules.outlines import Outline


@dataclass(frozen=True)
class Shape:
    """One area to draw; `is_chosen` makes it stand out."""

    code: str
    name: str
    path: str
    is_chosen: bool


@dataclass(frozen=True)
class Map:
    """Shapes on a drawing of `width` by `height`, by name; `view_box` leaves room for their edges."""

    width: int
    height: int
    shapes: tuple[Shape, ...]

    @property
    def view_box(self) -> str:
        """The part of the drawing to show."""
        return f"-2 -2 {self.width + 4} {self.height + 4}"


def country(chosen: str = "") -> Map:
    """The Netherlands; the region `chosen` stands out."""
    return _map(outlines.country_outline(), chosen)


def region(row: areas.RegionRow) -> Map:
    """A region; the municipality its desks belong to stands out."""
    return _map(outlines.outline(row.code), row.centre_gm_code or "")


def _map(outline: Outline, chosen: str) -> Map:
    parts = sorted(outline.parts, key=lambda part: part.name.lstrip("'").casefold())
    shapes = (Shape(part.code, part.name, part.path, part.code == chosen) for part in parts)
    return Map(outline.width, outline.height, tuple(shapes))
