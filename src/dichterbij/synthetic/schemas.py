"""The columns of the files: those of the bridge first, in its order, then those that never change a bridge."""

import pyarrow as pa

from dichterbij.domains.openings.rules import COLUMNS as OPENINGS
from dichterbij.domains.openings.rules import WORDS

__all__ = ["OPENINGS", "PEOPLE"]

PEOPLE = pa.schema(
    [
        ("person_id", pa.string()),
        ("pc4", pa.int32()),
        ("modes", WORDS),
        ("ebike_possible", pa.bool_()),
        ("max_travel_minutes", pa.int32()),
        ("max_distance_km", pa.int32()),
        ("hours_min", pa.int32()),
        ("hours_max", pa.int32()),
        ("available_from", pa.date32()),
        ("dayparts", WORDS),
        ("childcare_dayparts", WORDS),
        ("dutch", pa.int32()),
        ("level", pa.int32()),
        ("licences", WORDS),
        ("legal", WORDS),
        ("avoid", WORDS),
        ("skills", WORDS),
        ("learn_weeks_max", pa.int32()),
        ("agreements", WORDS),
        ("occupation_uris", WORDS),
        ("invented", pa.bool_()),
    ]
)
