"""What the person at hand holds, and what that means for each set of codes that openings need. Compiled."""

from dichterbij.engine.arrays import I8, I32, I64, Codes, Held, Record
from dichterbij.engine.compiled import compiled
from dichterbij.engine.parameters import NOT_LEARNABLE

LEAD, STEPS = 0, 1  # of a licence set


@compiled
def mark(person: Record, people_ids: I32, held: Held, value: int) -> None:
    """Write `value` in the work space for all that this person holds."""
    for at in range(person.skill_start, person.skill_end):
        held.skill[people_ids[at]] = value
    for at in range(person.licence_start, person.licence_end):
        held.licence[people_ids[at]] = value
    for at in range(person.legal_start, person.legal_end):
        held.legal[people_ids[at]] = value


@compiled
def enter_person(person: Record, people_ids: I32, codes: Codes, held: Held) -> None:
    """Begin with this person; `mark(..., 0)` ends it.

    Every set of codes is worked out now, so that a pair only looks up one number: handing the work space on for each
    pair cost ten times as much.
    """
    mark(person, people_ids, held, 1)
    if person.legal_known:
        for legal_set in range(len(codes.legal_set_start) - 1):
            held.legal_sets[legal_set] = holds_legal(codes, legal_set, held)
    if person.licences_known:
        for licence_set in range(len(codes.licence_set_start) - 1):
            work_out_licences(codes, licence_set, held)


@compiled
def holds_legal(codes: Codes, legal_set: int, held: Held) -> bool:
    """Every legally protected qualification of this set is held by the person at hand."""
    for at in range(codes.legal_set_start[legal_set], codes.legal_set_start[legal_set + 1]):
        if not held.legal[codes.legal_sets[at]]:
            return False
    return True


@compiled
def mark_missing(codes: Codes, licence_set: int, held: Held) -> bool:
    """Mark the licences missing for this set, with those they need; False when one cannot be had."""
    held.missing[:] = 0
    table = len(codes.licence_weeks)
    for at in range(codes.licence_set_start[licence_set], codes.licence_set_start[licence_set + 1]):
        code = codes.licence_sets[at]
        if not held.licence[code]:
            if code >= table:
                return False
            held.missing[code] = 1
    for code in range(table):
        if held.missing[code]:
            if codes.licence_weeks[code] < 0:
                return False
            for at in range(codes.needs_start[code], codes.needs_start[code + 1]):
                if not held.licence[codes.needs[at]]:
                    held.missing[codes.needs[at]] = 1
    return True


@compiled
def work_out_licences(codes: Codes, licence_set: int, held: Held) -> None:
    """Lead weeks (-1: cannot be had) and counted steps of this set for the person at hand."""
    result = held.licence_sets[licence_set]
    result[LEAD], result[STEPS] = -1, 0
    if not mark_missing(codes, licence_set, held):
        return
    longest = 0
    for code in range(len(codes.licence_weeks) - 1, -1, -1):
        if held.missing[code]:
            before = 0
            for at in range(codes.needs_start[code], codes.needs_start[code + 1]):
                if held.missing[codes.needs[at]]:
                    before = max(before, held.lead[codes.needs[at]])
            held.lead[code] = codes.licence_weeks[code] + before
            longest = max(longest, held.lead[code])
            if codes.licence_weeks[code] > 0:
                result[STEPS] += 1
    result[LEAD] = longest


@compiled
def learn_weeks(rules: Record, opening: Record, ids: I32, weeks_of: I64, held: I8) -> tuple[int, int]:
    """How many essential skills the person at hand misses, and L in weeks (-1: cannot be learned)."""
    missing, total, learnable = 0, 0, True
    for at in range(opening.essential_start, opening.essential_end):
        skill = ids[at]
        if not held[skill]:
            missing += 1
            total += weeks_of[skill]
            if weeks_of[skill] == NOT_LEARNABLE:
                learnable = False
    if missing == 0:
        return 0, 0
    if not learnable:
        return missing, -1
    essential = opening.essential_end - opening.essential_start
    if essential <= rules.list_counts_as:  # also keeps the largest parameters within 64 bits
        return missing, total
    return missing, (total * rules.list_counts_as + essential - 1) // essential


@compiled
def holds_all(first: int, last: int, ids: I32, held: I8) -> bool:
    """The person at hand holds every skill of this stretch."""
    for at in range(first, last):  # noqa: SIM110 - no generators in compiled code
        if not held[ids[at]]:
            return False
    return True
