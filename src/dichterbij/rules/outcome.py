"""An answer that explains itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Reason:
    """One rule that was applied: its code, where it comes from, and what it looked at."""

    rule: str
    source: str
    inputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome(Generic[Value]):
    """A value with the reasons that led to it, in the order in which they were applied."""

    value: Value
    reasons: tuple[Reason, ...] = ()
