"""Rules of openings: their columns, references for messages, and the terms of a message."""

from dichterbij.domains.openings.rules.columns import (
    AGREEMENTS,
    BRIDGE_COLUMNS,
    COLUMNS,
    DAYPARTS,
    DEFAULTS,
    OTHER_COLUMNS,
    TASK,
    WORDS,
    check_ids,
    check_lists,
    check_tasks,
    stands_twice,
    whole_table,
)
from dichterbij.domains.openings.rules.references import read_reference, reference_of
from dichterbij.domains.openings.rules.terms import NO_TITLE, AnswerTerm, Terms, load_terms

__all__ = [
    "AGREEMENTS",
    "BRIDGE_COLUMNS",
    "COLUMNS",
    "DAYPARTS",
    "DEFAULTS",
    "NO_TITLE",
    "OTHER_COLUMNS",
    "TASK",
    "WORDS",
    "AnswerTerm",
    "Terms",
    "check_ids",
    "check_lists",
    "check_tasks",
    "load_terms",
    "read_reference",
    "reference_of",
    "stands_twice",
    "whole_table",
]
