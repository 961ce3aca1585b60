"""Who sees a hand-over does not thereby write it: only the work of hand-overs itself does, and steps are only added.

A visit to a finding place is written by the organisation that goes there, and by nobody else.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ORGANISATION, ROLE, SITE

OWN_WORK = f"{ROLE} = 'hand_over_work'"
OURS = f"organisation = {ORGANISATION} OR {OWN_WORK}"
# The name of a table and how it is written: a restrictive policy, on top of who sees what.
GUARDS = [
    ("referral_handover", "INSERT", f"WITH CHECK ({OWN_WORK})"),
    ("referral_handover", "UPDATE", f"USING ({OWN_WORK}) WITH CHECK ({OWN_WORK})"),
    ("referral_step", "INSERT", f"WITH CHECK ({OWN_WORK})"),
    ("referral_step", "UPDATE", f"USING ({OWN_WORK}) WITH CHECK ({OWN_WORK})"),
    ("referral_findingvisit", "INSERT", f"WITH CHECK ({OURS})"),
    ("referral_findingvisit", "UPDATE", f"USING ({OURS}) WITH CHECK ({OURS})"),
    ("referral_findingvisit", "DELETE", f"USING ({OURS})"),
]
# Only the words of a step can be taken away, when somebody is forgotten.
ADDED = f"REVOKE UPDATE ON referral_step FROM {SITE}; GRANT UPDATE (reason) ON referral_step TO {SITE};"
CHANGED = f"REVOKE UPDATE (reason) ON referral_step FROM {SITE}; GRANT UPDATE ON referral_step TO {SITE};"


def _name(table: str, command: str) -> str:
    return f"{table}_{command.lower()}_guarded"


class Migration(migrations.Migration):
    dependencies = [("referral", "0004_who_sees_finding_places")]
    operations = [
        *(
            migrations.RunSQL(
                f"CREATE POLICY {_name(table, command)} ON {table} AS RESTRICTIVE FOR {command} {when};",
                f"DROP POLICY {_name(table, command)} ON {table};",
            )
            for table, command, when in GUARDS
        ),
        migrations.RunSQL(ADDED, CHANGED),
    ]
