"""Each organisation keeps whom others call there; a partner sees whom it calls in each region."""

import django.contrib.postgres.fields
import django.db.models.functions.text
import uuid
from django.db import migrations, models

from dichterbij.domains.accounts.rules.row_security import ORGANISATION, ROLE, SITE, protected

NATIONAL = f"{ROLE} = 'national_team'"
DESK = f"{ROLE} IN ('adviser', 'coordinator')"
OWN = f"{DESK} AND organisation = {ORGANISATION}"
CONTACT, UNDO = protected("network_organisationcontact", f"{NATIONAL} OR ({OWN})", written_when=OWN)
# Whom to call in a region is no secret for a partner: only who speaks for it in general, and only now.
FOR_PARTNERS = f"""
    CREATE POLICY network_regioncontact_partner ON network_regioncontact FOR SELECT USING (
        {DESK} AND kind = 'general' AND until IS NULL AND EXISTS (
            SELECT 1 FROM accounts_organisation AS mine
            WHERE mine.id = {ORGANISATION} AND mine.kind = 'partner' AND mine.ended_on IS NULL
        )
    );
"""  # nosec B608


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_leads_and_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.UUIDField()),
                ('name', models.TextField()),
                ('role', models.TextField(blank=True, default='')),
                ('email', models.TextField()),
                ('phone', models.TextField(blank=True, default='')),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('routes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('made_by', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('email'), condition=models.Q(('until', None)), name='organisation_contact_is_there_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('email__contains', '@')), name='organisation_contact_is_whole'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='organisation_contact_ends')],
            },
        ),
        migrations.RunSQL(CONTACT, UNDO),
        migrations.RunSQL(FOR_PARTNERS, "DROP POLICY network_regioncontact_partner ON network_regioncontact;"),
        migrations.RunSQL(
            f"REVOKE DELETE, UPDATE ON network_organisationcontact FROM {SITE};"
            f" GRANT UPDATE (until) ON network_organisationcontact TO {SITE};",
            f"GRANT DELETE, UPDATE ON network_organisationcontact TO {SITE};",
        ),
    ]
