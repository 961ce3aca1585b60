"""Employers that report themselves, and what regions answer to a letter. The national team's alone."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from dichterbij.domains.accounts.rules.row_security import ROLE, SITE, protected

NATIONAL = f"{ROLE} = 'national_team'"
LEAD, ANSWER = protected("network_lead", NATIONAL), protected("network_answer", NATIONAL)
# Who reported an employer is emptied with the message it came with; the rest stays as it was written.
EMPTIED = "firm, kvk, person, email, phone, question, gone_at"


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_who_sees_what'),
    ]

    operations = [
        migrations.AddField(
            model_name='employer',
            name='came_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='employer',
            name='gone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mailing',
            name='answer_by',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('region', models.TextField()),
                ('on', models.DateField()),
                ('words', models.TextField(blank=True, default='')),
                ('undone', models.BooleanField(default=False)),
                ('by', models.TextField()),
                ('at', models.DateTimeField()),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='network.mailing')),
            ],
            options={
                'indexes': [models.Index(fields=['mailing', 'region', '-id'], name='answers_to_a_mailing')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('region', ''), _negated=True), models.Q(('by', ''), _negated=True)), name='answer_is_of_a_region')],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.TextField(unique=True)),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('was_known', models.BooleanField()),
                ('firm', models.TextField(blank=True, default='')),
                ('kvk', models.TextField(blank=True, default='')),
                ('person', models.TextField(blank=True, default='')),
                ('email', models.TextField(blank=True, default='')),
                ('phone', models.TextField(blank=True, default='')),
                ('question', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='network.employer')),
            ],
            options={
                'indexes': [models.Index(fields=['employer', '-at'], name='employer_leads')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('gone_at', None), models.Q(('person', ''), _negated=True), models.Q(models.Q(('email', ''), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR')), models.Q(('email', ''), ('firm', ''), ('gone_at__isnull', False), ('kvk', ''), ('person', ''), ('phone', ''), ('question', '')), _connector='OR'), name='lead_keeps_nobody_once_gone'), models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), ('regions__len__gte', 2)), name='lead_is_of_regions')],
            },
        ),
        *(migrations.RunSQL(forward, backward) for forward, backward in (LEAD, ANSWER)),
        migrations.RunSQL(
            f"REVOKE DELETE, UPDATE ON network_lead, network_answer FROM {SITE};"
            f" GRANT UPDATE ({EMPTIED}) ON network_lead TO {SITE};",
            f"GRANT DELETE, UPDATE ON network_lead, network_answer TO {SITE};",
        ),
    ]
