"""Letters are in the one outbox (`post`); those that were here move there, with what they have been through.

The way back makes an empty table, open to nobody: a letter that waits should leave first.
"""

from django.db import migrations

# One role sees the old rows, another one writes the new ones.
MOVE = """
SELECT set_config('dichterbij.role', 'hand_over_work', true);
CREATE TEMP TABLE letters_on_the_way ON COMMIT DROP AS
SELECT letter.id, handover.reference, letter.kind, letter.number, letter.recipient, letter.subject, letter.text,
       letter.created_at, letter.sent_at, letter.tries
FROM referral_letter letter JOIN referral_handover handover ON handover.id = letter.handover_id;
SELECT set_config('dichterbij.role', 'post_work', true);
INSERT INTO post_letter (id, channel, about, kind, number, recipient, subject, text, created_at, sent_at, tries)
SELECT id, 'mail', reference, kind, number, recipient, subject, text, created_at, sent_at, tries
FROM letters_on_the_way;
SELECT set_config('dichterbij.role', '', true);
"""
CLOSED = """
ALTER TABLE referral_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY referral_letter_seen ON referral_letter USING (false);
"""


class Migration(migrations.Migration):
    dependencies = [("referral", "0007_employers"), ("post", "0002_only_the_post")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL(migrations.RunSQL.noop, CLOSED),
        migrations.DeleteModel("Letter"),
    ]
