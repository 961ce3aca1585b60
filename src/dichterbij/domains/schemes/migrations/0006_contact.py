"""How who applied can be reached: beside the receipt, seen by the work of schemes alone, gone after its term."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
ALTER TABLE schemes_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_contact FORCE ROW LEVEL SECURITY;
CREATE POLICY schemes_contact_seen ON schemes_contact
    USING (current_setting('dichterbij.role', true) = 'schemes_work');
REVOKE UPDATE ON schemes_contact FROM dichterbij_site;
"""
BACKWARD = """
DROP POLICY schemes_contact_seen ON schemes_contact;
ALTER TABLE schemes_contact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_contact DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0005_door"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                ("email", models.TextField()),
                ("account", models.TextField(blank=True, default="")),
                ("language", models.TextField(default="nl")),
                ("kvk", models.TextField(blank=True, default="")),
                ("link", models.TextField(blank=True, default="")),
                ("given_at", models.DateTimeField()),
                ("keep_until", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("kvk", ""), _negated=True),
                        fields=["kvk", "receipt"],
                        name="schemes_contact_of_whom",
                    ),
                    models.Index(fields=["keep_until"], name="schemes_contact_to_forget"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("email__contains", "@"), _connector="OR"),
                        name="schemes_contact_has_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account", ""), ("account__regex", "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,27}$"), _connector="OR"
                        ),
                        name="schemes_contact_has_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kvk", ""), ("kvk__regex", "^[0-9]{8}$"), _connector="OR"),
                        name="schemes_contact_has_a_kvk_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "en"])), name="schemes_contact_language_is_written"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
