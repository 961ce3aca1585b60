"""Who sees what an employer sent: whoever sees its hand-over, and the employer by the secret link.

Who sent it is for the desk that has it, answers for it or sent it on. A message is in another domain's table, but who
may see it is decided here: said once, in the hand-over itself.
"""

from django.db import migrations

from dichterbij.domains.accounts.rules.row_security import ORGANISATION, ROLE, SITE, protected

OWN_WORK = f"{ROLE} = 'message_work'"
LINK = "nullif(current_setting('dichterbij.token', true), '')"
MESSAGE = f"""
    {OWN_WORK} OR token_digest = {LINK}
    OR EXISTS (SELECT 1 FROM referral_handover AS seen WHERE seen.message = openings_message.reference)
"""  # nosec B608
SENDER = f"""
    {OWN_WORK} OR EXISTS (
        SELECT 1 FROM openings_message AS sent
        WHERE sent.id = message_id AND (sent.token_digest = {LINK} OR EXISTS (
            SELECT 1 FROM referral_handover AS theirs
            WHERE theirs.message = sent.reference AND (
                theirs.from_organisation = {ORGANISATION} OR theirs.to_organisation = {ORGANISATION}
                OR theirs.owner_organisation = {ORGANISATION}
            )
        ))
    )
"""  # nosec B608
TABLES = [
    protected("openings_message", MESSAGE, written_when=OWN_WORK),
    protected("openings_sender", SENDER, written_when=OWN_WORK),
]
# Seeing is not taking away. What is written is said above already.
KEPT = f"CREATE POLICY openings_sender_delete_guarded ON openings_sender AS RESTRICTIVE FOR DELETE USING ({OWN_WORK});"


class Migration(migrations.Migration):
    dependencies = [("referral", "0008_letters_to_the_post"), ("openings", "0003_letters_to_the_post")]
    operations = [
        *(migrations.RunSQL(forward, backward) for forward, backward in TABLES),
        migrations.RunSQL(KEPT, "DROP POLICY openings_sender_delete_guarded ON openings_sender;"),
        migrations.RunSQL(
            f"REVOKE DELETE ON openings_message FROM {SITE};", f"GRANT DELETE ON openings_message TO {SITE};"
        ),
    ]
