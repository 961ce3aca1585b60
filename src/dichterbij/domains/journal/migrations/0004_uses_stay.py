"""The processing log is only added to; the site reads back what is about the person whose page it shows."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_use_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A use of data is never changed or deleted in the log' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_use_stays BEFORE UPDATE OR DELETE ON journal_processing
    FOR EACH ROW EXECUTE FUNCTION journal_use_stays();
REVOKE UPDATE, DELETE ON journal_processing FROM dichterbij_site;
ALTER TABLE journal_processing ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_processing FORCE ROW LEVEL SECURITY;
CREATE POLICY journal_processing_added ON journal_processing FOR INSERT WITH CHECK (true);
CREATE POLICY journal_processing_seen ON journal_processing FOR SELECT
    USING (subject = nullif(current_setting('dichterbij.subject', true), ''));
"""
BACKWARD = """
DROP POLICY journal_processing_seen ON journal_processing;
DROP POLICY journal_processing_added ON journal_processing;
ALTER TABLE journal_processing NO FORCE ROW LEVEL SECURITY;
ALTER TABLE journal_processing DISABLE ROW LEVEL SECURITY;
DROP TRIGGER journal_use_stays ON journal_processing;
DROP FUNCTION journal_use_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_auditevent_trace_processing"), ("accounts", "0002_role_of_the_site")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
