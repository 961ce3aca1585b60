"""The rules of a day as arrays: plain numbers, roads and waters, and how large each part of a distance can be."""

from datetime import date
from typing import Any

import numpy as np

from dichterbij.engine.arrays import I64, RULES, UNREACHABLE, Records, Roads, filled_records, starts_of
from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.shared.errors import InputError

EPOCH = date(1970, 1, 1).toordinal()
MODES_IF_UNKNOWN = 1 << MODES.index("bike") | 1 << MODES.index("public_transport")
LONGEST_TRAVEL = 600
MOST_QUEUE_WEEKS, MOST_ONBOARDING_WEEKS = 255, 52
FARTHEST = 1 << 40  # metres; "up to" of the last segment


def rule_records(parameters: Parameters, on: date) -> Records:
    """The plain numbers among the parameters, for this day. InputError when they are too large to compute with."""
    values = _spans(parameters) | {f"lead_{name}": weeks for name, weeks in parameters.lead.items()}
    values |= {
        "intrazonal_metres": parameters.intrazonal_metres,
        "modes_if_unknown": MODES_IF_UNKNOWN,
        "adaptable": (1 << len(parameters.adaptable)) - 1,
        "dutch_per_level": parameters.dutch_per_level,
        "list_counts_as": parameters.learning.list_counts_as,
        "cap": parameters.learning.cap,
        "today": on.toordinal() - EPOCH,
    }
    return filled_records(RULES, 1, values)


def roads_of(parameters: Parameters) -> Roads:
    """Places and modes as arrays."""
    segments = [mode.per_km if (mode := parameters.mode(code)) else () for code in MODES]
    fixed = [mode.fixed if (mode := parameters.mode(code)) else 0 for code in MODES]
    ends = [FARTHEST if up_to is None else up_to for part in segments for up_to, _ in part]
    return Roads(
        latitude=np.radians(parameters.places.latitude),
        longitude=np.radians(parameters.places.longitude),
        behind=_behind(parameters),
        mode_order=np.array([MODES.index(mode.code) for mode in parameters.modes], dtype=np.int64),
        mode_fixed=np.array(fixed, dtype=np.int64),
        segment_start=starts_of([len(part) for part in segments]),
        segment_up_to=np.array(ends, dtype=np.int64),
        segment_rate=np.array([rate for part in segments for _, rate in part], dtype=np.int64),
        water_extra=_water_extra(parameters),
    )


def _behind(parameters: Parameters) -> Any:
    behind = np.zeros((len(parameters.places.pc4), len(parameters.water)), dtype=np.int8)
    for area, water in enumerate(parameters.water):
        behind[:, area] = [gm_code in water.municipalities for gm_code in parameters.places.municipality]
    return behind


def _water_extra(parameters: Parameters) -> I64:
    extra = np.zeros((len(parameters.water), len(MODES)), dtype=np.int64)
    for area, water in enumerate(parameters.water):
        for mode, code in enumerate(MODES):
            minutes = water.extra.get(code, 0)
            extra[area, mode] = UNREACHABLE if minutes is None else minutes
    return extra


def _spans(parameters: Parameters) -> dict[str, int]:
    """How many values each part of a distance can have, so that a distance fits in 63 bits."""
    licence_weeks = sum(licence.weeks for licence in parameters.licences.values())
    dutch = 2 * parameters.dutch_per_level
    spans = {
        "span_weeks": 1
        + max(*parameters.lead.values(), licence_weeks, dutch, parameters.open_hiring_queue, MOST_QUEUE_WEEKS),
        "span_steps": 6 + len(parameters.licences) + len(parameters.adaptable),
        "span_learning": 1 + dutch + max(MOST_ONBOARDING_WEEKS, min(parameters.learning.cap, 255)),
        "span_minutes": 1 + LONGEST_TRAVEL,
    }
    total = 2
    for span in spans.values():
        total *= span
    if total >= 1 << 63:
        raise InputError("The parameters hold numbers of weeks that are too large to compare distances with.")
    return spans
