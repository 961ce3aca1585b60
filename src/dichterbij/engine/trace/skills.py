"""What is missing, and the weeks it takes to learn."""

from dichterbij.engine.facts import Opening, Person
from dichterbij.engine.parameters import NOT_LEARNABLE, Parameters
from dichterbij.engine.trace.values import Outcome, Pair, RuleTrace, Step, Values


def missing_skills(person: Person, opening: Opening) -> tuple[str, ...]:
    """Essential skills that the person does not hold; none when the person's skills are unknown."""
    if person.skills is None:
        return ()
    held = set(person.skills)
    return tuple(skill for skill in opening.essential if skill not in held)


def weeks_to_learn(missing: tuple[str, ...], essentials: int, parameters: Parameters) -> int | None:
    """L: weeks to learn what is missing; None when a skill cannot be learned here."""
    weeks = [parameters.learn_weeks(skill) for skill in missing]
    if NOT_LEARNABLE in weeks:
        return None
    if not missing:
        return 0
    counted = max(parameters.learning.list_counts_as, essentials)
    return -(-sum(weeks) * parameters.learning.list_counts_as // counted)


def skills_rule(pair: Pair, route: str) -> RuleTrace:
    """What is missing can be learned in the time that this route leaves for it."""
    person, opening = pair.person, pair.opening
    missing = missing_skills(person, opening)
    weeks = weeks_to_learn(missing, len(opening.essential), pair.parameters)
    held: Values = {"skills": person.skills, "missing": missing, "weeks": weeks}
    if route == "direct":
        most, step = opening.onboarding_weeks, "onboarding"
    else:
        most, step = min(pair.parameters.learning.cap, person.learn_weeks_max), "learn_work"
    needed: Values = {"essential": opening.essential, "most_weeks": most}
    if not missing:
        if route == "learn_work":
            return RuleTrace("skills", Outcome.NO, held, needed, change="nothing_to_learn")
        asked = person.skills is None or not opening.essential
        return RuleTrace("skills", Outcome.ASKED if asked else Outcome.OK, held, needed)
    if weeks is None or weeks > most:
        change = "skills" if weeks is None else f"skills_{route}"
        return RuleTrace("skills", Outcome.NO, held, needed, change=change)
    return RuleTrace("skills", Outcome.STEP, held, needed, (Step(step, pair.parameters.lead[step], weeks),))
