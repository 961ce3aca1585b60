"""The number of a transfer comes from the database: one that was given by hand, far ahead, would stop the ledger for good."""

from django.db import migrations

COLUMNS = "id, posting, source, target, cents, reference, until, settles, corrects"
FORWARD = f"""
REVOKE INSERT ON budget_transfer FROM dichterbij_site;
GRANT INSERT ({COLUMNS}) ON budget_transfer TO dichterbij_site;
"""
BACKWARD = f"""
REVOKE INSERT ({COLUMNS}) ON budget_transfer FROM dichterbij_site;
GRANT INSERT ON budget_transfer TO dichterbij_site;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0004_guards_of_proposals")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
