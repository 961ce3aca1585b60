"""Letters of before the one outbox are in it: what waits still leaves, what left stays gone."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from support.database import connected_to_own_database
from support.post import letters

pytestmark = pytest.mark.long  # tables are taken down and put up again
BEFORE = {"referral": "0007_employers", "openings": "0002_messages"}


def test_what_waited_and_what_left_came_along(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), connected_to_own_database("moved"):
        for app, migration in BEFORE.items():
            call_command("migrate", app, migration, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(_MESSAGE)
            cursor.execute(_HANDOVER)
            cursor.execute("SET session_replication_role = DEFAULT")
        call_command("migrate", verbosity=0)
        kept = {(one.about, one.kind, one.number): (one.recipient, one.sent_at is None) for one in letters()}
    assert kept == {
        ("DB-7K4M-2Q", "desk", 1): ("wsp@example.nl", True),
        ("OV-7K4M-2Q", "receiver", 3): ("", False),
    }


_MESSAGE = """
    INSERT INTO openings_message (id, reference, token_digest, placed_at, title, pc4, region_id, desk_id,
                                  desk_is_invented, language, asked, keep_sender_until)
    VALUES (1, 'DB-7K4M-2Q', repeat('a', 64), now(), 'Bakker', 1811, 'AM15', 'AM15-wsp', false, 'nl', '{}', now());
    INSERT INTO openings_letter (message_id, kind, recipient, subject, text, created_at, tries)
    VALUES (1, 'desk', 'wsp@example.nl', 'Bakker', 'Ans vraagt een bakker', now(), 2);
"""
_HANDOVER = """
    INSERT INTO referral_handover (id, reference, token_digest, person, message, region, topic, to_organisation,
        owner_organisation, state, level, bounces, version, answer_by, question, sender_words, language, ending,
        result_goes_along, made_at, moved_at, invented, place)
    VALUES ('00000000-0000-4000-8000-000000000001', 'OV-7K4M-2Q', repeat('b', 64), gen_random_uuid(), '', 'AM15',
        'work', gen_random_uuid(), gen_random_uuid(), 'sent', 'desk', 0, 3, now(), 'Werk', '', 'nl', '', false,
        now(), now(), true, '');
    INSERT INTO referral_letter (id, handover_id, kind, number, recipient, subject, text, created_at, sent_at, tries)
    VALUES (gen_random_uuid(), '00000000-0000-4000-8000-000000000001', 'receiver', 3, '', '', '', now(), now(), 1);
"""
