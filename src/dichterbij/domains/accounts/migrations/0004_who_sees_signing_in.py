"""What signing in leaves behind is seen and written by the work of accounts itself; open invitations by who runs them."""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ACCOUNT_WORK, REGION, ROLE, protected

OWN_WORK = f"{ROLE} = '{ACCOUNT_WORK}'"
OF_THE_REGION = f"""
    {OWN_WORK} OR {ROLE} = 'administrator' OR ({ROLE} = 'coordinator' AND EXISTS (
        SELECT 1 FROM accounts_organisation AS there WHERE there.id = organisation_id AND there.region = nullif({REGION}, '')
    ))
"""  # nosec B608
TABLES = [
    protected("accounts_signinlink", OWN_WORK),
    protected("accounts_secondfactor", OWN_WORK),
    protected("accounts_recoverycode", OWN_WORK),
    protected("accounts_identity", OWN_WORK),
    protected("accounts_invitation", OF_THE_REGION, written_when=OWN_WORK),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_signing_in")]
    operations = [migrations.RunSQL(forward, backward) for forward, backward in TABLES]
