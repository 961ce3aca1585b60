"""What signing in and inviting leave behind goes when its term is over."""

from dataclasses import dataclass
from datetime import datetime

from dichterbij.domains.accounts.actions.invitations import forget_invitations
from dichterbij.domains.accounts.actions.links import forget_links
from dichterbij.domains.accounts.actions.memberships import COMMAND
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record


@dataclass(frozen=True, slots=True)
class ForgottenTraces:
    """How many of each went."""

    links: int
    invitations: int


def forget_traces(*, now: datetime) -> ForgottenTraces:
    """Addresses in links and invitations that are over. A second time changes nothing."""
    with account_work():
        gone = ForgottenTraces(forget_links(now), forget_invitations(now))
        if gone.links or gone.invitations:
            data = {"links": gone.links, "invitations": gone.invitations}
            record(actor=COMMAND, action="accounts.traces_forgotten", data=data, now=now)
    return gone
