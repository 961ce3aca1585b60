"""How far a round was brought to the officers, so that a turn of the timer looks at what is new and at nothing else."""

import django.db.models.deletion
from django.db import migrations, models

# What came on a case as a proposal of the decider stays there; each case is looked at once more.
ADOPTED = """
SELECT set_config('dichterbij.role', 'schemes_work', true);
UPDATE schemes_case c SET adopted = e.place
FROM (SELECT case_id, max((data->>'place')::bigint) AS place FROM schemes_caseevent
      WHERE step = 'proposed' AND data ? 'place' GROUP BY case_id) e
WHERE e.case_id = c.id;
UPDATE schemes_case c SET has_proposal = true WHERE EXISTS (
    SELECT FROM schemes_caseevent e WHERE e.case_id = c.id AND e.step = 'proposed'
    AND NOT EXISTS (SELECT FROM schemes_caseevent l WHERE l.case_id = c.id AND l.step IN ('proposed', 'sent_back')
                    AND l.number > e.number)
    AND NOT EXISTS (SELECT FROM schemes_caseevent d WHERE d.proposal_id = e.id));
SELECT set_config('dichterbij.role', '', true);
"""
SEEN = """
ALTER TABLE schemes_stuck ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_stuck FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_stuck_seen ON schemes_stuck USING (current_setting('dichterbij.role', true) = 'schemes_work');
"""
SEEN_BACKWARD = """
DROP POLICY schemes_stuck_seen ON schemes_stuck;
ALTER TABLE schemes_stuck NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_stuck DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0009_in_turn")]

    operations = [
        migrations.CreateModel(
            name="Brought",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="schemes.round",
                    ),
                ),
                ("received_at", models.DateTimeField(null=True)),
                ("place", models.BigIntegerField(db_default=0, default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Stuck",
            fields=[
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="schemes.receipt",
                    ),
                ),
                ("tried_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(model_name="case", name="adopted", field=models.BigIntegerField(default=0)),
        migrations.AddField(model_name="case", name="to_look", field=models.BooleanField(default=True)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("to_look", True)), fields=["round", "receipt"], name="case_to_look_at"
            ),
        ),
        migrations.AddField(model_name="case", name="has_proposal", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("has_proposal", False)), fields=["stage", "round"], name="case_to_assess"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("undue_cents__gt", 0)), fields=["round", "id"], name="case_to_recover"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("open_flags__gt", 0)), fields=["round", "id"], name="case_flagged"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["round", "received_at"], name="schemes_receipt_as_it_came"),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="round",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.round"
            ),
        ),
        migrations.RunSQL(ADOPTED, migrations.RunSQL.noop),
        migrations.RunSQL(SEEN, SEEN_BACKWARD),
    ]
