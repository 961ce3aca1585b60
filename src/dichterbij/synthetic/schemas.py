"""The columns of the files: those of the bridge first, in its order, then those that never change a bridge."""

import pyarrow as pa

WORDS = pa.list_(pa.string())

TASK = pa.struct(
    [
        ("hours", pa.int32()),
        ("essential", WORDS),
        ("demands", WORDS),
        ("dayparts", WORDS),
        ("level_min", pa.int32()),
    ]
)

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

OPENINGS = pa.schema(
    [
        ("opening_id", pa.string()),
        ("pc4", pa.int32()),
        ("agreement", pa.string()),
        ("hours_min", pa.int32()),
        ("hours_max", pa.int32()),
        ("latest_start", pa.date32()),
        ("dayparts", WORDS),
        ("dutch", pa.int32()),
        ("dutch_on_the_job", pa.bool_()),
        ("level_min", pa.int32()),
        ("licences", WORDS),
        ("legal", WORDS),
        ("demands", WORDS),
        ("essential", WORDS),
        ("optional", WORDS),
        ("onboarding_weeks", pa.int32()),
        ("open_hiring", pa.bool_()),
        ("queue_weeks", pa.int32()),
        ("learning_company", pa.bool_()),
        ("carvable", pa.bool_()),
        ("carve_min_hours", pa.int32()),
        ("carve_max_share", pa.int32()),
        ("tasks", pa.list_(TASK)),
        ("title_nl", pa.string()),
        ("title_en", pa.string()),
        ("occupation_uri", pa.string()),
        ("employer_name", pa.string()),
        ("sector", pa.string()),
        ("wage_cents_per_hour_min", pa.int32()),
        ("wage_cents_per_hour_max", pa.int32()),
        ("invented", pa.bool_()),
    ]
)
