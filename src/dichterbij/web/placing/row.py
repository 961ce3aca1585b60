"""A draft as an opening of the bridge: only what is asked; what was not said stays null."""

from typing import Any

from dichterbij.web.placing.draft import Draft

ID = "as-asked"
# A new opening has nobody waiting on its list.
EMPTY_QUEUE = 0
CARVE_MIN_HOURS = 12


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
    """The columns of carving. The hours are divided evenly over the tasks: an assumption, until somebody asks."""
    parts = [[uri] if uri in draft.needed else [] for uri in draft.tasks]
    parts += [[] for line in draft.own_tasks.splitlines() if line.strip()]
    tenths = 10 * (draft.hours_max or 0) // len(parts) if parts else 0
    if not wanted or len(parts) < 2 or tenths < 1:
        return {"carvable": False, "tasks": []}
    tasks = [{"hours": tenths, "essential": part, "demands": [], "dayparts": [], "level_min": None} for part in parts]
    return {"carvable": True, "carve_min_hours": min(CARVE_MIN_HOURS, draft.hours_max or 1), "tasks": tasks}


def can_split(draft: Draft) -> bool:
    """Whether there are tasks to split."""
    return bool(splitting(draft, wanted=True)["tasks"])
