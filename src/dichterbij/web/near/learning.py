"""A learning place is learned in: its plain way in is that of learning and working, whatever the bridge calls it."""

from dataclasses import replace

from dichterbij.domains.matching.queries import Bridge, Explanation

LEARNING_PLACE = "learning_place"
PLAIN, LEARNING = "direct", "learn_work"
BOTH = frozenset({PLAIN, LEARNING})


def ways(found: tuple[Bridge, ...]) -> tuple[Bridge, ...]:
    """The ways to a learning place, the shortest first: of the plain and the learning way the shorter, as learning."""
    shorter = next((way for way in found if way.route in BOTH), None)
    kept = (way for way in found if way.route not in BOTH or way is shorter)
    return tuple(replace(way, route=LEARNING) if way is shorter else way for way in kept)


def explanation(found: Explanation) -> Explanation:
    """The explanation of a learning place: the rules of that same way under the name of learning, the other left out.

    When neither can be walked, those of the plain way: they say what is asked of whoever begins.
    """
    both = [route for route in found.trace.routes if route.route in BOTH]
    walked = [(route.distance.key, number) for number, route in enumerate(both) if route.distance]
    chosen = both[min(walked)[1]].route if walked else PLAIN
    pairs = zip(found.routes, found.trace.routes, strict=True)
    kept = [(told, traced) for told, traced in pairs if told.route not in BOTH or told.route == chosen]
    name = next(route.name for route in found.routes if route.route == LEARNING)
    return replace(
        found,
        best=LEARNING if found.best in BOTH else found.best,
        routes=tuple(replace(told, route=LEARNING, name=name) if told.route == chosen else told for told, _ in kept),
        trace=replace(
            found.trace,
            routes=tuple(replace(traced, route=LEARNING) if traced.route == chosen else traced for _, traced in kept),
        ),
    )
