"""A process of its own that makes the openings of the latest delivery ready, after everybody who answers visitors."""

import os
import signal
import sys
from datetime import date

# Above the ordinary 0, so that pages go first when there is one core for both.
NICENESS = 10


def main() -> None:
    """Make ready for the day that is the first argument. Ends after the seconds that are the second, whatever hangs."""
    on, seconds = date.fromisoformat(sys.argv[1]), int(sys.argv[2])
    # Also when the process that asked is gone: others would wait for this one for ever.
    signal.alarm(seconds)
    os.nice(NICENESS)
    import django

    django.setup()
    from dichterbij.web.near.making import make

    make(on)
