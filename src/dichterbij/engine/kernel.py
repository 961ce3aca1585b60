"""The smallest bridge for one person and one opening. Compiled; records in, one packed distance out."""

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    ASK_QUEUE,
    CARVING,
    DIRECT,
    I8,
    I32,
    I64,
    LEARN_WORK,
    NO_BRIDGE,
    OPEN_HIRING,
    STEP_LEARN_WORK,
    STEP_ONBOARDING,
    Plan,
    Record,
    Records,
)
from dichterbij.engine.carving import carving
from dichterbij.engine.compiled import compiled
from dichterbij.engine.fitting import asking_level, every_route, meets_level, whole_job, with_description, with_dutch
from dichterbij.engine.held import learn_weeks
from dichterbij.engine.plans import asking, distance, offer, with_learning, with_step


@compiled
def direct_or_learn_work(
    rules: Record,
    person: Record,
    opening: Record,
    ids: I32,
    learn: I64,
    held: I8,
    plan: Plan,
    minutes: int,
    only: int,
    bridge: I64,
) -> int:
    """The smaller of the direct and the learn-work route, both for the whole job."""
    agreed = 10 * min(person.hours_max, opening.hours_max)
    missing, weeks = learn_weeks(rules, opening, ids, learn, held) if person.skills_known else (0, 0)
    best, level_min = NO_BRIDGE, opening.level_min
    if only in (ANY_ROUTE, DIRECT) and meets_level(person, level_min):
        direct = asking_level(person, level_min, plan)
        if missing > 0:
            direct = with_learning(with_step(direct, rules.lead_onboarding, 1, STEP_ONBOARDING), weeks)
        if missing == 0 or 0 <= weeks <= opening.onboarding_weeks:
            best = offer(rules, person, opening, DIRECT, direct, minutes, agreed, best, bridge)
    if only in (ANY_ROUTE, LEARN_WORK) and opening.learning_company and missing > 0:
        longest = min(rules.cap, person.learn_weeks_max)
        if 0 <= weeks <= longest and meets_level(person, level_min - 1):
            plan = asking_level(person, level_min - 1, plan)
            plan = with_learning(with_step(plan, rules.lead_learn_work, 1, STEP_LEARN_WORK), weeks)
            best = offer(rules, person, opening, LEARN_WORK, plan, minutes, agreed, best, bridge)
    return best


@compiled
def open_hiring(rules: Record, person: Record, opening: Record, plan: Plan, minutes: int, bridge: I64) -> int:
    """The distance over the opening's list: its wait is lead time; skills, level and Dutch are not looked at."""
    plan = whole_job(rules, person, opening, plan)
    if plan.weeks < 0:
        return NO_BRIDGE
    plan = with_step(plan, opening.queue, 0, 0)
    if not opening.queue_known:
        plan = asking(plan, ASK_QUEUE)
    agreed = 10 * min(person.hours_max, opening.hours_max)
    return offer(rules, person, opening, OPEN_HIRING, plan, minutes, agreed, NO_BRIDGE, bridge)


@compiled
def evaluate(
    rules: Record,
    person: Record,
    opening: Record,
    licence_sets: I64,
    legal_sets: I8,
    tasks: Records,
    ids: I32,
    learn: I64,
    held: I8,
    minutes: int,
    by_ebike: bool,
    only: int,
    limit: int,
    bridge: I64,
) -> int:
    """The packed distance of the smallest bridge; NO_BRIDGE for none, or for one that is surely above `limit`.

    `only` is a route or ANY_ROUTE. The person has been entered and travel found to fit. The bridge's numbers are
    written to `bridge`, but for MODE.
    """
    plan = every_route(rules, person, opening, licence_sets, legal_sets, by_ebike)
    if plan.weeks < 0:
        return NO_BRIDGE
    if opening.open_hiring:
        if only != ANY_ROUTE and only != OPEN_HIRING:
            return NO_BRIDGE
        return open_hiring(rules, person, opening, plan, minutes, bridge)
    plan = with_dutch(rules, person, opening, plan)
    if plan.weeks < 0:
        return NO_BRIDGE
    plan = with_description(person, opening, plan)
    best = NO_BRIDGE
    if only != CARVING:
        whole = whole_job(rules, person, opening, plan)
        if whole.weeks >= 0 and distance(rules, whole, minutes) <= limit:
            best = direct_or_learn_work(rules, person, opening, ids, learn, held, whole, minutes, only, bridge)
    if opening.task_start < opening.task_end and only in (ANY_ROUTE, CARVING):
        best = carving(rules, person, opening, tasks, ids, held, plan, minutes, limit, best, bridge)
    return best
