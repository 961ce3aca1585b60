"""How long the log of uses of data is kept."""

from datetime import date
from functools import cache

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError

LEAST_YEARS = 1  # the database itself deletes nothing that is younger: migration 0007


@cache
def years_of_uses(on: date) -> int:
    """For how many years a use of data stays in the log. InputError for less than the database allows."""
    rows = read_rule_folder(newest_folder(RULES / "journal", on=on), names=("terms",), own=None)["terms"].values
    years = int(rows["uses"]["years"])
    if years < LEAST_YEARS:
        raise InputError(f"journal, uses: {years} years is less than {LEAST_YEARS}, which the database keeps anyway.")
    return years


def first_day_kept(on: date) -> date:
    """Uses of before this day are past their term."""
    year = on.year - years_of_uses(on)
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
