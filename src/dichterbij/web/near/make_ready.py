"""A process of its own that makes the openings of the latest delivery ready, after everybody who answers visitors."""

import os

# Above the ordinary 0, so that pages go first when there is one core for both.
NICENESS = 10


def main() -> None:
    """Set Django up as the environment says, make ready, and end."""
    os.nice(NICENESS)
    import django

    django.setup()
    from django.utils import timezone

    from dichterbij.web.near.making import make

    make(timezone.localdate())
