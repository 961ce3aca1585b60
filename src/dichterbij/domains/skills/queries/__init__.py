"""Reads of the skills: concepts with a label in the language asked for, and what occupations need."""

from dichterbij.domains.skills.queries.concepts import (
    ConceptRow,
    Description,
    broader,
    concept,
    concepts,
    description,
    essential_skills,
    optional_skills,
)
from dichterbij.domains.skills.queries.coverage import LabelCoverage, label_coverage

__all__ = [
    "ConceptRow",
    "Description",
    "LabelCoverage",
    "broader",
    "concept",
    "concepts",
    "description",
    "essential_skills",
    "label_coverage",
    "optional_skills",
]
