"""Who sees a hand-over: whoever sent it, has it or answers for it, the person, and those above the desks of the region.

Nothing here holds a name. Letters hold addresses: only the work of hand-overs itself (`OWN_WORK`) sees them.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ORGANISATION, REGION, ROLE, SITE, protected

OWN_WORK = "hand_over_work"
HANDOVER = f"""
    from_organisation = {ORGANISATION} OR to_organisation = {ORGANISATION} OR owner_organisation = {ORGANISATION}
    OR person = nullif(current_setting('dichterbij.person', true), '')::uuid
    OR token_digest = nullif(current_setting('dichterbij.token', true), '')
    OR ({ROLE} = 'coordinator' AND region = nullif({REGION}, ''))
    OR ({ROLE} = 'national_team' AND level = 'national')
    OR {ROLE} = '{OWN_WORK}'
"""
STEP = f"""
    organisation = {ORGANISATION} OR {ROLE} = '{OWN_WORK}'
    OR EXISTS (SELECT 1 FROM referral_handover AS seen WHERE seen.id = handover_id)
"""  # nosec B608
AGREEMENT = f"""
    {ROLE} IN ('administrator', '{OWN_WORK}') OR ({ROLE} = 'coordinator' AND region = nullif({REGION}, ''))
"""
TABLES = [
    protected("referral_handover", HANDOVER),
    protected("referral_step", STEP),
    protected("referral_letter", f"{ROLE} = '{OWN_WORK}'"),
    protected("referral_regionagreement", "true", written_when=AGREEMENT),
]
STAYS = f"REVOKE DELETE ON referral_handover, referral_step, referral_regionagreement FROM {SITE};"
AGAIN = f"GRANT DELETE ON referral_handover, referral_step, referral_regionagreement TO {SITE};"


class Migration(migrations.Migration):
    dependencies = [("referral", "0001_initial"), ("accounts", "0002_role_of_the_site")]
    operations = [
        *(migrations.RunSQL(forward, backward) for forward, backward in TABLES),
        migrations.RunSQL(STAYS, AGAIN),
    ]
