"""Concepts (ESCO occupations, skills and their groups), their labels and relations, as loaded from the packaged data.

Rows are never deleted: what is no longer in the packaged data carries the date it disappeared.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

KINDS = ("occupation", "skill", "occupation_group", "skill_group")


class Concept(models.Model):
    """An occupation, a skill or a group of either. The URI is its name in the world, the id only ours."""

    id = models.BigAutoField(primary_key=True)
    uri = models.TextField(unique=True)
    kind = models.TextField()
    code = models.TextField(null=True)
    isco = models.TextField(null=True)
    skill_type = models.TextField(null=True)
    reuse_level = models.TextField(null=True)
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="concept_of_a_known_kind"),
            models.CheckConstraint(condition=Q(uri__regex=r"^https?://\S+$"), name="concept_uri_is_an_address"),
            models.CheckConstraint(
                condition=~Q(kind="occupation") | (Q(isco__isnull=False) & Q(isco__regex=r"^[0-9]{4}$")),
                name="occupation_has_an_isco_group",
            ),
        ]


class Label(models.Model):
    """How a concept is called in one language: one preferred text, and the other texts people use for it."""

    id = models.BigAutoField(primary_key=True)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="labels")
    language = models.CharField(max_length=2)
    text = models.TextField()
    alternatives = ArrayField(models.TextField(), default=list)
    description = models.TextField(null=True)
    source = models.TextField()
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "language"], name="label_once_per_language"),
            models.CheckConstraint(condition=Q(language__in=("nl", "en")), name="label_language_is_nl_or_en"),
            models.CheckConstraint(condition=Q(source__in=("esco", "ours")), name="label_source_is_esco_or_ours"),
            models.CheckConstraint(condition=~Q(text=""), name="label_is_not_empty"),
        ]


class OccupationSkill(models.Model):
    """A skill that an occupation needs (essential) or may use (optional), says ESCO."""

    id = models.BigAutoField(primary_key=True)
    occupation = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="skill_relations", db_index=False)
    skill = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="occupation_relations")
    relation = models.TextField()
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "skill"], name="skill_once_per_occupation"),
            models.CheckConstraint(
                condition=Q(relation__in=("essential", "optional")), name="relation_is_essential_or_optional"
            ),
        ]


class Broader(models.Model):
    """One concept falls under a broader one."""

    id = models.BigAutoField(primary_key=True)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="broader_links", db_index=False)
    broader = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="narrower_links")
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "broader"], name="broader_once"),
            models.CheckConstraint(condition=~Q(concept=F("broader")), name="broader_is_another_concept"),
        ]
