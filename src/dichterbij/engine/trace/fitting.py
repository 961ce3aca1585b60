"""Rules that look at one answer each: offered, agreement, hours, dayparts, demands, queue, Dutch, level, start."""

from datetime import date, timedelta

from dichterbij.engine.trace.values import Outcome, Pair, RuleTrace, Step, Values, outcome_of, weeks_to_start


def offered_rule(pair: Pair, route: str) -> RuleTrace:
    """Whether the employer offers this route at all."""
    opening = pair.opening
    if route == "open_hiring":
        is_ok = opening.open_hiring
    elif opening.open_hiring:
        return RuleTrace("offered", Outcome.NO, needed={"open_hiring": True}, change="employer_opens_other_routes")
    elif route == "learn_work":
        is_ok = opening.learning_company
    elif route == "carving":
        is_ok = opening.carvable and bool(opening.tasks)
    else:
        is_ok = True
    return RuleTrace("offered", outcome_of(is_ok), change=None if is_ok else f"employer_offers_{route}")


def agreement_rule(pair: Pair) -> RuleTrace:
    """The kind of agreement is one that the person wants."""
    held, needed = pair.person.agreements, pair.opening.agreement
    is_ok = needed in held
    return RuleTrace(
        "agreement",
        outcome_of(is_ok),
        {"agreements": held},
        {"agreement": needed},
        change=None if is_ok else "agreements",
    )


def hours_fit(pair: Pair) -> bool:
    """The ranges of hours overlap."""
    person, opening = pair.person, pair.opening
    return max(person.hours_min, opening.hours_min) <= min(person.hours_max, opening.hours_max)


def _hours_values(pair: Pair) -> tuple[Values, Values]:
    person, opening = pair.person, pair.opening
    held: Values = {"hours_min": person.hours_min, "hours_max": person.hours_max}
    return held, {"hours_min": opening.hours_min, "hours_max": opening.hours_max}


def hours_rule(pair: Pair) -> RuleTrace:
    """The hours of the whole job."""
    is_ok = hours_fit(pair)
    return RuleTrace("hours", outcome_of(is_ok), *_hours_values(pair), change=None if is_ok else "hours")


def dayparts_rule(pair: Pair) -> RuleTrace:
    """Dayparts of the whole job, with childcare as a step."""
    person, needed = pair.person, pair.opening.dayparts
    missing = [part for part in needed if part not in person.dayparts]
    held: Values = {"dayparts": person.dayparts, "childcare_dayparts": person.childcare_dayparts}
    values: tuple[Values, Values] = (held, {"dayparts": needed})
    if not missing:
        return RuleTrace("dayparts", Outcome.OK, *values)
    if set(missing) <= set(person.childcare_dayparts):
        return RuleTrace("dayparts", Outcome.STEP, *values, (Step("childcare", pair.parameters.lead["childcare"]),))
    return RuleTrace("dayparts", Outcome.NO, *values, change="dayparts")


def adaptation_steps(pair: Pair, demands: tuple[str, ...]) -> tuple[Step, ...]:
    """An adaptation for each of these demands that the person should not meet."""
    met = [code for code in demands if code in pair.person.avoid]
    return tuple(Step(f"adaptation:{code}", pair.parameters.lead["adaptation"]) for code in met)


def demands_rule(pair: Pair) -> RuleTrace:
    """Demands of the whole job: avoided ones are adapted, or end the route."""
    person, needed = pair.person, pair.opening.demands
    values: tuple[Values, Values] = ({"avoid": person.avoid}, {"demands": needed})
    if any(code in person.avoid and code in pair.parameters.not_adaptable for code in needed):
        return RuleTrace("demands", Outcome.NO, *values, change="demands")
    steps = adaptation_steps(pair, needed)
    return RuleTrace("demands", Outcome.STEP if steps else Outcome.OK, *values, steps)


def queue_rule(pair: Pair) -> RuleTrace:
    """The wait on the open-hiring list."""
    known = pair.opening.queue_weeks
    weeks = pair.parameters.open_hiring_queue if known is None else known
    return RuleTrace("queue", Outcome.ASKED if known is None else Outcome.OK, needed={"queue_weeks": weeks})


def dutch_rule(pair: Pair) -> RuleTrace:
    """The gap in Dutch: one level, or two where it is learned on the job."""
    held, needed, on_the_job = pair.person.dutch, pair.opening.dutch, pair.opening.dutch_on_the_job
    values: tuple[Values, Values] = ({"dutch": held}, {"dutch": needed, "dutch_on_the_job": on_the_job})
    if held is None:
        return RuleTrace("dutch", Outcome.ASKED if needed > 1 else Outcome.OK, *values)
    gap = needed - held
    if gap <= 0:
        return RuleTrace("dutch", Outcome.OK, *values)
    weeks = pair.parameters.dutch_per_level * gap
    if on_the_job and gap <= 2:
        return RuleTrace("dutch", Outcome.STEP, *values, (Step("dutch", learning=weeks),))
    if gap == 1:
        return RuleTrace("dutch", Outcome.STEP, *values, (Step("dutch", lead=weeks),))
    return RuleTrace("dutch", Outcome.NO, *values, change="dutch")


def level_rule(pair: Pair, route: str) -> RuleTrace:
    """The level of work and thinking; one lower will do for learn-work."""
    held, level_min = pair.person.level, pair.opening.level_min
    needed = (level_min or 0) - (1 if route == "learn_work" else 0)
    values: tuple[Values, Values] = ({"level": held}, {"level": max(needed, 0) or None})
    if held is None:
        return RuleTrace("level", Outcome.ASKED if needed > 1 else Outcome.OK, *values)
    is_ok = held >= needed
    return RuleTrace("level", outcome_of(is_ok), *values, change=None if is_ok else "level")


def start_rule(pair: Pair, rules: list[RuleTrace]) -> RuleTrace:
    """The day the person can start, against the opening's latest start."""
    latest, available = pair.opening.latest_start, pair.person.available_from
    needed: Values = {"latest_start": latest}
    if any(rule.outcome is Outcome.NO for rule in rules) or latest is None:
        outcome = Outcome.OK if latest is None else Outcome.NOT_APPLICABLE
        return RuleTrace("start", outcome, {"available_from": available}, needed)
    try:
        ready = pair.on + timedelta(weeks=weeks_to_start(rules))
    except OverflowError:
        ready = date.max
    first = max(ready, available or pair.on)
    held: Values = {"available_from": available, "first_day": first}
    if first > latest:
        return RuleTrace("start", Outcome.NO, held, needed, change="latest_start")
    return RuleTrace("start", Outcome.ASKED if available is None else Outcome.OK, held, needed)
