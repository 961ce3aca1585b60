"""The packaged pictures of the regions are what the bridge gives today."""

from collections import Counter
from pathlib import Path

import pytest

from dichterbij.data import REFERENCE, read_yaml, reference_table
from dichterbij.synthetic import region_pictures
from dichterbij.synthetic.region_pictures import Market, Row, pictures

AGAIN = "draw them again: python -m dichterbij.synthetic.region_pictures"
QUICK = "AM24"  # the fewest openings within reach, so the quickest to draw


@pytest.fixture(scope="module")
def market() -> Market:
    return region_pictures.demo_market()


def packaged(code: str) -> list[Row]:
    rows = reference_table("region_pictures", "pictures.csv").to_pylist()
    return [Row(**row) for row in rows if row["region_code"] == code]


@pytest.mark.long
def test_one_region_is_drawn_as_it_is_packaged(market: Market) -> None:
    assert pictures(QUICK, market) == packaged(QUICK), AGAIN


def test_of_fewer_people_each_still_counts_once_and_a_drawing_can_be_made_again(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(region_pictures, "PEOPLE", 60)
    drawn = pictures(QUICK, market)
    assert drawn == pictures(QUICK, market)
    people = Counter({"step": 0, "no_bridge": 0, "lift": 0})
    for row in drawn:
        people[row.picture] += row.people
    assert people["step"] + people["no_bridge"] == people["lift"] == 60
    assert {row.code for row in drawn} <= {row.code for row in packaged(QUICK)}


def test_how_they_were_drawn_is_packaged_with_them(market: Market) -> None:
    assert read_yaml(REFERENCE / "region_pictures" / "run.yaml") == region_pictures.run(market), AGAIN


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_every_region_is_drawn_as_it_is_packaged(market: Market, tmp_path: Path) -> None:
    region_pictures.write(tmp_path, market)
    for name in ("pictures.csv", "run.yaml"):
        assert (tmp_path / name).read_bytes() == (REFERENCE / "region_pictures" / name).read_bytes(), AGAIN
