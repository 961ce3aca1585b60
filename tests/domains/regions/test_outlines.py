"""Borders as small drawings."""

import re
from pathlib import Path

import pytest

from dichterbij.data import reference_table
from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries.outlines import SIZE, country_outline, outline, surroundings
from dichterbij.domains.regions.rules.outlines import Plane, Window

CODES = reference_table("regions", "regions.csv")["region_code"].to_pylist()


@pytest.mark.parametrize("code", CODES)
def test_every_region_has_a_drawing_of_itself_and_all_its_municipalities(code: str) -> None:
    drawn = outline(code)
    expected = reference_table("regions", "municipalities.csv").to_pylist()
    assert {part.code for part in drawn.parts} == {row["gm_code"] for row in expected if row["region_code"] == code}
    assert all(part.rings for part in (drawn.whole, *drawn.parts))
    assert max(drawn.width, drawn.height) == SIZE


@pytest.mark.parametrize("code", CODES)
def test_a_drawing_is_small_and_within_its_frame(code: str) -> None:
    drawn = outline(code)
    assert len(drawn.whole.path) + sum(len(part.path) for part in drawn.parts) < 20_000
    points = [point for part in (drawn.whole, *drawn.parts) for ring in part.rings for point in ring]
    assert all(-2 <= x <= drawn.width + 2 and -2 <= y <= drawn.height + 2 for x, y in points)


def test_a_path_is_a_closed_svg_path() -> None:
    assert re.fullmatch(r"(M-?\d+,-?\d+( -?\d+,-?\d+)+Z)+", outline("AM12").whole.path)


def test_the_country_has_35_regions() -> None:
    assert {part.code for part in country_outline().parts} == set(CODES)


def test_a_region_that_does_not_exist_has_no_drawing() -> None:
    with pytest.raises(AreaNotFoundError):
        outline("AM04")


def test_points_on_a_straight_line_and_specks_are_left_out() -> None:
    square = [[5.0, 52.0], [5.0, 52.05], [5.0, 52.1], [5.1, 52.1], [5.1, 52.0], [5.0, 52.0]]
    speck = [[5.05, 52.05], [5.0501, 52.05], [5.0501, 52.0501], [5.05, 52.05]]
    area = Plane([square], 100).area("X", "x", [square, speck])
    assert [len(ring) for ring in area.rings] == [4]


def test_north_is_up_and_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    plane = Plane([[[5.0, 52.0], [6.0, 53.0]]], 1000)
    assert plane.point(5.0, 53.0) == (0, 0)
    assert plane.height == 1000
    assert plane.width == pytest.approx(609, abs=2)


def test_the_packaged_borders_stay_small() -> None:
    from dichterbij.data import REFERENCE

    def size(path: Path) -> int:
        return path.stat().st_size

    assert size(REFERENCE / "regions" / "regions.geojson") < 200_000
    assert size(REFERENCE / "regions" / "municipalities.geojson") < 400_000


def test_the_land_round_a_place_is_its_municipalities_within_so_many_kilometres() -> None:
    near, far = surroundings(52.357, 6.668, 4), surroundings(52.357, 6.668, 16)
    assert "Almelo" in {part.name for part in near.parts}
    assert {part.name for part in near.parts} < {part.name for part in far.parts}
    assert "Amsterdam" not in {part.name for part in far.parts}
    assert far.window.point(6.668, 52.357) == (180, 180)


def test_a_window_is_as_wide_as_it_is_high_in_kilometres() -> None:
    window = Window(lat=52.0, lon=5.0, km=11.12, size=200)
    assert window.point(5.0, 52.1) == (100, 0)
    assert window.point(5.0 + 0.1 / 0.61566, 52.0) == (200, 100)
    assert window.holds(5.0, 52.099)
    assert not window.holds(5.0, 52.101)


@pytest.mark.parametrize(("lon", "meets"), [(4.84, True), (4.82, False)])
def test_only_what_meets_the_window_is_drawn(lon: float, meets: bool) -> None:
    window = Window(lat=52.0, lon=5.0, km=11.12, size=200)
    assert window.touches([[[lon - 1, 52.0], [lon, 52.0], [lon, 52.05]]]) is meets
