"""About whom a hand-over is: a person, by number, or an employer's message. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmployerMessage:
    """What an employer sent about one opening, by its reference."""

    reference: str
