"""Skills proposed from work: the essential skills of an occupation. A proposal, never a fact about a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pyarrow.compute as pc

from dichterbij.data import reference_table


@dataclass(frozen=True)
class ProposedSkill:
    """A skill that goes with work done (or with an opening's work); `status` says that nobody confirmed it."""

    skill_uri: str
    occupation_uris: tuple[str, ...]
    status: Literal["proposed"] = "proposed"


def proposed_skills(occupation_uris: Iterable[str]) -> list[ProposedSkill]:
    """The essential skills (ESCO) of these occupations, those shared by most first; unknown URIs propose nothing."""
    owners: dict[str, list[str]] = {}
    for occupation in dict.fromkeys(occupation_uris):
        for skill in _essential_skills().get(occupation, ()):
            owners.setdefault(skill, []).append(occupation)
    ordered = sorted(owners.items(), key=lambda item: (-len(item[1]), item[0]))
    return [ProposedSkill(skill, tuple(occupations)) for skill, occupations in ordered]


@lru_cache(maxsize=1)
def _essential_skills() -> dict[str, list[str]]:
    table = reference_table("esco", "occupation_skills.parquet")
    table = table.filter(pc.equal(table["relation"].cast("string"), "essential"))
    found: dict[str, list[str]] = {}
    pairs = zip(table["occupation_uri"].to_pylist(), table["skill_uri"].to_pylist(), strict=True)
    for occupation, skill in pairs:
        found.setdefault(occupation, []).append(skill)
    return found
