"""The link to somebody's own page: the site may ask whose it is, and never sees which links there are."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import SITE, protected

PERSON = "nullif(current_setting('dichterbij.person', true), '')::uuid"
KEPT = "CREATE POLICY people_key_kept ON people_key TO CURRENT_USER USING (true) WITH CHECK (true);"
WHOSE = f"""
CREATE FUNCTION people_whose_key(asked bytea) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT person_id FROM people_key WHERE digest = asked AND ended_at IS NULL
$$;
REVOKE ALL ON FUNCTION people_whose_key(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_whose_key(bytea) TO {SITE};
"""  # nosec B608


class Migration(migrations.Migration):
    dependencies = [("people", "0003_key")]
    operations = [
        migrations.RunSQL(*protected("people_key", f"person_id = {PERSON}")),
        migrations.RunSQL(KEPT + WHOSE, "DROP FUNCTION people_whose_key(bytea); DROP POLICY people_key_kept ON people_key;"),
    ]
