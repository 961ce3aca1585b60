from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0004_uses_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event', models.BigIntegerField(unique=True)),
                ('digest', models.BinaryField()),
            ],
        ),
    ]
