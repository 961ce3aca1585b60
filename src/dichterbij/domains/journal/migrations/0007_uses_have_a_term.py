"""Uses of data go when their term is over: by the journal's own work, never younger than a year, and never changed."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION journal_use_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('dichterbij.role', true) = 'journal_work'
        AND OLD.at < statement_timestamp() - interval '1 year' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A use of data is never changed, or deleted before its term' USING ERRCODE = 'restrict_violation';
END $$;
CREATE POLICY journal_processing_kept ON journal_processing TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE INDEX processing_by_moment ON journal_processing USING brin (at);
"""
BACKWARD = """
DROP INDEX processing_by_moment;
DROP POLICY journal_processing_kept ON journal_processing;
CREATE OR REPLACE FUNCTION journal_use_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A use of data is never changed or deleted in the log' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
