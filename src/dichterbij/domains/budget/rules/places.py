"""Where money can be, and which moves there are. Pure; the database says the same on every path (migration 0002)."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.shared.errors import InputError

MOST_CENTS = 100_000_000_000_000
LONGEST_REFERENCE = 200
WORD = re.compile(r"[A-Za-z0-9_.-]{0,80}")
SEPARATOR = ":"


class State(StrEnum):
    """What may still happen to money."""

    OUTSIDE = "outside"  # the world around: where it comes from; the only one that may be below zero
    FREE = "free"
    EARMARKED = "earmarked"
    RESERVED = "reserved"
    COMMITTED = "committed"
    PAID = "paid"
    RECOVERED = "recovered"
    RETURNED = "returned"


class Needs(StrEnum):
    """What is asked before money leaves an account."""

    NOTHING = ""
    FOUR_EYES = "four_eyes"
    PROPOSAL = "proposal"


MOVES = frozenset(
    (State(before), State(after))
    for before, afters in {
        "outside": "free",
        "free": "free earmarked reserved committed returned",
        "earmarked": "free reserved committed",
        "reserved": "free earmarked committed",
        "committed": "free earmarked reserved paid",
        "paid": "recovered",
        "recovered": "free earmarked reserved returned",
    }.items()
    for after in afters.split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose money it is and what for. Empty: not divided further."""

    fund: str
    tranche: str = ""
    region: str = ""
    scheme: str = ""
    route: str = ""
    purpose: str = ""
    activity: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            word = getattr(self, field.name)
            if not isinstance(word, str) or not WORD.fullmatch(word):
                raise InputError(
                    f"{field.name} {str(word)[:80]!r} cannot be used: letters, digits, '_', '-' and '.', at most 80."
                )
        if not self.fund:
            raise InputError("Money is of a fund: name it.")

    @property
    def words(self) -> tuple[str, ...]:
        """Its parts in the order of the class."""
        return tuple(getattr(self, field.name) for field in fields(self))


PARTS = tuple(field.name for field in fields(Place))


@dataclass(frozen=True, slots=True)
class Account:
    """Money in one state at one place."""

    state: State
    place: Place

    @property
    def name(self) -> str:
        """Unique, and as the database has it: `free:ddd:2022:::::`."""
        return SEPARATOR.join((self.state.value, *self.place.words))

    def part(self, name: str) -> str:
        """Its state, or a part of its place, by name."""
        return self.state.value if name == "state" else str(getattr(self.place, name))

    @property
    def short(self) -> str:
        """For people, and read back by `read_account`: `paid:ddd:2022:purpose=regions`."""
        words = dict(zip(PARTS, self.place.words, strict=True))
        named = [f"{part}={word}" for part, word in words.items() if word and part not in ("fund", "tranche")]
        first = [words["fund"], words["tranche"]] if words["tranche"] else [words["fund"]]
        return SEPARATOR.join((self.state.value, *first, *named))


def read_account(name: str) -> Account:
    """An account by its name. InputError.

    Parts at the end may be left out, and be named instead: `paid:ddd:2022:purpose=regions`.
    """
    state, *words = name.strip().split(SEPARATOR)
    if state not in {one.value for one in State}:
        raise InputError(f"{state[:80]!r} is no state of money; known are {', '.join(State)}.")
    told: dict[str, str] = {}
    for position, word in enumerate(words):
        part, is_named, value = word.rpartition("=")
        part = part if is_named else PARTS[position] if position < len(PARTS) else word
        if part not in PARTS or part in told:
            raise InputError(f"{name[:200]!r} is no account; it looks like free:fund:tranche:region:purpose=word.")
        told[part] = value
    return Account(State(state), Place(**{"fund": ""} | told))


@dataclass(frozen=True, slots=True)
class Transfer:
    """Cents that move. `id` is made by whoever asks, so that asking twice is asking once.

    `until`: reserve, and free again after this moment; `settles`: the reserving transfer that this one commits or
    releases (in part); `corrects`: the transfer that this one takes back (in part).
    """

    id: UUID
    source: Account
    target: Account
    cents: int
    reference: str = ""
    until: datetime | None = None
    settles: UUID | None = None
    corrects: UUID | None = None

    def __post_init__(self) -> None:
        check_cents(self.cents)
        if self.source == self.target:
            raise InputError("Money moves from one account to another, not to itself.")
        if len(self.reference) > LONGEST_REFERENCE or not self.reference.isprintable():
            raise InputError(f"A reference is one line of at most {LONGEST_REFERENCE} characters.")
        if sum(one is not None for one in (self.until, self.settles, self.corrects)) > 1:
            raise InputError("A transfer has a term, or settles one, or corrects one: not more than one of these.")


def check_cents(cents: object) -> None:
    """InputError unless it is a positive whole number of cents: never a float, a truth value or a text."""
    if type(cents) is not int:
        raise InputError(f"An amount is a whole number of cents, not {cents!r}.")
    if not 0 < cents <= MOST_CENTS:
        raise InputError(f"{cents} cents cannot be moved: more than nothing, and at most {MOST_CENTS}.")


def is_move(source: State, target: State) -> bool:
    """Whether money may go from one state to the other (a correction goes back along any of them)."""
    return (source, target) in MOVES


def euros(cents: int) -> str:
    """Cents as euros with two decimals, exactly: 1234 is 12.34."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"
