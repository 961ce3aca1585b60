"""Letters hold addresses: only the work of the post itself sees and writes them."""

from django.db import migrations

FORWARD = """
ALTER TABLE post_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY post_letter_seen ON post_letter USING (current_setting('dichterbij.role', true) = 'post_work');
"""
BACKWARD = """
DROP POLICY post_letter_seen ON post_letter;
ALTER TABLE post_letter NO FORCE ROW LEVEL SECURITY;
ALTER TABLE post_letter DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial"), ("accounts", "0002_role_of_the_site")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
