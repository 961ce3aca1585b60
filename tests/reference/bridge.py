"""The door of the reference: what `match` and `people-for` have to give."""

import datetime
import hashlib
from dataclasses import asdict
from typing import Any

from reference.gaps import Row
from reference.routes import smallest_bridge
from reference.world import World


def match(
    people: list[Row], openings: list[Row], *, date: datetime.date, seed: int, top: int, world: World
) -> list[dict[str, Any]]:
    """The rows of `match`."""
    # "then the first 8 bytes (big-endian, unsigned) of SHA-256 of `seed|opening_id`
    #  (UTF-8, seed as a decimal whole number >= 0), then file order"
    lots = [lot(f"{seed}|{opening['opening_id']}") for opening in openings]
    rows = []
    # "one row per person and opening, people in input order, then distance"
    for person in people:
        found = []
        for place, opening in enumerate(openings):
            bridge = smallest_bridge(person, opening, date, world)
            if bridge is not None:
                found.append((bridge.distance(), lots[place], place, bridge))
        # "at most `--top` a person. A person without a bridge has no row."; "position (from 1)"
        for position, (_, _, place, bridge) in enumerate(sorted(found, key=lambda one: one[:3])[:top], start=1):
            opening_id = openings[place]["opening_id"]
            rows.append(
                {"person_id": person["person_id"], "position": position, "opening_id": opening_id, **asdict(bridge)}
            )
    return rows


def people_for(
    opening: Row,
    people: list[Row],
    *,
    date: datetime.date,
    seed: int,
    within_weeks: int,
    within_steps: int,
    world: World,
) -> list[dict[str, Any]]:
    """The rows of `people-for`."""
    # "each person's smallest bridge to that opening, those with weeks_to_start and steps within the limits, without
    #  position: order steps, then SHA-256 of `seed|opening_id|person_id` (first 8 bytes, big-endian, unsigned),
    #  then input order"
    found = []
    for place, person in enumerate(people):
        bridge = smallest_bridge(person, opening, date, world)
        if bridge is None or bridge.weeks_to_start > within_weeks or bridge.steps > within_steps:
            continue
        number = lot(f"{seed}|{opening['opening_id']}|{person['person_id']}")
        row = {"person_id": person["person_id"], "opening_id": opening["opening_id"], **asdict(bridge)}
        found.append((bridge.steps, number, place, row))
    return [row for _, _, _, row in sorted(found, key=lambda one: one[:3])]


def lot(text: str) -> int:
    """The number by which chance orders."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")
