"""Counting that no page ever waits for long, and that never makes one fail."""

import logging
import time

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dichterbij.domains.outreach.actions import count_steps
from dichterbij.domains.outreach.rules import Step
from dichterbij.web.campaign.visit import Visit, keep, may_be_counted

PAUSE_SECONDS = 30.0
log = logging.getLogger(__name__)


class Counter:
    """Counts; after a database that did not answer it rests for a while, so that one visitor waits and not all."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    def count(self, code: str, step: Step) -> bool:
        """Whether this step was counted."""
        if time.monotonic() < self._rests_until:
            return False
        try:
            return count_steps(code=code, steps=[step], on=timezone.localdate())
        except (DatabaseError, InterfaceError) as error:
            self._rests_until = time.monotonic() + PAUSE_SECONDS
            # Only the kind of error: nothing about this visit may be in a log.
            log.warning("campaign figures rest for %d seconds because of %s", PAUSE_SECONDS, type(error).__name__)
            return False


counter = Counter()


def take_step(request: HttpRequest, response: HttpResponse, visit: Visit, step: Step) -> None:
    """Count a step of a visit once, and let the browser remember that it was."""
    if step not in visit.counted and may_be_counted(request) and counter.count(visit.code, step):
        keep(response, visit.with_step(step))
