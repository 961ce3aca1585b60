from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('openings', '0003_letters_to_the_post'),
    ]

    operations = [
        migrations.AddField(
            model_name='sender',
            name='kvk',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
    ]
