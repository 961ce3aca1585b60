"""Tables: openings as delivered; messages of employers, their senders, and letters that must leave."""

from dichterbij.domains.openings.models.messages import Letter, Message, Sender
from dichterbij.domains.openings.models.openings import Opening

__all__ = ["Letter", "Message", "Opening", "Sender"]
