"""Letters are in the one outbox (`post`); those that were here move there, with what they have been through.

The way back makes an empty table: a letter that waits should leave first.
"""

from django.db import migrations

MOVE = """
SELECT set_config('dichterbij.role', 'post_work', true);
INSERT INTO post_letter (id, channel, about, kind, number, recipient, subject, text, created_at, sent_at, tries)
SELECT gen_random_uuid(), 'mail', message.reference, letter.kind, 1, letter.recipient, letter.subject, letter.text,
       letter.created_at, letter.sent_at, letter.tries
FROM openings_letter letter JOIN openings_message message ON message.id = letter.message_id;
SELECT set_config('dichterbij.role', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("openings", "0002_messages"), ("post", "0002_only_the_post")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop), migrations.DeleteModel("Letter")]
