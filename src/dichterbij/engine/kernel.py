"""The rules of the bridge for one person and one opening. Compiled; records in, one packed distance out."""

from dichterbij.engine.arrays import (
    ADAPT,
    AGREED,
    ALWAYS,
    ANY_ROUTE,
    ASK,
    ASK_AVAILABLE,
    ASK_DUTCH,
    ASK_ESSENTIAL,
    ASK_LEGAL,
    ASK_LEVEL,
    ASK_LICENCES,
    ASK_QUEUE,
    ASK_SKILLS,
    CARVING,
    DIRECT,
    FLAGS,
    I8,
    I32,
    I64,
    KEY,
    LEARN_WORK,
    LEARNING,
    MINUTES,
    NEVER,
    NO_BRIDGE,
    OPEN_HIRING,
    ROUTE,
    STEP_CARVING,
    STEP_CHILDCARE,
    STEP_DUTCH,
    STEP_EBIKE,
    STEP_LEARN_WORK,
    STEP_ONBOARDING,
    STEPS,
    UNDESCRIBED,
    WEEKS,
    Plan,
    Record,
    Records,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import LEAD, holds_all, learn_weeks
from dichterbij.engine.held import STEPS as SET_STEPS


@compiled
def no_plan() -> Plan:
    """A rule said no."""
    return Plan(0, -1, 0, 0, 0, 0, 0)


@compiled
def with_step(plan: Plan, lead: int, steps: int, flag: int) -> Plan:
    """The plan with steps that take `lead` weeks beside the others."""
    weeks = max(plan.weeks, lead)
    return Plan(plan.undescribed, weeks, plan.steps + steps, plan.learning, plan.flags | flag, plan.ask, plan.adapt)


@compiled
def with_learning(plan: Plan, weeks: int) -> Plan:
    """The plan with weeks of learning once started."""
    learning = plan.learning + weeks
    return Plan(plan.undescribed, plan.weeks, plan.steps, learning, plan.flags, plan.ask, plan.adapt)


@compiled
def asking(plan: Plan, ask: int) -> Plan:
    """The plan with something to ask."""
    return Plan(plan.undescribed, plan.weeks, plan.steps, plan.learning, plan.flags, plan.ask | ask, plan.adapt)


@compiled
def adapting(plan: Plan, met: int, lead: int) -> Plan:
    """The plan with an adaptation for each of these demands."""
    count, rest = 0, met
    while rest:
        rest &= rest - 1
        count += 1
    weeks = max(plan.weeks, lead) if met else plan.weeks
    return Plan(plan.undescribed, weeks, plan.steps + count, plan.learning, plan.flags, plan.ask, met)


@compiled
def distance(rules: Record, plan: Plan, minutes: int) -> int:
    """The five parts of a distance as one whole number that compares in the same order."""
    key = plan.undescribed * rules.span_weeks + plan.weeks
    key = key * rules.span_steps + plan.steps
    key = key * rules.span_learning + plan.learning
    return int(key * rules.span_minutes + minutes)


@compiled
def hours_fit(person: Record, opening: Record) -> bool:
    """The ranges of hours of person and opening overlap."""
    return bool(max(person.hours_min, opening.hours_min) <= min(person.hours_max, opening.hours_max))


@compiled
def every_route(
    rules: Record, person: Record, opening: Record, licence_sets: I64, legal_sets: I8, by_ebike: bool
) -> Plan:
    """Agreement, legal qualifications, licences, e-bike: the rules that end all routes. Travel is known to fit."""
    plan = Plan(0, 0, 0, 0, 0, 0, 0)
    if not (person.agreements >> opening.agreement) & 1:
        return no_plan()
    if opening.legal_set != 0:
        if not person.legal_known:
            plan = asking(plan, ASK_LEGAL)
        elif not legal_sets[opening.legal_set]:
            return no_plan()
    if opening.licence_set != 0:
        if not person.licences_known:
            plan = asking(plan, ASK_LICENCES)
        else:
            lead = licence_sets[opening.licence_set, LEAD]
            if lead < 0:
                return no_plan()
            plan = with_step(plan, lead, licence_sets[opening.licence_set, SET_STEPS], 0)
    if by_ebike:
        plan = with_step(plan, rules.lead_ebike, 1, STEP_EBIKE)
    if person.available_from == ALWAYS and opening.latest_start != NEVER:
        plan = asking(plan, ASK_AVAILABLE)
    return plan


@compiled
def whole_job(rules: Record, person: Record, opening: Record, plan: Plan) -> Plan:
    """Hours, dayparts and demands of the whole job; for every route but carving."""
    care = opening.dayparts & ~person.dayparts
    met = opening.demands & person.avoid
    if not hours_fit(person, opening) or care & ~person.childcare_dayparts or met & ~rules.adaptable:
        return no_plan()
    if care:
        plan = with_step(plan, rules.lead_childcare, 1, STEP_CHILDCARE)
    return adapting(plan, met, rules.lead_adaptation)


@compiled
def with_dutch(rules: Record, person: Record, opening: Record, plan: Plan) -> Plan:
    """The gap in Dutch: one level, or two where it is learned on the job."""
    if person.dutch == 0:
        return asking(plan, ASK_DUTCH) if opening.dutch > 1 else plan
    gap = opening.dutch - person.dutch
    if gap <= 0:
        return plan
    weeks = rules.dutch_per_level * gap
    if opening.dutch_on_the_job:
        return with_learning(with_step(plan, 0, 1, STEP_DUTCH), weeks) if gap <= 2 else no_plan()
    return with_step(plan, weeks, 1, STEP_DUTCH) if gap == 1 else no_plan()


@compiled
def with_description(person: Record, opening: Record, plan: Plan) -> Plan:
    """Whether the opening says which skills it needs, and whether the person's are known."""
    if opening.essential_start == opening.essential_end:
        asked = plan.ask | ASK_ESSENTIAL
        return Plan(1, plan.weeks, plan.steps, plan.learning, plan.flags, asked, plan.adapt)
    return plan if person.skills_known else asking(plan, ASK_SKILLS)


@compiled
def meets_level(person: Record, needed: int) -> bool:
    """A known level is at least this one; an unknown level counts as enough."""
    return bool(person.level == 0 or person.level >= needed)


@compiled
def asking_level(person: Record, needed: int, plan: Plan) -> Plan:
    """The plan that asks for an unknown level where level 1 would not be enough."""
    return asking(plan, ASK_LEVEL) if person.level == 0 and needed > 1 else plan


@compiled
def offer(
    rules: Record,
    person: Record,
    opening: Record,
    route: int,
    plan: Plan,
    minutes: int,
    agreed: int,
    best: int,
    bridge: I64,
) -> int:
    """Write the bridge down when it starts in time and is smaller than the best so far; the smallest distance."""
    key = distance(rules, plan, minutes)
    if key >= best or max(rules.today + 7 * plan.weeks, person.available_from) > opening.latest_start:
        return best
    bridge[KEY] = key
    bridge[ROUTE] = route
    bridge[UNDESCRIBED] = plan.undescribed
    bridge[WEEKS] = plan.weeks
    bridge[STEPS] = plan.steps
    bridge[LEARNING] = plan.learning
    bridge[MINUTES] = minutes
    bridge[AGREED] = agreed
    bridge[ASK] = plan.ask
    bridge[ADAPT] = plan.adapt
    bridge[FLAGS] = plan.flags
    return key


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
