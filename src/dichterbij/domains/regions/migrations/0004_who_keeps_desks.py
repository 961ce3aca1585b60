"""Everybody sees the desks; the coordinator of a region writes those of that region, and rows stay."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import REGION, ROLE, SITE, protected

WRITTEN = f"{ROLE} = 'administrator' OR ({ROLE} = 'coordinator' AND region_id = nullif({REGION}, ''))"
TABLE = protected("regions_keptdesk", "true", written_when=WRITTEN)
# Taking back is all that can be done to a row.
STAYS = f"""
    REVOKE UPDATE, DELETE ON regions_keptdesk FROM {SITE};
    GRANT UPDATE (taken_back_at) ON regions_keptdesk TO {SITE};
    CREATE POLICY regions_keptdesk_taken_back_guarded ON regions_keptdesk AS RESTRICTIVE FOR UPDATE USING ({WRITTEN});
"""
AGAIN = f"""
    DROP POLICY regions_keptdesk_taken_back_guarded ON regions_keptdesk;
    GRANT UPDATE, DELETE ON regions_keptdesk TO {SITE};
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_kept_desks"), ("accounts", "0002_role_of_the_site")]
    operations = [migrations.RunSQL(*TABLE), migrations.RunSQL(STAYS, AGAIN)]
