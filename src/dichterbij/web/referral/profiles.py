"""What a person sent along of "What is near?", as its answers again."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from dichterbij.web.near.answers import Answers

SAME = frozenset(item.name for item in fields(Answers)) - {"filters", "before", "tried", "seen", "background"}


def answers_of(profile: Mapping[str, Any]) -> Answers | None:
    """The answers; None where there is no postcode to look from."""
    if not profile.get("pc4"):
        return None
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in profile.items() if name in SAME
    }
    if isinstance(given.get("available_from"), str):
        given["available_from"] = date.fromisoformat(given["available_from"])
    skills = tuple(profile.get("skills") or ())
    return Answers(**given, own_skills=skills, skills_confirmed=bool(skills))
