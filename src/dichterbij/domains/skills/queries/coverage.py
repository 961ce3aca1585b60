"""How much of what occupations need can be said in Dutch, and in whose words."""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q

from dichterbij.domains.skills.models import OccupationSkill


@dataclass(frozen=True, slots=True)
class LabelCoverage:
    """Mentions of a skill as essential for an occupation, by whose Dutch label it has."""

    esco: int
    ours: int
    none: int


def label_coverage() -> LabelCoverage:
    """Counts over all essential relations of today. One query."""
    dutch = FilteredRelation(
        "skill__labels", condition=Q(skill__labels__language="nl", skill__labels__obsolete_on=None)
    )
    rows = OccupationSkill.objects.filter(relation="essential", obsolete_on=None).annotate(dutch=dutch)
    counts = dict(rows.values(source=F("dutch__source")).values_list("source").annotate(mentions=Count("id")))
    return LabelCoverage(counts.get("esco", 0), counts.get("ours", 0), counts.get(None, 0))
