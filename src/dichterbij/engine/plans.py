"""A plan is a way to start as far as it is known: what each step adds, and its distance. Compiled."""

from dichterbij.engine.arrays import (
    ADAPT,
    AGREED,
    ASK,
    FLAGS,
    I64,
    KEY,
    LEARNING,
    MINUTES,
    ROUTE,
    STEPS,
    UNDESCRIBED,
    WEEKS,
    Plan,
    Record,
)
from dichterbij.engine.compiled import compiled


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
def packed(rules: Record, undescribed: int, weeks: int, steps: int, learning: int, minutes: int) -> int:
    """The five parts of a distance as one whole number that compares in the same order."""
    key = undescribed * rules.span_weeks + weeks
    key = (key * rules.span_steps + steps) * rules.span_learning + learning
    return int(key * rules.span_minutes + minutes)


@compiled
def distance(rules: Record, plan: Plan, minutes: int) -> int:
    """The distance of this plan, packed."""
    return packed(rules, plan.undescribed, plan.weeks, plan.steps, plan.learning, minutes)


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
