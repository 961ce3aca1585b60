"""One expert for the jobs agreement in each region, whom everybody may call; and the public log of lessons."""

from django.db import migrations, models

from dichterbij.domains.accounts.rules.row_security import ROLE, SITE, protected

LESSON, UNDO = protected("network_lesson", "true", written_when=f"{ROLE} = 'national_team'")
# Whom to call about the jobs agreement is for everybody: of these rows only, and only who it is now.
EXPERT = """
    CREATE POLICY network_regioncontact_expert ON network_regioncontact FOR SELECT USING (
        kind = 'jobs_agreement' AND until IS NULL
    );
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_contacts_of_organisations'),
    ]

    operations = [
        migrations.CreateModel(
            name='LessonRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.TextField()),
                ('version', models.IntegerField()),
                ('phase', models.TextField()),
                ('subject', models.TextField()),
                ('dutch', models.TextField()),
                ('english', models.TextField(blank=True, default='')),
                ('learnt_where', models.TextField()),
                ('learnt_when', models.TextField()),
                ('source', models.TextField()),
                ('status', models.TextField()),
                ('changed', models.TextField(blank=True, default='')),
                ('changed_english', models.TextField(blank=True, default='')),
                ('by', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'network_lesson',
            },
        ),
        migrations.AddConstraint(
            model_name='regioncontact',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'jobs_agreement'), ('until', None)), fields=('region',), name='region_has_one_expert'),
        ),
        migrations.AddConstraint(
            model_name='regioncontact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'jobs_agreement'), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='region_expert_can_be_called'),
        ),
        migrations.AddConstraint(
            model_name='lessonrow',
            constraint=models.UniqueConstraint(fields=('key', 'version'), name='lesson_has_one_of_a_version'),
        ),
        migrations.AddConstraint(
            model_name='lessonrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dutch', ''), _negated=True), models.Q(('learnt_where', ''), _negated=True), models.Q(('source', ''), _negated=True), models.Q(('by', ''), _negated=True), ('version__gte', 1)), name='lesson_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='lessonrow',
            constraint=models.CheckConstraint(condition=models.Q(('learnt_when__regex', '^[12][0-9]{3}(-[0-9]{2}){0,2}$')), name='lesson_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='lessonrow',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['prepare', 'first_regions', 'all_regions', 'evaluate', 'keep']), ('status__in', ['noted', 'taken_up', 'changed', 'not_done']), ('subject__in', ['reaching', 'employers', 'meeting', 'together', 'national', 'money', 'learning'])), name='lesson_is_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='lessonrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'changed'), _negated=True), models.Q(('changed', ''), _negated=True), _connector='OR'), name='lesson_says_what_changed'),
        ),
        migrations.RunSQL(LESSON, UNDO),
        migrations.RunSQL(EXPERT, "DROP POLICY network_regioncontact_expert ON network_regioncontact;"),
        migrations.RunSQL(
            f"REVOKE DELETE, UPDATE ON network_lesson FROM {SITE};",
            f"GRANT DELETE, UPDATE ON network_lesson TO {SITE};",
        ),
    ]
