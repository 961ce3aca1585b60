"""The role that the running site takes: it owns nothing, steps over no policy, and only adds to the journal."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import SITE_ROLE_THERE

FORWARD = f"""
{SITE_ROLE_THERE}
GRANT USAGE ON SCHEMA public TO dichterbij_site;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO dichterbij_site;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO dichterbij_site;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO dichterbij_site;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO dichterbij_site;
REVOKE UPDATE, DELETE ON journal_auditevent FROM dichterbij_site;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM dichterbij_site;
"""  # nosec B608
# The role stays: other databases of the server may use it.
BACKWARD = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM dichterbij_site;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM dichterbij_site;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM dichterbij_site;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM dichterbij_site;
REVOKE USAGE ON SCHEMA public FROM dichterbij_site;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"), ("journal", "0002_events_stay"), ("openings", "0002_messages"),
        ("outreach", "0001_initial"), ("regions", "0002_desks"), ("sessions", "0001_initial"),
    ]  # fmt: skip
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
