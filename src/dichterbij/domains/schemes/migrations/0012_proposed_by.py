"""Whose proposal waits on a case, so that a list leaves out one's own without reading every event."""

from django.db import migrations, models

WHO = """
SELECT set_config('dichterbij.role', 'schemes_work', true);
UPDATE schemes_case c SET proposed_by = e.actor FROM (
    SELECT DISTINCT ON (case_id) case_id, actor FROM schemes_caseevent WHERE step = 'proposed'
    ORDER BY case_id, number DESC) e
WHERE e.case_id = c.id AND c.has_proposal;
SELECT set_config('dichterbij.role', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0011_officers")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="proposed_by",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.RunSQL(WHO, migrations.RunSQL.noop),
    ]
