"""Who works where is seen by colleagues, by who answers for them, and by oneself; accounts themselves write it.

Organisations say nothing about people and stay open. What others ask of them, whether anybody works there, two
functions answer with yes or no: they show nobody.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ACCOUNT_WORK, ORGANISATION, REGION, ROLE, SITE, USER

OWN_WORK = f"{ROLE} = '{ACCOUNT_WORK}'"
COLLEAGUE = f"""
    user_id = {USER} OR organisation_id = {ORGANISATION} OR {ROLE} = 'administrator'
    OR ({ROLE} = 'coordinator' AND organisation_id IN (
        SELECT there.id FROM accounts_organisation there WHERE there.region = nullif({REGION}, '')))
"""  # nosec B608
# A policy reads other tables as whoever asks: of whose roles one is seen, that one is seen.
SEEN = {
    "accounts_membership": COLLEAGUE,
    "accounts_user": f"id = {USER} OR EXISTS (SELECT 1 FROM accounts_membership held WHERE held.user_id = accounts_user.id)",  # nosec B608
    "accounts_absence": "EXISTS (SELECT 1 FROM accounts_membership held WHERE held.id = accounts_absence.membership_id)",
}  # nosec B608
GUARDED = "".join(
    f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY {table}_seen ON {table} FOR SELECT TO {SITE} USING ({seen});
    CREATE POLICY {table}_worked ON {table} TO {SITE} USING ({OWN_WORK}) WITH CHECK ({OWN_WORK});
    CREATE POLICY {table}_kept ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
    """
    for table, seen in SEEN.items()
)
OPEN = "".join(
    f"""
    DROP POLICY {table}_kept ON {table}; DROP POLICY {table}_worked ON {table}; DROP POLICY {table}_seen ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    for table in reversed(SEEN)
)
ASKED = f"""
CREATE FUNCTION accounts_works_at(place uuid, roles text[], day date) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM accounts_membership held JOIN accounts_user who ON who.id = held.user_id
        WHERE held.organisation_id = place AND held.role = ANY (roles) AND who.is_active
        AND held.valid_from <= day AND (held.valid_until IS NULL OR held.valid_until > day));
END $$;
CREATE FUNCTION accounts_ever_worked_at(place uuid, roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM accounts_membership held WHERE held.organisation_id = place AND held.role = ANY (roles));
END $$;
REVOKE ALL ON FUNCTION accounts_works_at(uuid, text[], date), accounts_ever_worked_at(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_works_at(uuid, text[], date), accounts_ever_worked_at(uuid, text[]) TO {SITE};
"""  # nosec B608
# Who asks is recognised before it is known who acts, on every page: one statement, with the rights of whoever asks it,
# in which the policies show what is this account's own.
RECOGNISED = f"""
CREATE FUNCTION accounts_recognised(asker uuid, membership bigint, day date) RETURNS TABLE (
    role text, organisation uuid, region text, name text, email text, organisation_name text, invented boolean,
    signed_out_at timestamptz
) LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dichterbij.user', true), '');
BEGIN
    PERFORM set_config('dichterbij.user', asker::text, true);
    RETURN QUERY
        SELECT coalesce(held.role, who.kind), place.id, coalesce(place.region, ''), who.name, coalesce(who.email, ''),
               coalesce(place.name, ''), who.invented, who.signed_out_at
        FROM accounts_user who
        LEFT JOIN accounts_membership held ON held.id = membership AND held.user_id = who.id
            AND held.valid_from <= day AND (held.valid_until IS NULL OR held.valid_until > day)
        LEFT JOIN accounts_organisation place ON place.id = held.organisation_id AND place.ended_on IS NULL
        WHERE who.id = asker AND who.is_active
        AND CASE WHEN membership IS NULL THEN who.kind <> 'staff' ELSE place.id IS NOT NULL END;
    PERFORM set_config('dichterbij.user', before, true);
END $$;
REVOKE ALL ON FUNCTION accounts_recognised(uuid, bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_recognised(uuid, bigint, date) TO {SITE};
"""  # nosec B608
NOT_RECOGNISED = "DROP FUNCTION accounts_recognised(uuid, bigint, date);"
NOT_ASKED = "DROP FUNCTION accounts_works_at(uuid, text[], date); DROP FUNCTION accounts_ever_worked_at(uuid, text[]);"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_who_sees_signing_in")]
    operations = [
        migrations.RunSQL(ASKED, NOT_ASKED), migrations.RunSQL(RECOGNISED, NOT_RECOGNISED),
        migrations.RunSQL(GUARDED, OPEN),
    ]  # fmt: skip
