"""Loads the bridge's parameters of a day, packaged or from a folder of one's own, with the reference data they need."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from dichterbij import data
from dichterbij.domains.matching.rules.values import Reader
from dichterbij.engine.parameters import (
    LEADS,
    MODES,
    REUSE_LEVELS,
    Learning,
    Licence,
    Mode,
    Parameters,
    Places,
    Source,
    Water,
)
from dichterbij.rules import RuleFile, newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError

PACKAGED = data.RULES / "bridge"
SETS = ("travel", "water", "licences", "demands", "lead_weeks", "learning")
# A demand is one bit of a 64-bit mask, and the sign is left alone.
MOST_DEMANDS = 62


def load_parameters(*, on: date, directory: Path | None = None) -> Parameters:
    """The parameters of this day; files of `directory` replace packaged ones. InputError names file and key."""
    folder = newest_folder(PACKAGED, on=on)
    files = read_rule_folder(folder, names=SETS, own=directory)
    readers = {name: Reader(file.path, "", file.values) for name, file in files.items()}
    places, reuse_levels, reference_digest = reference()
    adaptable, not_adaptable = _demands(readers["demands"])
    lead_weeks = readers["lead_weeks"]
    parameters = Parameters(
        valid_from=date.fromisoformat(folder.name),
        intrazonal_metres=readers["travel"].whole("intrazonal_metres"),
        modes=_modes(readers["travel"].mapping("modes")),
        water=tuple(
            _water(readers["water"], index, item) for index, item in enumerate(readers["water"].items("areas"))
        ),
        licences=_licences(readers["licences"].mapping("codes")),
        adaptable=adaptable,
        not_adaptable=not_adaptable,
        lead=_leads(lead_weeks.mapping("lead")),
        open_hiring_queue=lead_weeks.whole("open_hiring_queue"),
        dutch_per_level=lead_weeks.whole("dutch_per_level"),
        learning=_learning(readers["learning"]),
        places=places,
        reuse_levels=reuse_levels,
        sources=tuple(_source(name, file) for name, file in files.items()),
        reference_digest=reference_digest,
    )
    return replace(parameters, digest=_digest(parameters))


@lru_cache(maxsize=1)
def reference() -> tuple[Places, Mapping[str, str], str]:
    """Postcode points, the reuse level per skill URI, and a digest of both. Read once."""
    try:
        postcodes = data.reference_table("postcodes", "postcodes.csv")
        skills = data.reference_table("esco", "skills.parquet").select(["uri", "reuse_level"])
    except FileNotFoundError as error:
        raise InputError(f"{error.filename}: this installation lacks its reference data; install it again.") from error
    places = Places(
        pc4=postcodes["pc4"].to_numpy().astype(np.int64),
        latitude=postcodes["lat"].to_numpy().astype(np.float64),
        longitude=postcodes["lon"].to_numpy().astype(np.float64),
        municipality=tuple(postcodes["gm_code"].to_pylist()),
    )
    pairs = zip(skills["uri"].to_pylist(), skills["reuse_level"].to_pylist(), strict=True)
    levels = {uri: level for uri, level in pairs if level}
    hashed = hashlib.sha256(json.dumps([places.municipality, sorted(levels.items())]).encode())
    for column in (places.pc4, places.latitude, places.longitude):
        hashed.update(column.tobytes())
    return places, levels, hashed.hexdigest()


def _modes(modes: Reader) -> tuple[Mode, ...]:
    modes.only(MODES, "a way to travel")
    if "walk" not in modes.values:
        modes.fail("walk", "walk, which is always available", None)
    return tuple(_mode(modes.as_mapping(code, value), code) for code, value in modes.values.items())


def _mode(mode: Reader, code: str) -> Mode:
    mode.only(("fixed", "per_km"), "a value of a way to travel")
    segments: list[tuple[int | None, int]] = []
    previous = 0
    for item in mode.items("per_km"):
        if not isinstance(item, list) or len(item) != 2:
            mode.fail("per_km", "pairs of [up to so many metres, rate]", item)
        if segments and segments[-1][0] is None:
            mode.fail("per_km", "null only in the last pair", item)
        up_to = None if item[0] is None else mode.as_whole("per_km", item[0])
        if up_to is not None and up_to <= previous:
            mode.fail("per_km", "distances that go up", item)
        previous = up_to or previous
        segments.append((up_to, mode.as_whole("per_km", item[1])))
    if not segments or segments[-1][0] is not None:
        mode.fail("per_km", "a last pair [null, rate] for the rest", mode.values["per_km"])
    return Mode(code=code, fixed=mode.whole("fixed"), per_km=tuple(segments))


def _water(water: Reader, index: int, item: object) -> Water:
    area = water.as_mapping(f"areas[{index}]", item)
    extra = area.mapping("extra")
    extra.only(MODES, "a way to travel")
    minutes = {code: None if value is None else extra.as_whole(code, value) for code, value in extra.values.items()}
    municipalities = frozenset(area.names("municipalities"))
    return Water(name=str(area.values.get("name", "")), municipalities=municipalities, extra=minutes)


def _licences(codes: Reader) -> dict[str, Licence]:
    licences = {}
    for code, value in codes.values.items():
        licence = codes.as_mapping(code, value)
        licence.only(("weeks", "needs", "includes"), "a value of a licence")
        licences[code] = Licence(
            weeks=licence.whole("weeks"), needs=licence.names("needs"), includes=licence.names("includes")
        )
    for key in ("needs", "includes"):
        _refuse_cycle(codes, key, {code: getattr(licence, key) for code, licence in licences.items()})
    return licences


def _refuse_cycle(codes: Reader, key: str, links: Mapping[str, tuple[str, ...]]) -> None:
    """InputError when following the links comes back at a code already passed."""
    done: set[str] = set()
    for start in links:
        trail: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            code, leaving = stack.pop()
            if leaving:
                done.add(trail.pop())
            elif code in trail:
                codes.fail(f"{code}.{key}", "no cycle", " > ".join([*trail[trail.index(code) :], code]))
            elif code not in done:
                trail.append(code)
                stack.append((code, True))
                stack.extend((linked, False) for linked in links.get(code, ()))


def _demands(demands: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    adaptable, not_adaptable = (tuple(dict.fromkeys(demands.names(key))) for key in ("adaptable", "not_adaptable"))
    both = sorted(set(adaptable) & set(not_adaptable))
    if both:
        demands.fail("adaptable", "no code that is also not_adaptable", both[0])
    if len(adaptable) + len(not_adaptable) > MOST_DEMANDS:
        demands.fail("adaptable", f"at most {MOST_DEMANDS} demands", len(adaptable) + len(not_adaptable))
    return adaptable, not_adaptable


def _leads(lead: Reader) -> dict[str, int]:
    lead.only(LEADS, "a step with a lead time")
    return {name: lead.whole(name) for name in LEADS}


def _learning(learning: Reader) -> Learning:
    levels = learning.mapping("reuse_level")
    levels.only(REUSE_LEVELS, "a reuse level of ESCO")
    own = learning.as_mapping("own", learning.values.get("own") or {})
    return Learning(
        reuse_level={level: levels.whole(level) for level in REUSE_LEVELS},
        unknown=learning.whole("unknown"),
        own={uri: own.whole(uri) for uri in own.values},
        list_counts_as=learning.whole("list_counts_as"),
        cap=learning.whole("cap"),
    )


def _source(name: str, file: RuleFile) -> Source:
    days = {key: _day(file, key) for key in ("valid_from", "checked_on")}
    source = file.values.get("source")
    return Source(file=f"{name}.yaml", source=None if source is None else str(source), **days)


def _day(file: RuleFile, key: str) -> date | None:
    """A date, also between quotes; None when the file does not say."""
    value = file.values.get(key)
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        Reader(file.path, "", file.values).fail(key, "a date such as 2026-01-01", value)


def _digest(parameters: Parameters) -> str:
    """SHA-256 of the values that count, not of how the files write them."""
    names: tuple[str, ...] = ("intrazonal_metres", "modes", "water", "licences", "adaptable", "not_adaptable", "lead")
    names += ("open_hiring_queue", "dutch_per_level", "learning")
    return hashlib.sha256(repr([_plain(getattr(parameters, name)) for name in names]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The value with every mapping and set in a fixed order; the order of modes counts and is kept."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return sorted((key, _plain(item)) for key, item in value.items())
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return [_plain(getattr(value, name)) for name in value.__dataclass_fields__]
    return value
