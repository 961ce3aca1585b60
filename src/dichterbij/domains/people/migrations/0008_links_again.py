"""When an account was tied; links for who was registered first; a hint for who was registered before hints.

The question for links is made anew whatever was there: 0007 had another form for a day. The persons of an address are
those who were registered first: five invented ones with somebody's address do not keep the real page out of the letter.
"""

from typing import Any

from django.db import migrations, models

from dichterbij.domains.accounts.rules.row_security import SITE
from dichterbij.domains.people.rules import ContactKind, NewContact, masked, reachable

MOST_PERSONS = 5
AT_A_TIME = 5_000


def make(order: str) -> str:
    return f"""
DROP FUNCTION IF EXISTS people_make_keys(bytea, bytea[], timestamptz, integer);
CREATE OR REPLACE FUNCTION people_make_keys(
    asked bytea, address text, digests bytea[], ends timestamptz, most integer
) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this_hour timestamptz := date_trunc('hour', statement_timestamp());
    asked_before integer;
    found uuid[];
BEGIN
    IF cardinality(digests) > {MOST_PERSONS} THEN RAISE EXCEPTION 'at most {MOST_PERSONS} links a question'; END IF;
    IF ends > statement_timestamp() + interval '1 year' THEN RAISE EXCEPTION 'a link that is sent ends'; END IF;
    DELETE FROM people_keyasked WHERE hour < this_hour - interval '1 hour';
    INSERT INTO people_keyasked AS counted (contact, hour, times) VALUES (asked, this_hour, 1)
        ON CONFLICT (contact, hour) DO UPDATE SET times = counted.times + 1 RETURNING times INTO asked_before;
    IF asked_before > least(most, 20) THEN RETURN NULL; END IF;
    SELECT array_agg(person_id ORDER BY made_at {order}, person_id) INTO found FROM (
        SELECT DISTINCT contact.person_id, person.made_at
        FROM people_contact contact JOIN people_person person ON person.id = contact.person_id
        WHERE contact.digest = asked
        AND (contact.kind = 'phone' OR (contact.kind = 'email' AND lower(contact.value) = lower(address)
             AND contact.value ~ '^[!-~]+$' AND address ~ '^[!-~]+$'))
        AND NOT EXISTS (SELECT 1 FROM accounts_user staff
                        WHERE staff.kind = 'staff' AND staff.email = lower(contact.value))
        AND NOT EXISTS (SELECT 1 FROM accounts_organisation desk WHERE lower(desk.email) = lower(contact.value))
        ORDER BY person.made_at {order}, contact.person_id LIMIT cardinality(digests)
    ) AS theirs;
    INSERT INTO people_key (id, person_id, digest, way, made_at, until)
        SELECT gen_random_uuid(), found[place], digests[place], 'sent', statement_timestamp(), ends
        FROM generate_subscripts(found, 1) AS place;
    RETURN coalesce(found, ARRAY[]::uuid[]);
END $$;
REVOKE ALL ON FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer) TO {SITE};
"""  # nosec B608


WITHOUT_HINT = """
SELECT contact.person_id, array_agg(ARRAY[contact.kind, contact.value] ORDER BY contact.kind, contact.value)
FROM people_person person JOIN people_contact contact ON contact.person_id = person.id
WHERE person.reach_hint = '' AND contact.kind IN ('email', 'phone')
AND NOT EXISTS (SELECT 1 FROM journal_auditevent event
                WHERE event.action = 'people.person_corrected' AND event.data->>'person' = person.id::text)
GROUP BY contact.person_id
"""


def hints(apps: Any, editor: Any) -> None:
    """Who corrected an address before there were hints has none: what was given at the start is not known any more."""
    with editor.connection.cursor() as reading:
        reading.execute(WITHOUT_HINT)
        rows = reading.fetchall()
    found = [(hint, person) for person, contacts in rows if (hint := hint_of(contacts))]
    with editor.connection.cursor() as writing:
        for first in range(0, len(found), AT_A_TIME):
            writing.executemany("UPDATE people_person SET reach_hint = %s WHERE id = %s", found[first : first + AT_A_TIME])


def hint_of(contacts: list[list[str]]) -> str:
    first = reachable([NewContact(ContactKind(kind), value) for kind, value in contacts], by_text=True)
    return masked(first) if first else ""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_whose_links"), ("journal", "0003_auditevent_trace_processing")]
    operations = [
        migrations.AddField("person", "account_since", models.DateTimeField(null=True)),
        migrations.RunSQL(make("ASC"), make("DESC")),
        migrations.RunPython(hints, migrations.RunPython.noop),
    ]
