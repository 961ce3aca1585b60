"""Links go to the address of the person alone: the site asks for them, and never hears whose an address is otherwise.

One statement for every address, known or not, so that the time it takes tells nothing. An address of somebody who works
at a desk, or of a desk, opens nobody's page: whoever handed a person over may have filled in their own. The letter goes
to the address as it was asked, so that must be the very address that is kept: two that only fold to the same letters
(ß and ss) are two mail boxes.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import SITE

MOST_PERSONS = 5
MAKE = f"""
DROP FUNCTION IF EXISTS people_make_keys(bytea, bytea[], timestamptz, integer);
CREATE FUNCTION people_make_keys(
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
    SELECT array_agg(person_id ORDER BY made_at DESC, person_id) INTO found FROM (
        SELECT DISTINCT contact.person_id, person.made_at
        FROM people_contact contact JOIN people_person person ON person.id = contact.person_id
        WHERE contact.digest = asked
        AND (contact.kind = 'phone' OR (contact.kind = 'email' AND lower(contact.value) = lower(address)
             AND contact.value ~ '^[!-~]+$' AND address ~ '^[!-~]+$'))
        AND NOT EXISTS (SELECT 1 FROM accounts_user staff
                        WHERE staff.kind = 'staff' AND staff.email = lower(contact.value))
        AND NOT EXISTS (SELECT 1 FROM accounts_organisation desk WHERE lower(desk.email) = lower(contact.value))
        ORDER BY person.made_at DESC, contact.person_id LIMIT cardinality(digests)
    ) AS theirs;
    INSERT INTO people_key (id, person_id, digest, way, made_at, until)
        SELECT gen_random_uuid(), found[place], digests[place], 'sent', statement_timestamp(), ends
        FROM generate_subscripts(found, 1) AS place;
    RETURN coalesce(found, ARRAY[]::uuid[]);
END $$;
REVOKE ALL ON FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer) TO {SITE};
"""  # nosec B608
FORGET = "DROP FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer);"


class Migration(migrations.Migration):
    dependencies = [("people", "0006_links_that_are_sent")]
    operations = [migrations.RunSQL(MAKE, FORGET)]
