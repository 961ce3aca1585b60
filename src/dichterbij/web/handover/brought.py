"""Whose answers this browser holds: those of somebody who was handed over go along with nobody else."""

import hashlib
from dataclasses import fields

from django.http import HttpRequest

from dichterbij.web.near.answers import Answers

OPENED = "answers_opened_of_somebody"
LOOKING = frozenset({"filters", "before", "tried", "seen", "background"})  # how somebody looks, not who it is


def opened_of_somebody(request: HttpRequest, answers: Answers) -> None:
    """Remember that a desk opened these answers of somebody who was handed over to it."""
    request.session[OPENED] = _digest(answers)


def may_go_along(request: HttpRequest, answers: Answers) -> bool:
    """Whether there are answers, and they are not those of somebody whom this desk looked at before."""
    return answers.pc4 is not None and request.session.get(OPENED) != _digest(answers)


def _digest(answers: Answers) -> str:
    told = [(item.name, getattr(answers, item.name)) for item in fields(Answers) if item.name not in LOOKING]
    return hashlib.sha256(repr(told).encode()).hexdigest()
