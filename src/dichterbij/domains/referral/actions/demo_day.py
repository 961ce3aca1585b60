"""The demonstration as it stands today: what is late has gone up, and no letter of before waits to leave."""

from datetime import datetime

from dichterbij.domains.openings.queries import message_of
from dichterbij.domains.post import actions as post
from dichterbij.domains.referral.actions.demo import story_links
from dichterbij.domains.referral.actions.demo_employers import story_messages
from dichterbij.domains.referral.actions.watching import watch_terms
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.seeing import digest_of, own_work


def settle_demo(*, now: datetime) -> None:
    """Do once what a timer does every working day. Repeatable.

    The story was made at moments before now: its letters would leave late and all at once, so they never do.
    """
    watch_terms(now=now)
    digests = [digest_of(link) for link in story_links()]
    messages = [message_of(token=link).reference for link in story_messages()]
    with own_work():
        told = Handover.objects.filter(token_digest__in=digests) | Handover.objects.filter(message__in=messages)
        post.take_back([*told.values_list("reference", flat=True), *messages])
