"""When more people come than the site can serve: how many a minute get to the form, and how long a turn stays."""

from dataclasses import dataclass
from datetime import date, timedelta

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder


@dataclass(frozen=True, slots=True)
class FullHouse:
    """The pace of the door, and for how long a turn that came is kept."""

    per_minute: int
    keep: timedelta

    @property
    def between(self) -> timedelta:
        """From one turn to the next."""
        return timedelta(minutes=1) / self.per_minute

    def before(self, wait: timedelta) -> int:
        """How many people go first when one waits this long."""
        return max(0, round(wait / self.between))


def full_house(on: date) -> FullHouse:
    """The pace of this day."""
    files = read_rule_folder(newest_folder(RULES / "full_house", on=on), names=("full_house",), own=None)
    values = files["full_house"].values
    return FullHouse(int(values["per_minute"]), timedelta(minutes=int(values["keep_minutes"])))
