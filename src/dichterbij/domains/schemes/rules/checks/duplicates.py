"""The same person twice, and employers that may be one: same account, same address, nearly the same name.

Pairs are looked for only inside groups that share something, so the work grows with the number of applications and
not with its square. A pair is one flag, with what was alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from dichterbij.domains.schemes.rules.checks.names import likeness, plain_name
from dichterbij.domains.schemes.rules.checks.signals import Checks, Employer, Placement, Signal, SignalCode
from dichterbij.rules.outcome import Reason

NEIGHBOURS = 8  # names beside each other in order of the alphabet that are compared


def duplicate_people(placements: Iterable[Placement], *, checks: Checks) -> tuple[Signal, ...]:
    """Somebody for whom more than one application was made, with whichever employer."""
    by_person = defaultdict(list)
    for placement in placements:
        by_person[placement.person].append(placement.application)
    return tuple(
        Signal(
            SignalCode.SAME_PERSON,
            tuple(sorted(them)),
            Reason("check.same_person", checks.source, {"times": len(them)}),
        )
        for them in by_person.values()
        if len(them) > 1
    )


def duplicate_employers(employers: Iterable[Employer], *, checks: Checks) -> tuple[Signal, ...]:
    """Employers that share an account or an address, or nearly a name. In order of their keys."""
    known = sorted(employers, key=lambda one: one.key)
    found = [
        *_sharing(known, "account", SignalCode.SAME_ACCOUNT, checks),
        *_sharing(known, "address", SignalCode.SAME_ADDRESS, checks),
        *_near_names(known, checks),
    ]
    return tuple(found)


def _sharing(employers: list[Employer], field: str, code: SignalCode, checks: Checks) -> Iterator[Signal]:
    by_value = defaultdict(list)
    for one in employers:
        value = "".join(str(getattr(one, field)).casefold().split())
        if value:
            by_value[value].append(one.key)
    for keys in by_value.values():
        if len(keys) > 1:
            reason = Reason(f"check.{code.value}", checks.source, {"employers": len(keys)})
            yield Signal(code, tuple(keys), reason)


def _near_names(employers: list[Employer], checks: Checks) -> Iterator[Signal]:
    seen = set()
    for one, other in _name_pairs([(plain_name(one.name), one) for one in employers]):
        pair = (min(one.key, other.key), max(one.key, other.key))
        alike = likeness(plain_name(one.name), plain_name(other.name))
        if alike >= checks.least_likeness and pair not in seen:
            seen.add(pair)
            inputs = {"likeness": alike, "least": checks.least_likeness, "names": (one.name, other.name)}
            yield Signal(SignalCode.NEAR_NAME, pair, Reason("check.near_name", checks.source, inputs))


def _name_pairs(named: list[tuple[str, Employer]]) -> Iterator[tuple[Employer, Employer]]:
    """Pairs worth comparing: near each other by name, by its words in order, or in the same postcode."""
    for key in (lambda one: one[0], lambda one: " ".join(sorted(one[0].split()))):
        ordered = sorted(named, key=lambda one: (key(one), one[1].key))
        for place, (_, one) in enumerate(ordered):
            for _, other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                yield one, other
    by_postcode = defaultdict(list)
    for _, one in named:
        if one.postcode:
            by_postcode[one.postcode].append(one)
    for them in by_postcode.values():
        yield from combinations(them[: NEIGHBOURS * 4], 2)
