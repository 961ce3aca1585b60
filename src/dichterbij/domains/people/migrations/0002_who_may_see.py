"""Who may see whom, kept by the database itself, and the one question that looks further: "known elsewhere?"."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ORGANISATION, ROLE, SITE, USER, protected

PERSON = "nullif(current_setting('dichterbij.person', true), '')::uuid"
OWN_TABLES = ("people_person", "people_contact", "people_profile", "people_access", "people_consent")
MOST_A_DAY = 500  # questions of one organisation: many times what all its advisers register on a day


def given(column: str) -> str:
    """An access of the organisation that acts is open; not `now()`, which stands still during a transaction.

    `column` with its table: without it, it would be the column of `given` itself.
    """
    return f"""EXISTS (
        SELECT 1 FROM people_access given WHERE given.person_id = {column} AND given.organisation_id = {ORGANISATION}
        AND given.ended_at IS NULL AND given.until > statement_timestamp())"""  # nosec B608


def seen(column: str) -> str:
    """The person's own stretch, or an organisation that was given access."""
    return f"{column} = {PERSON} OR {given(column)}"


OWN_ACCOUNT = f"({ROLE} = 'citizen' AND account_id = {USER})"
POLICIES = (
    protected("people_person", f"{seen('people_person.id')} OR {OWN_ACCOUNT}"),
    protected("people_contact", seen("people_contact.person_id")),
    protected("people_profile", seen("people_profile.person_id")),
    # Nobody gives themselves access: rows are written in the person's own stretch only.
    protected("people_access", f"organisation_id = {ORGANISATION} OR person_id = {PERSON}",
              written_when=f"person_id = {PERSON}"),
    protected("people_consent", f"organisation_id = {ORGANISATION} OR person_id = {PERSON}",
              written_when=f"person_id = {PERSON}"),
)  # fmt: skip


def column_of(table: str) -> str:
    return "id" if table == "people_person" else "person_id"


# Only in the person's own stretch is a person made, and is anything deleted.
NARROWER = f"""
    CREATE POLICY people_person_made ON people_person AS RESTRICTIVE FOR INSERT TO {SITE} WITH CHECK (id = {PERSON});
""" + "".join(
    f"CREATE POLICY {table}_deleted ON {table} AS RESTRICTIVE FOR DELETE TO {SITE} USING ({column_of(table)} = {PERSON});\n"
    for table in OWN_TABLES
)
# Who made the tables (never the site) keeps them: forgetting after the term, and the two functions below.
KEPT = "".join(
    f"CREATE POLICY {table}_kept ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);\n" for table in OWN_TABLES
)
DROPPED = "DROP POLICY people_person_made ON people_person;\n" + "".join(
    f"DROP POLICY {table}_deleted ON {table}; DROP POLICY {table}_kept ON {table};\n" for table in OWN_TABLES
)

SAME_ELSEWHERE = f"""
CREATE TABLE people_asked (
    organisation uuid NOT NULL, day date NOT NULL, times integer NOT NULL, PRIMARY KEY (organisation, day)
);
REVOKE ALL ON people_asked FROM {SITE};
CREATE FUNCTION people_same_elsewhere(digests bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asker uuid := {ORGANISATION};
    asked integer;
BEGIN
    IF asker IS NULL THEN RETURN false; END IF;
    IF cardinality(digests) > 5 THEN RAISE EXCEPTION 'at most five contacts a question'; END IF;
    INSERT INTO people_asked AS counted (organisation, day, times) VALUES (asker, current_date, 1)
        ON CONFLICT (organisation, day) DO UPDATE SET times = counted.times + 1 RETURNING times INTO asked;
    IF asked > {MOST_A_DAY} THEN RAISE EXCEPTION 'asked too often'; END IF;
    DELETE FROM people_asked WHERE day < current_date - 1;
    RETURN EXISTS (
        SELECT 1 FROM people_contact contact WHERE contact.digest = ANY (digests) AND NOT EXISTS (
            SELECT 1 FROM people_access given WHERE given.person_id = contact.person_id
            AND given.organisation_id = asker AND given.ended_at IS NULL AND given.until > statement_timestamp()));
END $$;
REVOKE ALL ON FUNCTION people_same_elsewhere(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_same_elsewhere(bytea[]) TO {SITE};
"""  # nosec B608
FORGET_ELSEWHERE = "DROP FUNCTION people_same_elsewhere(bytea[]); DROP TABLE people_asked;"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0003_auditevent_trace_processing")]
    operations = [
        *(migrations.RunSQL(forward, backward) for forward, backward in POLICIES),
        migrations.RunSQL(NARROWER + KEPT, DROPPED),
        migrations.RunSQL(SAME_ELSEWHERE, FORGET_ELSEWHERE),
    ]
