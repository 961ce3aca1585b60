"""Where invented people live and openings are: real postcode areas, weighed by published counts."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.data import reference_table
from dichterbij.shared.errors import InputError
from dichterbij.synthetic.assumptions import Assumptions, load
from dichterbij.synthetic.draw import Bools, Draw, Ints

EVERYWHERE = "all"
SCALE = 100  # hundredths of a job, so that shares stay whole numbers


@dataclass(frozen=True)
class Places:
    """The postcode areas of one region or all: `homes` and `jobs` are their weights, `kind` 0 (dense) to 4 (sparse)."""

    pc4: Ints
    names: pa.Array
    homes: Ints
    jobs: Ints
    kind: Ints

    def draw(self, draw: Draw, weights: Ints, count: int) -> Ints:
        """Positions of `count` areas, by weight."""
        cumulative = np.cumsum(weights)
        return np.searchsorted(cumulative, draw.below(int(cumulative[-1]), count), side="right").astype(np.int64)


def _whole(column: pa.ChunkedArray) -> Ints:
    return np.asarray(pc.fill_null(column, 0).cast(pa.int64()))


def _jobs_per_municipality(areas: pa.Table, codes: list[str], no_jobs_known: int) -> Ints:
    table = reference_table("commuting", "municipality_jobs.csv")
    known = dict(zip(table["gm_code"].to_pylist(), table["jobs_located"].to_pylist(), strict=True))
    people = areas.group_by("gm_code").aggregate([("population_15_74", "sum")])
    living = dict(zip(people["gm_code"].to_pylist(), people["population_15_74_sum"].to_pylist(), strict=True))
    return np.array([known.get(code) or (living[code] or 0) * no_jobs_known // 10 for code in codes], np.int64)


def _share(weights: Ints, municipality: Ints, municipalities: int) -> Ints:
    """Each area's part of its municipality, in 10,000."""
    total = np.bincount(municipality, weights, municipalities).astype(np.int64)
    return weights * 10_000 // np.maximum(total[municipality], 1)


def _job_weights(areas: pa.Table, assumed: Assumptions) -> Ints:
    places = assumed.places
    encoded = areas["gm_code"].combine_chunks().dictionary_encode()
    codes, where = encoded.dictionary.to_pylist(), np.asarray(encoded.indices).astype(np.int64)
    jobs = _jobs_per_municipality(areas, codes, places["no_jobs_known"])
    hectares = np.rint(np.minimum(np.asarray(areas["km2"]), places["area_cap"]) * 100).astype(np.int64)
    share = (
        places["jobs_by_inhabitants"] * _share(_whole(areas["inhabitants"]), where, len(codes))
        + places["jobs_by_area"] * _share(hectares, where, len(codes))
        + places["jobs_evenly"] * _share(np.ones(len(where), np.int64), where, len(codes))
    )
    weights: Ints = jobs[where] * SCALE * share // 10_000_000
    return weights


def _kind(areas: pa.Table, limits: list[int]) -> Ints:
    density = _whole(areas["inhabitants"]) / np.maximum(np.asarray(areas["km2"]), 0.01)
    kinds: Ints = (density[:, None] < np.array(limits)).sum(axis=1).astype(np.int64)
    return kinds


@cache
def load_places(region: str, on: date) -> Places:
    """The postcode areas of `region` (AM.. or all); InputError for a region that does not exist."""
    areas, assumed = reference_table("postcodes", "postcodes.csv"), load(on)
    regions = sorted(set(areas["region_code"].to_pylist()))
    if region not in (EVERYWHERE, *regions):
        raise InputError(f"Region {region} does not exist. Choose `all` or one of {', '.join(regions)}.")
    inside: Bools = np.array([region in (EVERYWHERE, code) for code in areas["region_code"].to_pylist()])
    jobs, kind = _job_weights(areas, assumed), _kind(areas, assumed.places["density"])
    chosen = areas.filter(pa.array(inside))
    return Places(
        pc4=_whole(chosen["pc4"]),
        names=chosen["place"].combine_chunks(),
        homes=_whole(chosen["population_15_74"]),
        jobs=jobs[inside],
        kind=kind[inside],
    )
