"""The register of finding places is of its region; what came of it is counted by the work of hand-overs itself."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import REGION, ROLE, SITE, protected

OWN_WORK = "hand_over_work"
PLACE = f"region = nullif({REGION}, '') OR {ROLE} = '{OWN_WORK}'"
WRITTEN = f"(region = nullif({REGION}, '') AND {ROLE} IN ('adviser', 'coordinator')) OR {ROLE} = '{OWN_WORK}'"
OF_A_PLACE = f"""
    {ROLE} = '{OWN_WORK}' OR EXISTS (SELECT 1 FROM referral_findingplace AS seen WHERE seen.id = place_id)
"""  # nosec B608
TABLES = [
    protected("referral_findingplace", PLACE, written_when=WRITTEN),
    protected("referral_findingvisit", OF_A_PLACE),
    protected("referral_findingcount", f"{ROLE} = '{OWN_WORK}'"),
]


class Migration(migrations.Migration):
    dependencies = [("referral", "0003_finding_places")]
    operations = [
        *(migrations.RunSQL(forward, backward) for forward, backward in TABLES),
        migrations.RunSQL(
            f"REVOKE DELETE ON referral_findingplace, referral_findingcount FROM {SITE};",
            f"GRANT DELETE ON referral_findingplace, referral_findingcount TO {SITE};",
        ),
    ]
