"""A draft as an opening of the bridge: only what is asked; what was not said stays null."""

import re
from collections.abc import Sequence
from typing import Any

from dichterbij.web.placing.draft import Draft

ID = "as-asked"
# A new opening has nobody waiting on its list.
EMPTY_QUEUE = 0
CARVE_MIN_HOURS = 12
# "Soep koken, 4 uur" or "soup: 2.5 hours".
HOURS = re.compile(r"(?<![\d.,:])(\d{1,2})(?:[.,](\d))?\s*(?:uur|uren|u|hours?|h)\)?\.?$", re.IGNORECASE | re.ASCII)
Part = tuple[list[str], int | None]


def opening_row(draft: Draft) -> dict[str, Any]:
    """The columns of the contract. A draft that has a place and hours."""
    return {
        "opening_id": ID,
        "pc4": draft.pc4,
        "agreement": draft.agreement,
        "hours_min": draft.hours_min,
        "hours_max": draft.hours_max,
        "latest_start": draft.latest_start,
        "dayparts": list(draft.dayparts),
        "dutch": draft.dutch,
        "dutch_on_the_job": "dutch" in draft.willing,
        "level_min": draft.level,
        "licences": list(draft.licences),
        "demands": list(draft.demands),
        "essential": list(draft.needed),
        "onboarding_weeks": draft.onboarding,
        "open_hiring": "open_hiring" in draft.willing,
        "queue_weeks": EMPTY_QUEUE if "open_hiring" in draft.willing else None,
        "learning_company": "learn_work" in draft.willing,
        **splitting(draft, wanted="split" in draft.willing),
    }


def splitting(draft: Draft, *, wanted: bool) -> dict[str, Any]:
    """The columns of carving. Hours that no task names are divided evenly over the others: an assumption."""
    parts: list[Part] = [([uri] if uri in draft.needed else [], None) for uri in draft.tasks]
    parts += [([], tenths) for _, tenths in own_tasks(draft.own_tasks)]
    tasks = _with_hours(parts, draft.hours_max or 0)
    if not wanted or len(tasks) < 2:
        return {"carvable": False, "tasks": []}
    return {"carvable": True, "carve_min_hours": min(CARVE_MIN_HOURS, draft.hours_max or 1), "tasks": tasks}


def own_tasks(text: str) -> list[tuple[str, int | None]]:
    """Each line of somebody's own tasks, with its tenths of an hour a week when it names hours at its end."""
    found: list[tuple[str, int | None]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        hours = HOURS.search(line)
        tenths = 10 * int(hours[1]) + int(hours[2] or 0) if hours else 0
        found.append((line, tenths or None))
    return found


def _with_hours(parts: Sequence[Part], hours: int) -> list[dict[str, Any]]:
    """The tasks with their hours; none when the hours cannot be divided."""
    named = [tenths for _, tenths in parts if tenths]
    left, others = 10 * hours - sum(named), len(parts) - len(named)
    each = left // others if others else 0
    if left < 0 or (others and each < 1):
        return []
    return [_task(skills, tenths or each) for skills, tenths in parts]


def _task(skills: list[str], tenths: int) -> dict[str, Any]:
    return {"hours": tenths, "essential": skills, "demands": [], "dayparts": [], "level_min": None}
