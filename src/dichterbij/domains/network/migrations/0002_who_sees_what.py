"""National employers are the national team's and of the regions where they have a site; contact persons of their region.

What happened is only added to; of a site a region changes what it does with it, and nothing else.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import REGION, ROLE, SITE, protected

NATIONAL = f"{ROLE} = 'national_team'"
OURS = f"nullif({REGION}, '')"
DESK = f"{ROLE} IN ('adviser', 'coordinator')"
COORDINATOR = f"{ROLE} = 'coordinator'"
SITE_HERE = f"""
    {NATIONAL} OR ({DESK} AND EXISTS (
        SELECT 1 FROM network_site AS here
        WHERE here.employer_id = network_employer.id AND here.region = {OURS} AND here.ended_on IS NULL
    ))
"""  # nosec B608
OF_AN_EMPLOYER = "EXISTS (SELECT 1 FROM network_employer AS seen WHERE seen.id = employer_id)"
STEP = f"{NATIONAL} OR ({DESK} AND NOT internal AND region IN ('', {OURS}) AND {OF_AN_EMPLOYER})"
STEP_WRITTEN = f"{NATIONAL} OR ({DESK} AND NOT internal AND region = {OURS} AND {OF_AN_EMPLOYER})"
TABLES = [
    protected("network_site", f"{NATIONAL} OR ({DESK} AND region = {OURS} AND ended_on IS NULL)"),
    protected("network_employer", SITE_HERE, written_when=NATIONAL),
    protected("network_approach", f"{NATIONAL} OR {OF_AN_EMPLOYER}", written_when=NATIONAL),
    protected("network_employercontact", NATIONAL),
    protected("network_step", STEP, written_when=STEP_WRITTEN),
    protected("network_regioncontact", f"{NATIONAL} OR ({COORDINATOR} AND region = {OURS})"),
    protected("network_accountmanager", f"{NATIONAL} OR ({COORDINATOR} AND region = {OURS})", written_when=NATIONAL),
    protected("network_talk", NATIONAL),
    protected("network_mailing", NATIONAL),
    protected("network_mailingaddress", NATIONAL),
]
NAMES = ", ".join(f"network_{name}" for name in (
    "site", "employer", "approach", "employercontact", "step", "regioncontact", "accountmanager", "talk", "mailing",
    "mailingaddress",
))  # fmt: skip
# The only columns that change after a row was made; the rest of it stays as it was written.
CHANGES = {
    "network_site": "state, words, state_at, ended_on",
    "network_employercontact": "until",
    "network_regioncontact": "until",
    "network_accountmanager": "until",
    "network_approach": "until",
}
ADDED = "network_step, network_talk, network_mailingaddress"


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial"), ("accounts", "0003_signing_in")]
    operations = [
        *(migrations.RunSQL(forward, backward) for forward, backward in TABLES),
        migrations.RunSQL(
            f"CREATE POLICY network_site_insert_guarded ON network_site AS RESTRICTIVE FOR INSERT WITH CHECK ({NATIONAL});",
            "DROP POLICY network_site_insert_guarded ON network_site;",
        ),
        migrations.RunSQL(f"REVOKE DELETE ON {NAMES} FROM {SITE};", f"GRANT DELETE ON {NAMES} TO {SITE};"),
        migrations.RunSQL(f"REVOKE UPDATE ON {ADDED} FROM {SITE};", f"GRANT UPDATE ON {ADDED} TO {SITE};"),
        *(
            migrations.RunSQL(
                f"REVOKE UPDATE ON {table} FROM {SITE}; GRANT UPDATE ({columns}) ON {table} TO {SITE};",
                f"REVOKE UPDATE ({columns}) ON {table} FROM {SITE}; GRANT UPDATE ON {table} TO {SITE};",
            )
            for table, columns in CHANGES.items()
        ),
    ]
