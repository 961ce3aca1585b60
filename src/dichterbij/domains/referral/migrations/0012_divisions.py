"""A divided caseload can be taken back for a while; counts without people get the guard that everything here has."""

from uuid import uuid4

from django.db import migrations, models
from django.db.models import Q

from dichterbij.domains.accounts.rules.row_security import ROLE, SITE, protected

OWN_WORK = f"{ROLE} = 'hand_over_work'"
TABLES = [protected("referral_division", OWN_WORK), protected("referral_incomecount", OWN_WORK)]
# Of a division only that it was taken back is written later.
BACK = "(undone_at, undone_by) ON referral_division"
ADDED = f"REVOKE UPDATE ON referral_division FROM {SITE}; GRANT UPDATE {BACK} TO {SITE};"
CHANGED = f"REVOKE UPDATE {BACK} FROM {SITE}; GRANT UPDATE ON referral_division TO {SITE};"


class Migration(migrations.Migration):
    dependencies = [("referral", "0011_lists_of_a_million"), ("accounts", "0002_role_of_the_site")]
    operations = [
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.UUIDField()),
                ("of", models.UUIDField(null=True)),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("moved", models.JSONField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(undone_at=None, undone_by=None)
                        | Q(undone_at__isnull=False, undone_by__isnull=False),
                        name="division_undone_by_somebody",
                    )
                ],
                "indexes": [models.Index(fields=["organisation", "-made_at"], name="division_of_a_desk")],
            },
        ),
        *(migrations.RunSQL(forward, backward) for forward, backward in TABLES),
        migrations.RunSQL(ADDED, CHANGED),
    ]
