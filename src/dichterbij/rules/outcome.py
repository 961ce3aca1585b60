"""An answer with its reasons: every rule of a domain returns one, so a page, the API and a letter give the same reasons."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's stable name, the sentence in Dutch and English, where the rule comes from, what it looked at."""

    rule: str
    nl: str
    en: str
    source: str
    inputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Value_co]):
    """What a rule found, with at least one reason."""

    value: Value_co
    reasons: tuple[Reason, ...]
