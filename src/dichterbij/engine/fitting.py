"""The rules that end a route or add a step: licences, hours, dayparts, demands, Dutch, level. Compiled."""

from dichterbij.engine.arrays import (
    ALWAYS,
    ASK_AVAILABLE,
    ASK_DUTCH,
    ASK_ESSENTIAL,
    ASK_LEGAL,
    ASK_LEVEL,
    ASK_LICENCES,
    ASK_SKILLS,
    I8,
    I64,
    NEVER,
    STEP_CHILDCARE,
    STEP_DUTCH,
    STEP_EBIKE,
    Plan,
    Record,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import LEAD
from dichterbij.engine.held import STEPS as SET_STEPS
from dichterbij.engine.plans import adapting, asking, no_plan, with_learning, with_step


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
