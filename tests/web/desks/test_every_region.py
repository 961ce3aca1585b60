"""All 35 regions answer every question with a desk, in both languages."""

import urllib.request

import pytest

from dichterbij.data import reference_table

REGIONS = reference_table("regions", "regions.csv").column("region_code").to_pylist()


def test_there_are_thirty_five() -> None:
    assert len(REGIONS) == 35


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_has_a_desk_for_people_and_for_employers(address: str, region: str) -> None:
    for path in (f"/nl/loket/{region}/job_seeker/work/", f"/en/loket/{region}/employer/work/"):
        with urllib.request.urlopen(address + path, timeout=30) as answer:
            page = answer.read().decode()
        assert "(0XX) 000" in page
        assert 'class="map__part"' in page
