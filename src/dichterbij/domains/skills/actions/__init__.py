"""Writes of the skills: load concepts, labels and relations from the packaged reference data."""

from dichterbij.domains.skills.actions.concepts import reference_sets

__all__ = ["reference_sets"]
