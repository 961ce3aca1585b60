"""Tables: openings as delivered; messages of employers and their senders."""

from dichterbij.domains.openings.models.messages import Message, Sender
from dichterbij.domains.openings.models.openings import Opening

__all__ = ["Message", "Opening", "Sender"]
