"""Rules of words and concepts: from a text to ESCO occupations and skills, and skills proposed from work."""

from dichterbij.domains.skills.rules.linking.linker import Kind, Language, Linker, Suggestion, shared_linker
from dichterbij.domains.skills.rules.linking.proposed import ProposedSkill, proposed_skills

__all__ = ["Kind", "Language", "Linker", "ProposedSkill", "Suggestion", "proposed_skills", "shared_linker"]
