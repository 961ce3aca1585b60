"""The database itself refuses to change or delete an event."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An event of the journal is never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_event_stays BEFORE UPDATE OR DELETE ON journal_auditevent
    FOR EACH ROW EXECUTE FUNCTION journal_event_stays();
"""
BACKWARD = """
DROP TRIGGER journal_event_stays ON journal_auditevent;
DROP FUNCTION journal_event_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
