"""Regional tables: read by who works in the region, written by its coordinator and the national team, only added."""

from django.db import migrations, models

from dichterbij.domains.accounts.rules.row_security import REGION, ROLE, SITE, protected

NATIONAL = f"{ROLE} = 'national_team'"
HERE = f"region = nullif({REGION}, '')"
TABLE, UNDO = protected(
    "network_regionaltable",
    f"{NATIONAL} OR ({ROLE} IN ('adviser', 'coordinator') AND {HERE})",
    written_when=f"{NATIONAL} OR ({ROLE} = 'coordinator' AND {HERE})",
)


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0005_experts_and_lessons'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegionalTable',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.UUIDField()),
                ('version', models.IntegerField()),
                ('region', models.TextField()),
                ('on', models.DateField()),
                ('subject', models.TextField()),
                ('parties', models.TextField(blank=True, default='')),
                ('agenda', models.TextField()),
                ('outcomes', models.TextField(blank=True, default='')),
                ('invented', models.BooleanField(default=False)),
                ('by', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['region', '-on'], name='table_by_region')],
                'constraints': [models.UniqueConstraint(fields=('key', 'version'), name='table_has_one_of_a_version'), models.CheckConstraint(condition=models.Q(models.Q(('region', ''), _negated=True), models.Q(('subject', ''), _negated=True), models.Q(('agenda', ''), _negated=True), models.Q(('by', ''), _negated=True), ('version__gte', 1)), name='table_is_whole')],
            },
        ),
        migrations.RunSQL(TABLE, UNDO),
        migrations.RunSQL(
            f"REVOKE DELETE, UPDATE ON network_regionaltable FROM {SITE};",
            f"GRANT DELETE, UPDATE ON network_regionaltable TO {SITE};",
        ),
    ]
