"""Who leaves school: the last day there, and the first contact of whoever has them then."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referral', '0013_messages_by_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='handover',
            name='contact_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='last_day',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('last_day__isnull', False), ('state__in', ['sent', 'accepted'])), fields=['last_day'], name='handover_of_who_leaves_school'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('contact_on', None), ('last_day__isnull', False), _connector='OR'), name='handover_contact_follows_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('last_day', None), ('message', ''), _connector='OR'), name='handover_of_school_is_a_person'),
        ),
    ]
