"""Real occupations and skills (ESCO) with the assumed weights of the occupation groups."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa

from dichterbij.data import reference_table
from dichterbij.shared.errors import InputError
from dichterbij.synthetic.arrays import Ragged
from dichterbij.synthetic.assumptions import Assumptions, Group, load
from dichterbij.synthetic.draw import Draw, Ints

UNIT = 1_000_000  # an ISCO unit group's weight is divided over its occupations in millionths


@dataclass(frozen=True)
class Occupations:
    """Occupations sorted by group, then code; `cumulative` weights run on over the groups, which start at `starts`."""

    uris: pa.Array
    codes: tuple[str, ...]
    titles_nl: pa.Array
    titles_en: pa.Array
    major: Ints
    group: Ints
    cumulative: Ints
    starts: Ints
    skills: pa.Array
    essential: Ragged
    optional: Ragged

    def draw(self, draw: Draw, groups: Ints) -> Ints:
        """An occupation of each of `groups`, by weight."""
        before = np.concatenate([[0], self.cumulative])
        low, high = before[self.starts[groups]], before[self.starts[groups + 1]]
        return np.searchsorted(self.cumulative, low + draw.below(high - low, len(groups)), side="right").astype(
            np.int64
        )


@dataclass(frozen=True)
class _Weighed:
    group: int
    position: int
    code: str
    weight: int


def _weigh(
    group: int, unit: int, members: list[tuple[str, int]], common: frozenset[str], assumed: Assumptions
) -> list[_Weighed]:
    """The unit group's weight over its members (code, position), everyday occupations first."""
    depth, factor = assumed.openings["depth_weight"], assumed.openings["common_factor"]
    weights = [
        depth[min(code.count(".") - 1, len(depth) - 1)] * (factor if code in common else 1) for code, _ in members
    ]
    return [
        _Weighed(group, position, code, unit * UNIT * weight // sum(weights))
        for (code, position), weight in zip(members, weights, strict=True)
    ]


def _weigh_group(
    number: int, group: Group, by_isco: dict[str, list[tuple[str, int]]], assumed: Assumptions
) -> list[_Weighed]:
    unknown = sorted(set(group.isco) - set(by_isco))
    if unknown:
        raise InputError(
            f"Assumptions of group {group.key} name ISCO unit groups without occupations: {', '.join(unknown)}."
        )
    found = [
        row for isco, unit in group.isco.items() for row in _weigh(number, unit, by_isco[isco], group.common, assumed)
    ]
    return sorted(found, key=lambda row: row.code)


def _ragged(relations: pa.Table, relation: str, uris: list[str], skills: dict[str, int]) -> Ragged:
    """Skills of each of `uris` (an occupation of two groups stands twice)."""
    of: dict[str, list[int]] = defaultdict(list)
    for occupation, skill, kind in zip(*(relations[name].to_pylist() for name in relations.column_names), strict=True):
        if kind == relation and skill in skills:
            of[occupation].append(skills[skill])
    lists = [sorted(set(of[uri])) for uri in uris]
    starts = np.cumsum([0, *map(len, lists)])
    return Ragged(starts.astype(np.int64), np.array([code for codes in lists for code in codes], np.int64))


def _titles(labels: Sequence[str], codes: Sequence[str], everyday: Mapping[str, str]) -> pa.Array:
    """What a vacancy calls the work: `everyday` says, or the first of `kelner/serveerster`, with a capital."""
    firsts = [everyday.get(code) or label.split("/")[0].strip() for label, code in zip(labels, codes, strict=True)]
    return pa.array([first[:1].upper() + first[1:] for first in firsts])


@cache
def load_occupations(on: date) -> Occupations:
    """Occupations with weights, their skills in ESCO's relations."""
    assumed, table = load(on), reference_table("esco", "occupations.parquet")
    by_isco: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for position, (isco, code) in enumerate(zip(table["isco"].to_pylist(), table["code"].to_pylist(), strict=True)):
        by_isco[isco].append((code, position))
    weighed = [
        row for number, group in enumerate(assumed.groups) for row in _weigh_group(number, group, by_isco, assumed)
    ]
    chosen = table.take([row.position for row in weighed])
    uris, codes = chosen["uri"].combine_chunks(), tuple(row.code for row in weighed)
    skills = sorted(reference_table("esco", "skills.parquet")["uri"].to_pylist())
    relations = reference_table("esco", "occupation_skills.parquet").select(["occupation_uri", "skill_uri", "relation"])
    skill_codes = {uri: code for code, uri in enumerate(skills)}
    group = np.array([row.group for row in weighed], np.int64)
    return Occupations(
        uris=uris,
        codes=codes,
        titles_nl=_titles(chosen["label_nl"].to_pylist(), codes, assumed.names["everyday"]["nl"]),
        titles_en=_titles(chosen["label_en"].to_pylist(), codes, assumed.names["everyday"]["en"]),
        major=np.array([int(row.code[0]) for row in weighed], np.int64),
        group=group,
        cumulative=np.cumsum(np.array([row.weight for row in weighed], np.int64)),
        starts=np.searchsorted(group, np.arange(len(assumed.groups) + 1)).astype(np.int64),
        skills=pa.array(skills),
        essential=_ragged(relations, "essential", uris.to_pylist(), skill_codes),
        optional=_ragged(relations, "optional", uris.to_pylist(), skill_codes),
    )
