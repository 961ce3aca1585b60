"""The job without the tasks that do not fit."""

from dataclasses import dataclass

from dichterbij.engine.trace.fitting import adaptation_steps, hours_fit
from dichterbij.engine.trace.values import Outcome, Pair, RuleTrace, Step, Values


@dataclass(frozen=True)
class _Fit:
    """A task with what it takes, and whether the person can do it."""

    hours: int
    essential: tuple[str, ...]
    demands: tuple[str, ...]
    dayparts: tuple[str, ...]
    level: int
    is_kept: bool


def _fits(pair: Pair) -> list[_Fit]:
    """Every task; what the opening needs and no task names belongs to each of them."""
    person, opening = pair.person, pair.opening
    unnamed = {
        name: tuple(
            item for item in getattr(opening, name) if not any(item in getattr(task, name) for task in opening.tasks)
        )
        for name in ("essential", "demands", "dayparts")
    }
    possible = {*person.dayparts, *person.childcare_dayparts}
    fits = []
    for task in opening.tasks:
        essential = (*task.essential, *unnamed["essential"])
        demands = (*task.demands, *unnamed["demands"])
        dayparts = (*task.dayparts, *unnamed["dayparts"])
        level = task.level_min or opening.level_min or 0
        can = (
            (person.skills is None or set(essential) <= set(person.skills))
            and not any(code in person.avoid and code in pair.parameters.not_adaptable for code in demands)
            and set(dayparts) <= possible
            and (person.level is None or person.level >= level)
        )
        fits.append(_Fit(task.hours, essential, demands, dayparts, level, can))
    return fits


def task_rules(pair: Pair) -> list[RuleTrace]:
    """The job without the tasks that do not fit: its hours, and the steps that the kept tasks ask for."""
    person, opening, parameters = pair.person, pair.opening, pair.parameters
    fits = _fits(pair)
    kept = [task for task in fits if task.is_kept]
    total, kept_hours = sum(task.hours for task in fits), sum(task.hours for task in kept)
    agreed = min(kept_hours, 10 * person.hours_max)
    least = 10 * max(person.hours_min, opening.carve_min_hours)
    held: Values = {"total": total, "kept": kept_hours, "agreed": agreed, "tasks": len(fits), "kept_tasks": len(kept)}
    needed: Values = {"least": least, "carve_max_share": opening.carve_max_share}
    change = _carving_change(pair, total=total, kept=kept_hours, agreed=agreed, least=least)
    if change:
        return [RuleTrace("tasks", Outcome.NO, held, needed, change=change)]
    steps = [Step("carving", parameters.lead["carving"])]
    demands = tuple(dict.fromkeys(code for task in kept for code in task.demands))
    if any(part not in person.dayparts for task in kept for part in task.dayparts):
        steps.append(Step("childcare", parameters.lead["childcare"]))
    rules = [RuleTrace("tasks", Outcome.STEP, held, needed, (*steps, *adaptation_steps(pair, demands)))]
    if person.level is None and any(task.level > 1 for task in kept):
        highest = max(task.level for task in kept)
        rules.append(RuleTrace("level", Outcome.ASKED, {"level": None}, {"level": highest}))
    if person.skills is None or not opening.essential:
        shown: Values = {"skills": person.skills, "missing": ()}
        rules.append(RuleTrace("skills", Outcome.ASKED, shown, {"essential": opening.essential}))
    return rules


def _carving_change(pair: Pair, *, total: int, kept: int, agreed: int, least: int) -> str | None:
    """What would change that there is no carved job; None when there is one."""
    if kept == 0:
        return "no_task_fits"
    if agreed < least:
        return "carved_job_too_small"
    if (total - agreed) * 1000 > pair.opening.carve_max_share * total:
        return "carved_too_much"
    if kept == total and hours_fit(pair):
        return "nothing_to_carve"
    return None
