"""The arrays the kernel works on: rules, people and openings in one numbering of skills, licences and places.

People, openings and tasks are arrays of records, so that one person or opening is one stretch of memory, and compiled
functions take a pointer to it rather than a hundred arrays (which took minutes to compile).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

I8 = npt.NDArray[np.int8]
I16 = npt.NDArray[np.int16]
U16 = npt.NDArray[np.uint16]
U64 = npt.NDArray[np.uint64]
F32 = npt.NDArray[np.float32]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
Records = npt.NDArray[np.void]
Record = Any  # one record of an array; its fields have the names of the types below

DIRECT, OPEN_HIRING, LEARN_WORK, CARVING = 0, 1, 2, 3
ROUTES = ("direct", "open_hiring", "learn_work", "carving")
ANY_ROUTE = -1

WALK, EBIKE = 0, 2  # places in MODES
UNREACHABLE = 1 << 40  # minutes of a mode that cannot be used
NO_BRIDGE = (1 << 63) - 1
# A day that is not given: later (latest_start) or earlier (available_from) than any date.
NEVER, ALWAYS = 1 << 60, -(1 << 60)

# What was unknown and asked after, as bits; in alphabetical order, as the output wants them.
TO_ASK = ("available_from", "dutch", "essential", "legal", "level", "licences", "modes", "queue", "skills")
ASK_AVAILABLE, ASK_DUTCH, ASK_ESSENTIAL, ASK_LEGAL, ASK_LEVEL, ASK_LICENCES, ASK_MODES, ASK_QUEUE, ASK_SKILLS = (
    1 << bit for bit in range(9)
)

# Columns of the numbers of one bridge.
(KEY, ROUTE, UNDESCRIBED, WEEKS, STEPS, LEARNING, MINUTES, MODE, AGREED, ASK, ADAPT, FLAGS) = range(12)
BRIDGE_COLUMNS = 12
# Bits of FLAGS: steps that have no code list of their own.
STEP_EBIKE, STEP_CHILDCARE, STEP_DUTCH, STEP_ONBOARDING, STEP_LEARN_WORK, STEP_CARVING = (1 << bit for bit in range(6))


def records_of(**fields: str) -> np.dtype[np.void]:
    """A record type; the fields are given per type, names with spaces between."""
    names = [(name, kind) for kind, text in fields.items() for name in text.split()]
    return np.dtype(names, align=True)


RULES = records_of(
    i8="""intrazonal_metres modes_if_unknown adaptable lead_ebike lead_childcare lead_adaptation lead_carving
    lead_learn_work lead_onboarding dutch_per_level list_counts_as cap today
    span_weeks span_steps span_learning span_minutes"""
)
PERSON = records_of(
    i8="max_metres available_from avoid skill_start skill_end licence_start licence_end legal_start legal_end",
    i4="place",
    i2="modes max_travel_minutes hours_min hours_max learn_weeks_max",
    i1="ebike_possible dayparts childcare_dayparts dutch level agreements licences_known legal_known skills_known",
)
OPENING = records_of(
    i8="""latest_start demands queue essential_start essential_end optional_start optional_end
    common_start common_end task_start task_end""",
    i4="rank place licence_set legal_set",
    i2="hours_min hours_max onboarding_weeks carve_min_tenths carve_max_share",
    i1="agreement dayparts dutch dutch_on_the_job level_min open_hiring queue_known learning_company",
)
TASK = records_of(i8="hours demands skill_start skill_end", i1="dayparts level_min")


class Roads(NamedTuple):
    """Where the places lie and how fast each mode goes. Modes are places in MODES; `mode_order` decides ties."""

    latitude: F64  # radians, per place
    longitude: F64
    behind: I8  # [place, area]: 1 where the place lies in the water area
    mode_order: I64
    mode_fixed: I64
    segment_start: I64  # per mode, into the two below
    segment_up_to: I64
    segment_rate: I64
    water_extra: I64  # [area, mode], UNREACHABLE where it cannot be crossed


class Codes(NamedTuple):
    """Licences of the table, and the distinct sets of licences and legal codes that openings need; set 0 is empty."""

    licence_weeks: I64  # per licence, -1 for a code that the table only names; a code stands before those it needs
    needs_start: I64
    needs: I64
    licence_set_start: I64
    licence_sets: I32
    legal_set_start: I64
    legal_sets: I32


class Skills(NamedTuple):
    """Skill lists of openings and tasks, end to end, numbered in alphabetical order; and the tasks."""

    ids: I32
    learn_weeks: I64  # per skill
    tasks: Records


class Held(NamedTuple):
    """Work space of one thread: what the person at hand holds, and what that means for each set of codes."""

    skill: I8  # per skill: 1 when held
    licence: I8
    legal: I8
    missing: I8  # per licence of the table, for the set last looked at
    lead: I64
    licence_sets: I64  # [set]: lead weeks (-1 cannot be had), steps
    legal_sets: I8  # [set]: 1 when all are held


class World(NamedTuple):
    """All that the kernel looks at."""

    rules: Records  # one record
    roads: Roads
    codes: Codes
    people: Records
    people_ids: I32  # skills, licences and legal codes of people, end to end
    openings: Records  # ordered by place
    place_start: I64  # per work place, into the openings
    work_place: I32  # place of each work place
    skills: Skills
    held: Held


class Plan(NamedTuple):
    """A way to start, as far as it is known. `weeks` is -1 when a rule said no."""

    undescribed: int
    weeks: int
    steps: int
    learning: int
    flags: int
    ask: int
    adapt: int


def work_space(skills: Skills, codes: Codes, licences: int, legal: int) -> Held:
    """Fresh work space."""

    def zeros(*size: int, kind: Any = np.int64) -> Any:
        return np.zeros([max(length, 1) for length in size], dtype=kind)

    table = len(codes.licence_weeks)
    return Held(
        skill=zeros(len(skills.learn_weeks), kind=np.int8),
        licence=zeros(licences, kind=np.int8),
        legal=zeros(legal, kind=np.int8),
        missing=zeros(table, kind=np.int8),
        lead=zeros(table),
        licence_sets=zeros(len(codes.licence_set_start) - 1, 2),
        legal_sets=zeros(len(codes.legal_set_start) - 1, kind=np.int8),
    )


def filled_records(kind: np.dtype[np.void], size: int, values: Mapping[str, Any]) -> Records:
    """Records with these fields; every field must be given."""
    records = np.zeros(size, dtype=kind)
    for name in kind.names or ():
        records[name] = values[name]
    return records


def starts_of(lengths: Any) -> I64:
    """Where each stretch begins when stretches of these lengths stand end to end, and the end."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.asarray(lengths, dtype=np.int64))])
