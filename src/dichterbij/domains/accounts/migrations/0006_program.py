"""Programs with a key, seen and written by the work of accounts itself, as what signing in leaves behind."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from dichterbij.domains.accounts.rules.row_security import ACCOUNT_WORK, ROLE, protected


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_who_works_where'),
    ]

    operations = [
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('rights', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('digest', models.TextField(unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='program_has_a_name'), models.CheckConstraint(condition=models.Q(('rights', []), _negated=True), name='program_may_do_something')],
            },
        ),
        migrations.RunSQL(*protected("accounts_program", f"{ROLE} = '{ACCOUNT_WORK}'")),
    ]
