"""A link that was sent ends by itself; how often one is asked is counted by digest, without the address."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import SITE

WHOSE = """
CREATE OR REPLACE FUNCTION people_whose_key(asked bytea) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT person_id FROM people_key
    WHERE digest = asked AND ended_at IS NULL AND (until IS NULL OR until > statement_timestamp())
$$;
"""
WHOSE_BEFORE = """
CREATE OR REPLACE FUNCTION people_whose_key(asked bytea) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$ SELECT person_id FROM people_key WHERE digest = asked AND ended_at IS NULL $$;
"""
ASKED = f"""
CREATE TABLE people_keyasked (
    contact bytea NOT NULL, hour timestamptz NOT NULL, times integer NOT NULL, PRIMARY KEY (contact, hour)
);
REVOKE ALL ON people_keyasked FROM {SITE};
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_key_sent"), ("accounts", "0002_role_of_the_site")]
    operations = [
        migrations.RunSQL(WHOSE, WHOSE_BEFORE),
        migrations.RunSQL(ASKED, "DROP TABLE people_keyasked;"),
    ]
