"""The four routes: their page, their code in the menukaart, and what a desk is asked about them."""

from dataclasses import dataclass

from dichterbij.domains.regions.rules.desk_kinds import Topic
from dichterbij.domains.support.rules.kinds import Route

AREA = "routes"


@dataclass(frozen=True)
class Kind:
    """One route: the topic is what a job seeker, or an employer, asks the desk about."""

    slug: str
    route: Route
    seeker_topic: Topic
    employer_topic: Topic


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("leren-en-werken", Route.LEARN_WORK, Topic.LEARNING, Topic.LEARNING_PLACE),
        Kind("werk-op-maat", Route.CARVING, Topic.JOB_CARVING, Topic.JOB_CARVING),
        Kind("open-hiring", Route.OPEN_HIRING, Topic.OPEN_HIRING, Topic.OPEN_HIRING),
        Kind("ontmoeten", Route.MEETING, Topic.WORK, Topic.WORK),
    )
}
