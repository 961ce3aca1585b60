"""What of a count of people may be shown, so that nobody can be picked out.

Below FEWEST a count is "fewer than"; from there it is rounded to the nearest multiple of FEWEST. Rounding is what
protects differences: of two counts, shown apart or on two pages, the difference is never known to the person. Two
equal numbers tell only that fewer than FEWEST lie between them.
"""

FEWEST = 5


def shown_count(count: int) -> int | None:
    """The number to show, a multiple of FEWEST; None for fewer than FEWEST (nobody at all is that too)."""
    if count < 0:
        raise ValueError(f"a count of people is not below 0: {count}")
    return None if count < FEWEST else (count + FEWEST // 2) // FEWEST * FEWEST
