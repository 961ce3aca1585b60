"""A million invented hand-overs with their people, made inside the database: for the lists of desks under load.

Desks differ in size: of 400, the first has one in twenty of all. Most is done; one in twelve waits.
Nothing here is like anybody: names are numbers.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils import timezone

from dichterbij.domains.accounts.models import Membership, Organisation, User
from dichterbij.domains.people.models import Key
from dichterbij.domains.regions.models import Region

DESKS, MOST_WORKERS = 400, 64
NAMES = UUID("6f1c1a2e-8f5a-4b6e-9c40-000000000001")
KINDS = ("wsp", "rmt", "leerwerkloket", "uwv", "municipality", "werkcentrum", "partner")
EVERY = 1000  # one in so many people has a link to their own page


@dataclass(frozen=True)
class Worker:
    """Somebody who works at a desk."""

    user: UUID
    organisation: UUID
    region: str
    role: str


def desk(number: int) -> UUID:
    """The organisation with this number."""
    return uuid5(NAMES, f"desk {number}")


def person(number: int) -> UUID:
    """The person with this number, from 1 on."""
    return UUID(f"00000000-0000-4000-8000-{number:012d}")


def own_token(number: int) -> str:
    """The secret link of the person with this number, where that has one."""
    return f"benchmark-own-page-of-person-number-{number:08d}"


def fill(rows: int, *, workers: int = 16) -> list[Worker]:
    """Make them, unless they are there; as the owner of the tables. Whoever works at the largest desks.

    Needs Django set up, and a database with reference data.
    """
    regions = sorted(Region.objects.values_list("code", flat=True))
    everybody = _workers(regions, MOST_WORKERS)
    found = everybody[:workers]
    if Organisation.objects.filter(pk=desk(0)).exists():
        return found
    with transaction.atomic(), connection.cursor() as cursor:
        # Rows are made whole and right: looking up every reference would take most of the time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")  # a busy machine takes its time
        cursor.execute("SELECT set_config('dichterbij.role', 'hand_over_work', true)")
        _desks(regions, everybody)
        for statement in (_DESKS, _DRAWN, _PEOPLE, _CONTACTS, _ACCESSES, _HANDOVERS, _STEPS):
            cursor.execute(statement, {"rows": rows, "desks": DESKS, "ids": [str(desk(one)) for one in range(DESKS)]})
        links = [(person(one), hashlib.sha256(own_token(one).encode()).digest()) for one in range(1, rows + 1, EVERY)]
        Key.objects.bulk_create(Key(person_id=who, digest=digest, made_at=timezone.now()) for who, digest in links)
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    return found


def _workers(regions: list[str], number: int) -> list[Worker]:
    roles = ["coordinator" if one % 8 == 7 else "adviser" for one in range(number)]
    return [
        Worker(uuid5(NAMES, f"user {one}"), desk(one), regions[one % len(regions)], roles[one]) for one in range(number)
    ]


def _desks(regions: list[str], workers: list[Worker]) -> None:
    Organisation.objects.bulk_create(
        Organisation(
            id=desk(one), name=f"Verzonnen loket {one}", kind=KINDS[one % len(KINDS)],
            region=regions[one % len(regions)], phone="088 123 45 67", invented=True,
        )
        for one in range(DESKS)
    )  # fmt: skip
    User.objects.bulk_create(
        User(id=one.user, email=f"{one.user}@loket.example", name="Verzonnen", kind="staff", made_at=timezone.now(),
             invented=True)
        for one in workers
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(user_id=one.user, organisation_id=one.organisation, role=one.role, valid_from=date(2026, 1, 1))
        for one in workers
    )


_DESKS = """
    CREATE TEMP TABLE many_desks ON COMMIT DROP AS
    SELECT (given.number - 1)::int AS number, desk.id, desk.region
    FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS given(id, number)
    JOIN accounts_organisation AS desk ON desk.id = given.id
"""
# Hashes in place of random numbers: the same rows every time.
_DRAWN = """
    CREATE TEMP TABLE many_rows ON COMMIT DROP AS
    SELECT i, ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid AS person,
           ('00000000-0000-4000-9000-' || lpad(i::text, 12, '0'))::uuid AS handover,
           sender.id AS sender, receiver.id AS receiver, receiver.region,
           CASE WHEN draw.c < 0.08 THEN 'sent' WHEN draw.c < 0.20 THEN 'accepted'
                WHEN draw.c < 0.95 THEN 'closed' ELSE 'withdrawn' END AS state,
           CASE WHEN draw.c < 0.08 THEN now() - (draw.d * 6) * interval '1 day'
                WHEN draw.c < 0.20 THEN now() - (draw.d * 90 + 2) * interval '1 day'
                ELSE now() - (draw.d * 700 + 5) * interval '1 day' END AS made,
           draw.e AS luck
    FROM generate_series(1, %(rows)s) AS i
    CROSS JOIN LATERAL (
        SELECT (hashint8(i * 7 + 1) & 1048575) / 1048576.0 AS a, (hashint8(i * 7 + 2) & 1048575) / 1048576.0 AS b,
               (hashint8(i * 7 + 3) & 1048575) / 1048576.0 AS c, (hashint8(i * 7 + 4) & 1048575) / 1048576.0 AS d,
               (hashint8(i * 7 + 5) & 1048575) / 1048576.0 AS e
    ) AS draw
    JOIN many_desks AS sender ON sender.number = floor(%(desks)s * draw.a * draw.a)::int
    JOIN many_desks AS receiver
        ON receiver.number = (floor(%(desks)s * draw.a * draw.a)::int + 1
                              + floor((%(desks)s - 1) * draw.b * draw.b)::int) %% %(desks)s
"""
_PEOPLE = """
    INSERT INTO people_person (
        id, region, name, language, through, reference, reach_hint, made_at, made_by_id, invented)
    SELECT person, region, 'Verzonnen ' || to_hex(hashint8(i)), 'nl', 'adviser', '', '', made, sender, true
    FROM many_rows ORDER BY i
"""
_CONTACTS = """
    INSERT INTO people_contact (id, person_id, kind, value, digest)
    SELECT gen_random_uuid(), person, 'phone', '06' || lpad((i %% 100000000)::text, 8, '0'), sha256(i::text::bytea)
    FROM many_rows
"""
_ACCESSES = """
    INSERT INTO people_access (id, person_id, organisation_id, purpose, ground, since, until, ended_at)
    SELECT gen_random_uuid(), person, organisation, purpose, 'consent', made, now() + interval '300 days', NULL
    FROM many_rows
    CROSS JOIN LATERAL (VALUES (sender, 'guide_person'), (receiver, 'hand_over')) AS seen(organisation, purpose)
"""
_HANDOVERS = """
    INSERT INTO referral_handover (
        id, reference, token_digest, person, message, region, topic, from_organisation, to_organisation,
        owner_organisation, state, level, bounces, version, answer_by, question, sender_words, language, ending,
        result_goes_along, made_at, moved_at, accepted_at, ended_at, invented, place)
    SELECT handover,
           'OV-' || (
               SELECT string_agg(substr('2346789CDFGHJKMNPQRTWXY', 1 + (i / (23 ^ place)::bigint %% 23)::int, 1)
                                 || CASE WHEN place = 3 THEN '-' ELSE '' END, '' ORDER BY place)
               FROM generate_series(0, 5) AS place),
           encode(sha256(('many ' || i)::bytea), 'hex'), person, '', region,
           (ARRAY['work', 'learning', 'income', 'debts', 'dutch'])[1 + i %% 5], sender, receiver,
           CASE WHEN state = 'accepted' THEN receiver ELSE sender END, state,
           CASE WHEN luck < 0.05 THEN 'region' ELSE 'desk' END, CASE WHEN luck < 0.05 THEN 1 ELSE 0 END,
           CASE state WHEN 'sent' THEN 1 WHEN 'closed' THEN 3 ELSE 2 END,
           (made + interval '5 days')::date, 'Wil graag werken', '', 'nl',
           CASE state WHEN 'closed' THEN 'work' ELSE '' END, false, made, made + interval '1 day',
           CASE WHEN state IN ('accepted', 'closed') THEN made + interval '1 day' END,
           CASE WHEN state IN ('closed', 'withdrawn') THEN made + interval '3 days' END, true, ''
    FROM many_rows ORDER BY i
"""
_STEPS = """
    INSERT INTO referral_step (
        id, handover_id, number, move, at, organisation, to_organisation, level, answer_by, reason)
    SELECT gen_random_uuid(), handover, step.number, step.move, made + (step.number - 1) * interval '1 day',
           CASE WHEN step.number = 1 THEN sender ELSE receiver END,
           CASE WHEN step.number = 1 THEN receiver END, 'desk',
           CASE WHEN step.number = 1 THEN (made + interval '5 days')::date END, ''
    FROM many_rows JOIN LATERAL (
        VALUES (1, 'sent', ARRAY['sent', 'accepted', 'closed', 'withdrawn']),
               (2, 'accepted', ARRAY['accepted', 'closed']),
               (3, 'closed', ARRAY['closed'])
    ) AS step(number, move, states) ON state = ANY (step.states)
"""
_TABLES = ("people_person", "people_contact", "people_access", "referral_handover", "referral_step",
           "accounts_organisation", "accounts_membership", "people_key")  # fmt: skip
