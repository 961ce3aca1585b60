"""Titles and employers of invented openings. No name is a real firm's; each carries the mark that says so."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.synthetic.assumptions import AGREEMENTS, Assumptions
from dichterbij.synthetic.draw import Choices, Draw, Ints

_SLOT = re.compile(r"\{(hours|place)\}")


def _filled(pattern: str, slots: dict[str, pa.Array], rows: int) -> pa.Array:
    """`{label}` and at most one `{hours}` or `{place}` filled in, row by row."""
    parts = re.split(r"\{(label|hours|place)\}", pattern)
    columns = [slots[part] if odd % 2 else pa.repeat(part, rows) for odd, part in enumerate(parts)]
    return pc.binary_join_element_wise(*columns, "")


def titles(
    draw: Draw,
    assumed: Assumptions,
    language: str,
    *,
    labels: pa.Array,
    hours: tuple[Ints, Ints],
    places: pa.Array,
    agreements: Ints,
) -> pa.Array:
    """A vacancy title per row: a pattern of `names.yaml`, what it offers in front when it is no job."""
    patterns, rows = assumed.names["titles"][language], len(labels)
    low, high = (pa.array(column).cast(pa.string()) for column in hours)
    slots = {"label": labels, "place": places, "hours": pc.binary_join_element_wise(low, high, "-")}
    chosen = draw.choose([weight for weight, _ in patterns], rows)
    title = pc.choose(pa.array(chosen), *(_filled(pattern, slots, rows) for _, pattern in patterns))
    fronts = pa.array([assumed.names["agreements"][language].get(name, "") for name in AGREEMENTS])
    return pc.binary_join_element_wise(fronts.take(pa.array(agreements)), title, "")


def _kinds(assumed: Assumptions, sectors: list[str]) -> list[list[str]]:
    kinds = assumed.names["kinds"]
    return [kinds.get(sector, kinds["other"]) for sector in sectors]


def employers(draw: Draw, assumed: Assumptions, sectors: list[str], sector: Ints) -> pa.Array:
    """An invented employer per row: what it does (by the sector), an unlikely name, and the mark."""
    names, kinds, rows = assumed.names, _kinds(assumed, sectors), len(sector)
    first = np.cumsum([0, *map(len, kinds)])
    which = draw.among(Choices.of([[1] * len(words) for words in kinds]), sector)
    kind = pa.array([word for words in kinds for word in words]).take(pa.array(first[sector] + which))
    noun = draw.below(len(names["nouns"]), rows)
    articles = pa.array(["Het" if word in names["het"] else "De" for word in names["nouns"]])
    adjective = pa.array(names["adjectives"]).take(pa.array(draw.below(len(names["adjectives"]), rows)))
    words = [kind, articles.take(pa.array(noun)), adjective, pa.array(names["nouns"]).take(pa.array(noun))]
    return pc.binary_join_element_wise(*words, pa.repeat(names["mark"], rows), " ")
