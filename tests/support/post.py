"""What is in the outbox, as the post itself sees it, and a way to send that is up or down."""

from datetime import datetime

from dichterbij.domains.post import actions
from dichterbij.domains.post.actions import Outbox
from dichterbij.domains.post.errors import UnreachableError
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.rules import Channel
from dichterbij.domains.post.seeing import own_work


class Post:
    """A mail server that is up or down, and what it took."""

    def __init__(self, *, up: bool = True) -> None:
        self.up, self.asked, self.sent = up, 0, list[tuple[str, str, str]]()

    def __call__(self, recipient: str, subject: str, text: str) -> None:
        self.asked += 1
        if not self.up:
            raise UnreachableError("mail is down")
        self.sent.append((recipient, subject, text))

    @property
    def recipients(self) -> list[str]:
        """To whom letters went, in order."""
        return [recipient for recipient, _, _ in self.sent]


def send(post: Post, now: datetime, about: str | None = None) -> Outbox:
    """One round of sending."""
    return actions.send(actor="tests", transports={Channel.MAIL: post}, now=now, about=about)


def letters(about: str | None = None, **values: object) -> list[Letter]:
    """The letters there are, oldest first."""
    with own_work():
        found = Letter.objects.filter(**values, **({"about": about} if about else {}))
        return list(found.order_by("number", "kind"))
