"""A part of a name is found by an index, among those whom the organisation that acts may see.

A policy stands before every condition that could tell something about a row, so that no index finds part of a name as
long as it is the policy that looks: the names of everybody of the organisation were read. This function looks itself
whether there is an open access, of the organisation that acts and of no other, and gives only numbers.
`pg_trgm` comes with PostgreSQL, and may be added by whoever owns the database.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ORGANISATION, SITE

NAMES = """
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX people_person_by_part_of_name ON people_person USING gin (upper(name) gin_trgm_ops);
"""
NAMED = f"""
CREATE FUNCTION people_named(wanted text, purposes text[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_custom_plan SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    asker uuid := {ORGANISATION};
    found uuid[];
BEGIN
    SELECT array_agg(person_id) INTO found FROM (
        SELECT given.person_id FROM people_access given JOIN people_person person ON person.id = given.person_id
        WHERE given.organisation_id = asker AND given.purpose = ANY (purposes)
        AND given.ended_at IS NULL AND given.until > statement_timestamp() AND upper(person.name) LIKE upper(wanted)
        GROUP BY given.person_id ORDER BY max(given.since) DESC, given.person_id LIMIT most
    ) AS theirs;
    RETURN coalesce(found, ARRAY[]::uuid[]);
END $$;
REVOKE ALL ON FUNCTION people_named(text, text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_named(text, text[], integer) TO {SITE};
"""  # nosec B608


class Migration(migrations.Migration):
    dependencies = [("people", "0009_links_asked")]
    operations = [
        migrations.RunSQL(NAMES, "DROP INDEX people_person_by_part_of_name;"),
        migrations.RunSQL(NAMED, "DROP FUNCTION people_named(text, text[], integer);"),
    ]
