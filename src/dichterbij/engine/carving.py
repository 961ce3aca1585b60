"""Carving: the same job without the tasks that do not fit. Compiled."""

from dichterbij.engine.arrays import CARVING, I8, I32, I64, STEP_CARVING, STEP_CHILDCARE, Plan, Record, Records
from dichterbij.engine.compiled import compiled
from dichterbij.engine.fitting import asking_level, hours_fit, meets_level
from dichterbij.engine.held import holds_all
from dichterbij.engine.plans import adapting, distance, offer, with_step


@compiled
def task_fits(rules: Record, person: Record, task: Record, ids: I32, held: I8) -> bool:
    """The person can do this task: demands, dayparts, level and skills."""
    if task.demands & person.avoid & ~rules.adaptable:
        return False
    if task.dayparts & ~(person.dayparts | person.childcare_dayparts):
        return False
    if not meets_level(person, task.level_min):
        return False
    return not person.skills_known or holds_all(task.skill_start, task.skill_end, ids, held)


@compiled
def carved_job(
    rules: Record, person: Record, opening: Record, tasks: Records, ids: I32, held: I8
) -> tuple[int, int, int, int]:
    """Agreed tenths of hours (-1: none that fits), and demands, dayparts and highest level of the tasks kept."""
    total, kept, demands, dayparts, level = 0, 0, 0, 0, 0
    common = not person.skills_known or holds_all(opening.common_start, opening.common_end, ids, held)
    for at in range(opening.task_start, opening.task_end):
        task = tasks[at]
        total += task.hours
        if common and task_fits(rules, person, task, ids, held):
            kept += task.hours
            demands |= task.demands
            dayparts |= task.dayparts
            level = max(level, task.level_min)
    agreed = min(kept, 10 * person.hours_max)
    large_enough = agreed >= max(10 * person.hours_min, opening.carve_min_tenths)
    small_share = (total - agreed) * 1000 <= opening.carve_max_share * total
    is_carved = kept < total or not hours_fit(person, opening)
    return (agreed if large_enough and small_share and is_carved else -1), demands, dayparts, level


@compiled
def carving(
    rules: Record,
    person: Record,
    opening: Record,
    tasks: Records,
    ids: I32,
    held: I8,
    plan: Plan,
    minutes: int,
    limit: int,
    best: int,
    bridge: I64,
) -> int:
    """The smallest distance, now that the job without the tasks that do not fit is tried too."""
    plan = with_step(plan, rules.lead_carving, 1, STEP_CARVING)
    least = distance(rules, plan, minutes)
    if least > limit or least >= best:
        return best
    agreed, demands, dayparts, level = carved_job(rules, person, opening, tasks, ids, held)
    if agreed < 0:
        return best
    if dayparts & ~person.dayparts:
        plan = with_step(plan, rules.lead_childcare, 1, STEP_CHILDCARE)
    plan = adapting(plan, demands & person.avoid, rules.lead_adaptation)
    plan = asking_level(person, level, plan)
    return offer(rules, person, opening, CARVING, plan, minutes, agreed, best, bridge)
