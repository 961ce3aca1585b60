"""The terms of signing in, in the numbers that pages say."""

from django.utils import timezone

from dichterbij.domains.accounts.rules import sign_in_terms


def link_minutes() -> int:
    """How long a link works."""
    return int(sign_in_terms(timezone.localdate()).link.total_seconds() // 60)


def wait_minutes() -> int:
    """How long the door is closed after too many wrong codes."""
    return int(sign_in_terms(timezone.localdate()).wait.total_seconds() // 60)


def invitation_days() -> int:
    """How long an invitation works."""
    return sign_in_terms(timezone.localdate()).invitation.days
